# Starts a process and a namespace by clone3, whose flags no filter can see.
import ctypes
import os
import time

libc = ctypes.CDLL(None, use_errno=True)
SIGCHLD, CLONE_NEWUSER = 17, 0x10000000


def solve(target):
    for flags in (0, CLONE_NEWUSER):
        asked = (ctypes.c_uint64 * 11)(flags, 0, 0, 0, SIGCHLD)
        process = libc.syscall(435, ctypes.byref(asked), 88)
        if process == 0:
            time.sleep(30)
            os._exit(0)
        if process > 0:
            return "BREACH: a process was started"
    return "held"
