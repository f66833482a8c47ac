# Makes code objects by types.CodeType out of random bytes, and runs them.
# ends: runtime_error, ok, bad_return, timeout, resource
import random
import types


def template(a):
    for b in a:
        yield b


def solve(target):
    code = template.__code__
    for seed in range(200):
        random.seed(seed)
        noise = bytes(random.randrange(1, 166) for _ in range(64))
        crafted = code.replace(co_code=noise, co_stacksize=64, co_nlocals=code.co_nlocals)
        try:
            list(types.FunctionType(crafted, {})([1]))
        except BaseException:
            pass
    return "still there"
