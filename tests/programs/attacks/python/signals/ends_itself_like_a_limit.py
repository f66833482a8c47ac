# Ends itself by the signal that the CPU limit sends: it must not pass for having used up its time.
# ends: runtime_error, forbidden
import os
import signal


def solve(target):
    os.kill(os.getpid(), signal.SIGXCPU)
    return "still there"
