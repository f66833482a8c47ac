# The function is wrapped by a decorator that gives it another argument.
# value: [5, "solve", 1]
import functools


def counting(function):
    calls = 0

    @functools.wraps(function)
    def wrapper(*arguments, **named):
        nonlocal calls
        calls += 1
        return function(*arguments, calls=calls, **named)

    return wrapper


@counting
def solve(n, calls):
    return [n, solve.__name__, calls]
