# bisect, operator, statistics, collections and itertools.
# value: [[1, 2, 3, 4], 2, [["a", 1], ["b", 2]], 2.5, 2, {"a": [1, 3], "b": [2]}, [["a", 3], ["b", 1]], [[1, 2], [1, 3], [2, 3]], 24, {"x": [1, 2]}, [1, 3, 6], ["c", "a"], [3, 1, 2], [[0, "a"], [1, "b"]]]
import bisect
import itertools
import operator
import statistics
from collections import ChainMap, Counter, OrderedDict, defaultdict, deque


def solve(n):
    numbers = [1, 2, 4]
    bisect.insort(numbers, 3)
    groups = defaultdict(list)
    for name, value in (("a", 1), ("b", 2), ("a", 3)):
        groups[name].append(value)
    by_first = {key: [v for _, v in items] for key, items in itertools.groupby([("x", 1), ("x", 2)], operator.itemgetter(0))}
    order = OrderedDict(a=1, c=2)
    order.move_to_end("a")
    turned = deque([1, 2, 3], maxlen=n)
    turned.rotate(1)
    return [
        numbers,
        bisect.bisect_left(numbers, 3),
        sorted({"b": 2, "a": 1}.items(), key=operator.itemgetter(1)),
        statistics.mean([1, 4]),
        ChainMap({}, {"z": 2})["z"],
        groups,
        Counter("aaab").most_common(),
        list(itertools.combinations([1, 2, 3], 2)),
        len(list(itertools.permutations(range(4)))),
        by_first,
        list(itertools.accumulate([1, 2, 3])),
        list(order),
        list(turned),
        list(enumerate("ab")),
    ]
