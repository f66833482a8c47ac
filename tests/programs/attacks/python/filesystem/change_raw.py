# Changes files by unlinkat, renameat2, mkdirat, symlinkat, linkat, mknodat and truncate, past Python.
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
HERE = -100


def solve(target):
    kept, new = (target["folder"] + "/kept.txt").encode(), (target["folder"] + "/raw").encode()
    results = {
        "mkdirat": libc.mkdirat(HERE, new + b"1", 0o777),
        "symlinkat": libc.symlinkat(b"/", HERE, new + b"2"),
        "linkat": libc.linkat(HERE, kept, HERE, new + b"3", 0),
        "mknodat": libc.mknodat(HERE, new + b"4", 0o100666, 0),
        "truncate": libc.truncate(kept, ctypes.c_long(1)),
        "setxattr": libc.setxattr(kept, b"user.raw", b"x", 1, 0),
        "chown": libc.fchownat(HERE, kept, -1, -1, 0),
        "renameat2": libc.renameat2(HERE, kept, HERE, new + b"5", 0),
        "unlinkat": libc.unlinkat(HERE, new + b"5", 0),
    }
    worked = [name for name, result in results.items() if result == 0]
    return f"BREACH: {worked}" if worked else "held"
