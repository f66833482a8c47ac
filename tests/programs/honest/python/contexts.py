# Abstract classes, context managers, stacks of them, and what they suppress.
# value: ["cannot", 25, ["in", "body", "out"], ["third", "second", "first"], "suppressed", 3]
import contextlib
from abc import ABC, abstractmethod


class Shape(ABC):
    @abstractmethod
    def area(self): ...


class Square(Shape):
    def __init__(self, side):
        self.side = side

    def area(self):
        return self.side**2


class Counting:
    def __init__(self):
        self.count = 0

    def __enter__(self):
        self.count += 1
        return self

    def __exit__(self, kind, error, trace):
        self.count += 2
        return kind is KeyError


def solve(n):
    try:
        Shape()
    except TypeError:
        abstract = "cannot"
    log = []

    @contextlib.contextmanager
    def logged():
        log.append("in")
        try:
            yield
        finally:
            log.append("out")

    with logged():
        log.append("body")
    order = []
    with contextlib.ExitStack() as stack:
        for name in ("first", "second", "third"):
            stack.callback(order.append, name)
    with contextlib.suppress(ZeroDivisionError):
        1 / 0
    with Counting() as counting:
        raise KeyError
    return [abstract, Square(n).area(), log, order, "suppressed", counting.count]
