"""Lists as models write them: JSON, Python and Lua literals, with comments, numbering and gaps between the items.

A list of moves is found as a *run*: items one after another with nothing but gaps between them. One regular
expression with possessive repeats walks over a whole run at once, in linear time and constant memory.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from harness.extract import phrases
from harness.item import Item, Items
from harness.task import Json

_STRING = r"\"(?:[^\"\\\n]|\\.){0,200}+\"|'(?:[^'\\\n]|\\.){0,200}+'"
_PLAIN = rf"(?:{_STRING}|[^\[\](){{}}\"'])*+"
_NO_DOTS = r"(?!\s*+[\"']?(?:\.\.\.|…))"
_IN_PARENTHESES = r"(?=\s*+[\"'\d+-])"
_IN_BRACES = r"(?=\s*+(?:[\"'\d+-]|[A-Za-z]\w*+\s*+[=:]))"
FLAT = rf"(?:\[{_NO_DOTS}{_PLAIN}\]|\({_IN_PARENTHESES}{_NO_DOTS}{_PLAIN}\)|\{{{_IN_BRACES}{_NO_DOTS}{_PLAIN}\}})"
"""One item without nesting: [1, 0, 2], (1, 0, 2), {1, 0, 2}, ["a_1", "A_1"], {disk = 1}. [...] stands for others and is
none; neither are words in parentheses, which are a remark, nor names in braces, which are a set."""

COMMENT = r"(?:(?:\#(?!\d)|//|--(?!>)|<-(?!-)|%)[^\n]{0,400}+|/\*(?:[^*]|\*(?!/)){0,400}+\*/)"
"""Bounded, since what a comment swallows is looked at again where it turns out to be none."""

_NUMBER = r"(?:^[ \t]*+(?:[-*•]|(?:move|step)?[ \t]*+\d{1,7}[.):])[ \t]++)"
_HEADING = r"(?:^[ \t]*+(?:phase|part|stage)\b[^\n\[\](){}]*+$)"
_REMARK = r"\((?=[A-Za-z])[^()\[\]{}\n]{0,100}+\)"
_ARROW = r"(?:--?>|=>|<--?|(?:and[ ]|,[ ]?)?then\b|and(?:[ ]finally)?\b|finally\b|&)"
_GAP = rf"(?:[\s,;\\→⇒←⇐]++|{_ARROW}|{COMMENT}|{_NUMBER}|{_HEADING}|{_REMARK})"
_FLAGS = re.MULTILINE | re.IGNORECASE

_RUN = re.compile(rf"(?:{_GAP}*+{FLAT})++", _FLAGS)
_GAPS = re.compile(rf"{_GAP}*+", _FLAGS)
_ITEMS = re.compile(rf"{COMMENT}|({FLAT})", _FLAGS)
_FIRST = re.compile(rf"(?<![\w)])(?=\(){FLAT}|(?!\(){FLAT}")
"""A bracket after a word or another bracket's end is a call, not an item: hanoi(3, 0, 2)."""
_SCALAR = r'(?:-?(?:0|[1-9]\d*+)(?:\.\d++)?(?:[eE][+-]?\d++)?|"(?:[^"\\\x00-\x1f]|\\["\\/bfnrtu])*+"|true|false|null)'
_JSON_ITEM = rf"\[\s*+(?:{_SCALAR}(?:\s*+,\s*+{_SCALAR})*+)?\s*+\]"
_JSON_LIST = re.compile(rf"\[\s*+(?:{_JSON_ITEM}(?:\s*+,\s*+{_JSON_ITEM})*+)?\s*+\]")
_SOME_COMMENT = re.compile(r"#|//|--|/\*|<-|%")
_PARTS = re.compile(rf"{_STRING}|[^,;]+")
_INTEGER = re.compile(r"[+-]?(?:0|[1-9]\d{0,3999})")
"""Without leading zeros: 048 is a piece of 1,048,575."""

_NAMED = re.compile(r"\s*[\"']?([A-Za-z]\w*)[\"']?\s*[=:]\s*(\S.*)", re.DOTALL)


@dataclass(frozen=True)
class Run:
    """A stretch of text that holds items one after another. Iterating reads them anew and holds none."""

    text: str
    start: int
    end: int
    known: Items
    """Reads a literal; see ``literal``."""

    def __iter__(self) -> Iterator[Item]:
        known = self.known
        for match in _ITEMS.finditer(self.text, self.start, self.end):
            if found := match[1]:
                yield known[found]

    def breaks(self) -> tuple[int, ...]:
        """Before which items, counted from 0, a comment says that some are left out."""
        if _SOME_COMMENT.search(self.text, self.start, self.end) is None:
            return ()
        found, count = [], 0
        for match in _ITEMS.finditer(self.text, self.start, self.end):
            if match[1]:
                count += 1
            elif phrases.is_ellipsis(match[0]):
                found.append(count)
        return tuple(found)


def has_brackets(text: str) -> bool:
    """Whether a literal may stand in a text; tells a long one without any at once."""
    return "[" in text or "(" in text or "{" in text


def next_run(text: str, start: int, known: Items) -> Run | None:
    """The next run of items at or after ``start``."""
    first = _FIRST.search(text, start)
    if first is None:
        return None
    whole = _RUN.match(text, first.start())
    return Run(text, first.start(), whole.end() if whole else first.end(), known)


def is_json_list(text: str, start: int, end: int) -> bool:
    """Whether a stretch of text is a JSON list of flat lists, without building a million of them to see."""
    return start >= 0 and _JSON_LIST.fullmatch(text, start, end) is not None


def after_gaps(text: str, start: int) -> int:
    """Where the next thing that is neither white space, comma nor comment begins."""
    match = _GAPS.match(text, start)
    return match.end() if match else start


_COMMENT = re.compile(r"(?:#|--|//)[^\n]*$", re.MULTILINE)
"""In a list that is written one part a line."""


def literal(text: str) -> Json:
    """One flat literal as plain data: numbers as numbers, quoted text and bare words as strings."""
    inner = text[1:-1]
    try:
        value: Json = json.loads(text if ":" in text and text[0] == "{" else f"[{inner}]")
    except (ValueError, RecursionError):
        parts = [part for part in _PARTS.findall(_COMMENT.sub("", inner) if "\n" in inner else inner) if part.strip()]
        named = [match for part in parts if (match := _NAMED.fullmatch(part))] if text[0] == "{" else []
        if parts and len(named) == len(parts):
            return {match[1]: _part(match[2]) for match in named}
        return [_part(part) for part in parts]
    return value


def _part(text: str) -> Json:
    word = text.strip()
    if len(word) >= 2 and word[0] == word[-1] and word[0] in "\"'":
        return word[1:-1]
    if _INTEGER.fullmatch(word):
        return int(word)
    try:
        return float(word)
    except ValueError:
        return word
