"""Ends an engine's processes when this process is killed: left alone they would hold their memory, a GPU's, for good.

A process of its own waits for the end of a pipe that this process holds, however this one ends.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Awaitable, Callable
from multiprocessing import active_children
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
