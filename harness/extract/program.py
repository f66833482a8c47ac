"""The program in a completion's text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

_FENCE = re.compile(r"^[ \t]*```[ \t]*([\w+-]*)[^\n]*\n(.*?)(?:^[ \t]*```[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)
_TAGS = {"lua": {"lua"}, "python": {"python", "py", "python3"}}
_DEFINES = {
    "lua": re.compile(r"^\s*(?:local\s+)?(?:function\b|[\w.]+\s*=\s*function\b)", re.MULTILINE),
    "python": re.compile(r"^(?:async\s+)?def\s", re.MULTILINE),
}
_SOLVE = {
    "lua": re.compile(r"\bfunction\s+solve\s*\(|\bsolve\s*=\s*function\b", re.MULTILINE),
    "python": re.compile(r"^def\s+solve\s*\(|^solve\s*=", re.MULTILINE),
}


@dataclass(frozen=True)
class FoundProgram:
    source: str
    candidates: int
    """How many code blocks could have been the program."""
    cut: bool
    """Whether the text ended inside the program."""


@dataclass(frozen=True)
class _Block:
    tag: str
    source: str
    closed: bool


def read_program(text: str, language: Literal["lua", "python"]) -> FoundProgram | None:
    """The last block that defines ``solve``; else the last that defines a function; else the last in the language;
    else the text itself, if it looks like a program."""
    blocks = [
        _Block(match.group(1).lower(), match.group(2), match.group().rstrip().endswith("```"))
        for match in _FENCE.finditer(text)
    ]
    ours = [block for block in blocks if block.tag in _TAGS[language] or not block.tag]
    for fits in (_SOLVE[language], _DEFINES[language]):
        defining = [block for block in ours if fits.search(block.source)]
        if defining:
            return _found(defining)
    tagged = [block for block in ours if block.tag]
    if tagged:
        return _found(tagged)
    if not blocks and _DEFINES[language].search(text):
        return FoundProgram(text, candidates=1, cut=True)
    return None


def _found(blocks: Sequence[_Block]) -> FoundProgram:
    return FoundProgram(blocks[-1].source, candidates=len(blocks), cut=not blocks[-1].closed)
