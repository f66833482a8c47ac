# Leaves by SystemExit, with the right answer as the exit code.
# ends: bad_return, runtime_error


def solve(target):
    raise SystemExit([[1, 0, 2]])
