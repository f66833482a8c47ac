# Returns an object that says of itself that it is a list.
# ends: ok, bad_return, runtime_error


class Pretender:
    __class__ = list

    def __iter__(self):
        return iter([[0, 0, 0]])

    def __len__(self):
        return 1

    def __getitem__(self, place):
        return [0, 0, 0]


def solve(target):
    return Pretender()
