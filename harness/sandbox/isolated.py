"""The sandbox on Linux: a few fork servers, each running one program at a time behind its tier's walls."""

from __future__ import annotations

import json

from harness.sandbox.conclusion import conclude
from harness.sandbox.pool import Pool, workers_at_a_time
from harness.sandbox.protocol import Execution, Limits, Program
from harness.sandbox.server import Granted, Server
from harness.sandbox.tiers import Tier
from harness.task import Arguments


class IsolatedSandbox:
    """Runs programs. May be used from several threads at once."""

    def __init__(self, limits: Limits, tier: Tier) -> None:
        self._limits = limits
        self._tier = tier
        self._servers = Pool(lambda: Server(tier.walls, tier.wrapper()), workers_at_a_time(limits))

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
        seen = self._servers.execute(json.dumps(asked).encode(), limits)
        return conclude(seen, limits, self._tier.name)

    def granted(self) -> Granted:
        """The walls that stand. Raises SandboxUnavailable."""
        with self._servers.worker() as server:
            return server.granted

    def close(self) -> None:
        """End the servers that are idle; with this process end all of them."""
        self._servers.close()
