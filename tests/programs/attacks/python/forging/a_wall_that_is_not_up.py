# Sends again what is sent before a program is run: that a wall could not be put up.
# ends: bad_return, runtime_error
import os


def solve(target):
    for descriptor in range(3, 64):
        try:
            os.write(descriptor, b"PR_SET_SECCOMP: Operation not permitted\nlocked\n")
        except OSError:
            pass
    os._exit(1)
