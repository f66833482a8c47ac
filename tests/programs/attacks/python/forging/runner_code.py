# Puts other code into the functions of the runner, by way of the frames that called it.
# ends: ok, bad_return, runtime_error, timeout, resource
# never: harness_error
import sys
import types


def nothing(*_, **__):
    return None


def solve(target):
    frame = sys._getframe().f_back
    while frame is not None:
        for value in list(frame.f_globals.values()):
            if isinstance(value, types.FunctionType):
                try:
                    value.__code__ = nothing.__code__
                except ValueError:
                    pass
        frame = frame.f_back
    return [[0, 0, 0]]
