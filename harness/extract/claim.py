"""Whether an answer says that a puzzle can be solved."""

from __future__ import annotations

import re
from typing import Literal

from harness.extract import phrases
from harness.extract.reading import Reading

_STATED = re.compile(r"\banswer\b[\s*`_\"']{0,8}[=:][\s*`_\"']{0,8}(solvable|impossible)\b", re.IGNORECASE)
_STRICT = re.compile(r"answer ?= ?(?:solvable|impossible)[\s`.]{0,20}\Z", re.IGNORECASE)
_SAID = re.compile(
    r"\b(?P<no>impossible|unsolvable|not (?:solvable|possible)|(?:cannot|can't|can not) be solved|no solution)\b"
    r"|\b(?:solvable|possible|can be solved|yes)\b",
    re.IGNORECASE,
)


def read_claim(text: str) -> Reading:
    """ "answer = solvable" or "answer = impossible", the last of them; else what the last line says."""
    if not text.strip():
        return Reading(kind="empty")
    stated = [*_STATED.finditer(text)]
    if stated:
        said = stated[-1][1].lower()
        other = any(one[1].lower() != said for one in stated)
        strict = _STRICT.search(text) is not None
        return Reading(kind=_kind(said), form="word", strict=strict, candidates=len(stated), conflict=other)
    last_line = text.rstrip().rpartition("\n")[2]
    said_at = [*_SAID.finditer(last_line)]
    if len({one["no"] is None for one in said_at}) == 1:
        return Reading(kind=_kind("impossible" if said_at[0]["no"] else "solvable"), form="phrase", candidates=1)
    undecided = any(one["no"] is None for one in _SAID.finditer(text)) or not phrases.says_impossible(text)
    return Reading(kind="nothing" if undecided else "impossible", form=None if undecided else "phrase")


def _kind(said: str) -> Literal["impossible", "solvable"]:
    return "impossible" if said == "impossible" else "solvable"
