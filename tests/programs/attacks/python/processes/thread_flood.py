# Starts as many threads as it can.
# ends: ok, forbidden, runtime_error, resource, timeout
import _thread
import time


def solve(target):
    started = 0
    try:
        while started < 500:
            _thread.start_new_thread(time.sleep, (30,))
            started += 1
    except RuntimeError:
        pass
    return f"BREACH: {started} threads" if started else "held"
