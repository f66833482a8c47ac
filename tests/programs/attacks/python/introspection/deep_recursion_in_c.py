# Recurses through C functions until the stack ends.
# ends: runtime_error, resource
import sys


class Deep:
    def __repr__(self):
        return repr(self)

    def __getattr__(self, name):
        return getattr(self, name + "x")


def solve(target):
    sys.setrecursionlimit(2**31 - 1)
    return repr(Deep())
