# Leaves marks in the kernel: shared memory, queues, keys, names of sockets, its own name.
# pair: look_in_kernel
import contextlib
import ctypes
import socket

libc = ctypes.CDLL(None, use_errno=True)


def solve(target):
    libc.shmget(0x7E6B0A8E, 4096, 0o1666)
    libc.msgget(0x7E6B0A8E, 0o1666)
    libc.syscall(248, b"user", b"mark", b"was here", 8, -4)
    libc.prctl(15, b"was-here", 0, 0, 0)
    with contextlib.suppress(OSError):
        socket.socket(socket.AF_UNIX).bind("\0mark")
    return "planted"
