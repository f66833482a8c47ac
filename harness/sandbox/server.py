"""One fork server, seen from outside: started, asked for an execution, read within the limits, and closed.

What runs in it is in ``inside/``; that folder's ``server.py`` says what goes over the channel.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import socket
import subprocess
import sys
import tempfile
import time
import weakref
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Literal

from harness.errors import SandboxUnavailable
from harness.sandbox.pool import Seen, WorkerDied
from harness.sandbox.protocol import Limits

INSIDE = Path(__file__).parent / "inside" / "server.py"
START_SECONDS = 30.0
"""How long a server may take to be ready: a tenth of a second, unless the machine is very busy."""
END_SECONDS = 1.0
"""How long a server may take to end when its channel is closed."""
KILL_SECONDS = 20.0
"""How long a killed program may take to be gone."""
NEXT_STEP = "pegboard doctor says what works on this machine"
READ_SIZE = 1 << 18
PIPE_SIZE = 1 << 20


@dataclass(frozen=True, kw_only=True)
class Granted:
    """The walls that stand around a server's programs."""

    namespaces: Sequence[str]
    landlock: int
    """The version of Landlock; 0 for none."""
    seccomp: bool
    notes: Sequence[str]
    """Why others are missing."""


class Server:
    """Runs one program at a time. Raises SandboxUnavailable when it cannot be started."""

    spent = False

    def __init__(self, walls: Sequence[str], wrapper: Sequence[str] = ()) -> None:
        self._channel, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        asked = json.dumps({"walls": list(walls), "lupa": lupa_folder()})
        # -s -P -S: no one's modules. PYTHONHASHSEED: sets have the same order in every server.
        command = [*wrapper, sys.executable, "-s", "-P", "-S", str(INSIDE), asked]
        with theirs, tempfile.TemporaryFile() as complaints:
            try:
                self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and file
                    command,
                    stdin=theirs.fileno(),
                    stdout=subprocess.DEVNULL,
                    stderr=complaints,
                    env={"PYTHONHASHSEED": "0"},
                    cwd="/",
                    start_new_session=True,
                )
            except OSError as error:
                self._channel.close()
                raise SandboxUnavailable(f"the sandbox's server cannot be started: {error}", NEXT_STEP) from error
            self._end = weakref.finalize(self, _end, self._channel, self._process)
            theirs.close()
            self.granted = self._first_message(complaints)

    def _first_message(self, complaints: IO[bytes]) -> Granted:
        self._channel.settimeout(START_SECONDS)
        with contextlib.suppress(OSError):
            if message := self._channel.recv(1 << 16):
                self._channel.settimeout(None)
                return Granted(**json.loads(message))
        self.close()
        complaints.seek(0)
        last = complaints.read()[-2000:].decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise SandboxUnavailable(f"the sandbox's server did not start: {last or 'it said nothing'}", NEXT_STEP)

    def close(self) -> None:
        """End the server, and with it whatever runs in it. May be called again; also happens when nobody has it."""
        self._end()

    def execute(self, request: bytes, limits: Limits) -> Seen:
        """Run one program and see it dead. Raises WorkerDied, and SandboxUnavailable when the machine lacks what that
        takes."""
        began = time.monotonic()
        with ExitStack() as open_ends:
            try:
                output, results = self._ask(request, limits, open_ends)
            except OSError as error:
                raise SandboxUnavailable(f"no program can be handed over: {error}", NEXT_STEP) from error
            seen = self._watch(output, results, limits, began + limits.wall_seconds)
        seen.wall_seconds = time.monotonic() - began
        return seen

    def _ask(self, request: bytes, limits: Limits, open_ends: ExitStack) -> tuple[int, int]:
        """The program itself goes past the server, in a file that only the child reads. Returns where the output and
        the results are to be read."""
        asked = {name: getattr(limits, name) for name in ("cpu_seconds", "memory_mb", "threads", "descriptors")}
        with ExitStack() as their_ends:
            file = their_ends.enter_context(_nameless_file())
            file.write(request)
            file.flush()
            reading, writing = [], [file.fileno()]
            for _ in range(2):
                mine, theirs = _pipe()
                open_ends.callback(os.close, mine)
                their_ends.callback(os.close, theirs)
                reading.append(mine)
                writing.append(theirs)
            try:
                socket.send_fds(self._channel, [json.dumps(asked).encode()], writing)
            except ConnectionError as error:
                raise WorkerDied(str(error)) from error
        output, results = reading
        return output, results

    def _watch(self, output: int, results: int, limits: Limits, deadline: float) -> Seen:
        """Read what comes until the program has ended, or must."""
        seen = Seen()
        channel = self._channel.fileno()
        kept: dict[int, tuple[bytearray, int, Literal["output", "value"]]] = {
            output: (seen.printed, limits.output_mb << 20, "output"),
            results: (seen.sent, (limits.value_mb << 20) + READ_SIZE, "value"),
        }
        watched = select.poll()
        for descriptor in (channel, *kept):
            watched.register(descriptor, select.POLLIN)
        ended = False
        while (kept or not ended) and not seen.stopped:
            left = deadline - time.monotonic()
            for descriptor, _ in watched.poll(max(0.0, KILL_SECONDS if ended else left) * 1000):
                if descriptor == channel:
                    self._ended(seen)
                    watched.unregister(channel)
                    ended = True
                    continue
                buffer, most, what = kept[descriptor]
                data = os.read(descriptor, READ_SIZE)
                buffer += data
                if not data:
                    watched.unregister(descriptor)
                    del kept[descriptor]
                elif len(buffer) > most:
                    seen.stopped = what
            if left <= 0 and not ended:
                seen.stopped = seen.stopped or "wall"
        if not ended:
            self._kill(seen)
        return seen

    def _kill(self, seen: Seen) -> None:
        self._channel.settimeout(KILL_SECONDS)
        try:
            self._channel.send(b"kill")
            self._ended(seen)
        except OSError as error:
            raise WorkerDied(str(error)) from error
        finally:
            self._channel.settimeout(None)

    def _ended(self, seen: Seen) -> None:
        try:
            message = self._channel.recv(1 << 16)
        except ConnectionError as error:
            raise WorkerDied(str(error)) from error
        if not message:
            raise WorkerDied("it closed its channel")
        told = json.loads(message)
        if "failed" in told:
            raise SandboxUnavailable(f"no process can be started for a program: {told['failed']}", NEXT_STEP)
        seen.exit_code = os.waitstatus_to_exitcode(told["status"])
        seen.cpu_seconds, seen.peak_mb = told["cpu_seconds"], told["peak_mb"]


def _end(channel: socket.socket, process: subprocess.Popen[bytes]) -> None:
    channel.close()
    try:
        process.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _nameless_file() -> IO[bytes]:
    """In memory, unless this build of Python lacks the call."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("request"), "wb")
    return tempfile.TemporaryFile()


def _pipe() -> tuple[int, int]:
    import fcntl  # only where there are fork servers

    reading, writing = os.pipe()
    with contextlib.suppress(OSError):  # smaller where a user's pipes are used up
        fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, PIPE_SIZE)
    return reading, writing


def lupa_folder() -> str:
    """Where lupa lies. Raises SandboxUnavailable when it is not installed."""
    spec = find_spec("lupa")
    if spec is None or spec.origin is None:
        raise SandboxUnavailable("lupa is not installed, so Lua programs cannot be run", "pip install lupa")
    return str(Path(spec.origin).parent.parent)
