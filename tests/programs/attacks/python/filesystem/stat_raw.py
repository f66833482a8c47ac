# Learns about a file by statx, newfstatat and faccessat2, called directly.
import ctypes

libc = ctypes.CDLL(None, use_errno=True)


def solve(target):
    path, buffer = target["secret_file"].encode(), ctypes.create_string_buffer(512)
    results = [
        libc.statx(-100, path, 0, 0x7FF, buffer),
        libc.syscall(439, -100, path, 4, 0),  # faccessat2 has this number everywhere
        libc.access(path, 4),
        libc.statfs(path, buffer),
    ]
    return f"BREACH: {results}" if 0 in results else "held"
