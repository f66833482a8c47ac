"""A puzzle for Pegboard: this folder is a root of tasks, which the entry point in pyproject.toml names."""
