# Maps memory by mmap without reserving it, grows the heap by brk, and doubles a mapping by mremap.
# ends: ok, resource, timeout
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = libc.mremap.restype = libc.sbrk.restype = ctypes.c_void_p
FAILED = ctypes.c_void_p(-1).value
NORESERVE, GROWSDOWN, HUGETLB = 0x4000, 0x100, 0x40000


def solve(target):
    size = ctypes.c_size_t(2 << 30)
    results = {
        f"mmap {flags:#x}": libc.mmap(None, size, 3, 0x22 | flags, -1, ctypes.c_long(0))
        for flags in (0, NORESERVE, GROWSDOWN, HUGETLB)
    }
    small = libc.mmap(None, 4096, 3, 0x22, -1, ctypes.c_long(0))
    results["mremap"] = libc.mremap(ctypes.c_void_p(small), ctypes.c_size_t(4096), size, 1)
    results["sbrk"] = libc.sbrk(ctypes.c_long(2 << 30))
    worked = [name for name, result in results.items() if result != FAILED]
    return f"BREACH: {worked}" if worked else "held"
