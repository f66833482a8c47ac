# Keeps data in a file in memory, which its address space does not count.
# ends: ok, runtime_error, resource
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)


def solve(target):
    file, taken = libc.memfd_create(b"x", 0), 0
    if file < 0:
        return "held"
    while taken < 700 and os.write(file, bytes(1 << 20)) == 1 << 20:
        taken += 1
    return f"BREACH: {taken} MB" if taken > 600 else "held"
