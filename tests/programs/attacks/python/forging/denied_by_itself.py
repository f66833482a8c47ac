# Raises the errors of the sandbox itself, so that its failure looks like a wall's.
# ends: forbidden, runtime_error


def solve(target):
    raise PermissionError(1, "the sandbox's fault")
