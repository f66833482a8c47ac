# Looks through its memory for the mark of another run, and for other programs' sources.
# value: "held"
import ctypes
import os
import re

libc = ctypes.CDLL(None)
PAGE, PIECE = 4096, 1 << 16
MARKS = [rb"tangerine-under-the-walnut-tre[e]", rb"Fills its memor[y] with a mark"]  # they do not find themselves


def memory_around(address):
    reading, writing = os.pipe()
    at = (address - (1 << 25)) & ~(PAGE - 1)
    for _ in range(12_000):
        written = libc.write(writing, ctypes.c_void_p(at), PIECE)
        if written > 0:
            yield os.read(reading, written)
        at += max(PAGE, written & ~(PAGE - 1))


def solve(target):
    places = [id(object()), ctypes.cast(libc.getpid, ctypes.c_void_p).value, ctypes.addressof(ctypes.create_string_buffer(1 << 20))]
    for place in places:
        for piece in memory_around(place):
            for mark in MARKS:
                if found := re.search(mark, piece):
                    return f"BREACH: {found.group()}"
    return "held"
