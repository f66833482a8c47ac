# Changes the mode of a file by chmod, fchmodat and fchmodat2, called directly.
import ctypes

libc = ctypes.CDLL(None, use_errno=True)


def solve(target):
    kept = (target["folder"] + "/kept.txt").encode()
    results = [
        libc.chmod(kept, 0o600),
        libc.fchmodat(-100, kept, 0o640, 0),
        libc.syscall(452, -100, kept, 0o644, 0),  # fchmodat2 has this number everywhere
    ]
    return f"BREACH: {results}" if 0 in results else "held"
