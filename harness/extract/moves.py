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
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from harness.extract import phrases
from harness.extract.candidates import Candidate, candidates
from harness.extract.choice import choose, with_parts_joined
from harness.extract.literals import after_gaps
from harness.extract.reading import Reading
from harness.extract.rows import Lines, begins_a_row, one_a_line, rows
from harness.extract.sentences import moves_told
from harness.extract.tables import table
from harness.item import Item, item
from harness.task import Arguments, Puzzle

_CODE = re.compile(
    r"^[ \t]*(?:def |function |local function |for .* in |while |import |from \w+ import |procedure |public |static "
    r"|void |class |#include|fn |const )|^[ \t]*```[ \t]*(?:python|lua|java\w*|c|c\+\+|cpp|rust|go|pseudo\w*)\b",
    re.MULTILINE | re.IGNORECASE,
)
_STRICT = re.compile(r"moves ?= ?impossible[\s`.]{0,20}\Z")
_HALF_AN_ITEM = re.compile(r"(?:[\[({][^\[\](){}\n]{0,60})?`*\s*")

LARGEST_STATE = 3
"""Items that a list may have to be the state of a puzzle and not its moves; a longer table before a longer list is a
draft."""

MOST_LISTS = 70_000
"""Lists of one answer that are looked at: one for each move of sixteen disks."""

A_LINE = 200
"""Characters before a move that are looked at: whoever says more says more than a move."""

_ALONE = re.compile(r"\W*(?:(?:the |first |only |step |move |moves |answer |solution |is |are )*\d*\W*)", re.IGNORECASE)
"""What may stand before a single move on its line, for it to be an answer and no mere mention."""


@dataclass(frozen=True)
class _Written:
    """An answer's text, and what it answers."""

    text: str
    cut: bool
    puzzle: Puzzle
    arguments: Arguments


def read_moves(text: str, *, cut: bool, puzzle: Puzzle, arguments: Arguments) -> Reading:
    """Read an answer in which moves were asked for; ``cut`` when a token limit ended it."""
    if not text.strip():
        return Reading(kind="empty")
    text = plainly(text)
    written = _Written(text, cut, puzzle, arguments)
    stated = phrases.stated_impossible(text)
    if stated is not None:
        after = _with_moves(replace(written, text=text[stated.end() :]))
        if after is not None and _is_an_answer(after):
            return after
        if not (cut and text[stated.end() :].strip(" `\n")):
            return Reading(kind="impossible", form="word", strict=bool(_STRICT.search(text)))
    return _with_moves(written) or _without_moves(written)


def plainly(text: str) -> str:
    """Without LaTeX around names, and with the usual brackets and quotation marks in place of typographic ones."""
    if "\\" in text:
        text = _LATEX.sub(lambda match: match[1] or "", text)
    if "_{" in text:
        text = _SUBSCRIPT.sub(r"_\1", text)
    return text if text.isascii() else text.translate(_USUAL)


_LATEX = re.compile(
    r"\\(?:text|texttt|textbf|mathrm|mathtt|mathbf)\{([^{}\n]{0,400})\}|\\(?:left|right)(?=[\[\](){}])|\\(?=_)"
)
_SUBSCRIPT = re.compile(r"_\{(\w{1,9})\}")
_USUAL = str.maketrans(
    "\u3010\u3011\uff3b\uff3d\uff08\uff09\uff0c\u201c\u201d\u2018\u2019\u2080\u2081\u2082\u2083\u2084\u2085\u2086\u2087\u2088\u2089",
    "[][](),\"\"''0123456789",
)


def _is_an_answer(after: Reading) -> bool:
    """Whether moves that follow "impossible" take it back: a labelled list or a table, or more than a state shown."""
    return after.form in {"moves_list", "table"} or sum(1 for _ in islice(after.items, 4)) == 4


def _with_moves(written: _Written) -> Reading | None:
    some = islice(candidates(written.text, written.puzzle), MOST_LISTS)
    found = [one for one in some if one.concerns(written.puzzle, written.arguments)]
    return (
        _from_whole_lists(found, written)
        or _from_table(written)
        or _from_rows(written)
        or _from_parts([one for one in found if one.labelled and one.counts[0]], written)
        or _from_literals(written)
        or _from_sentences(written)
        or _from_parts(found, written)
    )


def _from_whole_lists(found: Sequence[Candidate], written: _Written) -> Reading | None:
    whole = with_parts_joined([one for one in found if one.whole], written.text)
    if not whole:
        return None
    chosen = choose(whole, written.text, cut=written.cut)
    single = chosen.total == 1
    if chosen.labelled and not chosen.excerpt and not (single and not chosen.closed):
        return _of_list(chosen, whole, written)
    if phrases.says_impossible(written.text[chosen.end :]) and not written.cut:
        return Reading(kind="impossible", form="phrase")
    after = replace(written, text=written.text[chosen.start :]) if chosen.total > LARGEST_STATE else written
    for other in (_from_table, _from_literals, _from_sentences) if single else (_from_table,):
        longer = other(after)
        if longer is not None and _is_longer(longer, chosen):
            return longer
    return _of_list(chosen, whole, written) if not single or _stands_alone(chosen, written.text) else None


def _is_longer(reading: Reading, than: Candidate) -> bool:
    return sum(1 for _ in islice(reading.items, than.total + 1)) > than.total


def _stands_alone(one: Candidate, text: str) -> bool:
    """Whether a single move is an answer: labelled, or with a line to itself."""
    line = text[max(text.rfind("\n", 0, one.start) + 1, one.start - A_LINE) : one.start]
    rest = text[one.end : one.end + 200].split("\n", maxsplit=1)[0]
    return one.labelled or (_ALONE.fullmatch(line) is not None and not re.search(r"\w", rest))


def _from_parts(found: Sequence[Candidate], written: _Written) -> Reading | None:
    """Lists with items that are no moves; and ``moves = []``, unless it begins a program or stands for too many."""
    if not found:
        return None
    text = written.text
    empty_is_meant = not (_CODE.search(text) or phrases.declines(text) or phrases.says_impossible(text))
    some = [one for one in found if one.labelled and (one.total or empty_is_meant)]
    some = some or [one for one in found if one.counts[0] > 1]
    if not some:
        return None
    reading = _of_list(choose(some, text, cut=written.cut), some, written)
    left_out = next((n for n, one in enumerate(reading.items) if _stands_for_others(one)), None)
    if left_out is None:
        return reading
    return replace(reading, items=list(islice(reading.items, left_out)), abbreviated=True, strict=False)


def _stands_for_others(one: Item) -> bool:
    """["...", "...", "..."] or [remaining moves omitted]."""
    words = one.data if isinstance(one.data, list) else [one.data]
    return one.malformed is not None and any(isinstance(word, str) and phrases.omits(word + ".") for word in words)


def _of_list(chosen: Candidate, found: Sequence[Candidate], written: _Written) -> Reading:
    equally_long = [one for one in found if one.closed and one.total == chosen.total]
    trailing = written.text[chosen.end : chosen.end + 300]
    return Reading(
        kind="moves",
        items=chosen.items,
        form="moves_list" if chosen.labelled else "list",
        strict=chosen.json and chosen.closed and sum(one.labelled for one in found) == 1,
        closed=chosen.closed
        and not (written.cut and not chosen.labelled and _ends_inside_an_item(written.text, chosen.end)),
        abbreviated=chosen.excerpt or chosen.abbreviated or bool(chosen.breaks) or phrases.stops(trailing),
        breaks=chosen.breaks,
        candidates=len(found),
        conflict=any(_differ(one, chosen) for one in equally_long if one is not chosen),
    )


def _ends_inside_an_item(text: str, end: int) -> bool:
    """Whether nothing but the beginning of another item follows a list without brackets: the limit cut it there."""
    return _HALF_AN_ITEM.fullmatch(text, after_gaps(text, end)) is not None


def _differ(one: Candidate, other: Candidate) -> bool:
    return any(mine.data != theirs.data for mine, theirs in zip(one.items, other.items, strict=True))


def _from_table(written: _Written) -> Reading | None:
    lines = table(written.text, written.puzzle)
    return _of_lines(lines, written) if lines is not None else None


def _from_rows(written: _Written) -> Reading | None:
    lines = rows(written.text, written.puzzle, written.arguments, cut=written.cut)
    return _of_lines(lines, written) if lines is not None else None


def _of_lines(lines: Lines, written: _Written) -> Reading:
    return Reading(
        kind="moves",
        items=lines.items,
        form="table" if lines.header else "rows",
        closed=not (written.cut and begins_a_row(written.text[lines.end :], written.puzzle, written.arguments)),
        abbreviated=lines.abbreviated,
        candidates=1,
    )


def _from_literals(written: _Written) -> Reading | None:
    items, breaks = one_a_line(written.text, written.puzzle)
    about = written.puzzle.concerns
    if not items or (about is not None and not any(about(written.arguments, one.move) for one in items)):
        return None
    return _plain(items, "items", written, breaks)


def _from_sentences(written: _Written) -> Reading | None:
    puzzle = written.puzzle
    known: dict[str, Item] = {}
    told = moves_told(written.text, puzzle, written.arguments)
    items = [known.get(repr(data)) or known.setdefault(repr(data), item(puzzle, data)) for data in told]
    return _plain(items, "prose", written) if items else None


def _plain(items: list[Item], form: str, written: _Written, breaks: tuple[int, ...] = ()) -> Reading:
    return Reading(
        kind="moves",
        items=items,
        form=form,
        closed=not written.cut,
        abbreviated=bool(breaks) or phrases.stops(written.text[-300:]),
        breaks=breaks,
        candidates=1,
    )


def _without_moves(written: _Written) -> Reading:
    """A cut answer was still on its way to whatever it was going to say."""
    text = written.text
    if phrases.says_impossible(text) and not written.cut:
        return Reading(kind="impossible", form="phrase")
    if _CODE.search(text):
        return Reading(kind="code")
    return Reading(kind="declined" if phrases.declines(text) else "nothing")
