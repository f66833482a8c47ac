# Executes a program that lies in memory, by execveat: no path is needed.
import contextlib
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
AT_EMPTY_PATH = 0x1000


def solve(target):
    memory = libc.memfd_create(b"x", 0)
    if memory >= 0:
        with contextlib.suppress(OSError):
            os.write(memory, b"#!/bin/sh\necho BREACH\n")
    arguments = (ctypes.c_char_p * 2)(b"x", None)
    for descriptor in {memory, *range(8)} - {-1}:
        libc.execveat(descriptor, b"", arguments, None, AT_EMPTY_PATH)
        libc.fexecve(descriptor, arguments, arguments)
    return "held" if memory < 0 else "BREACH: there is a file in memory"
