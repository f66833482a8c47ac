"""Whether an answer says that a puzzle can be solved."""

from __future__ import annotations

import re
from typing import Literal

from harness.extract import phrases
from harness.extract.reading import Reading

_STATED = re.compile(r"\banswer\b[\s*`_\"']{0,8}[=:][\s*`_\"']{0,8}(solvable|impossible)\b", re.IGNORECASE)
_STRICT = re.compile(r"answer ?= ?(?:solvable|impossible)[\s`.]{0,20}\Z", re.IGNORECASE)
_SAID = re.compile(
    r"\b(?:not|never)\s{1,9}(?:impossible|unsolvable)\b"
    r"|(?P<no>\b(?:impossible|unsolvable|no solution)\b"
    r"|(?:\b(?:not|never|cannot)|n't)\s{1,9}(?:\w+\s{1,9}){0,2}?(?:solvable|possible|solved)\b)"
    r"|\b(?:solvable|possible|can be solved|yes)\b",
    re.IGNORECASE,
)
_UNDECIDED = re.compile(r"\bwhether\b|\?", re.IGNORECASE)
_MARKDOWN = str.maketrans("", "", "*_`")


def read_claim(text: str, *, cut: bool) -> Reading:
    """ "answer = solvable" or "answer = impossible", the last of them; else what the last line says, unless the answer
    was cut on the way to it."""
    if not text.strip():
        return Reading(kind="empty")
    stated = [*_STATED.finditer(text)]
    if stated:
        said = stated[-1][1].lower()
        other = any(one[1].lower() != said for one in stated)
        strict = _STRICT.search(text) is not None
        return Reading(kind=_kind(said), form="word", strict=strict, candidates=len(stated), conflict=other)
    if cut:
        return Reading(kind="nothing")
    last_line = text.rstrip().rpartition("\n")[2].translate(_MARKDOWN)
    said_at = [] if _UNDECIDED.search(last_line) else [*_SAID.finditer(last_line)]
    if len({one["no"] is None for one in said_at}) == 1:
        return Reading(kind=_kind("impossible" if said_at[0]["no"] else "solvable"), form="phrase", candidates=1)
    undecided = any(one["no"] is None for one in _SAID.finditer(text)) or not phrases.says_impossible(text)
    return Reading(kind="nothing" if undecided else "impossible", form=None if undecided else "phrase")


def _kind(said: str) -> Literal["impossible", "solvable"]:
    return "impossible" if said == "impossible" else "solvable"
