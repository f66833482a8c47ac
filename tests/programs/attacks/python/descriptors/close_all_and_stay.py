# Closes every descriptor, so that it looks as if it had ended, and stays.
# ends: timeout, runtime_error
import os
import time


def solve(target):
    os.closerange(0, 1024)
    time.sleep(60)
