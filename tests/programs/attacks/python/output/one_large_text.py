# Prints a hundred megabytes at once.
# ends: resource
# limit: output, memory


def solve(target):
    print("x" * (100 << 20))
