# The only function has a name of its own.
# value: 120
import math


def compute_factorial(n):
    return math.factorial(n)
