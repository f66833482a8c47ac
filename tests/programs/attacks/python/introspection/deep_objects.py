# Makes objects that are nested a million times, and lets them be taken apart.
# ends: runtime_error, resource, ok, bad_return, timeout
import itertools


def solve(target):
    nested = iter(())
    for _ in range(1_000_000):
        nested = itertools.chain(nested)
    return next(nested, "empty")
