# Recursion thousands of levels deep, as sys.setrecursionlimit allows it.
# value: [6000, 15000, 3000]
import sys
from functools import lru_cache

sys.setrecursionlimit(10**6)


def depth(n):
    if n == 0:
        return 0
    return 1 + depth(n - 1)


@lru_cache(maxsize=None)
def cached(n):
    return 0 if n == 0 else 1 + cached(n - 1)


def solve(n):
    return [depth(6000), depth(15000), cached(3000)]
