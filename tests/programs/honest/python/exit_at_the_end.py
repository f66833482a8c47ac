# A script that runs an example and leaves at its end: the function is there all the same.
# value: 25
import sys


def solve(n):
    return n**2


def usage():
    exit("usage: solve n")
    quit()


print(solve(3))
sys.exit(0)
