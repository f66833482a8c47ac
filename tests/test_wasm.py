"""The WebAssembly sandbox: honest Python programs work, and a program finds nothing but itself."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from harness.errors import SandboxFailed, SandboxUnavailable
from harness.sandbox.protocol import Execution, Limits, Program
from harness.sandbox.wasm import component
from harness.sandbox.wasm.component import compiled_component
from harness.sandbox.wasm.sandbox import WasmSandbox

for package in ("wasmtime", "componentize_py"):
    pytest.importorskip(package, reason='WebAssembly is an extra: pip install "pegboard[wasm]"')

LIMITS = Limits(cpu_seconds=1, wall_seconds=20, memory_mb=128, output_mb=4, value_mb=4)

HONEST = [
    ("def solve(n):\n    return [[n, 0, 1]]", "[[3, 0, 1]]"),
    ("import heapq, itertools\ndef solve(n):\n    return list(itertools.islice(itertools.count(n), 2))", "[3, 4]"),
    ("def solve(n):\n    for i in range(n):\n        yield (i, 0)", "[[0, 0], [1, 0], [2, 0]]"),
    (
        "from dataclasses import dataclass\n@dataclass\nclass A:\n    x: int\ndef solve(n):\n    return [A(n).x]",
        "[3]",
    ),
    ("def hanoi(n):\n    return hanoi(n - 1) + 1 if n else 0\n", "3"),
    ("def answer(n): return n\ndef show(a): answer(a)", "3"),
    ("def f(k): return k and 1 + f(k - 1)\ndef solve(n): return f(15000)", "15000"),
    ("def solve(n):\n    path = None\n    for i in range(100000): path = (path, i)\n    return path[1]", "99999"),
    ("def solve(n):\n    try:\n        return solve(n)\n    except RecursionError:\n        return n", "3"),
    (
        "import time\ndef solve(n):\n    a = time.monotonic()\n    time.sleep(0.01)\n    return time.monotonic() > a",
        "true",
    ),
    ("if __name__ == '__main__':\n    raise SystemExit(3)\ndef solve(n): return n", "3"),
    ("import sys\nsys.stdin.read()\ndef solve(n): return n", "3"),
    ("def solve(n): return '\\ud800\\u00e4'", '"\\ud800\\u00e4"'),
]

ENDINGS = [
    ("def solve(", "syntax", None, "line 1"),
    ("def solve(n): return '\ud800'", "syntax", None, "surrogates"),
    ("x = 1", "entry_point", None, "solve(n)"),
    ("def solve(a, b, c): return []", "entry_point", None, "solve(a, b, c)"),
    ("def solve(n):\n    return 1 / 0", "runtime_error", None, "line 2: ZeroDivisionError"),
    ("def f(n): return f(n)\ndef solve(n): return f(n)", "runtime_error", None, "RecursionError"),
    (
        "class A:\n    def __eq__(a, b): return a == b\ndef solve(n): A() == A()",
        "runtime_error",
        None,
        "RecursionError",
    ),
    ("def solve(n):\n    a = []\n    for i in range(10**6): a = [a]\n    del a", "runtime_error", None, "SIGSEGV"),
    ("import os\ndef solve(n): os.abort()", "runtime_error", None, "SIGABRT"),
    ("import numpy\ndef solve(n): return n", "runtime_error", None, "ModuleNotFoundError"),
    ("def solve(n):\n    while True: pass", "timeout", "cpu", "1 seconds of CPU"),
    ("while True: pass", "timeout", "cpu", "1 seconds of CPU"),
    (
        "def solve(n):\n  while True:\n    try:\n      while True: pass\n    except BaseException: pass",
        "timeout",
        "cpu",
        "1 seconds of CPU",
    ),
    ("import re\ndef solve(n): re.match('(a+)+$', 'a' * 40 + 'b')", "timeout", "cpu", "1 seconds of CPU"),
    ("def solve(n): return 'x' * 10**9", "resource", "memory", "memory"),
    ("def solve(n):\n    a = []\n    while True: a.append(bytearray(1 << 20))", "resource", "memory", "memory"),
    ("def solve(n):\n    while True: print('x' * 1000)", "resource", "output", "4 MB"),
    ("import os\ndef solve(n):\n    while True: os.write(1, b'x' * 1000)", "resource", "output", "4 MB"),
    ("def solve(n): return 'x' * (5 << 20)", "resource", "value", "4 MB"),
    ("import threading\ndef solve(n): threading.Thread(target=print).start()", "forbidden", "processes", "thread"),
    ("import os\ndef solve(n): os._exit(0)", "bad_return", None, "without handing"),
    ("import os\ndef solve(n): os._exit(1)", "bad_return", None, "without handing"),
    ("def solve(n): return {1, 2}", "bad_return", None, "set"),
    ("def solve(n): return float('nan')", "bad_return", None, "plain data"),
]


@pytest.fixture(scope="module")
def wasm() -> Iterator[WasmSandbox]:
    sandbox = WasmSandbox(LIMITS)
    yield sandbox
    sandbox.close()


def _run(wasm: WasmSandbox, source: str, limits: Limits = LIMITS) -> Execution:
    return wasm.run_within(Program(source, "python"), {"n": 3}, limits)


@pytest.mark.parametrize(("source", "value"), HONEST)
def test_honest_programs_work(wasm: WasmSandbox, source: str, value: str) -> None:
    execution = _run(wasm, source)
    assert (execution.ending, execution.value) == ("ok", value), execution.reason
    assert execution.sandbox == "wasm"


@pytest.mark.parametrize(("source", "ending", "limit", "reason"), ENDINGS)
def test_every_other_ending_has_its_name(
    wasm: WasmSandbox, source: str, ending: str, limit: str | None, reason: str
) -> None:
    execution = _run(wasm, source)
    assert (execution.ending, execution.limit) == (ending, limit), execution.reason
    assert reason in execution.reason
    assert execution.value is None


def test_a_program_that_sleeps_is_ended_by_the_wall_limit_and_the_next_one_runs(wasm: WasmSandbox) -> None:
    execution = _run(wasm, "import time\ndef solve(n): time.sleep(600)", replace(LIMITS, wall_seconds=1.0))
    assert (execution.ending, execution.limit) == ("timeout", "wall")
    assert execution.wall_seconds < 5
    assert _run(wasm, "def solve(n): return n").value == "3"


def test_sleeping_takes_no_cpu_time_and_computing_does(wasm: WasmSandbox) -> None:
    assert _run(wasm, "import time\ndef solve(n): time.sleep(0.5)").cpu_seconds < 0.4
    assert _run(wasm, "def solve(n):\n    while True: pass").cpu_seconds > 0.9


@pytest.mark.parametrize(
    "source",
    [
        "print('loading')\ndef solve(n): print('called')",
        "import os\nos.write(1, b'loading')\ndef solve(n): print('called')",
        "import sys\nsys.stdout = open(1, 'w')\nprint('loading')\ndef solve(n): print('called', flush=True)",
        "print('x' * (5 << 20))\ndef solve(n): print('called')",
    ],
)
def test_only_what_is_printed_while_the_function_is_called_counts(wasm: WasmSandbox, source: str) -> None:
    execution = _run(wasm, source)
    assert (execution.ending, execution.value, execution.printed) == ("ok", None, "called\n")


def test_a_program_finds_no_file_environment_or_argument(wasm: WasmSandbox, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hush")
    mode = secret.stat().st_mode
    source = f"""
import os, sys
def found(look):
    try: return look()
    except OSError: return None
def solve(n):
    return [found(look) for look in (
        lambda: open({str(secret)!r}).read(), lambda: open("../../../../../etc/passwd").read(),
        lambda: os.stat({str(secret)!r}), lambda: os.listdir("/"), lambda: os.listdir("."),
        lambda: open({str(tmp_path / "new.txt")!r}, "w").write("x"), lambda: os.mkdir({str(tmp_path / "new")!r}),
        lambda: os.chmod({str(secret)!r}, 0), lambda: os.read(0, 9).decode(), lambda: os.read(3, 9),
        lambda: list(os.environ.items()), lambda: sys.argv,
    )]
"""
    execution = _run(wasm, source)
    assert execution.value is not None, execution.reason
    assert [each for each in json.loads(execution.value) if each] == []
    assert [each.name for each in tmp_path.iterdir()] == ["secret.txt"]
    assert secret.stat().st_mode == mode


def test_the_environment_of_the_harness_is_not_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANTED_SECRET", "hush")
    with contextlib.closing(WasmSandbox(LIMITS)) as fresh:
        assert _run(fresh, "import os\ndef solve(n): return dict(os.environ)").value == "{}"


@pytest.mark.parametrize(
    "attempt",
    [
        "socket.create_connection(('127.0.0.1', {port}), 2).sendall(b'out')",
        "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'out', ('127.0.0.1', {port}))",
        "socket.socket().bind(('127.0.0.1', 0))",
        "socket.getaddrinfo('localhost', 80)",
    ],
)
def test_the_network_is_not_reached(wasm: WasmSandbox, attempt: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagrams:
            datagrams.bind(("127.0.0.1", port))
            source = f"import socket\ndef solve(n):\n    {attempt.format(port=port)}\n    return 'through'"
            execution = _run(wasm, source)
            assert execution.ending in {"forbidden", "runtime_error"}
            assert execution.value is None
            for each, receive in ((listener, listener.accept), (datagrams, lambda: datagrams.recv(9))):
                each.settimeout(0.05)
                with pytest.raises(TimeoutError):
                    receive()


@pytest.mark.parametrize(
    "attempt",
    ["os.fork()", "os.kill(1, 0)", "os.system('true')", "subprocess.run(['true'])", "__import__('ctypes').CDLL(None)"],
)
def test_no_process_is_started_or_signalled(wasm: WasmSandbox, attempt: str) -> None:
    execution = _run(wasm, f"import os, subprocess\ndef solve(n):\n    {attempt}\n    return 'through'")
    assert execution.ending in {"forbidden", "runtime_error"}
    assert execution.value is None


def test_nothing_crosses_from_one_program_to_the_next(wasm: WasmSandbox) -> None:
    plant = "import builtins, math, random, sys\ndef solve(n):\n"
    plant += (
        "    builtins.planted = math.pi = 4\n    sys.modules['planted'] = math\n    random.seed(7)\n    print('kept')\n"
    )
    look = "import builtins, math, random, sys\ndef solve(n): return [hasattr(builtins, 'planted'), math.pi < 4,"
    look += " 'planted' in sys.modules, random.random(), list({'a', 'b', 'c', 'd', 'e'})]"
    before = _run(wasm, look)
    assert before.value is not None
    assert json.loads(before.value)[:3] == [False, True, False]
    assert _run(wasm, plant).ending == "ok"
    after = _run(wasm, look)
    assert (after.value, after.printed) == (before.value, "")


def test_a_forged_ending_is_no_more_than_a_value(wasm: WasmSandbox) -> None:
    source = "import runner, json\nrunner._told = lambda part: json.dumps({ending}) + '\\n[1]'\ndef solve(n): return 2"
    forged = _run(wasm, source.replace("{ending}", "{'ending': 'sandbox is broken', 'limit': 'x', 'reason': 5}"))
    assert (forged.ending, forged.value) == ("bad_return", None)
    plain = _run(wasm, source.replace("{ending}", "{'ending': 'ok', 'limit': ['x'], 'reason': 5, 'entry_point': 7}"))
    assert (plain.ending, plain.limit, plain.reason, plain.entry_point, plain.value) == ("ok", None, "", None, "[1]")


def test_many_threads_may_use_one_sandbox(wasm: WasmSandbox) -> None:
    def value(number: int) -> str | None:
        return wasm.run(Program("def solve(n): return n", "python"), {"n": number}).value

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(value, range(32))) == [str(number) for number in range(32)]


def _workers() -> set[int]:
    """Running workers of this process."""
    found = set()
    for children in Path("/proc/self/task").glob("*/children"):
        for process in children.read_text().split():
            with contextlib.suppress(OSError):
                if b"harness.sandbox.wasm.worker" in Path("/proc", process, "cmdline").read_bytes():
                    found.add(int(process))
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="finds the workers in /proc")
def test_a_worker_that_was_killed_is_replaced(wasm: WasmSandbox) -> None:
    assert _run(wasm, "def solve(n): return n").value == "3"
    killed = _workers()
    for worker in killed:
        os.kill(worker, signal.SIGKILL)
    assert _run(wasm, "def solve(n): return n").value == "3"
    assert killed
    assert _workers() - killed


@pytest.mark.skipif(sys.platform != "linux", reason="finds the workers in /proc")
def test_a_program_under_which_two_workers_die_is_told_as_such() -> None:
    with contextlib.closing(WasmSandbox(LIMITS)) as fresh, ThreadPoolExecutor(1) as pool:
        others, killed = _workers(), set[int]()
        asked = pool.submit(_run, fresh, "import time\ndef solve(n): time.sleep(600)")
        while not asked.done():
            for worker in _workers() - others - killed:
                time.sleep(0.5)  # until the program runs in it
                os.kill(worker, signal.SIGKILL)
                killed.add(worker)
            time.sleep(0.01)
        with pytest.raises(SandboxFailed, match="died twice"):
            asked.result()
        assert len(killed) == 2


def test_lua_programs_are_refused_with_a_next_step(wasm: WasmSandbox) -> None:
    with pytest.raises(SandboxUnavailable, match="Python programs only") as refused:
        wasm.run(Program("function solve(n) return n end", "lua"), {"n": 3})
    assert "Linux" in refused.value.next_step


def test_memory_too_small_for_the_interpreter_is_our_fault_and_said(wasm: WasmSandbox) -> None:
    with pytest.raises(SandboxUnavailable, match="memory"):
        _run(wasm, "def solve(n): return n", replace(LIMITS, memory_mb=-31))


def test_without_the_extra_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(component, "PACKAGES", ("componentize-py", "a-package-that-is-not-there"))
    with pytest.raises(SandboxUnavailable, match="a-package-that-is-not-there is not installed") as missing:
        compiled_component()
    assert missing.value.next_step == 'pip install "pegboard[wasm]"'


@pytest.mark.skipif(sys.platform == "win32", reason="a user's folders are closed to others there")
@pytest.mark.parametrize("open_to_others", ["the file", "its folder"])
def test_machine_code_that_others_could_write_is_not_loaded(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, open_to_others: str
) -> None:
    name = compiled_component().name
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    planted = tmp_path / "pegboard" / "wasm" / name
    planted.parent.mkdir(parents=True, mode=0o700)
    planted.touch(mode=0o600)
    assert compiled_component() == planted
    (planted if open_to_others == "the file" else planted.parent).chmod(0o777)
    with pytest.raises(SandboxUnavailable, match="can be written by others"):
        compiled_component()


def test_a_damaged_file_is_told_with_the_way_to_mend_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    name = compiled_component().name
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    damaged = tmp_path / "pegboard" / "wasm" / name
    damaged.parent.mkdir(parents=True, mode=0o700)
    damaged.write_bytes(b"not machine code")
    damaged.chmod(0o600)
    with pytest.raises(SandboxUnavailable, match="did not start") as told:
        _run(WasmSandbox(LIMITS), "def solve(n): return n")
    assert f"delete {damaged}" in told.value.next_step
