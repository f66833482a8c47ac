# Shallow and deep copies, identity, cycles, and mutable defaults.
# value: [[[1, 9], [2]], [[1], [2]], true, [[0, 0], [5, 0]], [1, 2], true]
import copy


def remembered(item, seen=[]):
    seen.append(item)
    return seen


def solve(n):
    original = [[1], [2]]
    shallow, deep = original[:], copy.deepcopy(original)
    shallow[0].append(9)
    circle = [1]
    circle.append(circle)
    copied = copy.deepcopy(circle)
    grid = [[0] * 2 for _ in range(2)]
    grid[1][0] = n
    remembered(1)
    return [original, deep, copied[1] is copied and copied is not circle, grid, list(remembered(2)), original is not shallow]
