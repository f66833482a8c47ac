# Empties the list of modules and the namespace of every module.
# ends: ok, runtime_error, bad_return, timeout, resource
import sys


def solve(target):
    for module in list(sys.modules.values()):
        if module is not sys:
            vars(module).clear()
    return [[0, 0, 0]]
