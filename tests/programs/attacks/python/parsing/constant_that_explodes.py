# Writes constants that a compiler might compute: gigabytes in one line.
# ends: resource, timeout
# limit: memory, cpu


def solve(target):
    return len((("x" * 4000) * 4000) * 4000)
