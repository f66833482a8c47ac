# Gives a pipe or socket an owner by F_SETOWN_EX, FIOSETOWN, SIOCSPGRP and FIOASYNC, and chooses the signal.
import ctypes
import os
import socket
import struct

libc = ctypes.CDLL(None, use_errno=True)
F_SETOWN, F_SETSIG, F_SETOWN_EX, F_SETFL = 8, 10, 15, 4
FIOSETOWN, SIOCSPGRP, FIOASYNC = 0x8901, 0x8902, 0x5452


def solve(target):
    first, second = socket.socketpair()
    reading, writing = os.pipe()
    one, victim = ctypes.byref(ctypes.c_int(1)), target["victim"]
    worked = []
    for descriptor in (first.fileno(), reading):
        results = {
            "F_SETSIG": libc.fcntl(descriptor, F_SETSIG, 10),
            "F_SETOWN": libc.fcntl(descriptor, F_SETOWN, victim),
            "F_SETOWN of a group": libc.fcntl(descriptor, F_SETOWN, -victim),
            "F_SETOWN_EX": libc.fcntl(descriptor, F_SETOWN_EX, struct.pack("=ii", 1, victim)),
            "FIOSETOWN": libc.ioctl(descriptor, FIOSETOWN, ctypes.byref(ctypes.c_int(victim))),
            "SIOCSPGRP": libc.ioctl(descriptor, SIOCSPGRP, ctypes.byref(ctypes.c_int(victim))),
            "FIOASYNC": libc.ioctl(descriptor, FIOASYNC, one),
            "O_ASYNC": libc.fcntl(descriptor, F_SETFL, 0x2000),
            "a command with high bits": libc.fcntl(descriptor, ctypes.c_long((1 << 32) | F_SETOWN), victim),
        }
        worked += [name for name, result in results.items() if result == 0]
    second.send(b"x")
    os.write(writing, b"x")
    return f"BREACH: {worked}" if worked else "held"
