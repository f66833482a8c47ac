# Leaves by SystemExit with a code that cannot be shown.
# ends: bad_return, runtime_error


class Code(int):
    def __str__(self):
        raise MemoryError

    __repr__ = __index__ = __str__


def solve(target):
    raise SystemExit(Code(10**30))
