# Raises its memory limit by setrlimit and prlimit, and takes more.
# ends: ok, resource
import ctypes
import resource

libc = ctypes.CDLL(None, use_errno=True)
KINDS = (resource.RLIMIT_AS, resource.RLIMIT_DATA, resource.RLIMIT_MEMLOCK, resource.RLIMIT_FSIZE, resource.RLIMIT_NPROC)


def solve(target):
    before = [resource.getrlimit(kind) for kind in KINDS]
    endless = (ctypes.c_uint64 * 2)(2**64 - 1, 2**64 - 1)
    for kind in KINDS:
        libc.setrlimit(kind, endless)
        libc.prlimit(0, kind, endless, None)
        try:
            resource.setrlimit(kind, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        except (OSError, ValueError):
            pass
    after = [resource.getrlimit(kind) for kind in KINDS]
    try:
        block = bytearray(1 << 30)
    except MemoryError:
        block = b""
    return f"BREACH: {before} {after}" if before != after or block else "held"
