# Looks for changed variables in the interpreter's own library.
# value: "held"
import ctypes

HOOKS = ("PyOS_InputHook", "PyOS_ReadlineFunctionPointer")
FLAGS = ("Py_OptimizeFlag", "Py_VerboseFlag", "Py_InspectFlag")


def solve(target):
    found = [name for name in HOOKS if ctypes.c_void_p.in_dll(ctypes.pythonapi, name).value == 0x4711]
    found += [name for name in FLAGS if ctypes.c_int.in_dll(ctypes.pythonapi, name).value == 47]
    return f"BREACH: {found}" if found else "held"
