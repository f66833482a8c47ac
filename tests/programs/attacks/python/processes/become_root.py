# Becomes root, or takes capabilities.
import ctypes
import os
import struct

libc = ctypes.CDLL(None, use_errno=True)


def solve(target):
    before = os.getresuid()
    for become in (
        lambda: os.setresuid(0, 0, 0),
        lambda: os.setuid(0),
        lambda: os.setgroups([0]),
        lambda: os.setresgid(0, 0, 0),
    ):
        try:
            become()
        except OSError:
            pass
    if os.getresuid() != before or 0 in os.getresuid() or 0 in os.getresgid():
        return f"BREACH: {os.getresuid()} {os.getresgid()}"
    header, everything = struct.pack("=Ii", 0x20080522, 0), struct.pack("=6I", *[0xFFFFFFFF] * 6)
    return "BREACH: capabilities" if libc.capset(header, everything) == 0 else "held"
