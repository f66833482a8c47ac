"""Text all of whose lines are of one kind, each of them a move: what programs print, a million lines at a time.

Every reading here is the one that ``read_moves`` comes to, and comes to it by reading each different line once. Where
that is not certain, there is none.
"""

from __future__ import annotations

import re
from itertools import islice

from harness.extract import phrases
from harness.extract.candidates import LOOKED_AT
from harness.extract.literals import FLAT, has_brackets, literal
from harness.extract.moves import plainly, read_moves
from harness.extract.pieces import Pieces
from harness.extract.reading import Reading
from harness.extract.rows import spaced_rows
from harness.extract.sentences import moves_told
from harness.item import Item, Items
from harness.task import Arguments, Json, Puzzle

MOST_SENTENCES = 1000
"""Different sentences that are tried; numbered ones are all different."""

_LITERAL = re.compile(rf"(?=[\[({{][\w ,\"']*[\])}}]\Z){FLAT}", re.ASCII)
"""A flat literal in which nothing can be a label, a comment, an ellipsis or typography."""

_LISTS_AND_TABLES = re.compile(r"[\[({,;|\t]")
"""Without one of these, what a line says depends on no other line, but for what ``prose`` makes of them."""


def read_uniform(text: str, puzzle: Puzzle, arguments: Arguments) -> Reading | None:
    return (
        _only_rows(text, puzzle, arguments)
        or _only_literals(text, puzzle, arguments)
        or _only_sentences(text, puzzle, arguments)
    )


def _only_rows(text: str, puzzle: Puzzle, arguments: Arguments) -> Reading | None:
    """Lines of numbers or of names, "1 0 2" or "1,0,2"; in brackets they are literals."""
    if has_brackets(text):
        return None
    lines = _lines(text, spaced_rows(puzzle, arguments))
    return Reading(kind="moves", items=lines, form="rows", candidates=1) if lines.are_moves() else None


def _only_literals(text: str, puzzle: Puzzle, arguments: Arguments) -> Reading | None:
    """Two or more lines that are literals, "[1, 0, 2]" or "(1, 0, 2)", and about the instance."""
    lines = _lines(text, Items(puzzle, _literal_alone))
    first = [*islice(lines, LOOKED_AT)]
    if len(first) == 1 or not lines.are_moves():
        return None
    if puzzle.concerns is not None and not any(puzzle.concerns(arguments, one.move) for one in first):
        return None
    return Reading(kind="moves", items=lines, form="list", candidates=1)


def _literal_alone(line: str) -> Json:
    return literal(line) if _LITERAL.fullmatch(line) else None


def _only_sentences(text: str, puzzle: Puzzle, arguments: Arguments) -> Reading | None:
    """Few sentences said over and over, "Move disk 1 from peg A to peg C", if they tell the same moves by themselves as
    when each of them comes before and after each other."""
    said = _lines(text, {}).repertoire(MOST_SENTENCES)
    if said is None:
        return None
    sample = "\n".join([*said, *said])
    if 10 * len(sample) > len(text) or _LISTS_AND_TABLES.search(sample) or plainly(sample) != sample:
        return None
    reading = read_moves(sample, cut=False, puzzle=puzzle, arguments=arguments)
    items: list[Item] = [*reading.items]
    alone = [[*moves_told(line, puzzle, arguments)] for line in said]
    if reading.form != "prose" or [[one.data] for one in items] != [*alone, *alone]:
        return None
    lines = _lines(text, dict(zip(said, items, strict=False)))
    return Reading(kind="moves", items=lines, form="prose", abbreviated=phrases.stops(text[-300:]), candidates=1)


def _lines(text: str, known: dict[str, Item]) -> Pieces:
    return Pieces(text, 0, len(text) - text.endswith("\n"), "\n", known)
