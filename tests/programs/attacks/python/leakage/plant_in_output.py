# Leaves text in its buffers, and ends before they are written.
# pair: look_in_output
import ctypes
import os
import sys

libc = ctypes.CDLL(None)


def solve(target):
    sys.stdout.write("left in a buffer")
    libc.printf(b"left in a buffer")
    os._exit(0)
