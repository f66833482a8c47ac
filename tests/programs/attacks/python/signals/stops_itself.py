# Stops itself, so that it neither runs nor ends.
# ends: timeout
# limit: wall
import os
import signal


def solve(target):
    os.kill(os.getpid(), signal.SIGSTOP)
    return "woken up"
