# There is no input: input raises EOFError, and standard input is at its end.
# value: ["end", "", [], 5]
import sys


def solve(n):
    try:
        n = int(input("how many? "))
    except EOFError:
        line = "end"
    return [line, sys.stdin.readline() + sys.stdin.read(), [line for line in sys.stdin], n]
