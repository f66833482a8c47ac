"""A worker: runs one program after another, each in an interpreter that is instantiated for it and thrown away.

A process of its own, since a program that sleeps can only be stopped by ending the process that it sleeps in. On
standard input come requests, on standard output go replies, in frames:

    out    "ready", or why not, once
    in     {"source": ..., "arguments": {...}, "limits": {...}}
    out    {"exit_code": ..., "stopped": ..., "cpu_seconds": ...}, what was printed, what was sent

An exit code tells what became of the interpreter as if it had been a process: negative for the signal that would have
ended it. What was sent begins, as that of other sandboxes does, with a line "locked" once the limits stand.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import wasmtime
from wasmtime.component import Component, Linker

from harness.sandbox.wasm import frames
from harness.sandbox.wasm.engine import STACK, engine

INTERPRETER_MB = 32
"""What the interpreter takes before a program comes."""
KILLED, ABORTED, OVERFLOWN = -9, -6, -11
"""As SIGKILL, SIGABRT and SIGSEGV end a process; Windows does not know these names."""
LOOK_SECONDS = 0.01
"""How often the CPU time is looked at."""
ORPHAN_SECONDS = 5.0
"""How long after the wall limit a worker that nobody has killed ends itself: its harness is gone."""


def main(component: str) -> None:
    """In a thread, whose stack can be made large enough for the WebAssembly stack anywhere."""
    threading.stack_size(STACK + (8 << 20))
    thread = threading.Thread(target=_serve, args=[component])
    thread.start()
    threading.stack_size(0)
    thread.join()


def _serve(component: str) -> None:
    requests, replies = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # wasmtime prints complaints
    try:
        interpreters = Interpreters(component)
    except wasmtime.WasmtimeError as error:
        frames.send(replies, str(error).encode())
        return
    gc.freeze()
    frames.send(replies, b"ready")
    with contextlib.suppress(frames.Cut):
        while True:
            asked = json.loads(frames.receive(requests, sys.maxsize))
            frames.send(replies, *interpreters.run(asked).frames())
            gc.collect()  # wasmtime leaves cycles, which hold what a program printed


class Interpreters:
    """The compiled component, from which an interpreter is made in two milliseconds."""

    def __init__(self, component: str) -> None:
        self._engine = engine()
        self._component = Component.deserialize_file(self._engine, component)
        self._linker = Linker(self._engine)
        self._linker.add_wasip2()

    def run(self, asked: Mapping[str, Any]) -> Run:
        """One program, in an interpreter that is handed nothing: no folder, environment, network, arguments, input."""
        run = Run(engine=self._engine, limits=asked["limits"])
        store = wasmtime.Store(self._engine)
        wasi = wasmtime.WasiConfig()
        wasi.stdout_custom = run.print
        store.set_wasi(wasi)
        store.set_limits(memory_size=(run.limits["memory_mb"] + INTERPRETER_MB) << 20)
        store.set_epoch_deadline(1)
        try:
            with run.watched():
                self._run(store, asked, run)
        finally:
            store.close()
        return run

    def _run(self, store: wasmtime.Store, asked: Mapping[str, Any], run: Run) -> None:
        try:
            instance = self._linker.instantiate(store, self._component)
        except wasmtime.WasmtimeError as error:
            run.sent += str(error).encode()
            return
        load, call = instance.get_func(store, "load"), instance.get_func(store, "call")
        assert load is not None  # noqa: S101 - the component's world says so
        assert call is not None  # noqa: S101
        run.sent += b"locked\n"
        try:
            said = load(store, json.dumps(asked["source"]))
            run.printing = True
            said = said or call(store, json.dumps(asked["arguments"]))
        except (wasmtime.WasmtimeError, wasmtime.Trap) as trap:
            run.trapped(trap)
        else:
            run.send(said.encode())


@dataclass(kw_only=True)
class Run:
    """What is seen of one program."""

    engine: wasmtime.Engine
    limits: Mapping[str, Any]
    printing: bool = False
    """Whether what is printed counts: what a program prints while it is loaded does not."""
    printed: bytearray = field(default_factory=bytearray)
    sent: bytearray = field(default_factory=bytearray)
    stopped: str | None = None
    exit_code: int = 0
    cpu_seconds: float = 0.0

    def print(self, data: bytes) -> int:
        """Called by the interpreter."""
        if self.printing and not self.stopped:
            self.printed += data
            if len(self.printed) > self.limits["output_mb"] << 20:
                self._stop("output")
        return len(data)

    def send(self, said: bytes) -> None:
        if len(said) > (self.limits["value_mb"] << 20) + len(self.sent):
            self.stopped = self.stopped or "value"
        else:
            self.sent += said

    def trapped(self, trap: Exception) -> None:
        """The interpreter is gone, by what it did or because it was stopped from here."""
        if isinstance(trap, wasmtime.ExitTrap):
            self.exit_code = trap.code
        elif self.stopped == "cpu":
            self.exit_code = KILLED
        else:
            overflown = "call stack exhausted" in str(trap).rpartition("wasm trap:")[2]
            self.exit_code = OVERFLOWN if overflown else ABORTED

    @contextlib.contextmanager
    def watched(self) -> Iterator[None]:
        """Stop the program when its CPU time is over. It is this process's: nothing else runs here meanwhile."""
        done = threading.Event()
        began, began_cpu = time.monotonic(), time.process_time()

        def watch() -> None:
            while not done.wait(LOOK_SECONDS):
                if time.process_time() - began_cpu > self.limits["cpu_seconds"]:
                    self._stop("cpu")
                if time.monotonic() - began > self.limits["wall_seconds"] + ORPHAN_SECONDS:
                    os._exit(1)

        watcher = threading.Thread(target=watch)
        watcher.start()
        try:
            yield
        finally:
            done.set()
            watcher.join()
            self.cpu_seconds = time.process_time() - began_cpu

    def _stop(self, why: str) -> None:
        """From any thread, and from the interpreter's own calls: it traps as soon as it runs WebAssembly again."""
        self.stopped = self.stopped or why
        self.engine.increment_epoch()

    def frames(self) -> tuple[bytes, bytes, bytes]:
        seen = {"exit_code": self.exit_code, "cpu_seconds": self.cpu_seconds}
        stopped = None if self.stopped == "cpu" else self.stopped  # told by the exit code and the time
        return json.dumps({**seen, "stopped": stopped}).encode(), bytes(self.printed), bytes(self.sent)
