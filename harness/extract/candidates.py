"""Everything in an answer that could be its list of moves, in the order in which it stands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, chain, islice

from harness.extract import phrases
from harness.extract.literals import Run, after_gaps, has_brackets, is_json_list, literal, next_run
from harness.item import Item, Items, item
from harness.task import Arguments, Json, Puzzle

LABEL = re.compile(
    r"(?<![A-Za-z_])(?:moves(?:_?(?:list|sequence|part_?\d+))?|move_?(?:list|sequence)|solution|answer)\b"
    r"[\"'`*}]{0,8}\s{0,40}(?:\+?=|:=?)\s{0,40}(?:[*`]{1,8}(?:[a-z]+)?\s{0,40})?(?:\\?(?=\[)|(?=[({]))",
    re.IGNORECASE,
)
"""``moves =``, ``"moves":``, ``local moves =`` before an opening bracket."""

MOST_JSON = 100
"""Labelled lists that are tried as one JSON value; each vain try costs as much as the text before it is long."""

JSON_LIMIT = 2_000_000
"""Longest list, in characters, that is read as one JSON value; longer ones are read item by item."""

LOOKED_AT = 20
"""How many items of a list are asked whether they are about the instance."""

_ASKED = re.compile(r"moves\s*=\s*")
"""The label that prompts ask for."""

_DECODER = json.JSONDecoder()
_DOTS_BEFORE = re.compile(
    r"(?:[\[({,]\s*[\"']?(?:\.\.\.|…)[\"'\s,]*|^[ \t#/-]*(?:\.\.\.|…)[^\n]*\n[\s`\[({]*(?:\d+[.):]\s+)?)\Z",
    re.MULTILINE,
)
"""An ellipsis in the list, or as the line above, before its first item."""
_BETWEEN_HEADING_AND_LIST = re.compile(r"[\s`*:\[({]+|\b(?:python|json|lua|text)\b|\bmoves\s*=")


@dataclass(frozen=True)
class Candidate:
    """One list that may be the answer."""

    items: Iterable[Item]
    start: int
    """Where it begins, label included."""
    opened: int
    """Where its first bracket stands."""
    end: int
    labelled: bool
    closed: bool
    abbreviated: bool
    json: bool = False
    """Whether it is a valid JSON list as it stands, labelled as prompts ask for."""
    breaks: tuple[int, ...] = ()
    """Before which items, counted from 0, something says that some are left out."""
    excerpt: bool = False
    """Whether it is introduced as only some of the moves, or begins with an ellipsis."""

    @cached_property
    def counts(self) -> tuple[int, int]:
        """(items that are moves to the task, all items)."""
        good = total = 0
        for _, _, malformed in self.items:
            total += 1
            good += malformed is None
        return good, total

    @property
    def total(self) -> int:
        return self.counts[1]

    def concerns(self, puzzle: Puzzle, arguments: Arguments) -> bool:
        """Whether any of its first items is about things that the instance has; also, if none of them is a move."""
        if puzzle.concerns is None:
            return True
        first = [one for one in islice(self.items, LOOKED_AT) if one.malformed is None]
        return not first or any(puzzle.concerns(arguments, one.move) for one in first)

    @property
    def whole(self) -> bool:
        """Whether it has items and all of them are moves."""
        good, total = self.counts
        return 0 < good == total


def joined(parts: Sequence[Candidate]) -> Candidate:
    """Several lists as one."""
    starts = accumulate((part.total for part in parts), initial=0)
    return replace(
        parts[0],
        items=_Chained([part.items for part in parts]),
        end=parts[-1].end,
        closed=parts[-1].closed,
        abbreviated=parts[-1].abbreviated,
        json=False,
        breaks=tuple(start + place for start, part in zip(starts, parts, strict=False) for place in part.breaks),
    )


@dataclass(frozen=True)
class _Chained:
    parts: Sequence[Iterable[Item]]

    def __iter__(self) -> Iterator[Item]:
        return chain.from_iterable(self.parts)


def candidates(text: str, puzzle: Puzzle) -> Iterator[Candidate]:
    """Lists of moves, labelled or not, in the text's order. Each run of items is searched for once: linear time."""
    if not has_brackets(text):
        return
    position, as_json = 0, MOST_JSON
    known = Items(puzzle, literal)
    run, label = next_run(text, 0, known), LABEL.search(text)
    while True:
        if label is not None and label.start() < position:
            label = LABEL.search(text, position)
        if run is not None and run.start < position:
            run = next_run(text, position, known)
        if label is not None and (run is None or label.end() <= run.start):
            found = _labelled(text, label, run, puzzle, try_json=as_json > 0)
            as_asked = found.json and _ASKED.fullmatch(label.group()) is not None
            found = replace(found, start=label.start(), opened=label.end(), json=as_asked)
            as_json -= 1
        elif run is not None:
            found = _from_run(text, run, labelled=False, puzzle=puzzle)
        else:
            return
        yield _introduced(found, text) if found.items else found
        position = max(found.end, position + 1)


def _introduced(found: Candidate, text: str) -> Candidate:
    """The list, marked if what stands before it says that it is only some of the moves, or not the first of them."""
    before = text[max(0, found.opened - 120) : found.opened]
    if _DOTS_BEFORE.search(before):
        return replace(found, excerpt=True, breaks=(0, *found.breaks))
    heading = _BETWEEN_HEADING_AND_LIST.sub(" ", before).rstrip()
    return replace(found, excerpt=True) if phrases.introduces_excerpt(heading) else found


def _labelled(text: str, label: re.Match[str], run: Run | None, puzzle: Puzzle, *, try_json: bool) -> Candidate:
    if run is not None and run.start == label.end() and next(iter(run)).malformed is None:
        return _from_run(text, run, labelled=True)  # "Moves: [1, 0, 2], [2, 0, 1]": no bracket around them
    whole = _json_list(text, label.end()) if try_json else None
    if whole is not None:
        return _of_json(*whole, label.end(), puzzle)
    opened = label.end() + 1
    if run is not None and run.start in {label.end(), after_gaps(text, opened)}:
        return _from_run(text, run, labelled=True, puzzle=puzzle)
    begins = after_gaps(text, opened)
    left_out = phrases.omits(text[begins : begins + 80].split("\n", maxsplit=1)[0])
    closed = text[begins : begins + 1] in {"]", ")", "}"}
    return Candidate([], label.start(), label.end(), begins, labelled=True, closed=closed, abbreviated=left_out)


def _of_json(value: list[Json], end: int, opened: int, puzzle: Puzzle) -> Candidate:
    dots = next((place for place, part in enumerate(value) if isinstance(part, str) and phrases.omits(part)), None)
    return Candidate(
        [item(puzzle, part) for part in value[:dots]],
        opened,
        opened,
        end,
        labelled=True,
        closed=True,
        abbreviated=dots is not None,
        json=dots is None,
    )


def _from_run(text: str, run: Run, *, labelled: bool, puzzle: Puzzle | None = None) -> Candidate:
    """A run of items, with the list around it if there is one; or a flat list whose parts are the moves."""
    if puzzle is not None and (single := _parts_are_moves(run, puzzle)) is not None:
        return Candidate(single, run.start, run.start, run.end, labelled=labelled, closed=True, abbreviated=False)
    nested = text[max(0, run.start - 200) : run.start].rstrip()[-1:] in {"[", "(", "{"}
    rest = after_gaps(text, run.end)
    closed = nested and text[rest : rest + 1] in {"]", ")", "}"}
    between = text[run.end : rest] + text[rest : rest + 200].split("\n", maxsplit=1)[0]
    abbreviated = not closed and phrases.omits(between[-400:])
    abbreviated = abbreviated or (closed and phrases.omits(text[run.end : rest]))
    return Candidate(
        run,
        run.start,
        run.start,
        rest + 1 if closed else run.end,
        labelled=labelled,
        closed=closed or not nested,
        abbreviated=abbreviated,
        json=labelled and closed and is_json_list(text, text.rfind("[", 0, run.start), rest + 1),
        breaks=run.breaks(),
    )


def _parts_are_moves(run: Run, puzzle: Puzzle) -> list[Item] | None:
    """["L", "R", "L"]: one flat list whose parts, not itself, are moves."""
    first = list(islice(run, 2))
    if len(first) != 1 or first[0].malformed is None or not isinstance(first[0].data, list):
        return None
    parts = [item(puzzle, part) for part in first[0].data]
    return parts if parts and all(part.malformed is None for part in parts) else None


def _json_list(text: str, start: int) -> tuple[list[Json], int] | None:
    if text[start : start + 1] != "[" or len(text) - start > JSON_LIMIT:
        return None
    try:
        value, end = _DECODER.raw_decode(text, start)
    except (ValueError, RecursionError):
        return None
    return (value, end) if isinstance(value, list) else None
