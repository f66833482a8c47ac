"""Moves written as lines: comma-separated values, tables, one move a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from harness.extract import phrases
from harness.extract.candidates import readable
from harness.extract.literals import next_run
from harness.task import Json, Puzzle

_LINE = re.compile(r"[^\n]+")
_CELLS = re.compile(r"\s*[,;|\t]\s*|\s+")
_TABLE_CELLS = re.compile(r"[,;|\t]")
_INTEGER = re.compile(r"[+-]?\d{1,18}")
_COLUMNS = {
    "number": re.compile(r"^(?:move[_ ]?(?:id|no|num|number|#)?|step|#|no\.?|id)$", re.IGNORECASE),
    "disk": re.compile(r"dis[ck]", re.IGNORECASE),
    "from": re.compile(r"from|source", re.IGNORECASE),
    "to": re.compile(r"^to\b|to[_ ]|target|dest", re.IGNORECASE),
}


@dataclass(frozen=True)
class Rows:
    """Lines that are moves, between two places of a text. Iterating reads them anew."""

    text: str
    start: int
    end: int
    puzzle: Puzzle

    def __iter__(self) -> Iterator[Json]:
        for line in _LINE.finditer(self.text, self.start, self.end):
            item = _row(line.group())
            if item is not None and readable(self.puzzle, item):
                yield item


@dataclass(frozen=True)
class Lines:
    """What was found: the moves, whether a header names the columns, whether something stands for moves left out."""

    items: list[Json] | Rows
    header: bool
    abbreviated: bool
    end: int


def table(text: str, puzzle: Puzzle) -> Lines | None:
    """The last table whose header names its columns. A move number that comes again corrects that move."""
    found = None
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
    for line in _LINE.finditer(text):
        item = _row(line.group())
        if item is not None and readable(puzzle, item):
            if left_out:
                break
            first = line.start() if first is None else first
            last = line.end()
        elif first is not None and _only_ellipsis(line.group()):
            left_out = True
    if first is None or last is None:
        return None
    left_out = left_out or phrases.omits(text[last : last + 200])
    return Lines(Rows(text, first, last, puzzle), header=False, abbreviated=left_out, end=last)


def one_a_line(text: str, puzzle: Puzzle) -> list[Json]:
    """Moves written as literals, each on a line of its own among other words: "3. Then [1, 0, 2]"."""
    found: list[Json] = []
    for line in _LINE.finditer(text):
        run = next_run(line.group(), 0)
        items = list(run) if run is not None else []
        if len(items) == 1 and readable(puzzle, items[0]):
            found.append(items[0])
    return found


def _row(line: str) -> Json | None:
    cells = [cell for cell in _CELLS.split(line.strip().strip("|`").strip()) if cell]
    if not cells or len(cells) > 16:
        return None
    if not all(_INTEGER.fullmatch(cell) for cell in cells):
        return None
    return [int(cell) for cell in cells]


def _only_ellipsis(line: str) -> bool:
    return len(line) < 120 and phrases.omits(line)


def _header(line: str) -> dict[str, int] | None:
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
    numbered: dict[int, Json] = {}
    plain: list[Json] = []
    end, left_out = start, False
    for line in _LINE.finditer(text, start):
        cells = [cell.strip(" `*\"'") for cell in _TABLE_CELLS.split(line.group().strip().strip("|"))]
        item = _cells(cells, columns)
        if item is None or not readable(puzzle, item):
            if _header(line.group()) is not None or (line.group().strip().startswith("```") and (plain or numbered)):
                break
            left_out = left_out or _only_ellipsis(line.group())
            if left_out and (plain or numbered):
                break
            continue
        end = line.end()
        number = _whole(cells, columns.get("number"))
        if number is None:
            plain.append(item)
        else:
            numbered[number] = item
    items = plain or [numbered[number] for number in sorted(numbered)]
    return Lines(items, header=True, abbreviated=left_out, end=end)


def _cells(cells: list[str], columns: dict[str, int]) -> Json | None:
    parts = [_whole(cells, columns[name]) for name in ("disk", "from", "to") if name in columns]
    return None if None in parts else list(parts)


def _whole(cells: list[str], place: int | None) -> int | None:
    if place is None or place >= len(cells) or not _INTEGER.fullmatch(cells[place]):
        return None
    return int(cells[place])
