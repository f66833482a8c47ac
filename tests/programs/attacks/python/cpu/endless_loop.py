# Loops for ever.
# ends: timeout
# limit: cpu


def solve(target):
    while True:
        pass
