# Raises a number to a huge power, inside C code that no exception interrupts.
# ends: timeout, resource
# limit: cpu, memory


def solve(target):
    return pow(3, 10**9) & 1
