# Says that memory has run out: that may be believed, but is no success.
# ends: resource, runtime_error


def solve(target):
    raise MemoryError
