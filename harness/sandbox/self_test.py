"""The hostile self-test: what a tier says it walls off is tried from the inside, before any model's program runs.

Each check is a program that does harm if it can. Versions and settings of a machine prove nothing; this does.
"""

from __future__ import annotations

import json
import os
import secrets
import socket
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from harness.sandbox.protocol import Execution, Language, Limits, Program
from harness.task import Arguments

Run = Callable[[Program, Arguments, Limits], Execution]

BOUNDS = Limits(cpu_seconds=5, wall_seconds=20.0, memory_mb=256, output_mb=1, value_mb=1)
LOOP_SECONDS = 0.2


@dataclass(frozen=True)
class Finding:
    what: str
    """What a program must be able to do, or must not."""
    held: bool
    reason: str = ""


@dataclass(frozen=True)
class _Check:
    what: str
    source: str
    held: Callable[[Execution], bool]
    language: Language = "python"
    limits: Limits | None = BOUNDS
    """None: the sandbox's own."""


def _answers(execution: Execution) -> bool:
    return execution.value == "42"


def _was_stopped(execution: Execution) -> bool:
    return execution.value != '"through"'


_PYTHON = "def solve(target): return 42"
_LUA = "function solve(target) return 42 end"
_FILE = """
def solve(target):
    with open(target["file"]) as file:
        return "through" if target["secret"] in file.read() else "no"
"""
_ENVIRONMENT = """
import os
def solve(target):
    if set(os.environ) & set(target["environment"]):
        return "through"
    for process in ("self", os.getppid(), 1, target["harness"]):
        with open(f"/proc/{process}/environ", "rb") as file:
            if file.read():
                return "through"
"""
_PROCESS = """
import ctypes, os
def solve(target):
    started = ctypes.CDLL(None).fork()
    if started == 0:
        os._exit(0)
    return "through" if started > 0 else "no"
"""
_NETWORK = """
import socket
def solve(target):
    socket.create_connection(("127.0.0.1", target["port"]), timeout=2).sendall(b"out")
    return "through"
"""
_SIGNAL = """
import ctypes
def solve(target):
    return "through" if ctypes.CDLL(None).kill(target["harness"], 0) == 0 else "no"
"""
_MEMORY = """
def solve(target):
    taken = [bytearray(1 << 20) for _ in range(300)]
    return "through"
"""
_LOOP = """
def solve(target):
    while True:
        try:
            while True: pass
        except BaseException:
            pass
"""

CHECKS = [
    _Check("Python programs run", _PYTHON, _answers, limits=None),
    _Check("Lua programs run", _LUA, _answers, "lua", limits=None),
    _Check("files cannot be read", _FILE, _was_stopped),
    _Check("no environment is seen", _ENVIRONMENT, _was_stopped),
    _Check("processes cannot be started", _PROCESS, _was_stopped),
    _Check("the network cannot be reached", _NETWORK, _was_stopped),
    _Check("processes cannot be signalled", _SIGNAL, _was_stopped),
    _Check("memory is limited", _MEMORY, lambda execution: execution.limit == "memory"),
    _Check(
        "endless loops end",
        _LOOP,
        lambda execution: execution.ending == "timeout",
        limits=replace(BOUNDS, wall_seconds=LOOP_SECONDS),
    ),
]


def self_test(run: Run, own: Limits, languages: Sequence[Language]) -> Iterator[Finding]:
    """Try everything that must hold in a sandbox. Raises SandboxUnavailable when it does not even start a program."""
    with _something_to_find() as target:
        for check in (check for check in CHECKS if check.language in languages):
            execution = run(Program(check.source, check.language), {"target": target}, check.limits or own)
            held = check.held(execution)
            yield Finding(check.what, held, "" if held else f"{execution.ending} {execution.reason}".strip())


@contextmanager
def _something_to_find() -> Iterator[dict[str, object]]:
    """A secret in a file that anyone may read, a listener, and this process."""
    secret = secrets.token_hex(16)
    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as listener:
        file = Path(folder, "secret.txt")
        file.write_text(json.dumps(secret))
        Path(folder).chmod(0o755)
        file.chmod(0o644)
        yield {
            "file": str(file),
            "secret": secret,
            "port": listener.getsockname()[1],
            "harness": os.getpid(),
            "environment": sorted(os.environ),
        }
