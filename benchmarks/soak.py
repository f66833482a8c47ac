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
    choice = choose(
        Limits(cpu_seconds=1, wall_seconds=4, memory_mb=256, output_mb=4), sys.argv[2] if len(sys.argv) > 2 else "auto"
    )
    print(f"{executions:,} executions in {choice.told}")
    odd: Counter[str] = Counter()

    def run(number: int) -> None:
        seldom = number % SELDOM_MEANS == SELDOM_MEANS - 1
        choices = SELDOM if seldom else PROGRAMS
        language, source, ending = choices[number // (SELDOM_MEANS if seldom else 1) % len(choices)]
        execution = choice.sandbox.run(Program(source, language), {"n": number})
        if execution.ending != ending:
            odd[f"{ending} expected, {execution.ending}: {execution.reason}"] += 1

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(run, range(200)))  # what is allocated once
        before, began = state(), time.monotonic()
        for begin in range(0, executions, executions // 10 or 1):
            list(pool.map(run, range(begin, min(begin + (executions // 10 or 1), executions))))
            print(f"  {begin + executions // 10:>7,}  {told(state())}")
    after = state()
    seconds = time.monotonic() - began
    print(f"{executions / seconds:.0f} executions a second; before: {told(before)}; after: {told(after)}")
    for words, count in odd.items():
        print(f"{count} x {words}")
    grown = {name: after[name] - before[name] for name in before}
    leaked = grown["processes"] or grown["descriptors"] or grown["files"]
    if odd or leaked or max(grown["harness kB"], grown["servers kB"]) > MOST_GROWTH_KB:
        sys.exit(f"something is left behind, or ended as it should not: {grown}")
    print("nothing is left behind")


MOST_GROWTH_KB = 4096
"""A server's and the harness's memory settle within this."""


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


def started_by(process: int) -> set[int]:
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue  # it ended meanwhile
    found: set[int] = set()
    more = {process}
    while more:
        more = {child for child, parent in parents.items() if parent in more} - found
        found |= more
    return found


def resident_kb(process: int) -> int:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))


if __name__ == "__main__":
    main()
