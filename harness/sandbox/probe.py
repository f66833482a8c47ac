"""Whether a sandbox works here: asked before anything is paid for, and by ``pegboard doctor``."""

from __future__ import annotations

from harness.errors import SandboxUnavailable
from harness.sandbox.protocol import Execution, Language, Program, Sandbox

_PROGRAMS: dict[Language, str] = {
    "lua": "function solve(n) return n + 1 end",
    "python": "def solve(n): return n + 1",
}


def probe(sandbox: Sandbox, language: Language) -> Execution:
    """Run a program that must give 42. Raises SandboxUnavailable when it does not."""
    execution = sandbox.run(Program(_PROGRAMS[language], language), {"n": 41})
    if execution.value != "42":
        raise SandboxUnavailable(
            f"the sandbox {sandbox.name} cannot run {language}: {execution.reason or execution.ending}",
            "pegboard doctor says what works on this machine; [limits] in the suite may be too small",
        )
    return execution
