# Returns True and False where 1 and 0 are right.


def solve(target):
    return [[True, False, 2]]
