# Has a timer break its own system calls a thousand times a second while it hands its value over.
# ends: ok, runtime_error
import signal


def solve(target):
    signal.signal(signal.SIGALRM, lambda number, frame: None)
    signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
    return ["x" * 1000] * 2000
