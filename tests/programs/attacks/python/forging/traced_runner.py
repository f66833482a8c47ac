# Traces and profiles the runner after it has returned, and raises errors there.
# ends: ok, bad_return, runtime_error
import sys


class Worst(BaseException):
    pass


def trace(frame, event, argument):
    if event == "return":
        raise Worst
    return trace


def solve(target):
    sys.settrace(trace)
    sys.setprofile(trace)
    frame = sys._getframe().f_back
    while frame is not None:
        frame.f_trace = trace
        frame = frame.f_back
    return [[0, 0, 0]]
