"""Runs the whole corpus in one sandbox: each program alone, then again while another runs beside it.

Those that use up all their time run beside another only, so that a battle takes a minute or two.

    python tests/battle.py --sandbox linux-full [--python | --lua] [PART_OF_A_NAME ...]

Prints a line of JSON for each program: its problems (none: it held), ending, limit and seconds. A last line,
"afterwards", tells what was left when the sandbox was closed. Exit code: 0 when everything held, 1 when not, 3 when the
sandbox is not to be had here; then the only line says why.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, cast

from arena import ATTACK_LIMITS, HONEST_LIMITS, SECRET_VARIABLE, Arena, Bout, Harness, honest_bout, new_secret
from corpus import Attack, Honest, attacks, honest_programs

from harness.errors import SandboxUnavailable
from harness.sandbox.choice import open_sandbox
from harness.sandbox.protocol import Language, Sandbox

AT_ONCE = 2
AFTERWARDS = "afterwards"
EXIT_UNAVAILABLE = 3


@dataclass(frozen=True)
class Battle:
    """A sandbox for attacks, one for honest programs, and an arena for each program that runs at once."""

    harness: Harness
    arenas: list[Arena]
    for_attacks: Sandbox
    for_honest: Sandbox

    def run(self, programs: list[Attack | Honest]) -> Iterator[Bout]:
        """Run each program alone and beside another, and give its bouts as one, when the second is done."""
        first = {
            program.id: self._bout(program, self.arenas[0], alone=True) for program in programs if not _is_slow(program)
        }
        free = list(self.arenas)
        lock = threading.Lock()

        def again(program: Attack | Honest) -> Bout:
            with lock:
                arena = free.pop()
            try:
                return self._bout(program, arena, alone=False)
            finally:
                free.append(arena)

        with ThreadPoolExecutor(len(self.arenas)) as pool:
            for second in pool.map(again, programs):
                yield _joined(first[second.id], second) if second.id in first else second

    def _bout(self, program: Attack | Honest, arena: Arena, *, alone: bool) -> Bout:
        if isinstance(program, Honest):
            return honest_bout(program, self.for_honest)
        return arena.run(program, self.for_attacks, alone=alone)


def _is_slow(program: Attack | Honest) -> bool:
    return isinstance(program, Attack) and program.is_slow


def _joined(first: Bout, second: Bout) -> Bout:
    problems = first.problems + [f"beside another: {problem}" for problem in second.problems]
    return Bout(
        id=first.id,
        problems=problems,
        ending=first.ending,
        limit=first.limit,
        seconds=max(first.seconds, second.seconds),
    )


def main() -> int:
    chosen = _arguments()
    if SECRET_VARIABLE not in os.environ:  # so that it stands in /proc/PID/environ as well
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, SECRET_VARIABLE: new_secret()})
    languages: list[Language] = chosen.languages or []
    corpus: list[Attack | Honest] = [*attacks(*languages), *honest_programs(*languages)]
    programs = [program for program in corpus if not chosen.parts or any(part in program.id for part in chosen.parts)]
    held = True
    with contextlib.ExitStack() as stack:
        harness = stack.enter_context(Harness())
        arenas = [stack.enter_context(Arena(harness)) for _ in range(AT_ONCE)]
        try:
            sandboxes = [open_sandbox(limits, chosen.sandbox) for limits in (ATTACK_LIMITS, HONEST_LIMITS)]
        except SandboxUnavailable as error:
            _tell({"unavailable": str(error)})
            return EXIT_UNAVAILABLE
        for bout in Battle(harness, arenas, *sandboxes).run(programs):
            held &= not bout.problems
            told = {"ending": bout.ending, "limit": bout.limit, "seconds": round(bout.seconds, 2)}
            _tell({"program": bout.id, "problems": bout.problems, **told})
        for sandbox in sandboxes:
            cast(Any, sandbox).close()
        victims = {arena.target["victim"] for arena in arenas}
        left = [f"{pid} {words}" for pid, words in harness.processes().items() if pid not in victims]
        held &= not left
        _tell({"program": AFTERWARDS, "problems": [f"a process is left over: {process}" for process in left]})
    return 0 if held else 1


def _tell(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sandbox", required=True, help="the tier, such as linux-full")
    parser.add_argument("--python", dest="languages", action="append_const", const="python")
    parser.add_argument("--lua", dest="languages", action="append_const", const="lua")
    parser.add_argument("parts", nargs="*", help="run only programs with one of these in their names")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
