# Imports within functions, within try, by importlib and by __import__.
# value: [[1, 2, 3], "{\"a\": 1}", 8, true, "no such module", "os"]
try:
    import ujson as json
except ImportError:
    import json


def solve(n):
    import heapq
    from importlib import import_module

    heap = [3, 1, 2]
    heapq.heapify(heap)
    ordered = [heapq.heappop(heap) for _ in range(3)]
    math = import_module("math")
    try:
        import numpy_that_is_not_there
    except ModuleNotFoundError:
        missing = "no such module"
    import statistics as s, fractions
    return [ordered, json.dumps({"a": 1}), int(math.pow(2, 3)), s.mean([1, 3]) == fractions.Fraction(2), missing, __import__("os").__name__]
