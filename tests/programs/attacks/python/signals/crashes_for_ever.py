# Handles its crash by a function that returns to the very place of the crash, for ever.
# ends: timeout
# limit: cpu
import ctypes

libc = ctypes.CDLL(None)


def solve(target):
    libc.signal(11, ctypes.cast(libc.getpid, ctypes.c_void_p))
    return ctypes.string_at(8)
