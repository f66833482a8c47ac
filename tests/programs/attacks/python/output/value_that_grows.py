# Returns a small value that is gigabytes when written down: lists of the same lists.
# ends: resource, timeout, bad_return
# limit: value, memory, output, cpu


def solve(target):
    value = ["x" * 100] * 10
    for _ in range(9):
        value = [value] * 10
    return value
