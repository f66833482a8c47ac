# Uses calls that nobody has used for decades: open and creat by their own numbers, uselib, ustat, sysfs, sysctl.
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)


def solve(target):
    if os.uname().machine != "x86_64":
        return "held: these are the numbers of x86-64"
    path, buffer = target["secret_file"].encode(), ctypes.create_string_buffer(512)
    results = {
        "open": libc.syscall(2, path, 0),
        "creat": libc.syscall(85, (target["folder"] + "/old").encode(), 0o666),
        "stat": libc.syscall(4, path, buffer),
        "uselib": libc.syscall(134, path),
        "sysfs": libc.syscall(139, 3),
        "ustat": libc.syscall(136, 0x800, buffer),
        "sysctl": libc.syscall(156, buffer),
        "lookup_dcookie": libc.syscall(212, ctypes.c_uint64(1), buffer, 512),
        "acct": libc.syscall(163, path),
    }
    worked = [name for name, result in results.items() if result >= 0]
    return f"BREACH: {worked}" if worked else "held"
