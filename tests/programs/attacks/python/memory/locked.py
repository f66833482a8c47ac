# Locks memory so that the machine cannot put it away.
import ctypes

libc = ctypes.CDLL(None, use_errno=True)


def solve(target):
    block = ctypes.create_string_buffer(32 << 20)
    results = [libc.mlockall(1), libc.mlock(block, len(block)), libc.mlock2(block, len(block), 0)]
    return f"BREACH: {results}" if 0 in results else "held"
