# Loops, catches every exception, and handles or ignores every signal that could tell it to stop.
# ends: timeout
# limit: cpu
import signal


def solve(target):
    for number in signal.valid_signals():
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            pass
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass
