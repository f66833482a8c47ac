# Looks through the memory of its process, page by page, for a secret: where there is none, write says so.
import ctypes
import os
import re

libc = ctypes.CDLL(None)
PAGE, PIECE = 4096, 1 << 16


def memory_around(address):
    reading, writing = os.pipe()
    at = (address - (1 << 25)) & ~(PAGE - 1)
    for _ in range(12_000):
        written = libc.write(writing, ctypes.c_void_p(at), PIECE)
        if written > 0:
            yield os.read(reading, written)
        at += max(PAGE, written & ~(PAGE - 1))


def solve(target):
    places = [
        id(object()),
        ctypes.c_void_p.in_dll(libc, "environ").value or id(target),
        ctypes.cast(libc.getpid, ctypes.c_void_p).value,
        ctypes.addressof(ctypes.create_string_buffer(1 << 20)),
    ]
    seen = 0
    for place in places:
        for piece in memory_around(place):
            seen += len(piece)
            found = re.search(rb"PEGBOARD-SECRET-[0-9a-f]{32}", piece)
            if found:
                return "BREACH: " + found.group().decode()
    return f"held: {seen >> 20} MB seen"
