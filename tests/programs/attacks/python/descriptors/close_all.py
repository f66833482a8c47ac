# Closes every descriptor, and returns.
# ends: bad_return, runtime_error, ok
import os


def solve(target):
    os.closerange(0, 1024)
    return [[1, 0, 2]]
