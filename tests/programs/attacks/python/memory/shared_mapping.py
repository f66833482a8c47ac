# Maps shared memory, which a limit on private memory does not count.
# ends: ok, resource, timeout
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
SHARED_AND_EMPTY = 0x21


def solve(target):
    taken = 0
    while taken < 1000:
        block = libc.mmap(None, 50 << 20, 3, SHARED_AND_EMPTY, -1, ctypes.c_long(0))
        if block == ctypes.c_void_p(-1).value:
            break
        ctypes.memset(block, 1, 50 << 20)
        taken += 50
    return f"BREACH: {taken} MB" if taken > 600 else "held"
