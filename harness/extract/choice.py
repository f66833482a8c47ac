"""Which of several lists in an answer is the answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from harness.extract import phrases
from harness.extract.candidates import Candidate, joined

LONGEST_EXCERPT = 50
"""A longer list is taken for what it is, whatever is said before it."""

FARTHEST_PART = 300
"""Characters that may stand between two parts of one list."""

MOST_RECAPS = 8
"""After the longest list, at most so many shorter ones are held to be possible recapitulations of it."""

_ADDED = re.compile(r"\s*\+\s*[\[({]?\s*|\s*(?:local\s+)?moves\s*\+=\s*")
"""Between two lists that a program would add."""


def with_parts_joined(found: Sequence[Candidate], text: str) -> list[Candidate]:
    """The lists, those that are parts of one ("Part 2, continued:") put together."""
    groups: list[list[Candidate]] = []
    for one in found:
        if groups and _goes_on(groups[-1], one, text):
            groups[-1].append(one)
        else:
            groups.append([one])
    return [joined(group) if len(group) > 1 else group[0] for group in groups]


def _goes_on(parts: Sequence[Candidate], one: Candidate, text: str) -> bool:
    first, last = parts[0], parts[-1]
    if not last.closed or (len(parts) == 1 and first.total == 1) or (first.labelled and one.total == 1):
        return False
    if one.opened - last.end > FARTHEST_PART:
        return False
    between = text[last.end : one.opened]
    return phrases.continues(between) or _ADDED.fullmatch(between) is not None


def choose(found: Sequence[Candidate], text: str, *, cut: bool) -> Candidate:
    """The last complete list: a labelled one, or one that is said to correct it; the last of those that are not much
    shorter than another, where none is labelled; the first excerpt, if there is nothing else."""
    complete = [one for one in found if not (one.excerpt and one.total <= LONGEST_EXCERPT)]
    if not complete:
        return found[0]
    labelled = [one for one in complete if one.labelled]
    if not labelled:
        return _last(_long(complete), cut=cut)
    chosen = _last(labelled, cut=cut)
    later = [one for one in complete if one.start > chosen.start and 2 * one.total > chosen.total]
    if later and (phrases.retracts(text[chosen.end : later[-1].start][:300]) or _begins(chosen, later[-1])):
        return later[-1]
    return chosen


def _last(found: Sequence[Candidate], *, cut: bool) -> Candidate:
    """The last list that does not only repeat a part of a longer one before it.

    Where the answer was cut inside a list, that one is only the answer if it is longer than every complete one.
    """
    closed = [one for one in found if one.closed] if cut else found
    longest = max(closed or found, key=lambda one: one.total)
    if not closed or (cut and not found[-1].closed and found[-1].total > longest.total):
        return found[-1]
    for one in closed[: -MOST_RECAPS - 1 : -1]:
        if not (one.total < longest.total and one.start > longest.start and _is_part(one, longest)):
            return one
    return closed[-1]


def _begins(one: Candidate, longer: Candidate) -> bool:
    return one.total < longer.total and all(a.data == b.data for a, b in zip(one.items, longer.items, strict=False))


def _is_part(one: Candidate, longer: Candidate) -> bool:
    """Whether a list is the beginning or the end of a longer one."""
    mine = [each.data for each in one.items]
    return any(
        [each.data for each in islice(longer.items, first, first + one.total)] == mine
        for first in (0, longer.total - one.total)
    )


def _long(found: Sequence[Candidate]) -> Sequence[Candidate]:
    """Without a label, moves mentioned in passing and states do not compete with lists."""
    longest = max(one.total for one in found)
    return [one for one in found if 2 * one.total >= longest]
