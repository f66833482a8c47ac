"""A text cut into pieces by one separator, the pieces read as items: at the speed of cutting, held neither as text nor
as items.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from harness.item import Item

_BLOCK = 1 << 16
"""Characters, or a little more, that are cut at a time."""


@dataclass(frozen=True)
class Pieces:
    """What stands between separators, from one place of a text to another. Iterating reads it anew."""

    text: str
    start: int
    end: int
    separator: str
    known: Mapping[str, Item]
    """Reads a piece."""

    def __iter__(self) -> Iterator[Item]:
        read = self.known.__getitem__
        return chain.from_iterable(map(read, block) for block in self._blocks())

    def distinct(self) -> Iterator[Item]:
        """The items in the order in which they come first; some come again, but seldom."""
        return map(self.known.__getitem__, chain.from_iterable(map(dict.fromkeys, self._blocks())))

    def are_moves(self) -> bool:
        """Whether every piece is one; the first that is none ends the search."""
        return all(one.malformed is None for one in self.distinct())

    def repertoire(self, most: int) -> list[str] | None:
        """The different pieces in the order in which they come first; None if there are more than ``most``."""
        found: dict[str, None] = {}
        for block in self._blocks():
            found |= dict.fromkeys(block)
            if len(found) > most:
                return None
        return [*found]

    def _blocks(self) -> Iterator[list[str]]:
        text, separator, position = self.text, self.separator, self.start
        while position <= self.end:
            stop = text.find(separator, min(position + _BLOCK, self.end), self.end)
            stop = self.end if stop < 0 else stop
            yield text[position:stop].split(separator)
            position = stop + len(separator)
