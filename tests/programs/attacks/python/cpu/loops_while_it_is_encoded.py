# Returns a value whose conversion never ends.
# ends: timeout, bad_return, resource, runtime_error


class Endless(list):
    def __iter__(self):
        while True:
            pass

    def __len__(self):
        return 10**9

    def __getitem__(self, place):
        return list(self)


def solve(target):
    return Endless([1])
