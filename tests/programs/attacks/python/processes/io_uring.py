# Sets up io_uring, whose queue does what no filter sees.
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
SETUP, ENTER, REGISTER = 425, 426, 427


def solve(target):
    ring = libc.syscall(SETUP, 8, ctypes.create_string_buffer(256))
    if ring >= 0:
        return "BREACH: there is a ring"
    entered = [libc.syscall(ENTER, descriptor, 1, 0, 0, None, 0) for descriptor in range(8)]
    registered = libc.syscall(REGISTER, -1, 17, None, 0)
    return f"BREACH: {entered} {registered}" if max(*entered, registered) >= 0 else "held"
