# Returns values that are no numbers, which JSON does not know.
# ends: bad_return
# never: NaN


def solve(target):
    return [[float("nan"), float("inf"), -1e999]]
