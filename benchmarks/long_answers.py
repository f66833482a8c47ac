"""How long a 20-disk answer (1,048,575 moves) takes to judge, as text in several forms and as programs.

The bound is what any reader must do at least: ``json.loads`` of the list, and a loop that moves disks between three
Python lists and compares tops. Every line is a process of its own, start-up included; memory is that process's peak.

    python benchmarks/long_answers.py [disks, default 20]
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
BOUND = """
import json, sys
text = open(sys.argv[1]).read()
moves = json.loads(text[text.index("[["):text.rindex("]]") + 2])
pegs = [list(range(int(sys.argv[2]), 0, -1)), [], []]
for disk, source, target in moves:
    assert pegs[source][-1] == disk and (not pegs[target] or pegs[target][-1] > disk)
    pegs[target].append(pegs[source].pop())
assert not pegs[0] and not pegs[1]
"""
PRINTING = """
def solve(disks, start, goal):
    def go(n, a, b, c):
        if n:
            go(n - 1, a, c, b)
            print(n, a, c)
            go(n - 1, b, a, c)
    go(disks, 0, 1, 2)
"""


def solution(disks: int, source: int = 0, spare: int = 1, target: int = 2) -> Iterator[tuple[int, int, int]]:
    if disks:
        yield from solution(disks - 1, source, target, spare)
        yield disks, source, target
        yield from solution(disks - 1, spare, source, target)


def forms(moves: list[tuple[int, int, int]]) -> Iterator[tuple[str, str, str]]:
    """(what it is called, mode, text)"""
    lines = "".join(f"  [{d}, {s}, {t}],  # {d}\n" for d, s, t in moves)
    sentences = (f"{i}. Move disk {d} from peg {s} to peg {t}" for i, (d, s, t) in enumerate(moves, 1))
    yield "JSON list", "enumerate", "moves = " + json.dumps(moves)
    yield "one move a line, commented", "enumerate", f"moves = [\n{lines}]"
    yield "CSV", "enumerate", "\n".join(f"{d},{s},{t}" for d, s, t in moves)
    yield "sentences", "enumerate", "\n".join(sentences)
    yield "Python, returned", "function/python", fenced("python", (ROOT / "solvers/tower_of_hanoi.py").read_text())
    yield "Python, printed", "function/python", fenced("python", PRINTING)
    yield "Lua, returned", "function/lua", fenced("lua", (ROOT / "solvers/tower_of_hanoi.lua").read_text())


def main() -> None:
    disks = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    moves = list(solution(disks))
    print(f"{disks} disks, {len(moves):,} moves; seconds and peak MB of whole processes")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "answer.txt"
        file.write_text(json.dumps(moves))
        bound, peak = timed([sys.executable, "-c", BOUND, str(file), str(disks)])
        print(f"{'bound: json.loads and a loop':<30} {bound:6.2f} s {peak:6.0f} MB")
        for name, mode, text in forms(moves):
            file.write_text(text)
            pegboard = [sys.executable, "-c", "from harness.cli import main; main()"]
            flags = ["--size", str(disks), "--mode", mode]
            seconds, peak = timed([*pegboard, "judge", "tower_of_hanoi", *flags, str(file)])
            size = f"{len(text) / 1e6:.1f} MB" if mode == "enumerate" else "program"
            print(f"{name:<30} {seconds:6.2f} s {peak:6.0f} MB   {seconds / bound:5.1f} x the bound   {size}")


def fenced(language: str, source: str) -> str:
    return f"```{language}\n{source}\n```"


def timed(command: list[str]) -> tuple[float, float]:
    """(wall seconds, peak MB) of a command and what it starts, which must say that the answer is solved."""
    measured = [sys.executable, __file__, "--measure", *command]
    seconds, peak, told = subprocess.run(measured, check=True, cwd=ROOT, capture_output=True, text=True).stdout.split(
        " ", 2
    )
    assert "judge" not in command or told.startswith("solved"), told
    return float(seconds), float(peak)


def measure(command: list[str]) -> None:
    """In a process between, so that its children's peak is this command's alone."""
    began = time.monotonic()
    done = subprocess.run(command, check=True, cwd=ROOT, capture_output=True, text=True)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(time.monotonic() - began, peak, done.stdout)


if __name__ == "__main__":
    measure(sys.argv[2:]) if sys.argv[1:2] == ["--measure"] else main()
