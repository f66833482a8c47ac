# Loads damaged code and data by marshal and pickle.
# ends: ok, runtime_error, resource, timeout, bad_return
import marshal
import pickle
import random


def solve(target):
    whole = marshal.dumps(solve.__code__)
    random.seed(1)
    for _ in range(500):
        damaged = bytearray(whole)
        for _ in range(3):
            damaged[random.randrange(len(damaged))] = random.randrange(256)
        for load in (marshal.loads, pickle.loads):
            try:
                load(bytes(damaged))
            except Exception:
                pass
    return "still there"
