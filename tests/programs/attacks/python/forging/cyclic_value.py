# Returns a list that contains itself.
# ends: bad_return, runtime_error, resource, timeout


def solve(target):
    value = [[1, 0, 2]]
    value.append(value)
    return value
