# Asks for four gigabytes at once.
# ends: resource
# limit: memory


def solve(target):
    return len(bytes(4 << 30))
