# Fills its memory with a mark: objects, the heap of the C library, mappings, the stack.
# pair: look_in_memory
import ctypes

libc = ctypes.CDLL(None)
libc.malloc.restype = libc.mmap.restype = ctypes.c_void_p
MARK = b"tangerine-under-the-walnut-tree-"


def solve(target):
    for size in (64, 1 << 12, 1 << 16, 1 << 20):
        place = libc.malloc(size)
        ctypes.memmove(place, MARK * (size // 32), size)
    place = libc.mmap(None, 1 << 20, 3, 0x21, -1, ctypes.c_long(0))
    ctypes.memmove(place, MARK * (1 << 15), 1 << 20)
    globals()["kept"] = [MARK.decode() + str(number) for number in range(10_000)]
    return "planted"
