# Returns a list that is nested two hundred thousand times.
# ends: bad_return, runtime_error, resource


def solve(target):
    value = []
    for _ in range(200_000):
        value = [value]
    return value
