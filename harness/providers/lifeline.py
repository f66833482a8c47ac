"""An engine's processes live as long as this one: they end when it is killed, and not when it is interrupted.

Left alone by a process that was killed they would hold their memory, a GPU's, for good. A process of its own waits for
the end of a pipe that this process holds, however this one ends. A Ctrl-C reaches every process of a terminal, but what
is in flight is to be awaited then.
"""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from multiprocessing import active_children, resource_tracker
from typing import TypeVar

Started = TypeVar("Started")

SECONDS_BETWEEN_LOOKS = 0.1

_WAITING = """
import os, signal, sys
watched = []
for line in sys.stdin:
    try:
        watched.append(os.pidfd_open(int(line)))  # a number may be given anew, a descriptor stays with its process
    except ProcessLookupError:
        pass
for process in watched:
    try:
        signal.pidfd_send_signal(process, signal.SIGKILL)
    except ProcessLookupError:
        pass
"""


@contextmanager
def deaf_to_interrupts() -> Iterator[None]:
    """What this thread starts in the block never sees a Ctrl-C: it inherits the thread's mask, whatever it handles."""
    resource_tracker.ensure_running()  # it clears the mask of whoever starts it
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Lifeline:
    """Holds processes until it is cut, or this process ends."""

    def __init__(self) -> None:
        self._waiting = subprocess.Popen(  # noqa: S603 - a fixed program
            [sys.executable, "-I", "-c", _WAITING],
            stdin=subprocess.PIPE,
            text=True,
            start_new_session=True,  # a Ctrl-C is not meant for it
        )
        self._others = {child.pid for child in active_children()}

    async def during(self, starting: Callable[[], Awaitable[Started]]) -> Started:
        """Await something that starts processes by ``multiprocessing``, and hold each from the moment it is there."""
        looking = asyncio.create_task(self._look())
        try:
            return await starting()
        finally:
            looking.cancel()
            self._hold_new()

    def cut(self) -> None:
        """Kill whatever is still held, and let go."""
        self._waiting.communicate()

    async def _look(self) -> None:
        while True:
            self._hold_new()
            await asyncio.sleep(SECONDS_BETWEEN_LOOKS)

    def _hold_new(self) -> None:
        assert self._waiting.stdin is not None  # noqa: S101 - it was asked for
        for child in active_children():
            if child.pid not in self._others:
                self._others.add(child.pid)
                self._waiting.stdin.write(f"{child.pid}\n")
                self._waiting.stdin.flush()
