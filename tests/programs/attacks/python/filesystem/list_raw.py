# Lists folders by the C library: opendir, scandir, glob, and getdents64 on every descriptor.
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
libc.opendir.restype = libc.fdopendir.restype = ctypes.c_void_p


def solve(target):
    entries, found, buffer = ctypes.c_void_p(), ctypes.create_string_buffer(128), ctypes.create_string_buffer(4096)
    if libc.opendir(b"/") or libc.opendir(target["folder"].encode()):
        return "BREACH: a folder was opened"
    if libc.scandir(b"/", ctypes.byref(entries), None, None) > 0:
        return "BREACH: a folder was listed"
    if libc.glob(b"/*", 0, None, found) == 0:
        return "BREACH: names were found"
    getdents64 = {"x86_64": 217, "aarch64": 61}[os.uname().machine]
    listed = [number for number in range(32) if libc.syscall(getdents64, number, buffer, 4096) > 0]
    return f"BREACH: {listed} are folders" if listed else "held"
