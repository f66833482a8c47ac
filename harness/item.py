"""One item of an answer: as the answer has it, and as the task reads it.

Long answers repeat themselves: a million moves of a twenty-disk tower are a hundred different texts. ``Items`` reads
each text once, which is what makes reading such an answer a matter of a second.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from harness.task import Json, MalformedMove, Move, Puzzle

MOST_KNOWN = 1 << 16
"""Texts that are remembered at a time, so that an answer that never repeats itself takes no more memory."""


class Item(NamedTuple):
    data: Json
    """The item as plain data."""
    move: Move
    """The task's own reading of it; None when it is no move."""
    malformed: str | None
    """Why it is no move; None when it is one."""


def item(puzzle: Puzzle, data: Json) -> Item:
    """Read one item under a task's ``parse``."""
    try:
        return Item(data, puzzle.parse(data), None)
    except MalformedMove as error:
        return Item(data, None, str(error))


class Items(dict[str, Item]):
    """Text to item, each text read once: ``Items(puzzle, as_data)[text]``."""

    def __init__(self, puzzle: Puzzle, as_data: Callable[[str], Json]) -> None:
        super().__init__()
        self._puzzle = puzzle
        self._as_data = as_data

    def __missing__(self, text: str) -> Item:
        if len(self) >= MOST_KNOWN:
            self.clear()
        self[text] = found = item(self._puzzle, self._as_data(text))
        return found
