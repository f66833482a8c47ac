# Compares itself with others, moves their memory, and advises the kernel about it.
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
KCMP, PROCESS_MADVISE, PROCESS_MRELEASE, MOVE_PAGES, MIGRATE_PAGES = 312, 440, 448, 279, 256


def solve(target):
    x86 = os.uname().machine == "x86_64"
    for pid in (target["victim"], os.getppid()):
        process = libc.syscall(434, pid, 0)
        results = {"pidfd": process, "mrelease": libc.syscall(PROCESS_MRELEASE, process, 0)}
        if x86:
            results["kcmp"] = libc.syscall(KCMP, os.getpid(), pid, 1, 0, 0)
            results["migrate"] = libc.syscall(MIGRATE_PAGES, pid, 0, None, None)
        worked = [name for name, result in results.items() if result >= 0]
        if worked:
            return f"BREACH: {worked} worked on {pid}"
    return "held"
