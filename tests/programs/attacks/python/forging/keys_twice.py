# Returns a dict whose keys are the same text when they are written down.
# ends: ok, bad_return


class Key(str):
    __hash__ = object.__hash__

    def __eq__(self, other):
        return self is other


def solve(target):
    return {"moves": [[0, 0, 0]], Key("moves"): [[9, 9, 9]], 1: 1, "1": 2, True: 3}
