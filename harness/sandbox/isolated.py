"""The sandbox: a few fork servers, each running one program at a time in a fresh child behind the tier's walls."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from queue import LifoQueue
from threading import Lock

from harness.errors import SandboxFailed
from harness.sandbox.conclusion import conclude
from harness.sandbox.protocol import Execution, Limits, Program
from harness.sandbox.server import Granted, Seen, Server, ServerDied
from harness.sandbox.tiers import Tier
from harness.task import Arguments

AT_WORK = 0.2
"""Share of the CPU limit from which on a program that ran out of time had worked, and not only slept: it is run again
without company, as a busy machine must not be its failure."""


class IsolatedSandbox:
    """Runs programs. May be used from several threads at once; servers start when they are first needed."""

    def __init__(self, limits: Limits, tier: Tier) -> None:
        self.tier = tier
        self._limits = limits
        self._places: LifoQueue[Server | None] = LifoQueue()
        self._count = servers_at_a_time(limits)
        for _ in range(self._count):
            self._places.put(None)
        self._clearing = Lock()

    def run(self, program: Program, arguments: Arguments) -> Execution:
        """See ``Sandbox.run``."""
        return self.run_within(program, arguments, self._limits)

    def run_within(self, program: Program, arguments: Arguments, limits: Limits) -> Execution:
        """Within limits other than the sandbox's own. Raises SandboxFailed when a program brings its server down."""
        asked = {
            "source": program.source,
            "language": program.language,
            "arguments": dict(arguments),
            "memory_mb": limits.memory_mb,
        }
        request = json.dumps(asked).encode()
        seen = self._seen(request, limits, self._server)
        if seen.stopped == "wall" and seen.cpu_seconds >= AT_WORK * limits.cpu_seconds:
            seen = self._seen(request, limits, self._only_server)
        return conclude(seen, limits, self.tier.name)

    def _seen(self, request: bytes, limits: Limits, a_server: Callable[[], AbstractContextManager[Server]]) -> Seen:
        """A server that dies is replaced, and the program run again, once."""
        for _ in range(2):
            try:
                with a_server() as server:
                    return server.execute(request, limits)
            except ServerDied as death:
                last = death
        raise SandboxFailed(
            f"the sandbox's server died twice while it ran one program ({last})",
            "the program may have escaped: look at it, and please report it as docs/security.md says",
        )

    def granted(self) -> Granted:
        """The walls that stand. Raises SandboxUnavailable."""
        with self._server() as server:
            return server.granted

    def close(self) -> None:
        """End the servers that are idle; with this process end all of them."""
        for _ in range(self._places.qsize()):
            server = self._places.get()
            if server is not None:
                server.close()
            self._places.put(None)

    @contextmanager
    def _only_server(self) -> Iterator[Server]:
        """A server while no other runs a program: to tell a slow program from a busy machine."""
        with self._clearing:
            others = [self._places.get() for _ in range(self._count - 1)]
            try:
                with self._server() as server:
                    yield server
            finally:
                for other in others:
                    self._places.put(other)

    @contextmanager
    def _server(self) -> Iterator[Server]:
        """A server for the time of one program; it is given back unless it failed."""
        server = self._places.get()
        kept = None
        try:
            server = server or Server(self.tier.walls, self.tier.wrapper())
            yield server
            kept = server
        finally:
            if kept is None and server is not None:
                server.close()
            self._places.put(kept)


def servers_at_a_time(limits: Limits) -> int:
    """One for each core that may be used, but no more than the machine's memory bears."""
    memory_mb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 20
    return max(1, min(len(os.sched_getaffinity(0)), memory_mb * 3 // 4 // limits.memory_mb))
