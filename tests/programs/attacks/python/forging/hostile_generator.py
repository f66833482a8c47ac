# Yields the right answer, then fails in a way that only BaseException catches.
# ends: runtime_error


class Worst(BaseException):
    pass


def solve(target):
    yield [1, 0, 2]
    raise Worst("after all")
