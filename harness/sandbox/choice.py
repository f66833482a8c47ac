"""Which sandbox programs run in: the strongest tier that passes its self-test here, or none at all.

There is no silent way down: a tier that does not hold is not used, and when none holds nothing is run.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock

from harness.errors import SandboxUnavailable, UnknownName
from harness.sandbox import tiers
from harness.sandbox.isolated import IsolatedSandbox
from harness.sandbox.protocol import Execution, Limits, Program, Sandbox
from harness.sandbox.self_test import Finding, self_test
from harness.sandbox.server import Granted
from harness.sandbox.tiers import Tier
from harness.task import Arguments

AUTO, NONE = "auto", tiers.NONE.name
TIERS = tiers.TIERS
AUTOMATIC = (tiers.FULL, tiers.SECCOMP)
WAYS_ON = "pegboard doctor says what each tier lacks here; --unsafe-no-sandbox runs programs with nothing around them"


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A sandbox that held, and what is said about it."""

    sandbox: Sandbox
    unsafe: bool
    """Whether nothing is walled off."""
    told: str
    """One line: the tier, its walls, its limits, its self-test."""
    notes: Sequence[str] = ()
    """Why nothing stronger."""


def choose(limits: Limits, wanted: str = AUTO) -> Choice:
    """Raises SandboxUnavailable when what is wanted does not hold here, and UnknownName."""
    _must_be_known(wanted)
    if not sys.platform.startswith("linux"):
        raise SandboxUnavailable(f"programs can be isolated on Linux only, not on {sys.platform}", WAYS_ON)
    if wanted != AUTO:
        return _opened(limits, TIERS[wanted])
    notes: list[str] = []
    for tier in AUTOMATIC:
        try:
            return _opened(limits, tier, notes)
        except SandboxUnavailable as error:
            notes.append(f"no {tier.name}: {error.found}")
    raise SandboxUnavailable(f"nothing isolates programs here, so none is run: {'; '.join(notes)}", WAYS_ON)


def _must_be_known(wanted: str) -> None:
    if wanted not in (AUTO, *TIERS):
        raise UnknownName("sandbox", wanted, [AUTO, *TIERS])


def open_sandbox(limits: Limits, wanted: str = AUTO) -> Sandbox:
    """Only the sandbox. Raises what ``choose`` raises."""
    return choose(limits, wanted).sandbox


def _opened(limits: Limits, tier: Tier, notes: Sequence[str] = ()) -> Choice:
    if tier is tiers.NONE and os.geteuid() == 0:
        raise SandboxUnavailable("programs are never run as root without a sandbox", "run as an ordinary user")
    sandbox = IsolatedSandbox(limits, tier)
    try:
        granted = sandbox.granted()
        if missing := tier.missing(granted):
            reason = "; ".join(granted.notes) or f"no {' and '.join(missing)}"
            raise SandboxUnavailable(reason, WAYS_ON)
        findings = list(self_test(sandbox.run_within)) if tier.walls else []
        if failed := [finding for finding in findings if not finding.held]:
            reason = "; ".join(f"not so that {each.what} ({each.reason})" for each in failed)
            raise SandboxUnavailable(f"it fails its self-test: {reason}", WAYS_ON)
    except SandboxUnavailable:
        sandbox.close()
        raise
    told = _told(tier, granted, limits, findings)
    return Choice(sandbox=sandbox, unsafe=not tier.walls, told=told, notes=[*notes, *granted.notes])


def _told(tier: Tier, granted: Granted, limits: Limits, findings: Sequence[Finding]) -> str:
    if not tier.walls:
        return f"{tier.name} (nothing is walled off; {_amounts(limits)})"
    walls = [
        *([f"{'+'.join(granted.namespaces)} namespaces"] if granted.namespaces else []),
        *(["bubblewrap's namespaces"] if tier is tiers.BUBBLEWRAP else []),
        *([f"Landlock {granted.landlock}"] if granted.landlock else []),
        "seccomp no-open",
    ]
    return f"{tier.name} ({', '.join(walls)}; {_amounts(limits)}); self-test {len(findings)}/{len(findings)}"


def _amounts(limits: Limits) -> str:
    return f"{limits.cpu_seconds} s CPU, {limits.memory_mb} MB"


@dataclass
class WhenNeeded:
    """A sandbox that is chosen when the first program must run: most commands never run one.

    May be used from several threads at once.
    """

    limits: Limits
    wanted: str = AUTO
    _choosing: Lock = field(default_factory=Lock, repr=False)

    def __post_init__(self) -> None:
        """Raises UnknownName: a name that is wrong need not wait for the first program."""
        _must_be_known(self.wanted)

    @cached_property
    def _choice(self) -> Choice:
        return choose(self.limits, self.wanted)

    def choice(self) -> Choice:
        """Raises what ``choose`` raises."""
        with self._choosing:
            return self._choice

    def run(self, program: Program, arguments: Arguments) -> Execution:
        """See ``Sandbox.run``."""
        return self.choice().sandbox.run(program, arguments)
