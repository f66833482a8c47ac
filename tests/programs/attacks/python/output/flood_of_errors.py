# Writes hundreds of megabytes to the stream for errors, which nobody reads.
# ends: ok, resource
import os
import sys


def solve(target):
    for _ in range(200):
        os.write(2, b"x" * (1 << 20))
        print("y" * (1 << 16), file=sys.stderr)
    return "held"
