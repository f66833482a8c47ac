# Ends in the middle of a bracket.
# ends: syntax


def solve(target):
    return [[1, 0, 2],
