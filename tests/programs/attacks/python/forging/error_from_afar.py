# Has an exception raised later, in whatever the runner is doing then.
# ends: ok, runtime_error, bad_return
import ctypes
import threading


def solve(target):
    thread = ctypes.c_ulong(threading.get_ident())
    ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, ctypes.py_object(SystemExit))
    return [[0, 0, 0]]
