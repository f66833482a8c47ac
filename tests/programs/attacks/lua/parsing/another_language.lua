-- Is a Python program.
-- ends: syntax
def solve(target):
    return [[1, 0, 2]]
