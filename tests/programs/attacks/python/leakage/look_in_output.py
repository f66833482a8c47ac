# Prints its own text: nothing of another run stands before it.
# ends: ok
# never: left in a buffer
import ctypes

libc = ctypes.CDLL(None)


def solve(target):
    libc.fflush(None)
    print("mine", flush=True)
    return "held"
