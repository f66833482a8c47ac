# Dataclasses, frozen, ordered and with defaults, enums, flags, and named tuples.
# value: [{"name": "a", "left": 1, "moves": []}, true, "State(boat=0, people=frozenset())", ["RED", 2], 3, {"x": 1, "y": 2}, [1, 5], "cannot assign to field 'boat'"]
from __future__ import annotations

import dataclasses
from collections import namedtuple
from dataclasses import dataclass, field
from enum import Enum, Flag, IntEnum, auto


@dataclass
class Disk:
    name: str
    left: int = 1
    moves: list[int] = field(default_factory=list)


@dataclass(frozen=True, order=True, slots=True)
class State:
    boat: int
    people: frozenset[str] = frozenset()


class Colour(Enum):
    RED = 1
    BLUE = auto()


class Side(IntEnum):
    LEFT = 1


class Right(Flag):
    READ = auto()
    WRITE = auto()


Point = namedtuple("Point", "x y", defaults=[2])


def solve(n):
    try:
        State(1).boat = 2
    except dataclasses.FrozenInstanceError as error:
        problem = str(error)
    return [
        dataclasses.asdict(Disk("a")),
        State(0) < State(1) and State(1) in {State(1)},
        repr(State(0)),
        [Colour.RED.name, Colour["BLUE"].value],
        (Right.READ | Right.WRITE).value,
        Point(1)._asdict(),
        [Side.LEFT, dataclasses.replace(Disk("b"), left=n).left],
        problem,
    ]
