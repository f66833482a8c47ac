# Sends an ending of fifteen megabytes of empty lists, which take hundreds of megabytes where they are read.
# ends: ok, bad_return, resource, runtime_error
import os


def solve(target):
    frame = b'{"ending": "ok", "reason": [' + b"[]," * 5_000_000 + b"0]}\n[[0, 0, 0]]"
    for descriptor in range(3, 64):
        try:
            sent = 0
            while sent < len(frame):
                sent += os.write(descriptor, frame[sent:])
        except OSError:
            pass
    os._exit(0)
