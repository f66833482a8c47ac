# Recurses in Python until memory ends.
# ends: runtime_error, resource, timeout
import sys


def deeper(number):
    return deeper(number + 1)


def solve(target):
    sys.setrecursionlimit(2**31 - 1)
    return deeper(0)
