# Loops for ever before solve is even called.
# ends: timeout
# limit: cpu

while True:
    pass


def solve(target):
    return 1
