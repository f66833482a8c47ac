# Waits for input: there is none, and that is said at once.
# ends: runtime_error, ok
import os
import sys


def solve(target):
    return [sys.stdin.read(), os.read(0, 10).decode(), input()]
