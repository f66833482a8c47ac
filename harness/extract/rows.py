"""Moves written as lines: comma-separated values without a header, one literal a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from harness.extract import phrases
from harness.extract.literals import Run, has_brackets, literal, next_run
from harness.extract.pieces import Pieces
from harness.item import Item, Items, item
from harness.task import Arguments, Json, Puzzle, things

LINE = re.compile(r"[^\n]+")
_SEPARATOR = re.compile(r"\s*[,;|\t]\s*|\s+")
_ROW = re.compile(r"[\d\s,;|`.+-]+")
_ITEM_NUMBER = re.compile(r"\s*\d{1,7}[.):]\s+")
_INTEGER = re.compile(r"([+-]?\d{1,18})(?:\.0)?")
"""Lua's division makes 1.0 of what was meant as 1."""
_HALF_A_ROW = re.compile(r"[\s`|]*+[\d\s,;|.-]*+")
_AROUND_A_NAME = " |`*\"'[]()"
MOST_ROW = 1_000
"""Characters of a line that names things and nothing else."""

_STATE = re.compile(r"\W*+(?:peg|rod|pole|tower|state|start|goal|bank|left|right)\b[^\[(]*[\[(]", re.IGNORECASE)
"""A line that shows where things are: "- Peg 0: [3, 2]"."""
_STATED = re.compile(r"\bmove\s*\d*\Z", re.IGNORECASE)


@dataclass(frozen=True)
class Rows:
    """Lines that are moves, between two places of a text. Iterating reads them anew and holds a few of them."""

    text: str
    start: int
    end: int
    known: Items
    """Reads a line; see ``spaced_rows``."""

    def __iter__(self) -> Iterator[Item]:
        lines = Pieces(self.text, self.start, self.end, "\n", self.known)
        return (row for row in lines if row.malformed is None)


@dataclass(frozen=True)
class Lines:
    """What was found: the moves, whether a header names the columns, whether something stands for moves left out."""

    items: list[Item] | Rows
    header: bool
    abbreviated: bool
    end: int


def rows(text: str, puzzle: Puzzle, arguments: Arguments, *, cut: bool) -> Lines | None:
    """Lines that are moves by themselves, such as ``1,0,2`` or ``1 0 2``; from the first to the last of them.

    A text that was cut may end inside a row: a last one with fewer numbers than the first, or a lone one, is none.
    """
    first = last = None
    width = 0
    left_out = False
    known = spaced_rows(puzzle, arguments)
    for line in LINE.finditer(text):
        row = known[line.group()]
        if row.malformed is None:
            if left_out:
                break
            if cut and line.end() == len(text) and (first is None or _width(row) < width):
                break
            if first is None:
                first, width = line.start(), _width(row)
            last = line.end()
        elif first is not None and phrases.is_ellipsis(line.group()):
            left_out = True
    if first is None or last is None:
        return None
    left_out = left_out or phrases.stops(text[last : last + 300])
    return Lines(Rows(text, first, last, known), header=False, abbreviated=left_out, end=last)


def begins_a_row(rest: str, puzzle: Puzzle, arguments: Arguments) -> bool:
    """Whether what follows the last whole row is nothing but the beginning of another: the limit cut it there."""
    if _HALF_A_ROW.fullmatch(rest):
        return True
    line = rest.strip(" \t\n|`")
    if "\n" in line or len(line) > MOST_ROW:
        return False
    names = things(puzzle, arguments)
    *whole, last = _cells(line, names) or [""]
    return all(cell in names for cell in whole) and any(name.startswith(last) for name in names)


def one_a_line(text: str, puzzle: Puzzle) -> tuple[list[Item], tuple[int, ...]]:
    """Moves written as literals, each on a line of its own among other words: "3. Then [1, 0, 2]".

    With them, before which of them something says that some are left out ("...", "Last move:"). Where most of the
    lines say "Move: [1, 0, 2]", only those count.
    """
    if not has_brackets(text):
        return [], ()
    found: list[Item] = []
    stated: list[Item] = []
    breaks: list[int] = []
    known = Items(puzzle, literal)
    for line in LINE.finditer(text):
        words = line.group()
        run = None if _STATE.match(words) else next_run(words, 0, known)
        moves = [one for one in run if not _is_citation(one)] if run is not None else []
        heading = _heading(words, run)
        excerpt = phrases.introduces_excerpt(heading)
        if found and (excerpt or phrases.is_ellipsis(words)):
            breaks.append(len(found))
        if len(moves) == 1 and moves[0].malformed is None and moves[0].data != []:
            found += moves
            stated += moves if not excerpt and _STATED.search(heading) else []
    if len(stated) > 1 and 2 * len(stated) > len(found):
        return stated, ()
    return found, tuple(breaks)


def _is_citation(one: Item) -> bool:
    """ "[2]" behind a sentence."""
    return one.malformed is not None and isinstance(one.data, list) and len(one.data) == 1


def _heading(line: str, run: Run | None) -> str:
    """A line up to its literal, if it has one, without what is only typography."""
    return (line if run is None else line[: run.start]).rstrip(" `*:\t")


def _width(row: Item) -> int:
    return len(row.data) if isinstance(row.data, list) else 1


def spaced_rows(puzzle: Puzzle, arguments: Arguments) -> Items:
    """Reads a line as a move: the list of its numbers, or of names of the instance's things; where that is none,
    without the first, which may be the line's own number; or, where a move is one of them, that."""
    names = things(puzzle, arguments)
    in_words = not all(type(thing) is int for thing in names.values())

    def data(line: str) -> Json:
        row = _row(line)
        named = _named_row(line, names) if row is None and in_words else None
        if named is not None:
            return named if len(named) > 1 or item(puzzle, named).malformed is None else named[0]
        if not row or item(puzzle, [*row]).malformed is None:
            return row
        if len(row) > 2 and item(puzzle, [*row[1:]]).malformed is None:
            return [*row[1:]]
        return row[-1] if len(row) <= 2 else row

    return Items(puzzle, data)


def _named_row(line: str, names: Mapping[str, Json]) -> list[Json] | None:
    """The things that a line names, if it holds nothing else but, perhaps, its own number."""
    if len(line) > MOST_ROW or line.count("[") > 1:  # a list of lists is a whole answer
        return None
    cells = _cells(line, names)
    if not cells or not all(cell in names for cell in cells):
        return None
    return [names[cell] for cell in cells]


def _cells(line: str, names: Mapping[str, Json]) -> list[str]:
    """The words of a line without the line's own number, or that of a table's row."""
    numbered = _ITEM_NUMBER.match(line)
    body = line[numbered.end() :] if numbered else line
    cells = [plain for cell in _SEPARATOR.split(body) if (plain := cell.strip(_AROUND_A_NAME))]
    return cells[1:] if len(cells) > 1 and cells[0].isdecimal() and cells[0] not in names else cells


def _row(line: str) -> list[Json] | None:
    """The numbers in a line that holds nothing else but, perhaps, the line's own number; None for any other."""
    numbered = _ITEM_NUMBER.match(line)
    body = line[numbered.end() :] if numbered else line
    if _ROW.fullmatch(body) is None:
        return None
    cells = [cell for cell in _SEPARATOR.split(body.strip().strip("|`").strip()) if cell]
    if not cells or len(cells) > 16:
        return None
    if not all(_INTEGER.fullmatch(cell) for cell in cells):
        return None
    return [int(cell.removesuffix(".0")) for cell in cells]
