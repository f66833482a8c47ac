# Has the C library write gigabytes of spaces by one short format.
# ends: resource, timeout
# limit: output, memory, cpu
import ctypes

libc = ctypes.CDLL(None)


def solve(target):
    for _ in range(3):
        libc.printf(b"%1000000000d", 1)
    libc.fflush(None)
    return "BREACH: three gigabytes went out"
