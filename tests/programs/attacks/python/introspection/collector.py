# Runs code whenever the collector does, in the middle of the runner.
# ends: ok, runtime_error, bad_return
import gc


def each_time(phase, about):
    raise SystemExit(0)


def solve(target):
    gc.callbacks.append(each_time)
    gc.set_threshold(1, 1, 1)
    return [[0, 0, 0]] * 1000
