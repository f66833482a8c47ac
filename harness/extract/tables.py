"""Moves in tables with named columns: comma-separated values below a header, or Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from harness.extract import phrases
from harness.extract.rows import LINE, Lines
from harness.item import Item, item
from harness.task import Json, Puzzle

_SEPARATORS = ",;|\t"
_SEPARATOR = re.compile(rf"[{_SEPARATORS}]")
_PLACE = r"(?:[ _-]?(?:peg|rod|pole|tower|stack)s?)?(?: ?\([^()]*\))?"
_COLUMNS = {
    "number": re.compile(r"(?:move|step|turn)?[ _-]?(?:id|no\.?|num|number|#)?", re.IGNORECASE),
    "disk": re.compile(r"dis[ck](?:[ _-]?(?:id|no\.?|num|number|size|moved|#))?(?: ?\([^()]*\))?", re.IGNORECASE),
    "from": re.compile(rf"(?:from|source|src){_PLACE}", re.IGNORECASE),
    "to": re.compile(rf"(?:to|target|dest(?:ination)?){_PLACE}", re.IGNORECASE),
}
_CODE = re.compile(r"[\[\]{}=:]|\([^()]*\Z|\A[^()]*\)")
"""What stands in a program's line and not in a column's name; a bracket that does not close is one too."""
_SOME_HEADER = re.compile(r"from|source|src", re.IGNORECASE)
_NUMBER = re.compile(r"\W*\d.{0,7}")
"""A move's number, as garbled as it may be: "8", "12.", "4T", "3-1"."""
_CELL = re.compile(r"(?:(?:dis[ck]|peg|rod|pole|tower)\s*#?)?([+-]?\d{1,18}|[A-Ca-c])", re.IGNORECASE)


@dataclass
class _Piece:
    """The rows below one header, by their numbers if they have any."""

    start: int
    end: int = 0
    numbered: dict[int, Item] = field(default_factory=dict)
    plain: list[Item] = field(default_factory=list)
    abbreviated: bool = False

    @property
    def items(self) -> list[Item]:
        return self.plain or [self.numbered[number] for number in sorted(self.numbered)]

    def joined(self, later: _Piece, between: str) -> _Piece | None:
        """The two as one table, if the later one goes on where this one stopped or corrects some of its rows."""
        if bool(self.numbered) != bool(later.numbered):
            return None
        goes_on = phrases.continues(between)
        if self.numbered and 1 not in later.numbered:
            left_out = min(later.numbered) > max(self.numbered) + 1
            numbered = self.numbered if left_out else {**self.numbered, **later.numbered}
        elif goes_on:  # each part counts from 1 by itself, or not at all
            left_out, last = False, max(self.numbered, default=0)
            numbered = {**self.numbered, **{last + number: row for number, row in later.numbered.items()}}
        else:
            return None
        return _Piece(
            start=self.start,
            end=later.end,
            numbered=numbered,
            plain=[*self.plain, *later.plain],
            abbreviated=self.abbreviated or later.abbreviated or left_out,
        )


MOST_TABLES = 500
"""Tables of one answer that are looked at: each is joined to all before it."""


def table(text: str, puzzle: Puzzle) -> Lines | None:
    """The last table whose header names its columns. A move number that comes again corrects that move."""
    last: _Piece | None = None
    for piece in islice(_pieces(text, puzzle), MOST_TABLES):
        if last is not None and phrases.introduces_excerpt(text[last.end : piece.start].strip(" `*:\n\t")):
            continue
        whole = last.joined(piece, text[last.end : piece.start]) if last is not None else None
        last = whole or piece
    if last is None:
        return None
    return Lines(
        last.items,
        header=True,
        abbreviated=last.abbreviated or phrases.stops(text[last.end : last.end + 300]),
        end=last.end,
    )


def _pieces(text: str, puzzle: Puzzle) -> Iterator[_Piece]:
    if _SOME_HEADER.search(text) is None or not any(separator in text for separator in _SEPARATORS):
        return
    headers = [(line, columns) for line in LINE.finditer(text) if (columns := _header(line.group())) is not None]
    ends = [*(line.start() for line, _ in headers[1:]), len(text)]
    for (line, columns), end in zip(headers, ends, strict=False):
        piece = _piece(text, line.start(), line.end(), end, columns, puzzle)
        if piece.plain or piece.numbered:
            yield piece


def _piece(text: str, start: int, first: int, end: int, columns: dict[str, int], puzzle: Puzzle) -> _Piece:
    """Rows between two headers. What stands among them is passed over, unless it says that rows are left out."""
    piece = _Piece(start)
    left_out, last, before = False, 0, 0
    is_markdown = text[start:first].lstrip().startswith("|")
    for line in LINE.finditer(text, first, end):
        cells = _cells(line.group())
        row = item(puzzle, _move(cells, columns))
        number = _row_number(cells, columns, last)
        if row.malformed is not None or number is None:
            begun = bool(piece.plain or piece.numbered)
            left_out = left_out or (begun and phrases.is_ellipsis(line.group()))
            goes_on = phrases.continues(line.group())
            before = last if goes_on else before
            if begun and not goes_on and _ends(line, text, is_markdown=is_markdown, numbered="number" in columns):
                break
            continue
        number += before if number <= last and before else 0
        if left_out and ("number" not in columns or number > last + 1):
            break
        left_out = False
        if "number" in columns:
            piece.numbered[number] = row
        else:
            piece.plain.append(row)
        last, piece.end = number, line.end()
    piece.abbreviated = left_out
    return piece


def _ends(line: re.Match[str], text: str, *, is_markdown: bool, numbered: bool) -> bool:
    """Whether the table ends with a line that is no row: a Markdown table at any words, another at the end of its code
    block, unless something says that it goes on."""
    words = line.group().strip()
    if is_markdown:
        return not words.startswith("|") and not phrases.is_ellipsis(words)
    if numbered or not words.startswith("```"):
        return False
    return not phrases.continues(text[max(0, line.start() - 200) : line.end() + 200])


def _header(line: str) -> dict[str, int] | None:
    if _SEPARATOR.search(line) is None:
        return None
    names = _cells(line)
    if any(_CODE.search(name) for name in names):
        return None
    columns: dict[str, int] = {}
    for place, name in enumerate(names[:16]):
        for meaning, pattern in _COLUMNS.items():
            if meaning not in columns and name and pattern.fullmatch(name):
                columns[meaning] = place
                break
    return columns if "from" in columns and "to" in columns else None


def _cells(line: str) -> list[str]:
    return [cell.strip(" `*\"'") for cell in _SEPARATOR.split(line.strip().strip("|"))]


def _row_number(cells: list[str], columns: dict[str, int], last: int) -> int | None:
    """A row's number; the next one where there is no such column, or where what stands in it cannot be read."""
    place = columns.get("number")
    if place is None:
        return last + 1
    cell = cells[place] if place < len(cells) else ""
    if _NUMBER.fullmatch(cell) is None:
        return None
    digits = re.fullmatch(r"\W*(\d{1,9})[.):]?", cell)
    return int(digits[1]) if digits else last + 1


def _move(cells: list[str], columns: dict[str, int]) -> Json:
    parts = [_whole(cells, columns[name]) for name in ("disk", "from", "to") if name in columns]
    return None if None in parts else list(parts)


def _whole(cells: list[str], place: int) -> int | None:
    match = _CELL.fullmatch(cells[place]) if place < len(cells) else None
    if match is None:
        return None
    return int(match[1]) if not match[1].isalpha() else "abc".index(match[1].lower())
