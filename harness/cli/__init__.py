"""The ``pegboard`` command: reads flags, shows what happens, and turns errors into a line and an exit code."""

from harness.cli.app import main

__all__ = ["main"]
