"""The moves in what a program gave: the value that its function returned, or the text that it printed."""

from __future__ import annotations

import json
import re

from harness.extract.candidates import JSON_LIMIT
from harness.extract.literals import literal, next_run
from harness.extract.moves import read_moves
from harness.extract.pieces import Pieces
from harness.extract.reading import Reading
from harness.extract.uniform import read_uniform
from harness.item import Items, item
from harness.task import IMPOSSIBLE, Arguments, Puzzle

_SAID_IMPOSSIBLE = Reading(kind="impossible", form="word", strict=True)
_BETWEEN = re.compile(r"\][ \t\r\n]*,[ \t\r\n]*\[")


def read_printed(text: str, puzzle: Puzzle, arguments: Arguments) -> Reading:
    """Printed moves, in any form that an answer's text may have, or the word "impossible" as the last line."""
    last = text[-200:].rstrip().rpartition("\n")[2]
    if last.strip(" .!\"'").lower() == IMPOSSIBLE:
        return _SAID_IMPOSSIBLE
    reading = read_uniform(text, puzzle, arguments)
    reading = reading or read_moves(text, cut=False, puzzle=puzzle, arguments=arguments)
    return reading if reading.form != "phrase" else Reading(kind="nothing")


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
        items = [item(puzzle, part) for part in data]
        return Reading(kind="moves", items=items, form="value", strict=strict, candidates=1)
    if isinstance(data, str):
        return read_printed(data, puzzle, arguments)
    return Reading(kind="nothing")


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
