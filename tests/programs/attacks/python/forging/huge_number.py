# Returns a number of ten thousand digits.
# ends: ok, bad_return, runtime_error, resource


def solve(target):
    return [10**10_000, -(10**4299)]
