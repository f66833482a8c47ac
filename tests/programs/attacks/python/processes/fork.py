# Forks a child that would outlive its parent.
import os
import time


def solve(target):
    if os.fork() == 0:
        time.sleep(30)
        os._exit(0)
    return "BREACH: a process was started"
