# Match statements on values, sequences, mappings, classes and guards.
# value: ["zero", "point 1 2", "list of 3", "name Bob", "five", "other", "text"]
from dataclasses import dataclass


@dataclass
class Point:
    x: int
    y: int


def told(thing):
    match thing:
        case 0:
            return "zero"
        case Point(x, y):
            return f"point {x} {y}"
        case [_, *rest] if rest:
            return f"list of {len(rest) + 1}"
        case {"name": name, **_others}:
            return f"name {name}"
        case int() as number if number == 5:
            return "five"
        case "a" | "b":
            return "text"
        case _:
            return "other"


def solve(n):
    return [told(thing) for thing in (0, Point(1, 2), [1, 2, 3], {"name": "Bob", "age": 3}, n, None, "b")]
