# Makes objects that are nested three hundred thousand times, and lets them be taken apart.
# ends: runtime_error, resource, ok, bad_return, timeout
import itertools


def solve(target):
    nested = iter(())
    for _ in range(300_000):
        nested = itertools.chain(nested)
    return next(nested, "empty")
