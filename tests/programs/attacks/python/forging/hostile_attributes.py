# Returns an object that fails, in the worst way, whenever it is touched.
# ends: runtime_error, bad_return


class Mine:
    def __getattribute__(self, name):
        raise SystemExit(0)

    __iter__ = __len__ = __bool__ = __repr__ = __str__ = __eq__ = __hash__ = lambda self, *_: 1 / 0


def solve(target):
    return Mine()
