# Forks by clone with nothing but the death signal, by fork's and vfork's own numbers, and with stray high bits.
import ctypes
import os
import time

libc = ctypes.CDLL(None, use_errno=True)
SIGCHLD, CLONE_PARENT, CLONE_UNTRACED = 17, 0x8000, 0x800000


def solve(target):
    attempts = [[57], [56, SIGCHLD, 0, 0, 0, 0], [56, (1 << 40) | SIGCHLD, 0, 0, 0, 0]] if os.uname().machine == "x86_64" else []
    attempts += [[56, SIGCHLD | flag, 0, 0, 0, 0] for flag in (CLONE_PARENT, CLONE_UNTRACED)]
    for attempt in attempts:
        process = libc.syscall(*(ctypes.c_long(part) for part in attempt))
        if process == 0:
            time.sleep(30)
            os._exit(0)
        if process > 0:
            return f"BREACH: {attempt} started a process"
    return "held"
