"""The sandbox: a fresh process for each execution, with limits that the kernel keeps, killed as a group.

What it stops: endless CPU, wall time, memory, output, new processes and threads, writing files, inherited environment
and descriptors; and the network where the kernel grants a network namespace. What it does not stop is said in
docs/sandbox.md: above all, reading files that any user of the machine may read.

How a program ended is decided from what is seen from here (who killed it, what it used, what it sent), and nothing
that it sends can turn its failure into a fault of ours.
"""

from __future__ import annotations

import importlib.util
import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, get_args

from harness.errors import SandboxUnavailable
from harness.sandbox.protocol import Ending, Execution, Limits, Program
from harness.task import Arguments

INSIDE = Path(__file__).parent / "inside" / "main.py"
READ_SIZE = 1 << 18
CPU_SEEN = 0.8
"""Share of the CPU limit after which a kill is the limit's: the kernel enforces it by ticks, coarser than it counts."""

GRACE_SECONDS = 1.0
"""How long a process may take to end after it has closed its pipes."""


class ProcessSandbox:
    """Runs programs, each in a process of its own. May be used from several threads at once."""

    name = "process"

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def run(self, program: Program, arguments: Arguments) -> Execution:
        """See ``Sandbox.run``."""
        request = {
            "source": program.source,
            "language": program.language,
            "arguments": dict(arguments),
            "limits": asdict(self._limits),
            "path": [_folder_of("lupa")] if program.language == "lua" else [],
        }
        began = time.monotonic()
        seen = self._watch(json.dumps(request).encode("utf-8"))
        return _execution(seen, self._limits, time.monotonic() - began)

    def _watch(self, request: bytes) -> _Seen:
        """Start the process, read what it sends within the limits, and see it dead."""
        reading, writing = os.pipe()
        with tempfile.TemporaryFile() as asked, tempfile.TemporaryFile() as complaints:
            asked.write(request)
            asked.seek(0)
            try:
                process = subprocess.Popen(  # noqa: S603 - our own interpreter and file
                    [sys.executable, "-s", "-P", "-S", str(INSIDE), str(writing)],
                    stdin=asked,
                    stdout=subprocess.PIPE,
                    stderr=complaints,
                    pass_fds=(writing,),
                    env={"PYTHONHASHSEED": "0"},  # the same program answers alike each time, sets included
                    cwd="/",
                    start_new_session=True,
                )
            except OSError as error:
                os.close(reading)
                raise SandboxUnavailable(f"the sandbox's process cannot be started: {error}") from error
            finally:
                os.close(writing)
            try:
                return self._read(process, reading)
            finally:
                os.close(reading)

    def _read(self, process: subprocess.Popen[bytes], results: int) -> _Seen:
        assert process.stdout is not None  # noqa: S101 - it was asked for above
        seen = _Seen()
        deadline = time.monotonic() + self._limits.wall_seconds
        cap = self._limits.output_mb << 20
        with process.stdout as printed, selectors.DefaultSelector() as open_pipes:
            open_pipes.register(printed.fileno(), selectors.EVENT_READ, seen.printed)
            open_pipes.register(results, selectors.EVENT_READ, seen.sent)
            while open_pipes.get_map() and not seen.stopped:
                for key, _ in open_pipes.select(timeout=max(0.0, deadline - time.monotonic())):
                    data = os.read(key.fd, READ_SIZE)
                    key.data.extend(data)
                    if not data:
                        open_pipes.unregister(key.fd)
                    elif len(key.data) > cap:
                        seen.stopped = "output"
                if time.monotonic() >= deadline:
                    seen.stopped = seen.stopped or "wall"
        if seen.stopped or not _gone_within(process, GRACE_SECONDS, seen):
            _kill(process)
            _reap(process, seen, os.WEXITED)
        return seen


@dataclass
class _Seen:
    """What was observed of one process."""

    printed: bytearray = field(default_factory=bytearray)
    sent: bytearray = field(default_factory=bytearray)
    stopped: str | None = None
    """Why it was killed from here: "wall" or "output"."""
    exit_code: int | None = None
    """Negative: the signal that ended it."""
    cpu_seconds: float = 0.0
    peak_mb: float = 0.0


def _gone_within(process: subprocess.Popen[bytes], seconds: float, seen: _Seen) -> bool:
    deadline = time.monotonic() + seconds
    pause = 0.0005
    while not _reap(process, seen, os.WNOHANG):
        if time.monotonic() > deadline:
            return False
        time.sleep(pause)
        pause = min(2 * pause, 0.02)
    return True


def _reap(process: subprocess.Popen[bytes], seen: _Seen, options: int) -> bool:
    pid, status, usage = os.wait4(process.pid, options & os.WNOHANG)
    if pid == 0:
        return False
    process.returncode = seen.exit_code = os.waitstatus_to_exitcode(status)
    seen.cpu_seconds = usage.ru_utime + usage.ru_stime
    seen.peak_mb = usage.ru_maxrss / 1024
    return True


def _kill(process: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        process.kill()


def _execution(seen: _Seen, limits: Limits, wall_seconds: float) -> Execution:
    frames = bytes(seen.sent).split(b"\n", 2)
    if frames[0] != b'"ready"' or len(frames) == 1:
        raise SandboxUnavailable(
            f"the sandbox's process ended before it was ready (exit status {seen.exit_code})",
            "pegboard doctor says what works on this machine",
        )
    ended = _ended(seen, frames[1:], limits)
    return Execution(
        printed=seen.printed.decode("utf-8", "replace"),
        cpu_seconds=seen.cpu_seconds,
        wall_seconds=wall_seconds,
        peak_mb=seen.peak_mb,
        **ended,
    )


def _ended(seen: _Seen, frames: list[bytes], limits: Limits) -> dict[str, Any]:
    """The ending and what belongs to it: from what was seen first, and only then from what was sent."""
    if seen.stopped == "output":
        return _stopped("resource", f"more than {limits.output_mb} MB were written", "output")
    if seen.stopped == "wall":
        return _stopped("timeout", f"not done after {limits.wall_seconds:g} seconds", "wall")
    killed = seen.exit_code is not None and seen.exit_code < 0
    if killed and seen.cpu_seconds >= CPU_SEEN * limits.cpu_seconds:
        return _stopped("timeout", f"not done after {limits.cpu_seconds:g} seconds of CPU time", "cpu")
    if killed:
        return _stopped("runtime_error", f"the program was ended by signal {-(seen.exit_code or 0)}")
    said = _said(frames[0]) if len(frames) == 2 and seen.exit_code == 0 else None
    if said is None:
        return _stopped("bad_return", "the program ended without handing anything back")
    value = frames[1].decode("utf-8", "replace") if frames[1] and said["ending"] == "ok" else None
    return {**said, "value": value}


def _stopped(ending: Ending, reason: str, limit: str | None = None) -> dict[str, Any]:
    return {"ending": ending, "reason": reason, "limit": limit}


def _said(frame: bytes) -> dict[str, Any] | None:
    """A frame about the ending, if it has the shape of one."""
    try:
        said = json.loads(frame)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict) or said.get("ending") not in get_args(Ending):
        return None
    return {
        "ending": said["ending"],
        "reason": str(said.get("reason", ""))[:2000],
        "limit": "memory" if said.get("limit") == "memory" else None,
        "entry_point": said["entry_point"] if isinstance(said.get("entry_point"), str) else None,
    }


def _folder_of(package: str) -> str:
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise SandboxUnavailable(f"{package} is not installed, so Lua programs cannot be run", "pip install lupa")
    return str(Path(spec.origin).parent.parent)
