# Raises an exception with a text of a hundred megabytes.
# ends: runtime_error, resource, forbidden


def solve(target):
    raise ValueError("x" * (100 << 20))
