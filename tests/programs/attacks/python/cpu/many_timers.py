# Makes timers until the user's share of signals is used up, so that others of the user could make none.
import ctypes

libc = ctypes.CDLL(None, use_errno=True)


def solve(target):
    made = 0
    while made < 100_000 and libc.timer_create(1, None, ctypes.byref(ctypes.c_void_p())) == 0:
        made += 1
    return f"BREACH: {made} timers" if made > 100 else "held"
