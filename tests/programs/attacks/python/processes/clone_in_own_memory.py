# Starts a process that shares its memory, on a stack of its own: neither a fork nor a thread.
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
CLONE_VM, CLONE_FILES, CLONE_NEWNET, SIGCHLD = 0x100, 0x400, 0x40000000, 17


def solve(target):
    stack = libc.mmap(None, 1 << 16, 3, 0x22, -1, ctypes.c_long(0))
    for flags in (CLONE_VM | SIGCHLD, CLONE_VM | CLONE_FILES | SIGCHLD, CLONE_VM | CLONE_NEWNET | SIGCHLD):
        start = ctypes.cast(libc.pause, ctypes.c_void_p)
        if libc.clone(start, ctypes.c_void_p(stack + (1 << 16)), flags, None) > 0:
            return "BREACH: a process was started"
    return "held"
