"""Text that is nothing but moves with one separator between them: what programs print and return.

A million moves are read at the speed of splitting them, and held neither as text nor as items.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from harness.item import Item, Items

_BLOCK = 1 << 16
"""Characters, or a little more, that are split at a time."""


@dataclass(frozen=True)
class Pieces:
    """What stands between separators, from one place of a text to another. Iterating reads it anew."""

    text: str
    start: int
    end: int
    separator: str
    known: Items
    """Reads a piece."""

    def __iter__(self) -> Iterator[Item]:
        read = self.known.__getitem__
        return chain.from_iterable(map(read, block) for block in self._blocks())

    def distinct(self) -> Iterator[Item]:
        """The items in the order in which they first come, those that come again left out where that is cheap."""
        read = self.known.__getitem__
        return chain.from_iterable(map(read, dict.fromkeys(block)) for block in self._blocks())

    def are_moves(self) -> bool:
        """Whether every piece is one; fails at the first that is none."""
        return all(one.malformed is None for one in self.distinct())

    def _blocks(self) -> Iterator[list[str]]:
        text, separator, position = self.text, self.separator, self.start
        while position <= self.end:
            stop = text.find(separator, min(position + _BLOCK, self.end), self.end)
            stop = self.end if stop < 0 else stop
            yield text[position:stop].split(separator)
            position = stop + len(separator)
