"""The moves in a completion's text: which of everything that could be the answer is the answer.

1. ``moves = impossible``, if nothing that could be a list follows it
2. lists all of whose items are moves; labelled ones ("moves = ...") before others, then the last complete one that is
   not a mere excerpt of what stands before it
3. tables with named columns, lines of numbers, lines of literals, sentences; each of them also where the list found is
   unlabelled and shorter, since that may be a state or an example
4. lists with some item that is no move, for the referee to name
5. no list: says it is impossible, declines to write it out, wrote a program, or nothing
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from harness.extract import phrases
from harness.extract.candidates import Candidate, candidates
from harness.extract.reading import Reading
from harness.extract.rows import Lines, one_a_line, rows
from harness.extract.tables import table
from harness.item import Item, item
from harness.task import Puzzle

_CODE = re.compile(r"^\s*(?:def |function |local function |for .* in |while |import |from \w+ import )", re.MULTILINE)
_STRICT = re.compile(r"moves\s*=\s*impossible\s*[`.]*\s*\Z")
_HALF_A_ROW = re.compile(r"[\s`|]*[\d\s,;|.-]*")
"""What may follow the last whole row where a table was cut: the beginning of another."""

_ADDED = re.compile(r"\s*\+\s*[\[({]?\s*|\s*(?:local\s+)?moves\s*\+=\s*")
"""Between two lists that a program would add."""

LONGEST_EXCERPT = 50
"""A longer list is taken for what it is, whatever is said before it."""

MOST_RECAPS = 8
"""After the longest list, at most so many shorter ones are held to be possible recapitulations of it."""


def read_moves(text: str, *, cut: bool, puzzle: Puzzle) -> Reading:
    """Read an answer in which moves were asked for; ``cut`` when a token limit ended it."""
    if not text.strip():
        return Reading(kind="empty")
    stated = _last(phrases.STATED_IMPOSSIBLE, text)
    found = list(candidates(text, puzzle))
    if stated is not None and not any(one.whole and one.start > stated for one in found):
        return Reading(kind="impossible", form="word", strict=bool(_STRICT.search(text)))
    return (
        _from_whole_lists(found, text, puzzle, cut=cut)
        or _from_table(text, puzzle, cut=cut)
        or _from_rows(text, puzzle, cut=cut)
        or _from_literals(text, puzzle, cut=cut)
        or _from_sentences(text, puzzle, cut=cut)
        or _from_parts(found, text, cut=cut)
        or _without_moves(text)
    )


def _from_whole_lists(found: Sequence[Candidate], text: str, puzzle: Puzzle, *, cut: bool) -> Reading | None:
    whole = list(_joined([one for one in found if one.whole], text))
    if not whole:
        return None
    chosen = _choose(whole, cut=cut)
    listed = _of_list(chosen, whole, text)
    single = chosen.total == 1
    if chosen.labelled and not chosen.excerpt and not (single and not chosen.closed):
        return listed
    others = (_from_table, _from_literals, _from_sentences) if single else (_from_table,)
    for other in others:
        longer = other(text, puzzle, cut=cut)
        if longer is not None and _is_longer(longer, chosen):
            return longer
    return listed


def _is_longer(reading: Reading, than: Candidate) -> bool:
    return sum(1 for _ in islice(reading.items, than.total + 1)) > than.total


def _from_parts(found: Sequence[Candidate], text: str, *, cut: bool) -> Reading | None:
    """Lists with items that are no moves; and ``moves = []``, which in a program only begins one."""
    empty_is_meant = _CODE.search(text) is None
    some = [one for one in found if one.counts[0] or (one.labelled and (one.total or empty_is_meant))]
    return _of_list(_choose(some, cut=cut), some, text) if some else None


def _of_list(chosen: Candidate, found: Sequence[Candidate], text: str) -> Reading:
    equally_long = [one for one in found if one.closed and one.total == chosen.total]
    trailing = text[chosen.end : chosen.end + 300]
    return Reading(
        kind="moves",
        items=chosen.items,
        form="moves_list" if chosen.labelled else "list",
        strict=chosen.json and chosen.closed and sum(one.labelled for one in found) == 1,
        closed=chosen.closed,
        abbreviated=chosen.excerpt or chosen.abbreviated or bool(chosen.breaks) or phrases.stops(trailing),
        breaks=chosen.breaks,
        candidates=len(found),
        conflict=any(_differ(one, chosen) for one in equally_long if one is not chosen),
    )


def _differ(one: Candidate, other: Candidate) -> bool:
    return any(mine.data != theirs.data for mine, theirs in zip(one.items, other.items, strict=True))


def _joined(found: Sequence[Candidate], text: str) -> Iterator[Candidate]:
    """The lists, those that are parts of one ("Part 2, continued:") put together."""
    last: Candidate | None = None
    for one in found:
        if last is not None and last.closed and last.total > 1 and _goes_on(text[last.end : one.opened][:300]):
            last = last.joined(one)
            continue
        if last is not None:
            yield last
        last = one
    if last is not None:
        yield last


def _goes_on(between: str) -> bool:
    return phrases.continues(between) or _ADDED.fullmatch(between) is not None


def _choose(found: Sequence[Candidate], *, cut: bool) -> Candidate:
    """Which of some lists is the answer; the first excerpt, if there is nothing else."""
    complete = [one for one in found if not (one.excerpt and one.total <= LONGEST_EXCERPT)]
    if not complete:
        return found[0]
    return _last_complete([one for one in complete if one.labelled] or _longest_runs(complete), cut=cut)


def _last_complete(found: Sequence[Candidate], *, cut: bool) -> Candidate:
    """The last complete list that does not only repeat a part of a longer one; but an answer that was cut inside a
    longer list was on its way to that one."""
    closed = [one for one in found if one.closed]
    last = found[-1]
    if not closed or (cut and not last.closed and last.total > closed[-1].total):
        return last
    longest = max(closed, key=lambda one: one.total)
    for one in closed[: -MOST_RECAPS - 1 : -1]:
        if not (one.total < longest.total and one.start > longest.start and _is_part(one, longest)):
            return one
    return closed[-1]


def _is_part(one: Candidate, longer: Candidate) -> bool:
    """Whether a list is the beginning or the end of a longer one."""
    mine = [each.data for each in one.items]
    return any(
        [each.data for each in islice(longer.items, first, first + one.total)] == mine
        for first in (0, longer.total - one.total)
    )


def _longest_runs(found: Sequence[Candidate]) -> Sequence[Candidate]:
    """Without a label, single moves mentioned in passing do not compete with lists."""
    longest = max(one.total for one in found)
    return [one for one in found if one.total > 1 or longest == 1]


def _from_table(text: str, puzzle: Puzzle, *, cut: bool) -> Reading | None:
    lines = table(text, puzzle)
    return _of_lines(lines, text, cut=cut) if lines is not None else None


def _from_rows(text: str, puzzle: Puzzle, *, cut: bool) -> Reading | None:
    lines = rows(text, puzzle, cut=cut)
    return _of_lines(lines, text, cut=cut) if lines is not None else None


def _of_lines(lines: Lines, text: str, *, cut: bool) -> Reading:
    return Reading(
        kind="moves",
        items=lines.items,
        form="table" if lines.header else "rows",
        closed=not (cut and _HALF_A_ROW.fullmatch(text, lines.end)),
        abbreviated=lines.abbreviated,
        candidates=1,
    )


def _from_literals(text: str, puzzle: Puzzle, *, cut: bool) -> Reading | None:
    items, breaks = one_a_line(text, puzzle)
    return _plain(items, "items", text, cut=cut, breaks=breaks) if items else None


def _from_sentences(text: str, puzzle: Puzzle, *, cut: bool) -> Reading | None:
    if puzzle.prose is None:
        return None
    known: dict[str, Item] = {}
    items = [known.get(repr(data)) or known.setdefault(repr(data), item(puzzle, data)) for data in puzzle.prose(text)]
    return _plain(items, "prose", text, cut=cut) if items else None


def _plain(items: list[Item], form: str, text: str, *, cut: bool, breaks: tuple[int, ...] = ()) -> Reading:
    return Reading(
        kind="moves",
        items=items,
        form=form,
        closed=not cut,
        abbreviated=bool(breaks) or phrases.stops(text[-300:]),
        breaks=breaks,
        candidates=1,
    )


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
