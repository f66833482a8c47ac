# Makes the pipes hasty, so that a writer is told to come again, and returns a value that does not fit into one.
# ends: ok, runtime_error, bad_return
import fcntl
import os


def solve(target):
    for descriptor in range(8):
        try:
            fcntl.fcntl(descriptor, fcntl.F_SETFL, os.O_NONBLOCK | os.O_APPEND | os.O_DIRECT)
        except OSError:
            pass
    return ["x" * 1000] * 5000
