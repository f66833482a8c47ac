# Makes namespaces of its own, in which it would be root.
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
KINDS = {
    "user": 0x10000000,
    "mount": 0x20000,
    "net": 0x40000000,
    "pid": 0x20000000,
    "ipc": 0x08000000,
    "uts": 0x04000000,
    "cgroup": 0x02000000,
    "time": 0x80,
}


def solve(target):
    made = [name for name, flag in KINDS.items() if libc.unshare(flag) == 0]
    return f"BREACH: {made}" if made else "held"
