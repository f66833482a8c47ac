"""What was read from an answer, and how: the result that every reader of moves gives."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from harness.item import Item


@dataclass(frozen=True, kw_only=True)
class Reading:
    """The moves of one answer, or why there are none."""

    kind: Literal["moves", "impossible", "solvable", "code", "declined", "nothing", "empty"]
    """moves: a list of moves, whole or partial, possibly with no item. impossible: it says that there is no solution;
    solvable: that there is one, where only that was asked.
    code: a program where a list was asked. declined: it stops on purpose without any list ("too many to write").
    nothing: text in which no answer was found. empty: no visible text at all."""
    items: Iterable[Item] = ()
    """The moves in order. Read from the text anew at each iteration and never
    held, so a list of a million moves costs no memory. What follows an ellipsis is not part of it."""
    form: str | None = None
    """Which reader found it: "moves_list", "list", "items", "rows", "table", "prose", "word"."""
    strict: bool = False
    """Whether the answer is written exactly as the prompt asks, so that the strictest reader reads the same."""
    closed: bool = True
    """Whether the list came to its own end; False when the text ends, or breaks off, inside it."""
    abbreviated: bool = False
    """Whether something stands in for moves left out: "...", "and so on", "the pattern continues"."""
    breaks: tuple[int, ...] = ()
    """Before which items, counted from 0, something says that some are left out: what follows does not go on from what
    stands before it."""
    candidates: int = 0
    """How many lists that could be the answer were found."""
    conflict: bool = False
    """Whether two complete candidates differ; the last one was taken."""
