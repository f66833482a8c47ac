# Global, nonlocal and class variables, code at the top, walrus, stars, lambdas, slices and comprehensions.
# value: [3, 15, [2, 4], {"1": "a", "2": "b"}, [1, [2, 3], 4], [5, 3, 1], [[1, 4], [2, 5]], 10, ["k", 1], 7]
calls = 0
TABLE = {number: letter for number, letter in enumerate("ab", 1)}
print("this is printed while the program is loaded, and does not count")


def called():
    global calls
    calls += 1
    return calls


def accumulator():
    total = 0

    def add(x):
        nonlocal total
        total += x
        return total

    return add


def solve(n):
    for _ in range(3):
        called()
    add = accumulator()
    for i in range(n):
        last = add(i + 1)
    first, *middle, end = 1, 2, 3, 4
    odd = list(range(n, 0, -1))[::2]
    if (double := n * 2) > 9:
        named = (lambda *arguments, **names: [*names, *arguments])(1, k=2)
    return [calls, last, [x for x in range(1, n) if not x % 2], TABLE, [first, middle, end], odd, list(zip([1, 2], [4, 5])), double, named, eval("3 + 4")]
