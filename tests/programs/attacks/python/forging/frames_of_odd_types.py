# Sends an ending whose parts are lists, numbers and objects where texts are expected.
# ends: ok, bad_return, runtime_error
import os

FRAME = b'{"ending": "ok", "reason": [[[[1e999]]], NaN], "limit": [], "entry_point": {"a": -1e999}}\n{"a": 1, "a": 2}'


def solve(target):
    for descriptor in range(3, 64):
        try:
            os.write(descriptor, FRAME)
        except OSError:
            pass
    os._exit(0)
