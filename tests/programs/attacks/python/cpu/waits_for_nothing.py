# Waits for a lock that nobody will release, with all signals blocked.
# ends: timeout
# limit: wall
import _thread
import signal


def solve(target):
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    lock = _thread.allocate_lock()
    lock.acquire()
    lock.acquire(True, 60)
