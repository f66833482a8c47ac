# Changes the type of the list that it returns, in memory, to one that it is not.
# ends: ok, runtime_error, bad_return, resource, timeout
import ctypes


def solve(target):
    value = [[0, 0, 0]] * 10
    ctypes.memmove(id(value) + 8, id(tuple).to_bytes(8, "little"), 8)
    ctypes.memmove(id(value) + 16, (1 << 40).to_bytes(8, "little"), 8)
    return value
