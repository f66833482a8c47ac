# Puts other exceptions in the place of those that a runner catches.
# ends: ok, bad_return, runtime_error
# never: [[9, 9, 9]]
import builtins


class Never(BaseException):
    pass


def solve(target):
    for name in ("BaseException", "Exception", "TypeError", "ValueError", "MemoryError", "RecursionError", "OSError", "SystemExit"):
        setattr(builtins, name, Never)
    return {1, 2, object()}
