# Raises its CPU limit, and lowers it for others.
import ctypes
import resource

libc = ctypes.CDLL(None, use_errno=True)


def solve(target):
    before = resource.getrlimit(resource.RLIMIT_CPU)
    endless = (ctypes.c_uint64 * 2)(2**64 - 1, 2**64 - 1)
    results = [libc.setrlimit(0, endless), libc.prlimit(0, 0, endless, None), libc.prlimit(target["harness"], 0, endless, None)]
    after = resource.getrlimit(resource.RLIMIT_CPU)
    return f"BREACH: {results} {after}" if 0 in results or after != before else "held"
