# Recursion 900 levels deep, within the usual limit, and an endless one that is caught.
# value: [900, "caught", 610]
def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)


def endless():
    return endless() + 1


def fibonacci(n):
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)


def solve(n):
    try:
        endless()
    except RecursionError:
        caught = "caught"
    return [depth(900), caught, fibonacci(15)]
