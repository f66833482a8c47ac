# Stops itself, so that it neither runs nor ends.
# ends: timeout, forbidden, runtime_error
import os
import signal


def solve(target):
    os.kill(os.getpid(), signal.SIGSTOP)
    return "woken up"
