"""The fork server: started by ``harness/sandbox/server.py``, never imported by it.

It has the interpreters and the usual standard library in memory, has walled itself in, and then does nothing but fork
a child for each execution, wait for it, and tell how it ended. It is single-threaded, has no environment, and never
sees a program: that is read by the child. So a child, which inherits all memory, finds nothing of another execution.

    python -s -P -S server.py {"walls": [...], "lupa": folder}

Standard input is the channel, a socket that keeps messages apart. On it go out

    {"namespaces": [...], "landlock": version, "seccomp": true, "notes": [...]}     once, when it is ready
    {"status": wait status, "cpu_seconds": ..., "peak_mb": ...}                     after each execution, or
    {"failed": why}                                                                 when none could be started

and come in the limits of an execution with three descriptors (the request, the output, the results), and, while it
runs, "kill". When the channel closes, the child is killed and the server ends.
"""

from __future__ import annotations

import contextlib
import fcntl
import gc
import json
import os
import resource
import select
import signal
import socket
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import child
import kernel
import lua_program
import preload
import python_program
import seccomp

CHANNEL = 0
FIRST_UNUSED_USER = 2_000_000_000
STACK = 64 << 20
"""Bytes of stack: deep recursion through C functions meets Python's limit before the end of it."""


def main() -> None:
    channel = socket.socket(fileno=CHANNEL)
    asked = json.loads(sys.argv[1])
    with contextlib.suppress(OSError):  # where memory is short, a program goes first
        Path("/proc/self/oom_score_adj").write_text("1000")
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)  # if it were ignored, nobody could ask how a child ended
    os.close(kernel.pidfd_open(os.getpid()))  # where there is none, that is said before anything is promised
    preload.everything(asked["lupa"])
    python_program.prepare()
    interpreters = {"lua": lua_program.Lua().run, "python": python_program.run}
    quiet = os.open(os.devnull, os.O_RDWR)
    setting = child.Setting(quiet=quiet, base_memory=_address_space(), landlock=quiet, interpreters=interpreters)
    granted = _wall_in(asked["walls"], setting)
    _limit_server()
    gc.collect()
    gc.freeze()
    channel.send(json.dumps(granted).encode())
    _serve(channel, setting)


def _wall_in(walls: list[str], setting: child.Setting) -> dict[str, Any]:
    """Put up the walls asked for, once for all children; say which the machine granted, and why not the others."""
    notes: list[str] = []
    namespaces = _namespaces(notes) if "namespaces" in walls else _as_unused_user(notes)
    version = kernel.landlock_version() if "landlock" in walls else 0
    if version:
        setting.landlock = kernel.landlock_ruleset(version)
    elif "landlock" in walls:
        notes.append("no Landlock: the kernel does not offer it")
    if "seccomp" in walls:
        setting.filters = {threads: seccomp.template(threads=threads) for threads in (False, True)}
    kernel.drop_capabilities()
    kernel.set_dumpable(False)
    setting.server = os.getpid()
    setting.own_user = "user" in namespaces or os.getuid() >= FIRST_UNUSED_USER
    return {"namespaces": namespaces, "landlock": version, "seccomp": "seccomp" in walls, "notes": notes}


def _namespaces(notes: list[str]) -> list[str]:
    """Leave the machine's file system, network and processes; as root directly, else by a user namespace."""
    everything = sum(kernel.NAMESPACES.values())
    if os.geteuid() == 0:
        with contextlib.suppress(OSError):
            kernel.unshare(everything)
            kernel.enter_empty_root()
            kernel.forget_host_name()
            _as_unused_user(notes)
            _become_first_process()
            return list(kernel.NAMESPACES)
    _as_unused_user(notes)
    user, group = os.getuid(), os.getgid()
    kernel.set_dumpable(True)  # a change of the user took it away, and the maps need it
    try:
        kernel.unshare(everything | kernel.CLONE_NEWUSER)
        for file, text in {"setgroups": "deny", "uid_map": f"{user} {user} 1", "gid_map": f"{group} {group} 1"}.items():
            Path("/proc/self", file).write_text(text)
        kernel.enter_empty_root()
        kernel.forget_host_name()
    except OSError as error:
        notes.append(f"no namespaces: {error.strerror or error}{_policy()}")
        return []
    _become_first_process()
    return ["user", *kernel.NAMESPACES]


def _policy() -> str:
    """The setting of the machine that most often forbids user namespaces, if it is set."""
    for name, forbidding in {
        "kernel.apparmor_restrict_unprivileged_userns": "1",
        "kernel.unprivileged_userns_clone": "0",
        "user.max_user_namespaces": "0",
    }.items():
        with contextlib.suppress(OSError):
            if Path("/proc/sys", *name.split(".")).read_text().strip() == forbidding:
                return f" ({name} = {forbidding})"
    return ""


def _as_unused_user(notes: list[str]) -> list[str]:
    """As root, become a user that owns nothing and that no other server is."""
    if os.geteuid() == 0:
        for user in (FIRST_UNUSED_USER + os.getpid(), 64_534):  # a container may know 65,536 users only
            with contextlib.suppress(OSError):
                os.setgroups([])
                os.setresgid(user, user, user)
                os.setresuid(user, user, user)
                return []
        notes.append("still root: the machine does not let it become another user")
    return []


def _become_first_process() -> None:
    """Be the first process of the new process namespace: when it ends, the kernel ends all others in it."""
    inner = os.fork()
    if inner:
        kernel.set_dumpable(False)
        os.closerange(0, child.MOST_DESCRIPTORS)
        os.waitpid(inner, 0)
        os._exit(0)
    kernel.die_with_parent(signal.SIGKILL)


def _limit_server() -> None:
    for kind, wanted in {
        resource.RLIMIT_NOFILE: child.MOST_DESCRIPTORS,
        resource.RLIMIT_STACK: STACK,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_MEMLOCK: 0,
        resource.RLIMIT_MSGQUEUE: 0,
        resource.RLIMIT_SIGPENDING: 0,
    }.items():
        hard = resource.getrlimit(kind)[1]
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(kind, (most, most))
    kernel.no_new_privileges()


def _address_space() -> int:
    """Bytes that are mapped before any program runs."""
    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()


def _serve(channel: socket.socket, setting: child.Setting) -> None:
    while True:
        message, descriptors, _, _ = socket.recv_fds(channel, 4096, 3)
        if not message:
            return
        if len(descriptors) != 3:
            continue  # "kill", for a child that ended meanwhile
        limits = json.loads(message)
        try:
            process = kernel.fork()
        except OSError as error:
            ended = {"failed": str(error)}
        else:
            if process == 0:
                child.main(limits, descriptors, setting)
            ended = _wait(channel, process)
        for each in descriptors:
            os.close(each)
        fcntl.fcntl(setting.quiet, fcntl.F_SETFL, os.O_RDWR)  # its flags are common to all children
        with contextlib.suppress(BrokenPipeError):  # the channel has closed meanwhile
            channel.send(json.dumps(ended).encode())


def _wait(channel: socket.socket, process: int) -> dict[str, Any]:
    """See the child dead: it ends, or "kill" comes, or the channel closes. Returns how it ended."""
    ending = kernel.pidfd_open(process)
    try:
        watched = select.poll()
        watched.register(ending, select.POLLIN)
        watched.register(channel, select.POLLIN)
        if ending not in dict(watched.poll()):
            channel.recv(4096)
            os.kill(process, signal.SIGKILL)
    finally:
        os.close(ending)
    _, status, usage = os.wait4(process, 0)
    return {"status": status, "cpu_seconds": usage.ru_utime + usage.ru_stime, "peak_mb": usage.ru_maxrss / 1024}


if __name__ == "__main__":
    main()
