# The function is a generator: what it yields is the answer.
# value: [[1, 0], [2, 0], [3, 0], [4, 0], [5, 0]]
def solve(n):
    for disk in range(1, n + 1):
        yield disk, 0
