"""The walls that Linux offers, each a call by ctypes. Raises OSError with the call's name where one is refused."""

from __future__ import annotations

import ctypes
import os
import struct

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 1, 4, 22, 38
SECCOMP_MODE_FILTER = 2
LANDLOCK_CREATE_RULESET, LANDLOCK_RESTRICT_SELF = 444, 446
LANDLOCK_CREATE_RULESET_VERSION = 1

NAMESPACES = {
    "mount": 0x00020000,
    "pid": 0x20000000,
    "net": 0x40000000,
    "ipc": 0x08000000,
    "uts": 0x04000000,
    "cgroup": 0x02000000,
}
CLONE_NEWUSER = 0x10000000
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REMOUNT, MS_REC, MS_PRIVATE = 1, 2, 4, 8, 32, 16384, 1 << 18
MNT_DETACH = 2
PIDFD_OPEN = 434
PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}

FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 5: 16}
"""Landlock's file system rights: how many there are from which version on (linux/landlock.h)."""

_libc = ctypes.CDLL(None, use_errno=True)
_python = ctypes.PyDLL(None, use_errno=True)  # its calls keep the interpreter's lock


def _called(name: str, result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")
    return result


def _prctl(name: str, option: int, value: int | ctypes.c_void_p, more: int | ctypes.c_void_p = 0) -> None:
    _called(name, _libc.prctl(option, ctypes.c_void_p(value), ctypes.c_void_p(more), None, None))  # type: ignore[arg-type]


def fork() -> int:
    """The plain call: ``os.fork`` also repairs what other threads may have left in disorder, of which there are none,
    and that is a quarter of an execution."""
    return _called("fork", _python.fork())


def pidfd_open(process: int) -> int:
    """A descriptor that can be read when the process has ended. Not every build of Python has it."""
    return _called("pidfd_open", _libc.syscall(PIDFD_OPEN, process, 0))


def die_with_parent(signal_number: int) -> None:
    """Cleared by a change of the user: to be asked for after it."""
    _prctl("PR_SET_PDEATHSIG", PR_SET_PDEATHSIG, signal_number)


def set_dumpable(dumpable: bool) -> None:
    """A process that is not dumpable cannot be looked into by others of its user. Cleared by a change of the user."""
    _prctl("PR_SET_DUMPABLE", PR_SET_DUMPABLE, int(dumpable))


def no_new_privileges() -> None:
    _prctl("PR_SET_NO_NEW_PRIVS", PR_SET_NO_NEW_PRIVS, 1)


def filter_system_calls(program: bytes) -> None:
    """Install a seccomp filter, for good: instructions of eight bytes."""
    instructions = ctypes.create_string_buffer(program, len(program))
    head = ctypes.create_string_buffer(struct.pack("@HP", len(program) // 8, ctypes.addressof(instructions)))
    _prctl("PR_SET_SECCOMP", PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.addressof(head))


def landlock_version() -> int:
    """0 where there is none."""
    version: int = _libc.syscall(LANDLOCK_CREATE_RULESET, None, 0, LANDLOCK_CREATE_RULESET_VERSION)
    return max(version, 0)


def landlock_ruleset(version: int) -> int:
    """A descriptor of rules that allow nothing: no file, no TCP port, no signal or abstract socket of others."""
    files = (1 << FILE_RIGHTS[max(known for known in FILE_RIGHTS if known <= version)]) - 1
    network = 0b11 if version >= 4 else 0
    scopes = 0b11 if version >= 6 else 0
    rights = struct.pack("=QQQ", files, network, scopes)[: 24 if version >= 6 else 16 if version >= 4 else 8]
    buffer = ctypes.create_string_buffer(rights, len(rights))
    created = _libc.syscall(LANDLOCK_CREATE_RULESET, buffer, ctypes.c_size_t(len(rights)), 0)
    return _called("landlock_create_ruleset", created)


def landlock_restrict(ruleset: int) -> None:
    _called("landlock_restrict_self", _libc.syscall(LANDLOCK_RESTRICT_SELF, ruleset, 0))


def unshare(flags: int) -> None:
    _called("unshare", _libc.unshare(ctypes.c_int(flags)))


def drop_capabilities() -> None:
    """What a new user namespace gave: none of it is needed once the root is empty."""
    header = struct.pack("=II", 0x20080522, 0)  # _LINUX_CAPABILITY_VERSION_3
    _called("capset", _libc.capset(ctypes.create_string_buffer(header), ctypes.create_string_buffer(24)))


def enter_empty_root() -> None:
    """Make an empty, read-only file system the root; whatever was mounted is gone. Needs a mount namespace."""
    _mount(None, "/", None, MS_REC | MS_PRIVATE)
    place = next(folder for folder in ("/tmp", "/var/tmp", "/proc", "/dev") if os.path.isdir(folder))  # noqa: PTH112, S108
    flags = MS_NOSUID | MS_NODEV | MS_NOEXEC
    _mount("tmpfs", place, "tmpfs", flags, "size=4k,mode=555")
    os.chdir(place)
    _called("pivot_root", _libc.syscall(PIVOT_ROOT[os.uname().machine], b".", b"."))
    _called("umount2", _libc.umount2(b".", MNT_DETACH))
    os.chdir("/")
    _mount(None, "/", None, MS_REMOUNT | MS_RDONLY | flags)


def forget_host_name() -> None:
    """Needs a namespace of names."""
    _called("sethostname", _libc.sethostname(b"sandbox", ctypes.c_size_t(7)))


def _mount(source: str | None, target: str, kind: str | None, flags: int, data: str | None = None) -> None:
    words = [text.encode() if text is not None else None for text in (source, target, kind, data)]
    mounted = _libc.mount(words[0], words[1], words[2], ctypes.c_ulong(flags), words[3])
    _called(f"mount {target}", mounted)
