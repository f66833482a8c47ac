# Forks twice and leaves its session, as a daemon does.
import os
import time


def solve(target):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            time.sleep(30)
        os._exit(0)
    return "BREACH: a daemon was started"
