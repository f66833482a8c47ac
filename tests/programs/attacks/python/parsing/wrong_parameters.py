# Defines a function that cannot be called with what is given.
# ends: entry_point, runtime_error


def solve(a, b, /, *, c):
    return [[1, 0, 2]]
