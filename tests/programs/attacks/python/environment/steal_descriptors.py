# Takes descriptors out of other processes by pidfd_getfd.
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)


def solve(target):
    for pid in (os.getppid(), target["harness"], target["victim"]):
        process = libc.syscall(434, pid, 0)  # pidfd_open
        if process < 0:
            continue
        for number in range(64):
            stolen = libc.syscall(438, process, number, 0)  # pidfd_getfd
            if stolen >= 0:
                return f"BREACH: descriptor {number} of {pid} was taken"
    return "held"
