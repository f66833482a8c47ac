# Ends itself by the signal with which the harness would end it: it must not pass for a time-out.
# ends: runtime_error, forbidden
import os
import signal


def solve(target):
    os.kill(os.getpid(), signal.SIGKILL)
    return "still there"
