"""Reads what models really write: completions in, moves or a program out, with how it was read."""
