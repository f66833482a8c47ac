# Raises an exception with a text of forty megabytes.
# ends: runtime_error, resource, forbidden


def solve(target):
    raise ValueError("x" * (40 << 20))
