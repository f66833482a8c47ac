# Opens descriptors until there are none left, and returns.
# ends: ok
# value: [1]
import os


def solve(target):
    kept = []
    try:
        while len(kept) < 5000:
            kept.append(os.pipe())
    except OSError:
        pass
    return ["BREACH: there was no end"] if len(kept) >= 5000 else [1]
