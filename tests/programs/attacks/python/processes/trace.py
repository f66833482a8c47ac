# Traces the victim, the harness and its own parent, and offers itself to be traced.
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
TRACEME, ATTACH, DETACH, SEIZE = 0, 16, 17, 0x4206


def solve(target):
    for pid in (target["victim"], os.getppid(), target["harness"]):
        for request in (SEIZE, ATTACH):
            if libc.ptrace(request, pid, None, None) == 0:
                libc.ptrace(DETACH, pid, None, None)
                return f"BREACH: {pid} was traced"
    return "BREACH: traced by its parent" if libc.ptrace(TRACEME, 0, None, None) == 0 else "held"
