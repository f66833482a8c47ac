# Looks for what another run left in the C library.
# value: "held"
import ctypes

libc = ctypes.CDLL(None)
libc.getenv.restype = ctypes.c_char_p


def solve(target):
    drawn = libc.rand()
    libc.srand(4711)
    changed = {
        "environment": libc.getenv(b"MARK") is not None,
        "random": drawn == libc.rand(),
        "rounding": libc.fegetround() != 0,
        "priority": libc.getpriority(0, 0) == 7,
        "alarm": libc.alarm(0) != 0,
    }
    found = [name for name, there in changed.items() if there]
    return f"BREACH: {found}" if found else "held"
