# Asks the interpreter to call functions of the C library in between, such as the one that ends the process.
# ends: ok, runtime_error, bad_return
import ctypes


def solve(target):
    libc = ctypes.CDLL(None)
    ctypes.pythonapi.Py_AddPendingCall(ctypes.cast(libc.exit, ctypes.c_void_p), None)
    ctypes.pythonapi.Py_AtExit(ctypes.cast(libc.abort, ctypes.c_void_p))
    return [[0, 0, 0]] * 100_000
