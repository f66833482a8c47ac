# Prints without end.
# ends: resource
# limit: output


def solve(target):
    while True:
        print("x" * 1000)
