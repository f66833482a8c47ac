# Starts a thread by clone with the flags of a thread, where threads are not offered.
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
THREAD = 0x100 | 0x200 | 0x400 | 0x800 | 0x10000  # VM FS FILES SIGHAND THREAD
CLONE_NEWUTS, CLONE_NEWTIME = 0x04000000, 0x80


def solve(target):
    stack = libc.mmap(None, 1 << 16, 3, 0x22, -1, ctypes.c_long(0))
    for flags in (THREAD, THREAD | CLONE_NEWUTS, THREAD | CLONE_NEWTIME, (1 << 40) | THREAD):
        start = ctypes.cast(libc.pause, ctypes.c_void_p)
        if libc.clone(start, ctypes.c_void_p(stack + (1 << 16)), ctypes.c_long(flags), None) > 0:
            return f"BREACH: a thread was started with {flags:#x}"
    return "held"
