"""The moves in a completion's text: which of everything that could be the answer is the answer.

1. ``moves = impossible``, if nothing that could be a list follows it
2. lists all of whose items are moves; labelled ones ("moves = ...") before others, then the last complete one
3. tables with named columns, lines of literals, lines of numbers, sentences
4. lists with some item that is no move, for the referee to name
5. no list: says it is impossible, declines to write it out, wrote a program, or nothing
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from harness.extract import phrases
from harness.extract.candidates import Candidate, candidates
from harness.extract.reading import Reading
from harness.extract.rows import Lines, one_a_line, rows, table
from harness.item import Item, item
from harness.task import Puzzle

_CODE = re.compile(r"^\s*(?:def |function |local function |for .* in |while |import |from \w+ import )", re.MULTILINE)
_STRICT = re.compile(r"moves\s*=\s*impossible\s*[`.]*\s*\Z")


def read_moves(text: str, *, cut: bool, puzzle: Puzzle) -> Reading:
    """Read an answer in which moves were asked for; ``cut`` when a token limit ended it."""
    if not text.strip():
        return Reading(kind="empty")
    stated = _last(phrases.STATED_IMPOSSIBLE, text)
    judged = [_Judged(found, *found.fits()) for found in candidates(text, puzzle)]
    if stated is not None and not any(one.whole and one.candidate.start > stated for one in judged):
        return Reading(kind="impossible", form="word", strict=bool(_STRICT.search(text)))
    lists = _from_lists([one for one in judged if one.whole], text, cut=cut)
    return (
        (lists if lists is None or lists.form == "moves_list" else _longer(lists, _from_table(text, puzzle, cut=cut)))
        or _from_lines(text, puzzle, cut=cut)
        or _from_sentences(text, puzzle, cut=cut)
        or _from_lists([one for one in judged if one.good or (one.candidate.labelled and not one.total)], text, cut=cut)
        or _without_moves(text)
    )


@dataclass(frozen=True)
class _Judged:
    candidate: Candidate
    good: int
    total: int

    @property
    def whole(self) -> bool:
        return 0 < self.good == self.total


def _from_lists(found: Sequence[_Judged], text: str, *, cut: bool) -> Reading | None:
    if not found:
        return None
    labelled = [one for one in found if one.candidate.labelled]
    chosen = _choose(labelled or _longest_runs(found), cut=cut)
    candidate = chosen.candidate
    complete = [one for one in found if one.candidate.closed and one.total == chosen.total]
    conflict = any(_differ(one.candidate, candidate) for one in complete if one is not chosen)
    trailing = text[candidate.end : candidate.end + 300]
    return Reading(
        kind="moves",
        items=candidate.items,
        form="moves_list" if candidate.labelled else "list",
        strict=candidate.json and len(labelled) == 1 and candidate.closed,
        closed=candidate.closed,
        abbreviated=candidate.abbreviated or phrases.omits(trailing),
        candidates=len(found),
        conflict=conflict,
    )


def _differ(one: Candidate, other: Candidate) -> bool:
    return any(mine.data != theirs.data for mine, theirs in zip(one.items, other.items, strict=True))


def _choose(found: Sequence[_Judged], *, cut: bool) -> _Judged:
    """The last complete list; but an answer that was cut inside a longer list was on its way to that one."""
    closed = [one for one in found if one.candidate.closed]
    last = found[-1]
    if not closed or (cut and not last.candidate.closed and last.total > closed[-1].total):
        return last
    return closed[-1]


def _longest_runs(found: Sequence[_Judged]) -> Sequence[_Judged]:
    """Without a label, single moves mentioned in passing do not compete with lists."""
    longest = max(one.total for one in found)
    return [one for one in found if one.total > 1 or longest == 1]


def _longer(unlabelled: Reading, tabled: Reading | None) -> Reading:
    """A list without a label may be a state or an example; a table with more moves in it is the answer."""
    if tabled is None or sum(1 for _ in tabled.items) <= sum(1 for _ in unlabelled.items):
        return unlabelled
    return tabled


def _from_table(text: str, puzzle: Puzzle, *, cut: bool) -> Reading | None:
    lines = table(text, puzzle)
    return _of_lines(lines, text, cut=cut) if lines is not None else None


def _from_lines(text: str, puzzle: Puzzle, *, cut: bool) -> Reading | None:
    lines = table(text, puzzle) or rows(text, puzzle)
    if lines is not None:
        return _of_lines(lines, text, cut=cut)
    items = one_a_line(text, puzzle)
    return _plain(items, "items", text, cut=cut) if items else None


def _of_lines(lines: Lines, text: str, *, cut: bool) -> Reading:
    return Reading(
        kind="moves",
        items=lines.items,
        form="table" if lines.header else "rows",
        closed=not (cut and not text[lines.end :].strip(" `\n")),
        abbreviated=lines.abbreviated,
        candidates=1,
    )


def _from_sentences(text: str, puzzle: Puzzle, *, cut: bool) -> Reading | None:
    if puzzle.prose is None:
        return None
    known: dict[str, Item] = {}
    items = [known.get(repr(data)) or known.setdefault(repr(data), item(puzzle, data)) for data in puzzle.prose(text)]
    return _plain(items, "prose", text, cut=cut) if items else None


def _plain(items: list[Item], form: str, text: str, *, cut: bool) -> Reading:
    left_out = phrases.omits(text[-300:])
    return Reading(kind="moves", items=items, form=form, closed=not cut, abbreviated=left_out, candidates=1)


def _without_moves(text: str) -> Reading:
    if phrases.says_impossible(text) and not phrases.declines(text):
        return Reading(kind="impossible", form="phrase")
    if _CODE.search(text):
        return Reading(kind="code")
    return Reading(kind="declined" if phrases.declines(text) else "nothing")


def _last(pattern: re.Pattern[str], text: str) -> int | None:
    place = None
    for match in pattern.finditer(text):
        place = match.start()
    return place
