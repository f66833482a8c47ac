# Takes memory by malloc, calloc, realloc and aligned_alloc, and fills it.
# ends: ok, timeout
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
for function in (libc.malloc, libc.calloc, libc.realloc, libc.aligned_alloc):
    function.restype = ctypes.c_void_p


def solve(target):
    block, taken = ctypes.c_size_t(8 << 20), 0
    takes = [
        lambda: libc.malloc(block),
        lambda: libc.calloc(block, ctypes.c_size_t(1)),
        lambda: libc.realloc(None, block),
        lambda: libc.aligned_alloc(ctypes.c_size_t(4096), block),
    ]
    for take in takes:
        while taken < 1000 and (place := take()):
            ctypes.memset(place, 1, 8 << 20)
            taken += 8
    return f"BREACH: {taken} MB" if taken > 600 else "held"
