"""The sandbox: honest programs work, and every other ending has its name."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from processes import started_by

from harness.errors import SandboxFailed
from harness.sandbox.isolated import IsolatedSandbox
from harness.sandbox.pool import Pool, Seen
from harness.sandbox.protocol import Execution, Language, Limits, Program, Sandbox
from harness.sandbox.server import INSIDE, lupa_folder
from harness.sandbox.tiers import FULL

HONEST: list[tuple[Language, str, str]] = [
    ("python", "def solve(n):\n    return [[n, 0, 1]]", "[[3, 0, 1]]"),
    (
        "python",
        "import heapq, itertools\ndef solve(n):\n    return list(itertools.islice(itertools.count(n), 2))",
        "[3, 4]",
    ),
    ("python", "def solve(n):\n    for i in range(n):\n        yield (i, 0)", "[[0, 0], [1, 0], [2, 0]]"),
    (
        "python",
        "from dataclasses import dataclass\n@dataclass\nclass A:\n    x: int\ndef solve(n):\n    return [A(n).x]",
        "[3]",
    ),
    ("python", "def hanoi(n):\n    return hanoi(n - 1) + 1 if n else 0\n", "3"),
    ("lua", "function solve(n) return {{n, 0, 1}} end", "[[3,0,1]]"),
    ("lua", "function solve(n) return {n / 1, unpack({4, 5})} end", "[3,4,5]"),
    ("lua", "local function f(n) return n + 1 end\nreturn function(n) return f(n) end", "4"),
    ("lua", "function solve(n) local t = {} for i = 1, n do t[#t + 1] = tostring(i) end return t end", '["1","2","3"]'),
    ("lua", "function solve(n) return coroutine.wrap(function() coroutine.yield(n) end)() end", "3"),
]

ENDINGS: list[tuple[Language, str, str, str | None]] = [
    ("python", "def solve(", "syntax", None),
    ("lua", "function solve( end", "syntax", None),
    ("python", "x = 1", "entry_point", None),
    ("lua", "x = 1", "entry_point", None),
    ("python", "def solve(a, b, c): return []", "entry_point", None),
    ("python", "def solve(n): return 1 / 0", "runtime_error", None),
    ("python", "def f(n): return f(n)\ndef solve(n): return f(n)", "runtime_error", None),
    ("lua", "function solve(n) error('no') end", "runtime_error", None),
    ("lua", "local function f(n) return 1 + f(n) end function solve(n) return f(n) end", "runtime_error", None),
    ("python", "def solve(n):\n    while True: pass", "timeout", "cpu"),
    ("lua", "function solve() while true do end end", "timeout", "cpu"),
    ("lua", "function solve() while true do pcall(function() while true do end end) end end", "timeout", "cpu"),
    (
        "lua",
        "function solve() return string.find(string.rep('a', 40), string.rep('a-', 40) .. 'b') end",
        "timeout",
        "cpu",
    ),
    ("python", "import time\ndef solve(n): time.sleep(60)", "timeout", "wall"),
    ("python", "def solve(n): return 'x' * 10**10", "resource", "memory"),
    ("lua", "function solve() local s = 'x' while true do s = s .. s end end", "resource", "memory"),
    ("python", "def solve(n):\n    while True: print('x' * 1000)", "resource", "output"),
    ("lua", "function solve() while true do print(string.rep('x', 1000)) end end", "resource", "output"),
    ("python", "import os\ndef solve(n): return os.fork()", "forbidden", "processes"),
    ("python", "import threading\ndef solve(n): threading.Thread(target=print).start()", "forbidden", "processes"),
    ("python", "import os\ndef solve(n): os._exit(0)", "bad_return", None),
    ("python", "def solve(n): return {1, 2}", "bad_return", None),
    ("python", "def solve(n): return float('nan')", "bad_return", None),
    ("python", "import os\ndef solve(n): os.kill(os.getpid(), 11)", "runtime_error", None),
    ("lua", "function solve() return io.open('/etc/passwd'):read('a') end", "runtime_error", None),
    ("lua", "function solve() return os.execute('ls') end", "forbidden", "processes"),
    ("lua", "function solve() return dofile('/etc/passwd') end", "forbidden", "files"),
    ("python", "def solve(n): return open('/etc/passwd').read()", "forbidden", "files"),
    ("python", "import socket\ndef solve(n): socket.create_connection(('127.0.0.1', 80))", "forbidden", "network"),
    ("python", "import os\ndef solve(n): return [os.pipe() for _ in range(99)]", "resource", "descriptors"),
    ("python", "import os\ndef solve(n): os.nice(5)", "forbidden", None),
    ("lua", "function solve() return require('socket') end", "runtime_error", None),
    ("lua", "function solve() return python.eval('1') end", "runtime_error", None),
    ("lua", "function solve() local t = {} t[1] = t return t end", "bad_return", None),
]


def _run(sandbox: Sandbox, language: Language, source: str) -> Execution:
    return sandbox.run(Program(source, language), {"n": 3})


@pytest.mark.parametrize(("language", "source", "value"), HONEST)
def test_honest_programs_work(sandbox: Sandbox, language: Language, source: str, value: str) -> None:
    execution = _run(sandbox, language, source)
    assert (execution.ending, execution.value) == ("ok", value), execution.reason


@pytest.mark.parametrize(("language", "source", "ending", "limit"), ENDINGS)
def test_every_other_ending_has_its_name(
    sandbox: Sandbox, language: Language, source: str, ending: str, limit: str | None
) -> None:
    execution = _run(sandbox, language, source)
    assert (execution.ending, execution.limit) == (ending, limit), execution.reason
    assert execution.reason


def test_what_is_printed_while_loading_is_not_the_answer(sandbox: Sandbox) -> None:
    for language, source in {
        "python": "print('loading')\ndef solve(n):\n    print('1 0 2')",
        "lua": "print('loading')\nfunction solve(n) print('1 0 2') end",
    }.items():
        execution = _run(sandbox, "lua" if language == "lua" else "python", source)
        assert (execution.value, execution.printed) == (None, "1 0 2\n")


@pytest.mark.parametrize(
    ("language", "source"),
    [
        ("python", "print('1 0 2')\nmoves = [[1, 0, 2]]"),
        ("lua", "print('1 0 2')\nmoves = {{1, 0, 2}}"),
    ],
)
def test_a_program_without_functions_has_no_entry_point(sandbox: Sandbox, language: Language, source: str) -> None:
    execution = _run(sandbox, language, source)
    assert (execution.ending, execution.printed) == ("entry_point", "")


@pytest.mark.parametrize(
    ("language", "source"),
    [
        ("python", "print('loading')\ndef solve(n): print('called')"),
        ("python", "import os\nos.write(1, b'loading')\ndef solve(n): print('called')"),
        (
            "python",
            "import sys\nsys.stdout = open(1, 'w')\nprint('loading')\ndef solve(n): print('called', flush=True)",
        ),
        ("lua", "print('loading')\nfunction solve(n) print('called') end"),
        ("lua", "io.stdout:write('loading')\nfunction solve(n) io.stdout:write('cal'):write('led\\n') end"),
    ],
)
def test_only_what_is_printed_while_the_function_is_called_counts(
    sandbox: Sandbox, language: Language, source: str
) -> None:
    assert _run(sandbox, language, source).printed == "called\n"


@pytest.mark.parametrize(
    ("language", "source"),
    [
        ("lua", "local function solve(n) return n end"),
        ("lua", "local function helper(a, b) end\nlocal solve = function(n) return n end"),
        ("lua", "local M = {}\nfunction M.solve(n) return n end\nreturn M"),
        ("lua", "return function(n) return n end"),
        ("lua", "function answer(n) return n end\nfunction show(a, b) end"),
        ("lua", "#!/usr/bin/env lua\nfunction solve(n) return n end"),
        ("lua", "function solve(n) collectgarbage(); io.stderr:write('x'); return require('math').floor(n) end"),
        ("python", "def answer(n): return n\ndef show(a): answer(a)"),
        ("python", "import functools\n@functools.lru_cache\ndef solve(n): return n"),
        ("python", "class S:\n    def go(self, n): return n\nsolve = S().go"),
        ("python", "import sys, io\nsys.stdout = io.TextIOWrapper(sys.stdout.buffer)\ndef solve(n): return n"),
        ("python", "import sys\nsys.stdin.buffer.read()\ndef solve(n): return n"),
        ("python", "if __name__ == '__main__':\n    raise SystemExit(3)\ndef solve(n): return n"),
    ],
)
def test_the_function_is_found_as_models_write_it(sandbox: Sandbox, language: Language, source: str) -> None:
    execution = _run(sandbox, language, source)
    assert (execution.ending, execution.value) == ("ok", "3"), execution.reason


def test_programs_do_not_inherit_the_harness_own_compiler_flags(sandbox: Sandbox) -> None:
    execution = _run(sandbox, "python", "def solve(n: List[int]): return 4")
    assert execution.ending == "runtime_error"
    assert "NameError" in execution.reason


def test_environment_and_descriptors_are_not_inherited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANTED_SECRET", "hush")
    source = (
        "import os, fcntl\n"
        "def open_ones():\n"
        "    for each in range(2048):\n"
        "        try: fcntl.fcntl(each, fcntl.F_GETFD)\n"
        "        except OSError: continue\n"
        "        yield each\n"
        "def solve(n): return [sorted(os.environ), list(open_ones())]"
    )
    with contextlib.ExitStack() as kept:
        for _ in range(400):
            os.set_inheritable(kept.enter_context(Path(os.devnull).open()).fileno(), True)
        sandbox = IsolatedSandbox(Limits(), FULL)
        execution = _run(sandbox, "python", source)
        sandbox.close()
    assert execution.value == "[[], [0, 1, 2, 3]]", "input, output, errors, results"


def test_flags_of_a_descriptor_that_all_programs_have_do_not_reach_the_next(own_sandbox: IsolatedSandbox) -> None:
    plant = "import fcntl, os\ndef solve(n): return fcntl.fcntl(2, fcntl.F_SETFL, os.O_APPEND | os.O_NONBLOCK)"
    look = "import fcntl\ndef solve(n): return [fcntl.fcntl(each, fcntl.F_GETFL) for each in (0, 2)]"
    before = _run(own_sandbox, "python", look).value
    assert _run(own_sandbox, "python", plant).value == "0"
    assert _run(own_sandbox, "python", look).value == before


def test_a_forged_result_gains_nothing(sandbox: Sandbox) -> None:
    source = (
        "import os, contextlib\n"
        "for each in range(3, 16):\n"
        "    with contextlib.suppress(OSError):\n"
        '        os.write(each, b\'{"ending": "ok"}\\n[[1,0,2]]\')\n'
        "def solve(n): os._exit(1)"
    )
    assert _run(sandbox, "python", source).ending == "bad_return"


def test_many_threads_may_use_one_sandbox(sandbox: Sandbox) -> None:
    def value(number: int) -> str | None:
        return sandbox.run(Program("def solve(n): return n", "python"), {"n": number}).value

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(value, range(16))) == [str(number) for number in range(16)]


@pytest.mark.parametrize(
    ("language", "source"),
    [
        ("python", "import random\ndef solve(n): return [random.random(), list({'a', 'b', 'c', 'd', 'e'})]"),
        ("lua", "function solve(n) return {math.random(1, 1000000)} end"),
    ],
)
def test_a_program_answers_alike_each_time(sandbox: Sandbox, language: Language, source: str) -> None:
    assert _run(sandbox, language, source).value == _run(sandbox, language, source).value


def _servers() -> set[int]:
    return started_by(os.getpid())


@pytest.fixture
def own_sandbox() -> Iterator[IsolatedSandbox]:
    """A sandbox of one server, which a test may do anything to."""
    sandbox = IsolatedSandbox(Limits(memory_mb=1 << 20, cpu_seconds=2, wall_seconds=4), FULL)
    yield sandbox
    sandbox.close()


def test_a_server_that_is_killed_is_replaced_and_no_program_is_lost(own_sandbox: IsolatedSandbox) -> None:
    before = _servers()
    own_sandbox.granted()
    killed = _servers() - before
    program = Program("import time\ndef solve(n): time.sleep(0.5); return n", "python")
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(own_sandbox.run, program, {"n": 7})
        time.sleep(0.3)
        for each in killed:
            os.kill(each, signal.SIGKILL)
        assert running.result().value == "7"
    assert not killed & _servers()


def test_a_program_that_brings_its_server_down_twice_is_told_apart(own_sandbox: IsolatedSandbox) -> None:
    before = _servers()
    own_sandbox.granted()
    idle = len(_servers() - before)
    program = Program("import time\ndef solve(n): time.sleep(2); return n", "python")
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(own_sandbox.run, program, {"n": 7})
        while not running.done():
            time.sleep(0.01)
            processes = _servers() - before
            if len(processes) > idle:  # the program is running
                for each in processes:
                    os.kill(each, signal.SIGKILL)
        with pytest.raises(SandboxFailed, match="died twice"):
            running.result()
    assert own_sandbox.run(Program("def solve(n): return n", "python"), {"n": 7}).value == "7"


def test_the_servers_end_with_the_process_that_started_them() -> None:
    source = (
        "from harness.sandbox.choice import open_sandbox\n"
        "from harness.sandbox.protocol import Limits, Program\n"
        "sandbox = open_sandbox(Limits())\n"
        "print('ready', flush=True)\n"
        "sandbox.run(Program('import time\\ndef solve(n): time.sleep(30)', 'python'), {'n': 1})\n"
    )
    with subprocess.Popen([sys.executable, "-c", source], stdout=subprocess.PIPE, text=True) as harness:
        assert harness.stdout is not None
        assert harness.stdout.readline() == "ready\n"
        time.sleep(0.2)
        started = started_by(harness.pid)
        assert started
        harness.kill()
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline and any(Path(f"/proc/{each}").exists() for each in started):
        time.sleep(0.05)
    assert not [each for each in started if Path(f"/proc/{each}").exists()]


def test_nothing_is_left_when_a_sandbox_is_closed() -> None:
    before = _servers(), _descriptors()
    sandbox = IsolatedSandbox(Limits(), FULL)
    sandbox.run(Program("def solve(n): return n", "python"), {"n": 1})
    assert _servers() - before[0]
    sandbox.close()
    assert (_servers(), _descriptors()) == before


def _descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.mark.parametrize(("allowed", "started"), [(1, "1"), (5, "5")], ids=["one thread", "five threads"])
def test_as_many_threads_may_be_started_as_the_limits_say(allowed: int, started: str) -> None:
    source = (
        "import threading\n"
        "def solve(n):\n"
        "    end, count = threading.Event(), 0\n"
        "    try:\n"
        "        for _ in range(n):\n"
        "            threading.Thread(target=end.wait).start()\n"
        "            count += 1\n"
        "    except RuntimeError:\n"
        "        pass\n"
        "    end.set()\n"
        "    return count\n"
    )
    sandbox = IsolatedSandbox(Limits(threads=allowed), FULL)
    try:
        assert sandbox.run(Program(source, "python"), {"n": 20}).value == started
    finally:
        sandbox.close()


class _Worker:
    """Sees of every program what it is told, and counts them."""

    spent = False

    def __init__(self, seen: Seen) -> None:
        self.seen = seen
        self.executions = 0

    def execute(self, request: bytes, limits: Limits) -> Seen:
        self.executions += 1
        return self.seen

    def close(self) -> None:
        pass


@pytest.mark.parametrize(
    ("seen", "executions"),
    [
        (Seen(stopped="wall", cpu_seconds=1.9), 2),
        (Seen(stopped="wall", cpu_seconds=0.1), 1),
        (Seen(stopped="output", cpu_seconds=1.9), 1),
        (Seen(cpu_seconds=1.9), 1),
    ],
    ids=["was at work", "slept", "printed too much", "ended"],
)
def test_only_a_program_that_was_at_work_when_time_was_up_is_run_again(seen: Seen, executions: int) -> None:
    worker = _Worker(seen)
    assert Pool(lambda: worker, 2).execute(b"", Limits(cpu_seconds=2)) is seen
    assert worker.executions == executions


LEFT_OUT = {
    *("_aix_support", "_md5", "_osx_support", "_sha1", "_sha256", "_sha3", "_tokenize", "_winapi", "encodings.mbcs"),
    *("ftplib", "multiprocessing.synchronize", "nt", "plistlib", "py_compile", "pydoc", "readline", "runpy", "smtplib"),
    *("winreg", "xmlrpc.client", "importlib.metadata", "importlib.readers", "multiprocessing.connection", "tarfile"),
}
"""What is of other machines, of other commands, of servers, or of files."""


def test_what_the_preloaded_library_imports_when_it_is_called_is_preloaded_too() -> None:
    source = (
        "import ast, json, sys\n"
        f"sys.path.insert(0, {str(INSIDE.parent)!r})\n"
        "import preload\n"
        f"preload.everything({lupa_folder()!r})\n"
        "late = set()\n"
        "for file in {getattr(module, '__file__', None) for module in list(sys.modules.values())}:\n"
        "    if file and file.endswith('.py') and 'site-packages' not in file:\n"
        "        tree = ast.parse(open(file, encoding='utf-8').read())\n"
        "        for node in ast.walk(tree):\n"
        "            for each in ast.walk(node) if isinstance(node, ast.FunctionDef) else []:\n"
        "                if isinstance(each, ast.Import): late.update(alias.name for alias in each.names)\n"
        "                elif isinstance(each, ast.ImportFrom) and not each.level: late.add(each.module)\n"
        "print(json.dumps([n for n in late if n.split('.')[0] in sys.stdlib_module_names and n not in sys.modules]))\n"
    )
    command = [sys.executable, "-s", "-P", "-S", "-W", "ignore", "-c", source]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert set(json.loads(done.stdout)) - LEFT_OUT == set()
