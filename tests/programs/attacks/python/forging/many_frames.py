# Sends a million frames.
# ends: ok, bad_return, resource, runtime_error, timeout
# never: [[1, 0, 2]]
import os


def solve(target):
    for descriptor in range(3, 64):
        try:
            for _ in range(100):
                os.write(descriptor, b'{"ending": "ok"}\n' * 10_000)
        except OSError:
            pass
    os._exit(0)
