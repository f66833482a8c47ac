# Makes the code of the C library writable, and executable again once it is changed.
import ctypes

libc = ctypes.CDLL(None, use_errno=True)


def solve(target):
    page = ctypes.c_void_p(ctypes.cast(libc.getppid, ctypes.c_void_p).value & ~4095)
    for rights in (7, 6):
        if libc.mprotect(page, 4096, rights) == 0:
            return f"BREACH: code may be changed with {rights}"
    return "held"
