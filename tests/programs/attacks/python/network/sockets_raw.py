# Connects by the C library's socket and connect, past Python.
import ctypes
import struct

libc = ctypes.CDLL(None, use_errno=True)


def solve(target):
    talk = libc.socket(2, 1, 0)
    address = struct.pack("!HH4s8x", 0, target["port"], bytes([127, 0, 0, 1]))
    address = struct.pack("H", 2) + address[2:]
    if talk >= 0 and libc.connect(talk, address, 16) == 0:
        return "BREACH: connected"
    return "held"
