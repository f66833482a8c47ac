# Turns what keeps it in place: the death with its parent, dumping, tracing, orphans, its name for others.
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
OPTIONS = {
    "no death with the parent": (1, 0),
    "dumpable": (4, 1),
    "keep capabilities": (8, 1),
    "adopt orphans": (36, 1),
    "be traced by any": (0x59616D61, -1),
    "clear the filter": (22, 0),
    "machine check": (33, 0),
}


def solve(target):
    worked = [name for name, (option, value) in OPTIONS.items() if libc.prctl(option, value, 0, 0, 0) == 0]
    return f"BREACH: {worked}" if worked else "held"
