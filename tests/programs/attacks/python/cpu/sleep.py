# Sleeps, which costs no CPU time.
# ends: timeout
# limit: wall
import time


def solve(target):
    time.sleep(60)
