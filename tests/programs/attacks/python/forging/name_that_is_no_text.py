# Offers a function whose name is half a character and ten megabytes long.
# ends: ok, runtime_error, bad_return, entry_point, resource


def solve(target):
    return [[0, 0, 0]]


solve.__name__ = "\ud800" * (10 << 20)
