"""Runs a command as container engines run theirs by default: no new namespaces, no mounts, no CAP_SYS_ADMIN.

    python tests/like_a_container.py [--no-seccomp | --no-pidfd] COMMAND ...

With --no-seccomp the command can put up no filter of system calls either, as in a container that forbids it or on a
kernel that has none; with --no-pidfd it cannot wait for processes by a descriptor, as before Linux 5.3.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
import sys

PR_SET_SECCOMP, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 22, 24, 38
CAP_SYS_ADMIN = 21
FORBIDDEN = {"x86_64": [272, 308, 165, 166, 155, 435], "aarch64": [97, 268, 40, 39, 41, 435]}
"""unshare setns mount umount2 pivot_root clone3"""
PRCTL = {"x86_64": 157, "aarch64": 167}
CLONE = {"x86_64": 56, "aarch64": 220}
CLONE_NEW_ANYTHING = 0x7E020000
LOAD, AND, EQUAL, RETURN, ALLOW, ERRNO = 0x20, 0x54, 0x15, 0x06, 0x7FFF0000, 0x00050000

libc = ctypes.CDLL(None, use_errno=True)


PIDFD_OPEN = 434


def forbid(more: str) -> None:
    machine = os.uname().machine
    code = [(LOAD, 0, 0, 0)]
    if more == "--no-pidfd":
        code += [(EQUAL, 0, 1, PIDFD_OPEN), (RETURN, 0, 0, ERRNO | errno.ENOSYS)]
    if more == "--no-seccomp":
        code += [(EQUAL, 0, 3, PRCTL[machine]), (LOAD, 0, 0, 16), (EQUAL, 0, 1, PR_SET_SECCOMP)]
        code += [(RETURN, 0, 0, ERRNO | errno.EINVAL), (LOAD, 0, 0, 0)]
    for call in FORBIDDEN[machine]:
        number = errno.ENOSYS if call == 435 else errno.EPERM
        code += [(EQUAL, 0, 1, call), (RETURN, 0, 0, ERRNO | number)]
    code += [(EQUAL, 1, 0, CLONE[machine]), (RETURN, 0, 0, ALLOW), (LOAD, 0, 0, 16), (AND, 0, 0, CLONE_NEW_ANYTHING)]
    code += [(EQUAL, 0, 1, 0), (RETURN, 0, 0, ALLOW), (RETURN, 0, 0, ERRNO | errno.EPERM)]
    program = b"".join(struct.pack("=HBBI", *each) for each in code)
    instructions = ctypes.create_string_buffer(program, len(program))
    head = ctypes.create_string_buffer(struct.pack("@HP", len(code), ctypes.addressof(instructions)))
    libc.prctl(PR_CAPBSET_DROP, CAP_SYS_ADMIN, 0, 0, 0)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if libc.prctl(PR_SET_SECCOMP, 2, ctypes.c_void_p(ctypes.addressof(head)), None, None):
        sys.exit(f"no seccomp: {os.strerror(ctypes.get_errno())}")


if __name__ == "__main__":
    more = sys.argv[1] if sys.argv[1].startswith("--") else ""
    forbid(more)
    command = sys.argv[2 if more else 1 :]
    os.execvp(command[0], command)
