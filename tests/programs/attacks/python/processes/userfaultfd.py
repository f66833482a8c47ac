# Takes the handling of its page faults over: the means to hold the kernel still in the middle of a call.
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
NUMBERS = {"x86_64": 323, "aarch64": 282}


def solve(target):
    for flags in (0, 1, 0x80000 | 1):
        if libc.syscall(NUMBERS[os.uname().machine], flags) >= 0:
            return "BREACH: faults may be handled"
    return "held"
