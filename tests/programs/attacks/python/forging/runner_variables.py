# Changes the variables of the frames that called it.
# ends: ok, bad_return, runtime_error
# never: harness_error
import ctypes
import sys


def solve(target):
    frame = sys._getframe().f_back
    while frame is not None:
        for name in list(frame.f_locals):
            frame.f_locals[name] = "harness_error"
        ctypes.pythonapi.PyFrame_LocalsToFast(ctypes.py_object(frame), ctypes.c_int(1))
        frame = frame.f_back
    return [[0, 0, 0]]
