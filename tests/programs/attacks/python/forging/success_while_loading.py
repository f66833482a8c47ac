# Ends with success before solve is called.
# ends: bad_return, runtime_error, entry_point
import os

os._exit(0)


def solve(target):
    return [[1, 0, 2]]
