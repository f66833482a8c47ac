# Ends with the exit code that sandboxes and shells use for their own troubles.
# ends: bad_return, runtime_error
import os


def solve(target):
    os._exit(125)
