# Makes a POSIX message queue, which outlives its process.
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)


def solve(target):
    if libc.mq_open(b"/arena-left-behind", os.O_CREAT | os.O_RDWR, 0o600, None) < 0:
        return "held"
    libc.mq_unlink(b"/arena-left-behind")
    return "BREACH: a message queue was made"
