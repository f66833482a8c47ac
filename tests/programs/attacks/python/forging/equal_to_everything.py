# Returns an object that is equal to everything.
# ends: bad_return, runtime_error, ok


class Equal:
    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    def __hash__(self):
        return 0


def solve(target):
    return Equal()
