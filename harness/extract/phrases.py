"""What models say instead of moves: that there are too many, that it goes on like this, that it cannot be done."""

from __future__ import annotations

import re

_OMISSION = re.compile(
    r"\.\.\.|…|\band so on\b|\betc\b|\bpattern continues\b"
    r"|\bcontinu(?:e|es|ing) (?:this|the|with the|in the|until|like|as)\b"
    r"|\b(?:remaining|rest of the|more|other) moves\b|\bmoves? (?:are |is )?(?:omitted|skipped|truncated|abbreviated)\b"
    r"|\[?\bomitted\b|\btruncated for\b|\bfor brevity\b|\bshowing (?:only )?(?:the )?first\b",
    re.IGNORECASE,
)

_DECLINED = re.compile(
    r"\btoo (?:many|long|large|lengthy)\b|\b(?:impractical|infeasible|unfeasible|not (?:practical|feasible))\b"
    r"|\b(?:cannot|can't|won't|will not|unable to|not able to|impossible to|not possible to)\s+(?:\w+\s+){0,3}?"
    r"(?:list|write|show|display|provide|output|print|enumerate|include|fit|generate)\b"
    r"|\bexceeds? (?:the|my)\b|\bfor brevity\b|\band so on\b|\bpattern continues\b|\bcontinue (?:this|the) pattern\b",
    re.IGNORECASE,
)

_IMPOSSIBLE = re.compile(
    r"\b(?:no|not any)\s+(?:\w+\s+){0,2}?solutions?\b(?:\s+(?:exists?|is possible))?"
    r"|\bunsolvable\b|\b(?:cannot|can't|can not) be (?:solved|done|completed)\b"
    r"|\b(?:puzzle|problem|task|instance|crossing|it|this) (?:is|has been proven) (?:provably )?impossible\b"
    r"(?!\s+to\s+(?:list|write|show|display|provide|output|print|enumerate|include|fit))"
    r"|\bimpossible to (?:solve|cross|reach|complete|transport|get)\b",
    re.IGNORECASE,
)

STATED_IMPOSSIBLE = re.compile(r"\bmoves?\b[\"'`*]*\s*[:=]\s*[\"'`*\[]*\s*impossible\b", re.IGNORECASE)
"""``moves = impossible``, as prompts ask for it."""


def omits(text: str) -> bool:
    """Whether a piece of text between or after moves stands for moves left out."""
    return _OMISSION.search(text) is not None


def declines(text: str) -> bool:
    """Whether an answer without any list says that it will not write one."""
    return _DECLINED.search(text) is not None


def says_impossible(text: str) -> bool:
    """Whether an answer without any list says that there is no solution; that there are too many moves is not that."""
    return _IMPOSSIBLE.search(text) is not None
