"""The tiers of isolation, strongest first: what each needs, and how its servers are started."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Tier:
    name: str
    walls: Sequence[str]
    """What a server is asked to put up: "namespaces", "landlock", "seccomp"."""
    needs: Sequence[str]
    """Which of them must have been granted for the tier to be what its name says."""
    wrapper: Callable[[], Sequence[str]] = field(default=tuple, repr=False)
    """The program that a server is started in, with its arguments. Raises SandboxUnavailable when it is missing."""


LINUX_FULL = Tier("linux-full", ("namespaces", "landlock", "seccomp"), ("namespaces", "landlock", "seccomp"))
LINUX_SECCOMP = Tier("linux-seccomp", ("landlock", "seccomp"), ("seccomp",))
NONE = Tier("none", (), ())
