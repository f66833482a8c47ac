"""One execution: the forked child puts up the last walls, reads its program, runs it, and hands back what came of it.

On the results pipe go lines:

    locked               the walls are up, and the program has not been read yet; or the name of the one that is not
    {"ending": ...}      how it ended; see Ending
    the value            what the function returned, after an ending "ok" with a value

Nothing that is sent from here after the first line is believed: it is data for the referee.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import resource
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import kernel
import seccomp
from ending import Ending, Failed

RESULTS, REQUEST, LANDLOCK = 3, 4, 5
MOST_DESCRIPTORS, HIGH = 256, 128
OURS = ("child", "ending", "kernel", "lua_program", "preload", "python_program", "seccomp", "server")


Interpreter = Callable[[str, Mapping[str, Any], int], Ending]
"""Runs a source with arguments within so many megabytes."""


@dataclass
class Setting:
    """What the server prepared for all its children."""

    quiet: int
    """A descriptor on which what is written is lost, and nothing comes."""
    base_memory: int
    """Bytes of address space that the interpreters take."""
    landlock: int
    """A descriptor of Landlock's rules that allow nothing; the quiet one where there is no Landlock."""
    interpreters: Mapping[str, Interpreter]
    filters: Mapping[bool, bytes] = field(default_factory=dict)
    """Filters of system calls, without and with threads."""
    server: int = 0
    """The server's process number, as its children see it."""
    own_user: bool = False
    """Whether the server and its children are all that their user runs."""

    def tasks(self) -> int:
        """Processes and threads that the kernel counts when it limits those of this user, but for the child."""
        return 2 if self.own_user else tasks_of(os.getuid())


def tasks_of(user: int) -> int:
    """Counted in /proc, where another may start one at any moment: a limit made of it is a rough one."""
    count = 0
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if process.stat().st_uid == user:
                count += sum(1 for _ in (process / "task").iterdir())
    return count


def main(limits: Mapping[str, int], descriptors: Sequence[int], setting: Setting) -> NoReturn:
    """Never returns: whatever happens, this process ends here."""
    try:
        _keep_only(*descriptors, setting)
        try:
            _lock(limits, setting)
        except BaseException as error:
            _send(f"{error}\n")
            raise
        _send("locked\n")
        _run(setting.interpreters)
    finally:
        os._exit(1)


def _keep_only(request: int, output: int, results: int, setting: Setting) -> None:
    """Put the descriptors in their places and close all others. By way of high numbers, as places may be taken."""
    wanted = [setting.quiet, output, setting.quiet, results, request, setting.landlock]
    for place, descriptor in enumerate([fcntl.fcntl(each, fcntl.F_DUPFD, HIGH) for each in wanted]):
        os.dup2(descriptor, place)
    os.closerange(len(wanted), MOST_DESCRIPTORS)


def _lock(limits: Mapping[str, int], setting: Setting) -> None:
    """Put up the walls, seccomp last."""
    if setting.landlock != setting.quiet:
        kernel.landlock_restrict(LANDLOCK)
    os.close(LANDLOCK)
    _limit(limits, setting)
    kernel.die_with_parent(signal.SIGKILL)
    if os.getppid() != setting.server:
        os._exit(1)  # it ended before its death could be signalled
    if setting.filters:
        template = setting.filters[limits["threads"] > 0]
        kernel.filter_system_calls(seccomp.for_process(template, os.getpid()))


def _limit(limits: Mapping[str, int], setting: Setting) -> None:
    most = {
        "RLIMIT_CPU": limits["cpu_seconds"],
        "RLIMIT_AS": setting.base_memory + (limits["memory_mb"] << 20),
        "RLIMIT_FSIZE": 0,
        "RLIMIT_NOFILE": limits["descriptors"],
    }
    if limits["threads"]:
        most["RLIMIT_NPROC"] = setting.tasks() + 1 + limits["threads"]
    for name, limit in most.items():
        kind = getattr(resource, name)
        try:
            resource.setrlimit(kind, (limit, limit))
        except ValueError:
            allowed = resource.getrlimit(kind)[1]
            raise OSError(f"{name}: {limit} is wanted, and no more than {allowed} allowed (see ulimit)") from None


def _run(interpreters: Mapping[str, Interpreter]) -> None:
    asked = json.loads(os.pread(REQUEST, os.lseek(REQUEST, 0, os.SEEK_END), 0))
    os.close(REQUEST)
    for name in OURS:
        sys.modules.pop(name, None)
    try:
        ending = interpreters[asked["language"]](asked["source"], asked["arguments"], asked["memory_mb"])
    except Failed as failure:
        ending = failure.ending
    except MemoryError:
        ending = Ending("resource", "the program ran out of memory", limit="memory")
    except BaseException as error:  # whatever a program raises is its own failure
        ending = Ending("runtime_error", f"{type(error).__name__}: {error}")
    with contextlib.suppress(BaseException):
        sys.stdout.flush()
    _send(ending.frame() + "\n")
    for piece in ending.value or []:
        _send(piece)
    os._exit(0)


def _send(text: str) -> None:
    rest = memoryview(text.encode("utf-8", "replace"))
    while rest:
        rest = rest[os.write(RESULTS, rest) :]
