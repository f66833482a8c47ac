"""The seam between Pegboard and whatever runs a program: one method, plain data in, plain data out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from harness.task import Arguments

Language = Literal["lua", "python"]
LANGUAGES: Mapping[Language, str] = {"lua": "Lua", "python": "Python"}
"""The languages of programs, and what they are called."""

ENTRY_POINT = "solve"
"""The function that prompts ask for."""


@dataclass(frozen=True)
class Program:
    source: str
    language: Language


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one execution may use. The CPU limit is the rule; the wall limit catches what sleeps."""

    cpu_seconds: int = 10
    wall_seconds: float = 32.0
    memory_mb: int = 1024
    """Address space beyond what the interpreter itself takes."""
    output_mb: int = 64
    """Most printed text."""
    value_mb: int = 16
    """Most text of a returned value: a list of a million moves takes 12, and ten times as much when it is read."""
    threads: int = 0
    """Threads besides the first. A program can never start a process."""
    descriptors: int = 32
    """Most open descriptors, the program's own four among them. A program can never open a file."""


Limit = Literal["cpu", "wall", "memory", "output", "value", "descriptors", "files", "processes", "network"]
"""What a program ran into: an amount, or something that it may not have at all."""

Ending = Literal["ok", "syntax", "entry_point", "forbidden", "runtime_error", "timeout", "resource", "bad_return"]


@dataclass(frozen=True, kw_only=True)
class Execution:
    """What came out of one run of one program. Nothing here is believed: it is data for the referee."""

    ending: Ending
    reason: str = ""
    """For anything but "ok": one sentence, with the line of the program where known."""
    limit: Limit | None = None
    """The limit that was hit, for "timeout" and "resource", and for "forbidden" where it is known."""
    sandbox: str = ""
    """What isolated it, as every record names it."""
    value: str | None = None
    """What the function returned, as JSON text; None when it returned nothing."""
    printed: str = ""
    """What the function printed while it was called."""
    entry_point: str | None = None
    """The function that was called; None when there was none to call."""
    cpu_seconds: float = 0.0
    wall_seconds: float = 0.0
    peak_mb: float = 0.0


class Sandbox(Protocol):
    """Runs one program once."""

    def run(self, program: Program, arguments: Arguments) -> Execution:
        """Call the program's function with the arguments' values, in their order, in a fresh process.

        Raises SandboxUnavailable when the fault is ours; whatever the program does is an Execution.
        """
        ...
