# Starts a sibling whose end sends a signal of choice to their parent, the server.
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
CLONE_PARENT = 0x8000
NUMBER = {"x86_64": 56, "aarch64": 220}


def solve(target):
    for exit_signal in (9, 15, 10):
        process = libc.syscall(NUMBER[os.uname().machine], ctypes.c_long(CLONE_PARENT | exit_signal), 0, 0, 0, 0)
        if process == 0:
            os._exit(0)
        if process > 0:
            return "BREACH: a process was started"
    return "held"
