# Writes a byte now and then, so that it never looks idle.
# ends: timeout
# limit: wall
import os
import time


def solve(target):
    for _ in range(600):
        os.write(1, b".")
        time.sleep(0.1)
