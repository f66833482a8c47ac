# Handles the signals of its own crashes, and crashes over and over.
# ends: runtime_error, timeout, forbidden
import ctypes
import faulthandler
import signal


def solve(target):
    for number in (signal.SIGSEGV, signal.SIGBUS, signal.SIGILL, signal.SIGABRT):
        signal.signal(number, signal.SIG_IGN)
    faulthandler._sigabrt()
    ctypes.memset(0, 1, 1)
    return "still there"
