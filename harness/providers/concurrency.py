"""How many requests may be in flight: additive increase, multiplicative decrease, driven by 429s."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

DECREASE = 0.7
COOL_DOWN_SECONDS = 2.0
"""After a decrease, further 429s within this time are answers to requests sent before it."""


class AdaptiveLimit:
    """A semaphore whose size follows what the provider bears."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._limit = float(most)
        self._in_flight = 0
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._lowered_at = -COOL_DOWN_SECONDS
        self._held_until = 0.0
        self.back_offs = 0
        """How often the limit was lowered."""

    @property
    def current(self) -> int:
        return max(1, int(self._limit))

    @asynccontextmanager
    async def slot(self) -> AsyncIterator[None]:
        """Wait for room, and hold one place while the block runs."""
        await self._take()
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
            self.back_offs += 1

    async def _take(self) -> None:
        while self._in_flight >= self.current:
            place = asyncio.get_running_loop().create_future()
            self._waiting.append(place)
            try:
                await place
            finally:
                if place in self._waiting:
                    self._waiting.remove(place)
                elif place.cancelled():
                    self._wake()
        self._in_flight += 1
        try:
            if (pause := self._held_until - asyncio.get_running_loop().time()) > 0:
                await asyncio.sleep(pause)
        except BaseException:
            self._in_flight -= 1
            self._wake()
            raise

    def _wake(self) -> None:
        room = self.current - self._in_flight
        while room > 0 and self._waiting:
            place = self._waiting.popleft()
            if not place.done():
                place.set_result(None)
                room -= 1
