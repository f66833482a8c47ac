# Closes every descriptor by close_range, and hands its numbers out anew.
# ends: bad_return, runtime_error, ok
# never: [[9, 9, 9]]
import ctypes
import os

libc = ctypes.CDLL(None)


def solve(target):
    libc.close_range(0, 2**31 - 1, 0)
    for _ in range(4):
        os.pipe()
    return [[9, 9, 9]]
