"""Errors that are meant to be read by a person, and the exit code each one ends the command with.

    PegboardError            1   something Pegboard cannot do, said in a sentence with the next step
    ├── SandboxFailed        1   the sandbox gave way under one program; the others can still be run
    ├── UsageError           2   a flag, file or name that cannot be used as given
    │   └── UnknownName      2   a name that is not there, with its near misses
    ├── SandboxUnavailable   3   programs cannot be run safely on this machine, so none is run
    ├── RunFolderError       5   a run folder that is locked, damaged, or made with other settings
    └── ProviderRefused      6   the model's server refuses every request: bad key, unknown model, nobody listening

Exit code 0 means that everything asked for was done, 4 that a run ended with trials unmeasured, and 130 that
it was interrupted; both of these are reported by the command line itself and are not exceptions.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

UNMEASURED, INTERRUPTED = 4, 130


class PegboardError(Exception):
    """What was found, and what to do next. The command line prints both and never a traceback."""

    exit_code = 1

    def __init__(self, found: str, next_step: str = "") -> None:
        super().__init__(found)
        self.found = found
        self.next_step = next_step

    def __str__(self) -> str:
        return f"{self.found}\n{self.next_step}" if self.next_step else self.found


class SandboxFailed(PegboardError):
    pass


class UsageError(PegboardError):
    exit_code = 2


class UnknownName(UsageError):
    """A name that does not exist, told with the nearest ones that do."""

    def __init__(self, kind: str, name: str, known: Iterable[str], where: str = "") -> None:
        known = sorted(known)
        place = f" in {where}" if where else ""
        super().__init__(f"unknown {kind} {name!r}{place}", near_misses(name, known))


class SandboxUnavailable(PegboardError):
    exit_code = 3


class RunFolderError(PegboardError):
    exit_code = 5


class ProviderRefused(PegboardError):
    exit_code = 6


def near_misses(name: str, known: Iterable[str]) -> str:
    """ "did you mean ...?" when something is near, else the whole list of what exists."""
    known = sorted(known)
    near = get_close_matches(name, known, n=3, cutoff=0.5)
    if near:
        return f"did you mean {' or '.join(near)}?"
    return f"known: {', '.join(known)}" if known else "none exist"
