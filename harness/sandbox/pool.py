"""A few workers that run one program at a time: started when they are needed, replaced when they die.

A worker is a fork server or a process with a WebAssembly machine; what it saw of an execution is all that is known.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from queue import LifoQueue
from threading import Lock
from typing import Generic, Literal, Protocol, TypeVar

from harness.errors import SandboxFailed
from harness.sandbox.protocol import Limits

AT_WORK = 0.2
"""Share of the CPU limit from which on a program that ran out of time had worked, and not only slept: it is run again
without company, as a busy machine must not be its failure."""


@dataclass
class Seen:
    """What was observed of one execution."""

    printed: bytearray = field(default_factory=bytearray)
    sent: bytearray = field(default_factory=bytearray)
    """Lines: "locked", how the program says that it ended, the value; see ``inside/child.py``."""
    stopped: Literal["wall", "output", "value"] | None = None
    """Why it was killed from outside."""
    exit_code: int = 0
    """Negative: the signal that ended it."""
    cpu_seconds: float = 0.0
    peak_mb: float = 0.0
    wall_seconds: float = 0.0


class WorkerDied(Exception):
    """The worker is gone or does not answer: not the fault of a program, unless it happens with one program again."""


class Worker(Protocol):
    @property
    def spent(self) -> bool:
        """Whether it had to be killed, and can run nothing more."""
        ...

    def execute(self, request: bytes, limits: Limits) -> Seen:
        """Run one program and see it dead. Raises WorkerDied."""
        ...

    def close(self) -> None: ...


def workers_at_a_time(limits: Limits) -> int:
    """One for each core that may be used, but no more than the machine's memory bears."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if not hasattr(os, "sysconf"):  # Windows
        return cores
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    with suppress(OSError, ValueError):  # a container's share of it; "max" where it has no less
        memory = min(memory, int(Path("/sys/fs/cgroup/memory.max").read_text()))
    return max(1, min(cores, (memory >> 20) * 3 // 4 // limits.memory_mb))


W = TypeVar("W", bound=Worker)


class Pool(Generic[W]):
    """May be used from several threads at once."""

    def __init__(self, start: Callable[[], W], count: int) -> None:
        self._start = start
        self._count = count
        self._places: LifoQueue[W | None] = LifoQueue()
        for _ in range(count):
            self._places.put(None)
        self._clearing = Lock()

    def execute(self, request: bytes, limits: Limits) -> Seen:
        """Run one program. Raises SandboxFailed when it brings its worker down, and what starting a worker raises."""
        seen = self._seen(request, limits, self.worker)
        if seen.stopped == "wall" and seen.cpu_seconds >= AT_WORK * limits.cpu_seconds:
            return self._seen(request, limits, self._only_worker)
        return seen

    def _seen(self, request: bytes, limits: Limits, a_worker: Callable[[], AbstractContextManager[W]]) -> Seen:
        """A worker that dies is replaced, and the program run again, once."""
        for _ in range(2):
            try:
                with a_worker() as worker:
                    return worker.execute(request, limits)
            except WorkerDied as death:
                last = death
        raise SandboxFailed(
            f"what runs programs died twice while it ran one of them ({last})",
            "the program may have escaped: look at it, and please report it as docs/security.md says",
        )

    @contextmanager
    def worker(self) -> Iterator[W]:
        """A worker for the time of one program; it is given back unless it failed or is spent."""
        worker = self._places.get()
        kept = None
        try:
            worker = worker or self._start()
            yield worker
            kept = None if worker.spent else worker
        finally:
            if kept is None and worker is not None:
                worker.close()
            self._places.put(kept)

    @contextmanager
    def _only_worker(self) -> Iterator[W]:
        """A worker while no other runs a program: to tell a slow program from a busy machine."""
        with self._clearing:
            others = [self._places.get() for _ in range(self._count - 1)]
            try:
                with self.worker() as worker:
                    yield worker
            finally:
                for other in others:
                    self._places.put(other)

    def close(self) -> None:
        """End the workers that are idle; with this process end all of them."""
        idle = [self._places.get() for _ in range(self._places.qsize())]
        for worker in idle:
            if worker is not None:
                worker.close()
            self._places.put(None)
