# Writes one line that never ends.
# ends: resource
# limit: output
import sys


def solve(target):
    while True:
        sys.stdout.write("x" * 65536)
