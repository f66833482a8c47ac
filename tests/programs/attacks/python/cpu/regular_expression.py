# Matches a regular expression that takes for ever, inside C code that no exception interrupts.
# ends: timeout
# limit: cpu
import re


def solve(target):
    return bool(re.match(r"(a+)+$", "a" * 64 + "b"))
