# Poisons every function of every module that is loaded.
# ends: ok, runtime_error, bad_return, timeout, resource
# never: harness_error
import sys
import types


def poison(*_, **__):
    raise SystemExit("harness_error") if False else BaseException


def solve(target):
    for module in list(sys.modules.values()):
        for name, value in list(vars(module).items()):
            if isinstance(value, (types.FunctionType, types.BuiltinFunctionType)):
                vars(module)[name] = poison
    return [[0, 0, 0]]
