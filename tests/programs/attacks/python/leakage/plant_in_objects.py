# Overwrites what all programs share: numbers, the empty tuple's neighbours, methods of built-in types.
# pair: look_in_objects
import ctypes
import gc


def solve(target):
    gc.get_referents(str.__dict__)[0]["mark"] = "was here"
    gc.get_referents(int.__dict__)[0]["bit_length"] = lambda self: 99
    ctypes.pythonapi.PyType_Modified(ctypes.py_object(int))
    ctypes.pythonapi.PyType_Modified(ctypes.py_object(str))
    ctypes.memset(id(250) + 24, 249, 1)
    return "planted"
