# Makes a code object by hand that reads a constant far beyond the end of its constants.
# ends: runtime_error, ok, bad_return, timeout, resource


def victim():
    return ()


def solve(target):
    code = bytes([100, 255] + list(victim.__code__.co_code)[2:])
    crafted = victim.__code__.replace(co_code=code * 4, co_consts=(), co_stacksize=0)
    victim.__code__ = crafted
    return str(type(victim()))
