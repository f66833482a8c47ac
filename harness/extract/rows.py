"""Moves written as lines: comma-separated values, tables, one move a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from harness.extract import phrases
from harness.extract.literals import literal, next_run
from harness.item import Item, Items, item
from harness.task import Json, Puzzle

_LINE = re.compile(r"[^\n]+")
_CELLS = re.compile(r"\s*[,;|\t]\s*|\s+")
_ROW = re.compile(r"[\d\s,;|`+-]+")
_TABLE_CELLS = re.compile(r"[,;|\t]")
_INTEGER = re.compile(r"[+-]?\d{1,18}")
_NUMBERS = re.compile(r"(?:[ \t]*+-?\d++(?:[ \t]*+[,;\t ][ \t]*+-?\d++)*+[ \t\r]*+(?:\n++|\Z))++")
_FROM = re.compile(r"from|source", re.IGNORECASE)
_CHUNK = 1 << 16
_COLUMNS = {
    "number": re.compile(r"^(?:move[_ ]?(?:id|no|num|number|#)?|step|#|no\.?|id)$", re.IGNORECASE),
    "disk": re.compile(r"dis[ck]", re.IGNORECASE),
    "from": re.compile(r"from|source", re.IGNORECASE),
    "to": re.compile(r"^to\b|to[_ ]|target|dest", re.IGNORECASE),
}


@dataclass(frozen=True)
class Rows:
    """Lines that are moves, between two places of a text. Iterating reads them anew and holds a few of them."""

    text: str
    start: int
    end: int
    known: Items
    """Reads a line; see ``_row``."""

    def __iter__(self) -> Iterator[Item]:
        known = self.known
        for line in self.lines():
            row = known[line]
            if row.malformed is None:
                yield row

    def lines(self) -> Iterator[str]:
        """All lines that are not empty."""
        position = self.start
        while position < self.end:
            stop = self.text.find("\n", min(position + _CHUNK, self.end), self.end)
            stop = self.end if stop < 0 else stop
            yield from filter(None, self.text[position:stop].split("\n"))
            position = stop + 1


@dataclass(frozen=True)
class Lines:
    """What was found: the moves, whether a header names the columns, whether something stands for moves left out."""

    items: list[Item] | Rows
    header: bool
    abbreviated: bool
    end: int


def table(text: str, puzzle: Puzzle) -> Lines | None:
    """The last table whose header names its columns. A move number that comes again corrects that move."""
    found = None
    if _FROM.search(text) is None:
        return None
    for line in _LINE.finditer(text):
        columns = _header(line.group())
        if columns is not None:
            rows = _body(text, line.end(), columns, puzzle)
            if rows.items:
                found = rows
    return found


def rows(text: str, puzzle: Puzzle) -> Lines | None:
    """Lines that are moves by themselves, such as ``1,0,2`` or ``1 0 2``; from the first to the last of them."""
    first = last = None
    left_out = False
    known = Items(puzzle, _row)
    for line in _LINE.finditer(text):
        if known[line.group()].malformed is None:
            if left_out:
                break
            first = line.start() if first is None else first
            last = line.end()
        elif first is not None and _only_ellipsis(line.group()):
            left_out = True
    if first is None or last is None:
        return None
    left_out = left_out or phrases.omits(text[last : last + 200])
    return Lines(Rows(text, first, last, known), header=False, abbreviated=left_out, end=last)


def only_rows(text: str, puzzle: Puzzle) -> Rows | None:
    """A text in which every line is a move in numbers and nothing else stands: what programs print, read fast."""
    if _NUMBERS.fullmatch(text) is None:
        return None
    found = Rows(text, 0, len(text), Items(puzzle, _row))
    return found if all(found.known[line].malformed is None for line in set(found.lines())) else None


def one_a_line(text: str, puzzle: Puzzle) -> list[Item]:
    """Moves written as literals, each on a line of its own among other words: "3. Then [1, 0, 2]"."""
    found: list[Item] = []
    known = Items(puzzle, literal)
    for line in _LINE.finditer(text):
        run = next_run(line.group(), 0, known)
        items = list(run) if run is not None else []
        if len(items) == 1 and items[0].malformed is None:
            found.append(items[0])
    return found


def _row(line: str) -> Json:
    """The numbers in a line that holds nothing else; None for any other."""
    if _ROW.fullmatch(line) is None:
        return None
    cells = [cell for cell in _CELLS.split(line.strip().strip("|`").strip()) if cell]
    if not cells or len(cells) > 16:
        return None
    if not all(_INTEGER.fullmatch(cell) for cell in cells):
        return None
    return [int(cell) for cell in cells]


def _only_ellipsis(line: str) -> bool:
    return len(line) < 120 and phrases.omits(line)


def _header(line: str) -> dict[str, int] | None:
    if _TABLE_CELLS.search(line) is None:
        return None
    names = [name.strip(" `*\"'") for name in _TABLE_CELLS.split(line.strip().strip("|"))]
    if not 2 <= len(names) <= 16:
        return None
    columns: dict[str, int] = {}
    for place, name in enumerate(names):
        for meaning, pattern in _COLUMNS.items():
            if meaning not in columns and len(name) < 30 and pattern.search(name):
                columns[meaning] = place
                break
    return columns if "from" in columns and "to" in columns else None


def _body(text: str, start: int, columns: dict[str, int], puzzle: Puzzle) -> Lines:
    numbered: dict[int, Item] = {}
    plain: list[Item] = []
    end, left_out = start, False
    for line in _LINE.finditer(text, start):
        cells = [cell.strip(" `*\"'") for cell in _TABLE_CELLS.split(line.group().strip().strip("|"))]
        row = item(puzzle, _cells(cells, columns))
        if row.malformed is not None:
            if _header(line.group()) is not None or (line.group().strip().startswith("```") and (plain or numbered)):
                break
            left_out = left_out or _only_ellipsis(line.group())
            if left_out and (plain or numbered):
                break
            continue
        end = line.end()
        number = _whole(cells, columns.get("number"))
        if number is None:
            plain.append(row)
        else:
            numbered[number] = row
    items = plain or [numbered[number] for number in sorted(numbered)]
    return Lines(items, header=True, abbreviated=left_out, end=end)


def _cells(cells: list[str], columns: dict[str, int]) -> Json:
    parts = [_whole(cells, columns[name]) for name in ("disk", "from", "to") if name in columns]
    return None if None in parts else list(parts)


def _whole(cells: list[str], place: int | None) -> int | None:
    if place is None or place >= len(cells) or not _INTEGER.fullmatch(cells[place]):
        return None
    return int(cells[place])
