# Looks what every descriptor is: only pipes, and the device that swallows everything, are nobody's business.
import ctypes
import os
import stat
import struct

libc = ctypes.CDLL(None, use_errno=True)
FSTAT, MODE, DEVICE = {"x86_64": (5, 24, 40), "aarch64": (80, 16, 32)}[os.uname().machine]


def solve(target):
    found, buffer = [], ctypes.create_string_buffer(256)
    for descriptor in range(256):
        if libc.syscall(FSTAT, descriptor, buffer) == 0:
            (mode,) = struct.unpack_from("I", buffer, MODE)
            (device,) = struct.unpack_from("Q", buffer, DEVICE)
            if not stat.S_ISFIFO(mode) and device != os.makedev(1, 3):
                found.append((descriptor, oct(mode)))
    return f"BREACH: {found}" if found else "held"
