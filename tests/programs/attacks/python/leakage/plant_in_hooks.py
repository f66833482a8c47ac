# Changes the variables of the interpreter's own library: hooks, flags, its idea of where it lies.
# pair: look_in_hooks
import ctypes

HOOKS = ("PyOS_InputHook", "PyOS_ReadlineFunctionPointer")
FLAGS = ("Py_OptimizeFlag", "Py_VerboseFlag", "Py_InspectFlag")


def solve(target):
    for name in HOOKS:
        ctypes.c_void_p.in_dll(ctypes.pythonapi, name).value = 0x4711
    for name in FLAGS:
        ctypes.c_int.in_dll(ctypes.pythonapi, name).value = 47
    return "planted"
