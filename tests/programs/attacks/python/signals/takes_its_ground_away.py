# Unmaps the memory of the C library under its own feet.
# ends: runtime_error
import ctypes

libc = ctypes.CDLL(None)


def solve(target):
    page = ctypes.cast(libc.write, ctypes.c_void_p).value & ~4095
    libc.munmap(ctypes.c_void_p(page), 1 << 20)
    libc.write(1, b"still there", 11)
