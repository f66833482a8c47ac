"""The moves in what a program gave: the value that its function returned, or the text that it printed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from harness.extract.candidates import JSON_LIMIT
from harness.extract.literals import literal, next_run
from harness.extract.moves import read_moves
from harness.extract.pieces import Pieces
from harness.extract.reading import Reading
from harness.extract.uniform import read_uniform
from harness.item import Item, Items, item
from harness.task import IMPOSSIBLE, Arguments, Json, Puzzle

_SAID_IMPOSSIBLE = Reading(kind="impossible", form="word", strict=True)
MOST_READ = 4_000_000
"""Characters of a program's output that are read as freely as a model's own answer."""

_NUMBERS = re.compile(r"^[ \t]*(\d{1,9})[.):][ \t]+", re.MULTILINE)
_BETWEEN = re.compile(r"\][ \t\r\n]*,[ \t\r\n]*\[")


def read_printed(text: str, puzzle: Puzzle, arguments: Arguments) -> Reading:
    """Printed moves, in any form that an answer's text may have, or the word "impossible" as the last line.

    A text of more than ``MOST_READ`` characters is read as lines that are each a move, numbered or not, and in no other
    way: a program can print anything, at length.
    """
    last = text[-200:].rstrip().rpartition("\n")[2]
    if last.strip(" .!\"'").lower() == IMPOSSIBLE:
        return _SAID_IMPOSSIBLE
    reading = read_uniform(text, puzzle, arguments)
    if reading is None and len(text) > MOST_READ:
        bare = _without_numbers(text)
        reading = read_uniform(bare, puzzle, arguments) if bare is not None else None
        return reading or Reading(kind="nothing")
    reading = reading or read_moves(text, cut=False, puzzle=puzzle, arguments=arguments)
    return reading if reading.form != "phrase" else Reading(kind="nothing")


def _without_numbers(text: str) -> str | None:
    """The lines without the numbers that count them from 1; None when they do not."""
    numbers = _NUMBERS.findall(text)
    if numbers != [str(count) for count in range(1, len(numbers) + 1)]:
        return None
    return _NUMBERS.sub("", text)


def read_value(value: str, puzzle: Puzzle, arguments: Arguments) -> Reading:
    """A returned value, as JSON text: a list of moves, "impossible", or an object that holds either as "moves"."""
    pieces = _list_of_lists(value, puzzle)
    if pieces is not None:
        return Reading(kind="moves", items=pieces, form="value", strict=True, candidates=1)
    if len(value) > JSON_LIMIT and value.startswith("[["):
        run = next_run(value, 1, Items(puzzle, literal))
        if run is not None and value[run.end :].strip() == "]":
            return Reading(kind="moves", items=run, form="value", strict=True, candidates=1)
    try:
        data = json.loads(value)
    except (ValueError, RecursionError):
        return Reading(kind="nothing")
    strict = not isinstance(data, dict)
    if isinstance(data, dict):
        data = data.get("moves")
    if isinstance(data, str) and data.strip().lower() == IMPOSSIBLE:
        return _SAID_IMPOSSIBLE
    if isinstance(data, list):
        strict = strict and not any(isinstance(part, dict) for part in data)
        return Reading(kind="moves", items=_Parts(puzzle, data), form="value", strict=strict, candidates=1)
    if isinstance(data, str):
        return read_printed(data, puzzle, arguments)
    return Reading(kind="nothing")


@dataclass(frozen=True)
class _Parts:
    """The items of a list, read when they are asked for: the first that is no move ends a replay."""

    puzzle: Puzzle
    data: list[Json]

    def __iter__(self) -> Iterator[Item]:
        return (item(self.puzzle, part) for part in self.data)


def _list_of_lists(value: str, puzzle: Puzzle) -> Pieces | None:
    """The moves of a JSON list of lists that all have the same between them. Where every piece, put in brackets, is
    JSON, the whole is."""
    between = _BETWEEN.search(value) if value.startswith("[[") and value.endswith("]]") else None
    if between is None:
        return None
    pieces = Pieces(value, 2, len(value) - 2, between.group(), Items(puzzle, lambda inner: json.loads(f"[{inner}]")))
    try:
        for _ in pieces.distinct():
            pass
    except (ValueError, RecursionError):
        return None
    return pieces
