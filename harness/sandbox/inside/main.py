"""Runs one program, inside a process of its own: started by ``process.py``, never imported by it.

Standard input brings one request as JSON, standard output takes what the program prints, and the descriptor named on
the command line takes frames, one JSON value a line:

    "ready"              the walls are up; the program has not been touched
    {"ending": ...}      how it ended; see Ending
    the value            what the function returned, after an ending "ok" with a value

Nothing that is sent from here is believed: it is data for the referee.
"""

from __future__ import annotations

import ast
import contextlib
import ctypes
import importlib
import json
import os
import resource
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from ending import Ending, Failed

UNUSED_ID = 64_534
"""The user that a program runs as when Pegboard runs as root."""

USUAL = ["collections", "copy", "dataclasses", "functools", "heapq", "itertools", "math", "random", "re", "typing"]
NEVER = {"antigravity", "this", "idlelib", "tkinter", "turtle", "turtledemo"}
PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS = 1, 38
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000


def main() -> None:
    request = json.loads(sys.stdin.buffer.read())
    results = int(sys.argv[1])
    sys.path.extend(request["path"])
    run = _lua() if request["language"] == "lua" else _python(request["source"])
    _raise_walls(request["limits"])
    _send(results, '"ready"\n')
    try:
        ending = run(request["source"], request["arguments"], request["limits"])
    except Failed as failure:
        ending = failure.ending
    except MemoryError:
        ending = Ending("resource", "the program ran out of memory", limit="memory")
    except BaseException as error:  # whatever a program raises is its own failure
        ending = Ending("runtime_error", f"{type(error).__name__}: {error}")
    with contextlib.suppress(BaseException):
        sys.stdout.flush()
    _send(results, ending.frame() + "\n")
    for piece in ending.value or []:
        _send(results, piece)
    os._exit(0)


def _lua():  # type: ignore[no-untyped-def] # returns a function of another module of this folder
    import lua_program

    return lua_program.run


def _python(source: str):  # type: ignore[no-untyped-def]
    import python_program

    _preload(source)
    return python_program.run


def _preload(source: str) -> None:
    """Import what the program's import lines name, while the library's files can still be read."""
    wanted = set(USUAL)
    with contextlib.suppress(SyntaxError, ValueError, RecursionError, MemoryError):
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Import):
                wanted.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                wanted.add(node.module)
    for name in sorted(wanted):
        if name.split(".")[0] in sys.stdlib_module_names - NEVER:
            with contextlib.suppress(Exception):
                importlib.import_module(name)


def _raise_walls(limits: dict[str, float]) -> None:
    """Limits that the kernel keeps. Where a machine does not offer one of the namespaces, the others still hold."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.unshare(CLONE_NEWNET if os.getuid() == 0 else CLONE_NEWUSER | CLONE_NEWNET)
    cpu = max(1, int(limits["cpu_seconds"] + 0.999))
    memory = int(limits["memory_mb"]) << 20
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    for kind in (resource.RLIMIT_FSIZE, resource.RLIMIT_CORE):
        resource.setrlimit(kind, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (16, 16))
    if os.getuid() == 0:  # the limit on processes does not bind root
        os.setgroups([])
        os.setresgid(UNUSED_ID, UNUSED_ID, UNUSED_ID)
        os.setresuid(UNUSED_ID, UNUSED_ID, UNUSED_ID)
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def _send(results: int, text: str) -> None:
    rest = memoryview(text.encode("utf-8", "replace"))
    while rest:
        rest = rest[os.write(results, rest) :]


if __name__ == "__main__":
    main()
