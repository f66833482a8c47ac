"""Puts a puzzle into a disguise: one mapping of names, applied to what is asked and undone on what is answered.

    bare arguments --show--> arguments as asked --undo--> bare arguments       the statement, and the rules behind it
    bare item      --told--> item as answered   --meant-> bare item            a solution, and what a model wrote

The rules are those of the bare puzzle, move by move: a disguise cannot make an instance longer, shorter or unsolvable.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from random import Random
from typing import Any

from harness.errors import PegboardError
from harness.task import (
    Arguments,
    Disguise,
    IllegalMove,
    Json,
    Labels,
    MalformedMove,
    Move,
    Puzzle,
    Shape,
    fewest_tokens,
)

DRAWS = 100
"""How often the names of a sort are drawn where others have them; of fixed ones every draw is the same."""


@dataclass(frozen=True)
class Stranger:
    """A move that names something that there is not."""

    name: Json


@dataclass(frozen=True)
class Mask:
    """One instance's names, both ways. Made by ``mask``."""

    puzzle: Puzzle
    disguise: Disguise
    told: Mapping[str, Mapping[Json, Json]]
    """Sort to thing to its name here."""

    @cached_property
    def meant(self) -> Mapping[str, Mapping[Json, Json]]:
        """Sort to name to the thing that it stands for."""
        return {sort: {label: thing for thing, label in names.items()} for sort, names in self.told.items()}

    @cached_property
    def _anything(self) -> Mapping[Json, Json]:
        return {label: thing for names in self.meant.values() for label, thing in names.items()}

    @cached_property
    def _loosely(self) -> Mapping[str, Json]:
        """Names as they may be written: with Markdown around them; where only one can be meant, in other letters."""
        names = [label for label in self._anything if isinstance(label, str)]
        folded = Counter(_plain(name).casefold() for name in names)
        plain = {_plain(name): self._anything[name] for name in names}
        loose = {_plain(name).casefold(): self._anything[name] for name in names}
        return {name: thing for name, thing in loose.items() if folded[name] == 1} | plain

    def show(self, arguments: Arguments) -> dict[str, Json]:
        """Bare arguments as the statement and a written function have them."""
        called, shapes = self.disguise.called, self.puzzle.shapes
        shown = {
            called.get(name, name): through(shapes.get(name), value, self.told) for name, value in arguments.items()
        }
        return shown | {name: [*self.told[sort].values()] for name, sort in self.disguise.listed.items()}

    def undo(self, shown: Arguments) -> dict[str, Json]:
        """The bare arguments of shown ones that use these names."""
        bare = {here: name for name, here in self.disguise.called.items()}
        names = {name: bare.get(name, name) for name in shown if name not in self.disguise.listed}
        shapes = self.puzzle.shapes
        return {name: through(shapes.get(name), shown[here], self.meant) for here, name in names.items()}

    def item(self, move: Move) -> Json:
        """A move as an item of an answer in this disguise."""
        return through(self.puzzle.move_shape, self.puzzle.item(move), self.told)

    def parse(self, item: Json) -> Move | Stranger:
        """An item of an answer as a move. Raises MalformedMove."""
        strangers: list[Json] = []
        bare = self._bare(item, self.puzzle.move_shape, strangers)
        if not strangers:
            return self.puzzle.parse(bare)
        alone = isinstance(self.puzzle.move_shape, str)
        if not fits(self.puzzle.move_shape, item) or (len(strangers) == _size(item) and not alone):
            raise MalformedMove(f"nothing here is called {strangers[0]}")
        return Stranger(strangers[0])

    def _bare(self, value: Json, shape: Shape, strangers: list[Json]) -> Json:
        """A value with the things for their names, wherever it has the shape of a move or might have been meant to."""
        if shape is None:
            return value
        if isinstance(value, list):
            return [
                self._bare(part, own, strangers) for part, own in zip(value, _parts(shape, len(value)), strict=True)
            ]
        if isinstance(value, dict):
            return {name: self._bare(part, ANY, strangers) for name, part in value.items()}
        if type(value) in (int, str) and value in self._anything:
            return self._anything[value]
        for written in (_plain(value), _plain(value).casefold()) if isinstance(value, str) else ():
            if written in self._loosely:
                return self._loosely[written]
        strangers.append(value)
        return value


def mask(puzzle: Puzzle, disguise: Disguise, arguments: Arguments, random: Random) -> Mask:
    """The names of one instance. Raises ValueError where a disguise has too few, PegboardError where two things would
    share one."""
    told: dict[str, dict[Json, Json]] = {}
    taken: set[Json] = set()
    for sort, of in puzzle.sorts.items():
        bare = of(arguments)
        names = _drawn(disguise.labels[sort], bare, random, taken) if sort in disguise.labels else bare
        told[sort] = dict(zip(bare, names, strict=True))
        if len({*names}) < len(bare) or taken & {*names}:
            raise PegboardError(f"in this disguise of {puzzle.name} two things have the same name: {names}")
        taken |= {*names}
    return Mask(puzzle, disguise, told)


def _drawn(labels: Labels, bare: Sequence[Json], random: Random, taken: set[Json]) -> Sequence[Json]:
    """Names for one sort, drawn again as long as another sort has one of them by chance."""
    for _ in range(DRAWS):
        names = labels(bare, random)
        if not taken & {*names}:
            break
    return names


def wearing(mask: Mask) -> Puzzle:
    """The puzzle as it is asked and answered in a disguise: the same states and rules behind other names."""
    puzzle = mask.puzzle
    about, resume = puzzle.concerns, puzzle.resume

    def apply(state: Any, move: Move | Stranger) -> Any:
        if isinstance(move, Stranger):
            raise IllegalMove("unknown_name", f"nothing here is called {move.name}")
        return puzzle.apply(state, move)

    def concerns(shown: Arguments, move: Move | Stranger) -> bool:
        return not isinstance(move, Stranger) and (about is None or about(mask.undo(shown), move))

    def labels(sort: str) -> Callable[[Arguments], list[Json]]:
        return lambda _shown: [*mask.told[sort].values()]

    return replace(
        puzzle,
        start=lambda shown: puzzle.start(mask.undo(shown)),
        parse=mask.parse,
        item=mask.item,
        apply=apply,
        concerns=concerns,
        resume=resume and (lambda shown, state: mask.show(resume(mask.undo(shown), state))),
        prose=None,
        sorts={sort: labels(sort) for sort in puzzle.sorts},
        tokens_per_move=fewest_tokens(puzzle),
    )


def through(shape: Shape, value: Json, names: Mapping[str, Mapping[Json, Json]]) -> Json:
    """A value with every name in it replaced, as its shape tells where names are."""
    if isinstance(shape, str):
        return names[shape][value] if shape in names else value
    if isinstance(shape, list) and isinstance(value, list):
        return [through(shape[0], part, names) for part in value]
    if isinstance(shape, tuple) and isinstance(value, list):
        return [through(part, own, names) for part, own in zip(shape, value, strict=True)]
    return value


ANY = "any sort"


def _parts(shape: Shape, count: int) -> Sequence[Shape]:
    """The shapes of a list's parts; where it is not the list that the shape tells of, any names."""
    if isinstance(shape, list):
        return shape * count
    return shape if isinstance(shape, tuple) and len(shape) == count else [ANY] * count


def fits(shape: Shape, value: Json) -> bool:
    """Whether a value has the form that a shape tells of, whatever the names in it."""
    if isinstance(shape, list):
        return isinstance(value, list) and all(fits(shape[0], part) for part in value)
    if isinstance(shape, tuple):
        same = isinstance(value, list) and len(value) == len(shape)
        return same and all(fits(part, own) for part, own in zip(shape, value, strict=True))  # type: ignore[arg-type]
    return type(value) in (int, str)


def _size(value: Json) -> int:
    """How many names a value holds at most."""
    if isinstance(value, dict):
        return _size([*value.values()])
    return sum(map(_size, value)) if isinstance(value, list) else 1


_DECORATION = str.maketrans("", "", "_\\{}$`*\"' ")


def _plain(name: Json) -> str:
    return str(name).translate(_DECORATION)
