# Changes the times of a file and a folder by the C library.
import ctypes

libc = ctypes.CDLL(None, use_errno=True)


def solve(target):
    results = [
        call(*arguments)
        for path in ((target["folder"] + "/kept.txt").encode(), target["folder"].encode())
        for call, arguments in (
            (libc.utime, (path, None)),
            (libc.utimes, (path, None)),
            (libc.utimensat, (-100, path, None, 0)),
        )
    ]
    return f"BREACH: {results}" if 0 in results else "held"
