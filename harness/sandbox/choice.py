"""Which sandbox programs run in: the strongest tier that passes its self-test here, or none at all.

There is no silent way down: a tier that does not hold is not used, and when none holds nothing is run.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

from harness.errors import SandboxFailed, SandboxUnavailable, UnknownName
from harness.sandbox import tiers
from harness.sandbox.isolated import IsolatedSandbox
from harness.sandbox.protocol import Execution, Language, Limits, Program, Sandbox
from harness.sandbox.self_test import Run, self_test
from harness.sandbox.server import Granted
from harness.sandbox.tiers import Tier
from harness.task import Arguments

if TYPE_CHECKING:
    from harness.sandbox.wasm.sandbox import WasmSandbox

AUTO, WASM = "auto", "wasm"
TIERS = (*tiers.TIERS, WASM)
LANGUAGES: tuple[Language, ...] = ("lua", "python")
ON_LINUX = (tiers.FULL.name, tiers.SECCOMP.name)
WAYS_ON = "pegboard doctor says what each tier lacks here; --unsafe-no-sandbox runs programs with nothing around them"


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A sandbox that held, and what is said about it."""

    sandbox: Sandbox
    unsafe: bool
    """Whether nothing is walled off."""
    told: str
    """One line: the tier, its walls, its limits, its self-test."""
    languages: Sequence[Language] = LANGUAGES
    notes: Sequence[str] = ()
    """Why nothing stronger, and what is weaker than it could be."""


def choose(limits: Limits, wanted: str = AUTO) -> Choice:
    """Raises SandboxUnavailable when what is wanted does not hold here, and UnknownName."""
    _must_be_known(wanted)
    if wanted != AUTO:
        return _opened(limits, wanted)
    notes: list[str] = []
    for name in ON_LINUX if sys.platform == "linux" else (WASM,):
        try:
            choice = _opened(limits, name)
            return replace(choice, notes=[*notes, *choice.notes])
        except SandboxUnavailable as error:
            notes.append(f"no {name}: {error.found}")
    raise SandboxUnavailable(f"nothing isolates programs here, so none is run: {'; '.join(notes)}", WAYS_ON)


def _must_be_known(wanted: str) -> None:
    if wanted not in (AUTO, *TIERS):
        raise UnknownName("sandbox", wanted, [AUTO, *TIERS])


def open_sandbox(limits: Limits, wanted: str = AUTO) -> Sandbox:
    """Only the sandbox. Raises what ``choose`` raises."""
    return choose(limits, wanted).sandbox


def _opened(limits: Limits, name: str) -> Choice:
    if name == WASM:
        return _webassembly(limits)
    if sys.platform != "linux":
        raise SandboxUnavailable(f"it needs Linux, and this is {sys.platform}", WAYS_ON)
    tier = tiers.TIERS[name]
    if tier is tiers.NONE and os.geteuid() == 0:
        raise SandboxUnavailable("programs are never run as root without a sandbox", "run as an ordinary user")
    sandbox = IsolatedSandbox(limits, tier)
    with _closed_unless_it_holds(sandbox):
        granted = sandbox.granted()
        if missing := tier.missing(granted):
            raise SandboxUnavailable("; ".join(granted.notes) or f"no {' and '.join(missing)}", WAYS_ON)
        tested = _passed(sandbox.run_within, limits) if tier.walls else "not tested"
    walls = ", ".join(_walls(tier, granted)) or "nothing is walled off"
    told = f"{name} ({walls}; {_amounts(limits)}); {tested}"
    return Choice(sandbox=sandbox, unsafe=not tier.walls, told=told, notes=granted.notes)


def _webassembly(limits: Limits) -> Choice:
    from harness.sandbox.wasm.sandbox import WasmSandbox

    sandbox = WasmSandbox(limits)
    with _closed_unless_it_holds(sandbox):
        tested = _passed(sandbox.run_within, limits, ["python"])
    walls = "a WebAssembly machine without files, network or processes; Python programs only"
    told = f"{WASM} ({walls}; {_amounts(limits)}); {tested}"
    return Choice(sandbox=sandbox, unsafe=False, told=told, languages=["python"])


@contextmanager
def _closed_unless_it_holds(sandbox: IsolatedSandbox | WasmSandbox) -> Iterator[None]:
    """Whatever goes wrong while it is tried makes it one that cannot be had. Raises SandboxUnavailable."""
    try:
        yield
    except BaseException as error:
        sandbox.close()
        if isinstance(error, (OSError, SandboxFailed)):
            raise SandboxUnavailable(f"it cannot be tried: {error}", WAYS_ON) from error
        raise


def _passed(run: Run, own: Limits, languages: Sequence[Language] = LANGUAGES) -> str:
    findings = list(self_test(run, own, languages))
    if failed := [finding for finding in findings if not finding.held]:
        reason = "; ".join(f"not so that {each.what} ({each.reason})" for each in failed)
        raise SandboxUnavailable(f"it fails its self-test: {reason}", WAYS_ON)
    return f"self-test {len(findings)}/{len(findings)}"


def _walls(tier: Tier, granted: Granted) -> Iterator[str]:
    if granted.namespaces:
        yield f"{'+'.join(granted.namespaces)} namespaces"
    if tier.around:
        yield tier.around
    if granted.landlock:
        yield f"Landlock {granted.landlock}"
    if granted.seccomp:
        yield "seccomp no-open"


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
