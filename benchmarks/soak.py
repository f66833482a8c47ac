"""Runs programs by the thousand and looks for what is left behind: processes, descriptors, files, memory.

Honest programs, ones that fail, crash, flood and run into limits, in both languages, at two at a time.

    python benchmarks/soak.py [executions, default 20000] [tier, default auto]
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from harness.sandbox.choice import choose
from harness.sandbox.protocol import Language, Limits, Program

sys.path.append(str(Path(__file__).parent.parent / "tests"))

from processes import resident_kb, started_by

PROGRAMS: list[tuple[Language, str, str]] = [
    ("python", "def solve(n): return [n, n + 1]", "ok"),
    ("lua", "function solve(n) return {n, n + 1} end", "ok"),
    ("python", "def solve(n):\n    for each in range(1000): print(n, each)", "ok"),
    ("lua", "function solve(n) for each = 1, 1000 do print(n, each) end end", "ok"),
    ("python", "def solve(n): return 1 / 0", "runtime_error"),
    ("lua", "function solve(n) return n.x.y end", "runtime_error"),
    ("python", "def solve(n", "syntax"),
    ("python", "import os\ndef solve(n): os.kill(os.getpid(), 11)", "runtime_error"),
    ("python", "import os\ndef solve(n): os._exit(0)", "bad_return"),
    ("python", "import os\ndef solve(n): os.fork()", "forbidden"),
    ("python", "def solve(n): open('/etc/passwd')", "forbidden"),
]
SELDOM: list[tuple[Language, str, str]] = [  # each takes long; one in a thousand
    ("python", "def solve(n): return 'x' * 10**10", "resource"),
    ("lua", "function solve(n) while true do print('xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx') end end", "resource"),
    ("python", "def solve(n):\n    while True: pass", "timeout"),
    ("lua", "function solve(n) while true do end end", "timeout"),
]
SELDOM_MEANS = 1000


def main() -> None:
    executions = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    tier = sys.argv[2] if len(sys.argv) > 2 else "auto"
    with tempfile.TemporaryDirectory() as folder:
        tempfile.tempdir = folder
        soak(executions, tier)


def soak(executions: int, tier: str) -> None:
    choice = choose(Limits(cpu_seconds=1, wall_seconds=4, memory_mb=256, output_mb=4), tier)
    print(f"{executions:,} executions in {choice.told}")
    odd: Counter[str] = Counter()

    def run(number: int) -> None:
        seldom = number % SELDOM_MEANS == SELDOM_MEANS - 1
        choices = SELDOM if seldom else PROGRAMS
        language, source, ending = choices[number // (SELDOM_MEANS if seldom else 1) % len(choices)]
        execution = choice.sandbox.run(Program(source, language), {"n": number})
        if execution.ending != ending:
            odd[f"{ending} expected, {execution.ending}: {execution.reason}"] += 1

    tenth = max(1, executions // 10)
    began = time.monotonic()
    states = []
    with ThreadPoolExecutor(2) as pool:
        for begin in range(0, executions, tenth):
            list(pool.map(run, range(begin, begin + tenth)))
            states.append(state())
            print(f"  {begin + tenth:>7,}  {told(states[-1])}")
    print(f"{executions / (time.monotonic() - began):.0f} executions a second")
    for words, count in odd.items():
        print(f"{count} x {words}")
    grown = {name: states[-1][name] - states[0][name] for name in states[0]}
    leaked = grown["processes"] or grown["descriptors"] or grown["files"]
    if odd or leaked or max(grown["harness kB"], grown["servers kB"]) > MOST_GROWTH_KB:
        sys.exit(f"something is left behind, or ended as it should not: {grown}")
    print(f"nothing is left behind; since the first tenth: {told(grown)}")


MOST_GROWTH_KB = 8192
"""What the harness's memory goes up and down by. Half a kilobyte kept of each execution would be more."""


def state() -> dict[str, int]:
    """What there is of everything now. Servers are counted by their resident memory, shared pages included."""
    started = started_by(os.getpid())
    return {
        "processes": len(started),
        "descriptors": len(list(Path("/proc/self/fd").iterdir())),
        "files": len(list(Path(tempfile.gettempdir()).iterdir())),
        "harness kB": resident_kb(os.getpid()),
        "servers kB": sum(resident_kb(each) for each in started),
    }


def told(found: dict[str, int]) -> str:
    return ", ".join(f"{value:,} {name}" for name, value in found.items())


if __name__ == "__main__":
    main()
