# Gives the machine another name (the one that it has), reads the kernel's log, and sets the clock to what it is.
import ctypes
import os
import time

libc = ctypes.CDLL(None, use_errno=True)


def solve(target):
    name = os.uname().nodename.encode()
    worked = []
    if libc.sethostname(name, len(name)) == 0:
        worked.append("hostname")
    if libc.klogctl(3, ctypes.create_string_buffer(4096), 4096) > 0:
        worked.append("kernel log")
    try:
        time.clock_settime(time.CLOCK_REALTIME, time.clock_gettime(time.CLOCK_REALTIME))
        worked.append("clock")
    except OSError:
        pass
    return f"BREACH: {worked}" if worked else "held"
