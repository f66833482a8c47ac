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
    r"|\blet me know if you(?:'d| would) like\b|\bexceeds? (?:the|my)\b|\bfor brevity\b|\band so on\b"
    r"|\bpattern continues\b|\bcontinue (?:this|the) pattern\b|\boutput limit|\bin one reply\b",
    re.IGNORECASE,
)

_IMPOSSIBLE = re.compile(
    r"\b(?:no|not any)\s+(?!shorter|other|better|faster|simpler|further)(?:\w+\s+){0,2}?solutions?\b"
    r"|\bunsolvable\b|\b(?:cannot|can't|can not) be (?:solved|done|completed)\b"
    r"|\b(?:puzzle|problem|task|instance|crossing|it|this) (?:is|has been proven) (?:provably )?impossible\b"
    r"(?!\s+to\s+(?:list|write|show|display|provide|output|print|enumerate|include|fit))"
    r"|\bimpossible to (?:solve|cross|reach|complete|transport|get)\b",
    re.IGNORECASE,
)

_STOPPED = re.compile(
    r"\b(?:unable|not able|cannot|can't) (?:to )?(?:fit|output|list|include|provide|display|continue)\b"
    r"|\bonly able to output\b|\btoo (?:long|large|many) to\b|\blet me know if you(?:'d| would) like\b"
    r"|\bif you(?:'d| would) like me to continue\b|\bcan continue (?:from|generating|outputting)\b"
    r"|\b(?:only|just) the (?:first|beginning)\b|\bthe first [\d,]+ moves\b|\boutput (?:length )?limit|\btruncated\b"
    r"|\bdue to (?:the )?(?:space|length|token|output|character)\b",
    re.IGNORECASE,
)

_ELLIPSIS = re.compile(r"[\s#/|<(\[*_-]*(?:\.\.\.|…)|.*\b(?:omitted|skipped)\b", re.IGNORECASE)
_CONTINUES = re.compile(
    r"\bcontinu(?:e|es|ed|ing|ation)\b|\bnext (?:set|part|batch|moves)\b|(?:\b|_)(?:part|phase|stage)[ _]?\d",
    re.IGNORECASE,
)
_CORRECTS = re.compile(r"\b(?:wait|mistake|correct(?:ed|ion)?|instead|revised|error|actually)\b", re.IGNORECASE)
_SOME = r"(?:\d[\d,]*|few|couple(?: of)?|two|three|four|five|six|seven|eight|nine|ten|several)"
_EXCERPT = re.compile(
    rf"(?:\b(?:first|initial)\s+(?:{_SOME}\s+)?(?:moves?|rows?|lines|steps)\b"
    rf"|\b(?:last|final|next)\s+{_SOME}\s+(?:moves?|rows?|lines|steps)\b"
    r"|\b(?:last|final|middle) move\b|\bfor example\b|\be\.g\.)(?!\s+(?:list|sequence))[^\n.]{0,60}\Z",
    re.IGNORECASE,
)

STATED_IMPOSSIBLE = re.compile(
    r"\bmoves?\b[\"'`*]*\s*[:=]\s*[\"'`*\[]*\s*impossible\b(?!\s+(?:to|in|within|for|here|given)\b)", re.IGNORECASE
)
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


def stops(text: str) -> bool:
    """Whether what follows a list or a table says that it was broken off on purpose."""
    return omits(text) or _STOPPED.search(text) is not None


def is_ellipsis(line: str) -> bool:
    """Whether a line among moves is nothing but a sign that some are left out."""
    return len(line) < 120 and _ELLIPSIS.match(line) is not None


def continues(text: str) -> bool:
    """Whether what stands between two tables says that the second goes on where the first stopped."""
    return _CONTINUES.search(text) is not None and _CORRECTS.search(text) is None


def introduces_excerpt(text: str) -> bool:
    """Whether what stands before a list says that it is only some of the moves: "The last 5 moves are:"."""
    return _EXCERPT.search(text) is not None
