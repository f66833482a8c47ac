# Overwrites objects of the interpreter in memory: the type of None, and small numbers.
# ends: runtime_error, ok, bad_return
import ctypes


def solve(target):
    for number in range(-5, 257):
        ctypes.memset(id(number) + 24, 7, 4)
    ctypes.memset(id(None) + 8, 0, 8)
    return [[0, 0, 0]]
