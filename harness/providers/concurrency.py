"""How many requests may be in flight: additive increase, multiplicative decrease, driven by 429s."""

from __future__ import annotations

import asyncio
import random
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

DECREASE = 0.7
COOL_DOWN_SECONDS = 2.0
"""After a decrease, further 429s within this time are answers to requests sent before it."""


class Stopped(Exception):
    """The run is to ask nothing new; what was being waited for is given up, and nothing was sent."""


class AdaptiveLimit:
    """A semaphore whose size follows what the provider bears."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._limit = float(most)
        self._in_flight = 0
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._lowered_at = -COOL_DOWN_SECONDS
        self._held_until = 0.0

    @property
    def current(self) -> int:
        return max(1, int(self._limit))

    @asynccontextmanager
    async def slot(self, stop: asyncio.Event) -> AsyncIterator[None]:
        """Wait for room, and hold one place while the block runs. Raises Stopped once ``stop`` is set."""
        await self._take(stop)
        try:
            yield
        finally:
            self._in_flight -= 1
            self._wake()

    def succeeded(self) -> None:
        """About one place more for every ``current`` successes, up to the most."""
        self._limit = min(float(self._most), self._limit + 1 / self._limit)
        self._wake()

    def throttled(self, retry_after: float | None) -> None:
        """The provider asked for fewer requests, and for none within ``retry_after`` seconds."""
        now = asyncio.get_running_loop().time()
        self._held_until = max(self._held_until, now + (retry_after or 0.0))
        if now - self._lowered_at >= COOL_DOWN_SECONDS:
            self._lowered_at = now
            self._limit = max(1.0, self._limit * DECREASE)

    async def _take(self, stop: asyncio.Event) -> None:
        """A place is taken only when nothing is left to wait for, so that whoever waits holds none."""
        try:
            while not stop.is_set():
                if (hold := self._held_until - asyncio.get_running_loop().time()) > 0:
                    await pause(spread(hold), stop)
                elif self._in_flight >= self.current:
                    await self._turn(stop)
                else:
                    self._in_flight += 1
                    return
        except asyncio.CancelledError:
            self._wake()  # whoever is next in line, should the place have been for this one
            raise
        raise Stopped

    async def _turn(self, stop: asyncio.Event) -> None:
        """Wait in line until a place falls free or ``stop`` is set."""
        place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        stopping = asyncio.ensure_future(stop.wait())
        self._waiting.append(place)
        try:
            await asyncio.wait((place, stopping), return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopping.cancel()
            place.cancel()

    def _wake(self) -> None:
        room = self.current - self._in_flight
        while room > 0 and self._waiting:
            place = self._waiting.popleft()
            if not place.done():
                place.set_result(None)
                room -= 1


async def pause(seconds: float, stop: asyncio.Event) -> None:
    """Wait. Raises Stopped as soon as ``stop`` is set."""
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        return
    raise Stopped


def spread(seconds: float) -> float:
    """At least so long, and up to half as long again: those told to wait for one moment do not come back at once."""
    return seconds * random.uniform(1.0, 1.5)  # noqa: S311 - nobody is to be kept from guessing it
