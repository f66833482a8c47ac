# Yields without end.
# ends: timeout, resource
# limit: cpu, memory, value


def solve(target):
    while True:
        yield [1, 0, 2]
