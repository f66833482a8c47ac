"""The sandbox ``wasm``: a few workers, each running one Python program at a time in a fresh WebAssembly interpreter."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from threading import Event, Timer
from time import monotonic

from harness.errors import SandboxUnavailable
from harness.sandbox.conclusion import conclude
from harness.sandbox.pool import Pool, Seen, WorkerDied, workers_at_a_time
from harness.sandbox.protocol import Execution, Limits, Program
from harness.sandbox.wasm import frames, own_process
from harness.sandbox.wasm.component import compiled_component
from harness.task import Arguments

NAME = "wasm"
START_SECONDS = 60.0
"""How long a worker may take to be ready: a fifth of a second, unless the machine is very busy."""
MOST_TOLD = 1 << 16


class WasmSandbox:
    """Runs Python programs. May be used from several threads at once; workers start when they are first needed.

    Memory is limited beyond what the interpreter takes, CPU time by a look at the worker's each hundredth of a second.
    Threads and descriptors cannot be had at all. What was printed before the wall limit struck is lost with the worker,
    and the peak of memory is not measured.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._workers = Pool(lambda: Worker(compiled_component()), workers_at_a_time(limits))

    def run(self, program: Program, arguments: Arguments) -> Execution:
        """See ``Sandbox.run``. Raises SandboxUnavailable for Lua programs."""
        return self.run_within(program, arguments, self._limits)

    def run_within(self, program: Program, arguments: Arguments, limits: Limits) -> Execution:
        """Within limits other than the sandbox's own. Raises SandboxFailed when a program brings its worker down."""
        if program.language != "python":
            raise SandboxUnavailable(
                f"the sandbox {NAME} runs Python programs only, not {program.language}",
                "run Lua programs on Linux, in a virtual machine or a container too, or ask for Python",
            )
        asked = {"source": program.source, "arguments": dict(arguments), "limits": asdict(limits)}
        return conclude(self._workers.execute(json.dumps(asked).encode(), limits), limits, NAME)

    def close(self) -> None:
        """End the workers that are idle; with this process end all of them."""
        self._workers.close()


class Worker:
    """One worker, seen from outside. Raises SandboxUnavailable when it cannot be started."""

    def __init__(self, component: Path) -> None:
        self._killed = Event()
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                own_process.command("harness.sandbox.wasm.worker", str(component)),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=own_process.environment(),
                cwd=Path(sys.executable).anchor,
                start_new_session=True,
                creationflags=own_process.NEW_GROUP,
            )
        except OSError as error:
            raise SandboxUnavailable(
                f"the sandbox's worker cannot be started: {error}", "pegboard doctor says what works on this machine"
            ) from error
        assert self._process.stdin is not None  # noqa: S101 - both were asked for above
        assert self._process.stdout is not None  # noqa: S101
        self._requests, self._replies = self._process.stdin, self._process.stdout
        self._first_reply(component)

    @property
    def spent(self) -> bool:
        return self._killed.is_set()

    def execute(self, request: bytes, limits: Limits) -> Seen:
        """Run one program, or kill the worker when its time is over. Raises WorkerDied."""
        began = monotonic()
        try:
            with self._killed_after(limits.wall_seconds):
                frames.send(self._requests, request)
                told = frames.receive(self._replies, MOST_TOLD)
                printed = frames.receive(self._replies, (limits.output_mb << 20) + MOST_TOLD)
                sent = frames.receive(self._replies, (limits.value_mb << 20) + MOST_TOLD)
            seen = _seen(told, printed, sent)
        except (OSError, frames.Cut) as error:
            if not self.spent:
                raise WorkerDied(str(error)) from error
            seen = Seen(sent=bytearray(b"locked\n"), stopped="wall")
        seen.wall_seconds = monotonic() - began
        return seen

    def close(self) -> None:
        """End the worker, whatever it does. May be called again."""
        self._process.kill()
        self._process.wait()
        self._replies.close()
        with suppress(OSError):  # what had not been sent yet is lost with it
            self._requests.close()

    def _first_reply(self, component: Path) -> None:
        try:
            with self._killed_after(START_SECONDS):
                said = frames.receive(self._replies, MOST_TOLD)
        except frames.Cut:
            said = b"it ended before it was ready"
        if said != b"ready":
            self.close()
            raise SandboxUnavailable(
                f"the sandbox's worker did not start: {said.decode('utf-8', 'replace').strip()}",
                f"delete {component}: it will be built again",
            )

    @contextmanager
    def _killed_after(self, seconds: float) -> Iterator[None]:
        timer = Timer(seconds, self._kill)
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _kill(self) -> None:
        self._killed.set()
        self._process.kill()


def _seen(told: bytes, printed: bytes, sent: bytes) -> Seen:
    """What the worker observed. Raises Cut when it is not what a worker says."""
    try:
        said = json.loads(told)
        return Seen(
            printed=bytearray(printed),
            sent=bytearray(sent),
            stopped=said["stopped"] if said["stopped"] in {"output", "value"} else None,
            exit_code=int(said["exit_code"]),
            cpu_seconds=float(said["cpu_seconds"]),
        )
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        raise frames.Cut("the worker said something odd") from error
