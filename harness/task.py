"""What a task is: a puzzle's rules as plain functions, and the instances it poses.

A task's author writes one file, ``tasks/<name>.py``, that ends in ``puzzle = Puzzle(...)`` and imports nothing of
Pegboard but these names::

    arguments --start--> state --apply(move)--> state ... --solved--> True
                           |                      |
                        moves(state)          distance(state)         both optional, both make records richer

Arguments are one JSON mapping: they fill the prompt, are handed to a written function in their order, and
rebuild the puzzle, so a record that holds them holds the whole instance.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, Literal, TypeAlias, get_args

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
"""Plain data: what arguments, moves and returned values are made of."""

Arguments: TypeAlias = Mapping[str, Any]
"""Names to plain data; a task knows the shape of its own."""

State: TypeAlias = Hashable
Move: TypeAlias = Any
"""Whatever a task's own ``parse`` returns; nothing outside the task looks inside."""

Shape: TypeAlias = "str | list[Shape] | tuple[Shape, ...] | None"
"""What a value names: a sort of things ("disk"); a list of one shape, however many; a tuple of just these shapes; None
for what names nothing, such as a count."""

Labels: TypeAlias = Callable[[Sequence[Json], Random], Sequence[Json]]
"""The things of one sort, in order, to as many names for them; see ``harness.labels``."""

IMPOSSIBLE = "impossible"
"""The word by which an answer says that an instance has no solution, in every mode and every prompt."""


class IllegalMove(Exception):
    """A move that breaks a rule. Raised by a task's ``apply``."""

    def __init__(self, rule: str, reason: str) -> None:
        """``rule`` is a short fixed identifier for tables ("larger_on_smaller"); ``reason`` says it in words."""
        super().__init__(reason)
        self.rule = rule
        self.reason = reason


class UnknownDistance(Exception):
    """A distance that there is, but that would take too long to find. May be raised by a task's ``distance``."""


class MalformedMove(ValueError):
    """An item that cannot be read as a move at all: wrong shape or wrong types. Raised by ``parse``."""


@dataclass(frozen=True)
class Certificate:
    """What is known about an instance before any model sees it, and how it is known."""

    solvable: Literal["solvable", "unsolvable", "unknown"]
    fewest_moves: int | None
    """Length of a shortest solution in moves; None when there is none or it is not known."""
    method: str
    """How it was established, in words: "closed form 2^n - 1", "exhausted search"."""
    states: int | None = None
    """How many states (or symmetry classes of states) an exhausted search visited."""


@dataclass(frozen=True)
class Instance:
    """One posed puzzle: what is asked, and what is certified about it."""

    arguments: Arguments
    certificate: Certificate


def as_item(move: Move) -> Json:
    """A move as an answer has it, where that is the move itself, with lists for tuples."""
    return [as_item(part) for part in move] if isinstance(move, (tuple, list)) else move


DisguiseKind = Literal["renamed", "story", "mirrored", "symbols", "changed rule"]
DISGUISE_KINDS: tuple[DisguiseKind, ...] = get_args(DisguiseKind)
DrawnAs = Literal["pegs", "river", "line", "stacks", "table"]
DRAWN_AS: tuple[DrawnAs, ...] = get_args(DrawnAs)


@dataclass(frozen=True, kw_only=True)
class Disguise:
    """The same puzzle in other words: other names for its things, told by another statement.

    It is data. What stands for what is one-to-one within an instance, so that every sequence of moves has its
    counterpart of the same length, legal where that is: optimum, solvability and length of the answer are those of the
    bare puzzle.
    """

    kind: DisguiseKind
    """What is changed. In a changed rule the things trade places under the rules (what was lowest is highest), so
    that the well-known solution breaks a rule as stated here."""
    labels: Mapping[str, Labels]
    """Each renamed sort to the names of its things. Sorts that are not here keep theirs."""
    listed: Mapping[str, str] = field(default_factory=dict)
    """Further arguments, each the list of one sort's names in order. Every sort of numbers that is renamed must be
    listed: the statement and a written function find there which name stands for which number."""
    called: Mapping[str, str] = field(default_factory=dict)
    """Arguments to their names in this disguise."""


@dataclass(frozen=True, kw_only=True)
class Puzzle:
    """A task as a value. Every field is data or a pure function; there is nothing to inherit from."""

    name: str
    """The task's name, equal to the stem of its file."""
    title: str
    """The puzzle's name in prose, as a table's heading shows it."""
    version: int
    """Raised whenever the same (size, seed, variant) would pose or judge differently."""
    sizes: Sequence[int]
    """The sizes that the task is checked at, ascending. Others may be asked for if ``pose`` takes them."""
    variants: Sequence[str]
    """What kinds of instance there are; the first is the default. ``variant.disguise`` names a kind in a disguise."""
    pose: Callable[[int, int, str], Instance]
    """(size, seed, variant) to an instance; the same three give the same instance for ever.
    Seed 0 is the exemplar everyone knows. Raises ValueError for a size or variant that has no meaning."""
    start: Callable[[Arguments], Any]
    """Arguments to the first state. States are hashable values."""
    parse: Callable[[Json], Move]
    """One item of an answer to a move; raises MalformedMove. Exact types: True is not 1, 1.0 is not 1."""
    apply: Callable[[Any, Move], Any]
    """(state, move) to the next state; raises IllegalMove. Must refuse everything that the rules do."""
    solved: Callable[[Any], bool]
    moves: Callable[[Any], Iterable[Move]] | None = None
    """All legal moves of a state: allows the generic search to cross-check certificates."""
    distance: Callable[[Any], int | None] | None = None
    """Exact fewest moves from a state to the goal, None when it cannot be reached: allows records to say
    which move first left the shortest path. Raises UnknownDistance where that would take too long to find."""
    goal_permuted: Callable[[Any], bool] | None = None
    """Whether a state is the goal in all but its labels, such as the tower on the wrong peg."""
    concerns: Callable[[Arguments, Move], bool] | None = None
    """Whether a move is about things that the instance has: tells an answer's list from the prompt's example, from
    intervals, and from whatever else stands in brackets."""
    item: Callable[[Move], Json] = as_item
    """A move as an item of an answer: what ``parse`` reads as that move."""
    resume: Callable[[Arguments, Any], Arguments] | None = None
    """(arguments, state) to the arguments of the same puzzle begun at that state: allows asking for the next move or
    for a few at a time, from wherever a game stands."""
    prose: Callable[[str, Arguments], Iterable[Json]] | None = None
    """Reads moves told in sentences ("Move disk 1 from peg A to peg C"), in order, as items for ``parse``."""
    tokens_per_move: float = 1.0
    """Fewest tokens that one move takes in the asked format, however tersely it is written: a cell whose shortest
    answer takes more than the budget is marked, so it must be a floor."""
    held_out: Sequence[int] = field(default=())
    """Sizes at which a returned function is run besides the one asked; empty means the neighbours in ``sizes``."""
    sorts: Mapping[str, Callable[[Arguments], Sequence[Json]]] = field(default_factory=dict)
    """The sorts of things that arguments and moves name ("disk", "peg"), and the things of each in an instance, in
    order: consecutive numbers, or names that the reference programs take as they come."""
    shapes: Mapping[str, Shape] = field(default_factory=dict)
    """What each argument names; those that name nothing may be left out."""
    move_shape: Shape = None
    """What an item of an answer names."""
    disguises: Mapping[str, Disguise] = field(default_factory=dict)
    """By name. Each has a statement of its own, ``prompts/<task>.<disguise>.md``."""
    twins: Mapping[str, str] = field(default_factory=dict)
    """Variants all of whose instances are unsolvable, each with the variant whose solvable instances look like it."""
    drawn_as: DrawnAs | None = None
    """How a state is drawn, from what ``scene`` gives; see ``harness.drawing``."""
    scene: Callable[[Any], Json] | None = None
    """A state as the data that ``drawn_as`` draws."""


def fewest_tokens(puzzle: Puzzle) -> float:
    """Tokens without which no move can be written, whatever its names and whatever tokenizer reads them: one for each
    name of the shortest move, and one that ends it; fewer where the task says so."""
    return min(puzzle.tokens_per_move, _fewest_names(puzzle.move_shape) + 1)


def _fewest_names(shape: Shape) -> int:
    return sum(map(_fewest_names, shape)) if isinstance(shape, tuple) else 1


def things(puzzle: Puzzle, arguments: Arguments) -> dict[str, Json]:
    """Everything that a move of an instance can name, by its name as it is written."""
    return {str(thing): thing for of in puzzle.sorts.values() for thing in of(arguments)}
