# Sends an ending that is nested a hundred thousand times.
# ends: bad_return, runtime_error
import os


def solve(target):
    for descriptor in range(3, 64):
        try:
            os.write(descriptor, b"[" * 100_000 + b"]" * 100_000 + b"\n1")
        except OSError:
            pass
    os._exit(0)
