# Reads where there is no memory: the kernel ends it.
# ends: runtime_error
import ctypes


def solve(target):
    return ctypes.string_at(8)
