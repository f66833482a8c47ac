# Changes the environment, the random numbers, the locale and the rounding of the C library.
# pair: look_in_libc
import ctypes

libc = ctypes.CDLL(None)
FE_UPWARD = 0x800


def solve(target):
    libc.setenv(b"MARK", b"was here", 1)
    libc.srand(4711)
    libc.umask(0o123)
    libc.fesetround(FE_UPWARD)
    libc.setlocale(6, b"C")
    libc.setpriority(0, 0, 7)
    libc.ualarm(2_000_000, 0)
    return "planted"
