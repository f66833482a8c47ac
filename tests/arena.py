"""The arena that attacks are run in: a small world with things in it that a program must not reach.

There are a file, a folder, listeners, a victim process and secrets. A program is run in a sandbox; what came out of it,
and whether the world is as it was, gives its problems.

    with Harness() as harness, Arena(harness) as arena:
        for attack in attacks():
            print(attack.name, arena.run(attack, sandbox).problems)
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import resource
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Self, cast

from corpus import Attack, Honest, attacks

from harness.errors import SandboxFailed, SandboxUnavailable
from harness.sandbox.protocol import Execution, Language, Limits, Program, Sandbox

ATTACK_LIMITS = Limits(cpu_seconds=1, wall_seconds=3, memory_mb=512, output_mb=16, value_mb=16)
HONEST_LIMITS = Limits(cpu_seconds=4, wall_seconds=14, memory_mb=512, output_mb=16, value_mb=16)
LATE_SECONDS = 3.0
"""How much longer than its wall limit an execution may last on a busy machine."""
GROWTH_MB = 200
"""How much memory the harness may take for one execution: several times what may be printed and returned."""
HONEST_ARGUMENT = 5

SECRET_VARIABLE = "PEGBOARD_PLANTED_SECRET"
SECRET_START = "PEGBOARD-" + "SECRET-"
"""How every secret begins, so that programs can search memory for one."""
RIGHT_ANSWER = "[[1, 0, 2]]"
BREACH = "BREACH"

NEXT: dict[Language, str] = {
    "python": "import math\n\ndef solve(target):\n    return [math.factorial(5), sorted({3, 1, 2}), target['port']]\n",
    "lua": "function solve(target)\n  return {120, {1, 2, 3}, target.port}\nend\n",
}
"""An honest program that must be answered rightly after every attack."""
SLEEPS = "import time\n\ndef solve(target):\n    time.sleep(0.3)\n"


# What is watched ------------------------------------------------------------------------------------------------------


class Harness:
    """This process, as the attacker sees it: with a secret in it, and with nothing to be moved by a program.

    Made in the main thread, since signal handlers are; one at a time.
    """

    UNWATCHED = frozenset({"SIGCHLD", "SIGPIPE", "SIGALRM", "SIGQUIT", "SIGKILL", "SIGSTOP"}) | {
        *("SIGSEGV", "SIGBUS", "SIGFPE", "SIGILL")  # these would end it, which is seen as well
    }

    def __init__(self) -> None:
        self.secret = os.environ.get(SECRET_VARIABLE) or new_secret()
        self.pid = os.getpid()
        self._signals: list[int] = []

    def __enter__(self) -> Self:
        self._undo = contextlib.ExitStack()
        os.environ[SECRET_VARIABLE] = self.secret
        self._undo.callback(os.environ.pop, SECRET_VARIABLE)
        for number in signal.valid_signals():
            if _signal_name(number) in self.UNWATCHED:
                continue
            old = signal.signal(number, lambda number, _frame: self._signals.append(number))
            self._undo.callback(signal.signal, number, old)
        _adopt_orphans(True)
        self._undo.callback(_adopt_orphans, False)
        self._undo.enter_context(_inheritable_descriptor(self.secret))
        return self

    def __exit__(self, *_: object) -> None:
        self._undo.close()

    def signals(self) -> list[str]:
        """The signals that arrived since the last call, as problems."""
        seen, self._signals = self._signals, []
        return [f"the harness was sent {_signal_name(number)}" for number in seen]

    def descriptors(self) -> int:
        return len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - by number, not by path

    def most_memory_mb(self) -> int:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10

    def processes(self) -> dict[int, str]:
        """The processes that descend from this one."""
        parents = _parents()
        found: dict[int, str] = {}
        edge = {self.pid}
        while edge := {pid for pid, parent in parents.items() if parent in edge}:
            found.update((pid, _words(pid)) for pid in edge)
        return found


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:  # a real-time signal
        return f"signal {number}"


def new_secret() -> str:
    return SECRET_START + secrets.token_hex(16)


@contextlib.contextmanager
def _inheritable_descriptor(secret: str) -> Iterator[None]:
    """Such as a careless library leaves behind: open, inheritable, on a file with the secret."""
    with tempfile.TemporaryFile() as file:
        file.write(secret.encode())
        file.flush()
        number = os.dup(file.fileno())
        os.set_inheritable(number, True)
        try:
            yield
        finally:
            os.close(number)


def _adopt_orphans(yes: bool) -> None:
    """Whether processes that lose their parent below this one become its children, and so stay in sight."""
    pr_set_child_subreaper = 36
    ctypes.CDLL(None).prctl(pr_set_child_subreaper, int(yes), 0, 0, 0)


def _parents() -> dict[int, int]:
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            stat = (folder / "stat").read_text("ascii", "replace")
            state, parent, *_ = stat.rpartition(")")[2].split()
            if state != "Z":  # one that has ended is left to whoever asks about it
                parents[int(folder.name)] = int(parent)
    return parents


def _words(pid: int) -> str:
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace").strip()
    except OSError:
        words = ""
    return words[:200] or "(ended)"


# The arena ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Bout:
    """One execution of one program, and what was wrong with it."""

    id: str
    problems: list[str] = field(default_factory=list)
    ending: str | None = None
    """None when there was no execution."""
    limit: str | None = None
    seconds: float = 0.0
    printed: str = ""
    value: str = ""
    reason: str = ""


class Arena:
    """Things that a program must not reach. Used by one thread at a time; several may stand in one process."""

    def __init__(self, harness: Harness) -> None:
        self._harness = harness
        self._met: list[Sandbox] = []

    def __enter__(self) -> Self:
        self._undo = contextlib.ExitStack()
        self._root = Path(tempfile.mkdtemp(prefix="arena-"))
        self._undo.callback(shutil.rmtree, self._root, ignore_errors=True)
        self._root.chmod(0o755)
        self._folder = self._make_folder()
        secret_file = self._root / "secret.txt"
        secret_file.write_text(f"token = {self._harness.secret}\n")
        secret_file.chmod(0o644)
        port = self._listen()
        self._victim = self._undo.enter_context(_Victim())
        self._kept = _snapshot(self._folder)
        self.target: dict[str, Any] = {
            "secret_file": str(secret_file),
            "folder": str(self._folder),
            "port": port,
            "stream_socket": str(self._root / "stream"),
            "datagram_socket": str(self._root / "datagram"),
            "victim": self._victim.pid,
            "harness": self._harness.pid,
        }
        return self

    def __exit__(self, *_: object) -> None:
        self._undo.close()

    def run(self, attack: Attack, sandbox: Sandbox, *, others: list[Attack] | None = None, alone: bool = True) -> Bout:
        """Run an attack, then its pair (looked up in ``others``), then an honest program that must be answered rightly.

        Unless it runs alone in this process, what it leaves behind cannot be told from what its neighbours use, and
        only what is this arena's own is checked.
        """
        if sandbox not in self._met:
            self._warm_up(sandbox)
            self._met.append(sandbox)
        self._harness.signals()
        descriptors, processes = self._harness.descriptors(), self._harness.processes()
        most_memory = self._harness.most_memory_mb()
        bout = self._execute(attack, sandbox)
        problems = list(bout.problems)
        if attack.pair:
            look = next(other for other in others or attacks(attack.language) if _is_pair(attack, other))
            for _again in range(2):  # there may be more than one server
                found = self._execute(look, sandbox)
                if found.ending == "timeout":  # a busy machine: it has seen nothing, and looks once more
                    found = self._execute(look, sandbox)
                problems += [f"{look.name}, run next: {problem}" for problem in found.problems]
        problems += self._next_is_right(attack.language, sandbox)
        problems += self._harness.signals()
        problems += self._world()
        if alone:
            problems += self._left_over(processes)
            if (now := self._harness.descriptors()) > descriptors:
                problems.append(f"the harness has {now} open descriptors, {descriptors} before")
            if (grown := self._harness.most_memory_mb() - most_memory) > GROWTH_MB:
                problems.append(f"the harness took {grown} MB of memory to read what came out")
        return replace(bout, problems=problems)

    def _execute(self, attack: Attack, sandbox: Sandbox) -> Bout:
        began = time.monotonic()
        try:
            execution = sandbox.run(Program(attack.source, attack.language), {"target": self.target})
        except (SandboxFailed, SandboxUnavailable) as error:
            problem = f"the fault was put on the harness: {error}"
            return Bout(id=attack.id, problems=[problem], seconds=time.monotonic() - began)
        seconds = time.monotonic() - began
        problems = [*_broken_promises(attack, execution), *_leaks(execution, self._harness.secret)]
        if execution.wall_seconds > ATTACK_LIMITS.wall_seconds + LATE_SECONDS:  # without the wait for its turn
            problems.append(
                f"it lasted {execution.wall_seconds:.1f} s, with {ATTACK_LIMITS.wall_seconds:g} s of wall time allowed"
            )
        return _bout(attack.id, execution, problems, seconds)

    def _warm_up(self, sandbox: Sandbox) -> None:
        """Have it start all that it starts when it is first needed: a server for each core."""
        cores = os.cpu_count() or 1
        with ThreadPoolExecutor(cores) as pool:
            list(pool.map(lambda _: sandbox.run(Program(SLEEPS, "python"), {"target": self.target}), range(cores)))

    def _next_is_right(self, language: Language, sandbox: Sandbox) -> list[str]:
        try:
            execution = sandbox.run(Program(NEXT[language], language), {"target": self.target})
        except (SandboxFailed, SandboxUnavailable) as error:
            return [f"the next honest program could not be run: {error}"]
        if same_json(execution.value, f"[120, [1, 2, 3], {self.target['port']}]"):
            return []
        return [f"the next honest program was answered {execution.value!r}: {execution.ending} {execution.reason}"]

    def _left_over(self, before: dict[int, str]) -> list[str]:
        """More processes than before: a server that was replaced makes none."""
        now = self._harness.processes()
        new = [f"{pid} {words}" for pid, words in now.items() if pid not in before]
        return [f"processes are left over, among {new}"] if len(now) > len(before) else []

    def _world(self) -> list[str]:
        """What has changed outside since the last call."""
        problems = [f"the listener heard something: {name}" for name, listener in self._listeners if _heard(listener)]
        problems += self._victim.problems()
        self.target["victim"] = self._victim.pid
        now = _snapshot(self._folder)
        if now != self._kept:
            changed = sorted(name for name in now.keys() | self._kept.keys() if now.get(name) != self._kept.get(name))
            problems.append(f"the folder changed: {', '.join(changed)}")
            shutil.rmtree(self._folder, ignore_errors=True)
            self._make_folder()
            self._kept = _snapshot(self._folder)
        return problems

    def _make_folder(self) -> Path:
        folder = self._root / "folder"
        folder.mkdir()
        folder.chmod(0o777)
        kept = folder / "kept.txt"
        kept.write_text("kept\n")
        kept.chmod(0o666)
        return folder

    def _listen(self) -> int:
        """Open the listeners; their TCP and UDP port."""
        tcp, udp = self._undo.enter_context(socket.socket()), None
        while udp is None:
            tcp.bind(("127.0.0.1", 0))
            udp = self._undo.enter_context(socket.socket(type=socket.SOCK_DGRAM))
            try:
                udp.bind(tcp.getsockname())
            except OSError:  # the number is taken: try with another
                tcp, udp = self._undo.enter_context(socket.socket()), None
        stream = self._undo.enter_context(socket.socket(socket.AF_UNIX))
        datagram = self._undo.enter_context(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM))
        for listener, name in ((stream, "stream"), (datagram, "datagram")):
            listener.bind(str(self._root / name))
            (self._root / name).chmod(0o777)
        for listener in (tcp, stream):
            listener.listen(16)
        self._listeners = [("TCP", tcp), ("UDP", udp), ("Unix stream", stream), ("Unix datagram", datagram)]
        for _, listener in self._listeners:
            listener.setblocking(False)
        return cast(int, tcp.getsockname()[1])


class _Victim:
    """A process of this user that sleeps with every signal blocked, so that one that was sent stays to be seen."""

    def __enter__(self) -> Self:
        self._start()
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()

    @property
    def pid(self) -> int:
        return self._process.pid

    def problems(self) -> list[str]:
        """What was done to it since the last call; it is replaced when something was."""
        if self._process.poll() is not None:
            problems = [f"the victim was ended (exit status {self._process.returncode})"]
        else:
            now = self._facts()
            problems = [
                f"the victim's {name} changed to {now[name]}" for name in now if now[name] != self._before[name]
            ]
        if problems:
            self.__exit__()
            self._start()
        return problems

    def _start(self) -> None:
        blocked = signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
        try:
            self._process = subprocess.Popen(["sleep", "900"], start_new_session=True, cwd="/")
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
        self._before = self._facts()

    def _facts(self) -> dict[str, str]:
        status = dict(
            line.split(":\t", 1) for line in Path(f"/proc/{self.pid}/status").read_text().splitlines() if ":\t" in line
        )
        facts = {name: status[name] for name in ("TracerPid", "SigPnd", "ShdPnd", "Cpus_allowed", "Threads", "Uid")}
        facts["stopped"] = str(status["State"][0] in "Tt")
        facts["niceness"] = str(os.getpriority(os.PRIO_PROCESS, self.pid))
        facts["limits"] = str([resource.prlimit(self.pid, number) for number in range(16)])
        facts["oom_score_adj"] = Path(f"/proc/{self.pid}/oom_score_adj").read_text().strip()
        return facts


def _heard(listener: socket.socket) -> bool:
    try:
        if listener.type == socket.SOCK_DGRAM:
            listener.recv(1)
        else:
            listener.accept()[0].close()
    except BlockingIOError:
        return False
    return True


def _snapshot(folder: Path) -> dict[str, tuple[Any, ...]]:
    """All that can be told of a folder and the files in it, but for when they were last read."""
    return {
        str(path.relative_to(folder)): (
            (seen := path.lstat()).st_mode,
            seen.st_uid,
            seen.st_nlink,
            seen.st_mtime_ns,
            seen.st_ctime_ns,
            path.read_bytes() if path.is_file() else b"",
        )
        for path in (folder, *folder.rglob("*"))
    }


# What is wrong with an execution --------------------------------------------------------------------------------------


def honest_bout(honest: Honest, sandbox: Sandbox) -> Bout:
    """Run an honest program, and say what did not work."""
    began = time.monotonic()
    try:
        execution = sandbox.run(Program(honest.source, honest.language), {"n": HONEST_ARGUMENT})
    except (SandboxFailed, SandboxUnavailable) as error:
        problem = f"the fault was put on the harness: {error}"
        return Bout(id=honest.id, problems=[problem], seconds=time.monotonic() - began)
    seconds = time.monotonic() - began
    problems = []
    if execution.ending != "ok":
        problems.append(f"it ended with {execution.ending}: {execution.reason}")
    elif honest.value is not None and not same_json(execution.value, honest.value):
        problems.append(f"it returned {_short(execution.value)}, not {_short(honest.value)}")
    elif honest.printed is not None and execution.printed != honest.printed:
        problems.append(f"it printed {_short(execution.printed)}, not {_short(honest.printed)}")
    return _bout(honest.id, execution, problems, seconds)


def same_json(text: str | None, expected: str) -> bool:
    """Whether a text is JSON for the same value, with 1, 1.0 and true told apart."""
    try:
        found = json.loads(text or "")
    except (ValueError, RecursionError):
        return False
    return json.dumps(found, sort_keys=True) == json.dumps(json.loads(expected), sort_keys=True)


def _bout(program: str, execution: Execution, problems: list[str], seconds: float) -> Bout:
    return Bout(
        id=program,
        problems=problems,
        ending=execution.ending,
        limit=execution.limit,
        seconds=seconds,
        printed=execution.printed[:2000],
        value=(execution.value or "")[:2000],
        reason=execution.reason,
    )


def _is_pair(attack: Attack, other: Attack) -> bool:
    return (other.language, other.category, other.name) == (attack.language, attack.category, attack.pair)


def _broken_promises(attack: Attack, execution: Execution) -> Iterator[str]:
    """Where what came out is not what the header allows."""
    said = f"{execution.ending}{f' ({execution.limit})' if execution.limit else ''}: {execution.reason[:300]}"
    if execution.ending not in attack.ends:
        yield f"it ended with {said}; allowed are {', '.join(sorted(attack.ends))}"
    if attack.limits and execution.limit not in attack.limits:
        yield f"it ended with {said}; the limit to be named is {' or '.join(sorted(attack.limits))}"
    if attack.value is not None and not same_json(execution.value, attack.value):
        yield f"its value is {_short(execution.value)}, not {attack.value}; it ended with {said}"
    for text in attack.never:
        if any(text in part for part in _out(execution)):
            yield f"{_short(text)} came out of it"
    if attack.category == "forging" and execution.ending == "ok" and same_json(execution.value, RIGHT_ANSWER):
        yield "it passes for having returned the right answer"


def _leaks(execution: Execution, secret: str) -> Iterator[str]:
    for part in _out(execution):
        if secret in part or SECRET_START in part:
            yield "a secret came out of it"
        if BREACH in part:
            yield f"it got through: {_short(part[part.index(BREACH) :])}"


def _out(execution: Execution) -> tuple[str, ...]:
    return execution.value or "", execution.printed, execution.reason, execution.entry_point or ""


def _short(text: str | None) -> str:
    return repr(text) if text is None or len(text) <= 300 else f"{text[:300]!r} and more"
