# Annotations of all kinds, from typing and built in.
# value: [6, "P(x=1)", true, {"name": "a"}, [1, 2], "x", ["n", "return"]]
from __future__ import annotations

import typing
from typing import (
    Any, Callable, ClassVar, Dict, Final, Generic, Iterable, List, Literal, NamedTuple, NewType, Optional, Protocol, Tuple,
    TypedDict, TypeVar, Union, cast, get_type_hints, runtime_checkable,
)

T = TypeVar("T")
Disk = NewType("Disk", int)
Move = Tuple[int, int, int]
LIMIT: Final = 3


class P(NamedTuple):
    x: int = 1


@runtime_checkable
class Speaks(Protocol):
    def speak(self) -> str: ...


class Dog:
    kind: ClassVar[str] = "dog"

    def speak(self) -> str:
        return "woof"


class Person(TypedDict, total=False):
    name: str


class Stack(Generic[T]):
    def __init__(self) -> None:
        self.items: List[T] = []

    def push(self, item: T) -> Stack[T]:
        self.items.append(item)
        return self


def first(items: Iterable[T], default: Optional[T] = None) -> Union[T, None]:
    return next(iter(items), default)


def apply(function: Callable[..., Any], *arguments: int | str, mode: Literal["r", "w"] = "r") -> Dict[str, Any]:
    return {mode: function(*arguments)}


def solve(n: int) -> list[Any]:
    return [
        apply(lambda a, b: a * b, 2, LIMIT)["r"],
        str(P()),
        isinstance(Dog(), Speaks),
        Person(name="a"),
        Stack[int]().push(1).push(Disk(2)).items,
        cast(str, first("xy")),
        list(typing.get_type_hints(first_hinted)),
    ]


def first_hinted(n: int) -> "str":
    return get_type_hints(solve)["n"].__name__
