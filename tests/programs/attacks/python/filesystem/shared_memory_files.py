# Makes shared memory and semaphores with names, which outlive their process.
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
libc.sem_open.restype = ctypes.c_void_p
NAME = b"/arena-left-behind"


def solve(target):
    made = []
    if libc.shm_open(NAME, os.O_CREAT | os.O_RDWR, 0o600) >= 0:
        libc.shm_unlink(NAME)
        made.append("shared memory")
    if libc.sem_open(NAME, os.O_CREAT, 0o600, 1):
        libc.sem_unlink(NAME)
        made.append("a semaphore")
    return f"BREACH: {made}" if made else "held"
