# Adds an audit hook, which cannot be taken away again, and refuses everything from then on.
# ends: ok, bad_return, runtime_error, timeout
import sys


def refuse(event, arguments):
    raise RuntimeError("harness_error")


def solve(target):
    sys.addaudithook(refuse)
    return [[0, 0, 0]]
