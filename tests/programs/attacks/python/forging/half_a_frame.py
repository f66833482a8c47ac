# Sends half a frame and crashes.
# ends: runtime_error
import ctypes
import os


def solve(target):
    for descriptor in range(3, 64):
        try:
            os.write(descriptor, b'{"ending": "ok"}\n[[1, 0,')
        except OSError:
            pass
    ctypes.string_at(8)
