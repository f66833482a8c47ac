# Generators: yield from, send, throw, close, expressions, and an endless one cut off.
# value: [[1, 2, 3, 4], [0, 1, 3], "thrown", [0, 2, 4, 6, 8], 31, true]
from itertools import count, islice, takewhile


def hanoi(n, source=0, target=2, via=1):
    if n:
        yield from hanoi(n - 1, source, via, target)
        yield [n, source, target]
        yield from hanoi(n - 1, via, target, source)


def running():
    total = 0
    try:
        while True:
            total += yield total
    except ValueError:
        yield "thrown"


def solve(n):
    sums = running()
    seen = [next(sums), sums.send(1), sums.send(2)]
    thrown = sums.throw(ValueError())
    sums.close()
    even = (x for x in count() if x % 2 == 0)
    return [
        [*islice(count(1), 4)],
        seen,
        thrown,
        list(takewhile(lambda x: x < 2 * n, even)),
        sum(1 for _ in hanoi(n)),
        next(iter(()), True),
    ]
