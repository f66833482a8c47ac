"""The program in a completion's text."""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

Language = Literal["lua", "python"]

_FENCE = re.compile(r"^([ \t>]*+)(.*?)(`{3,}|~{3,})[ \t]*([\w.+-]*+)[^`\n]*$")
_TAGS: dict[Language, frozenset[str]] = {
    "lua": frozenset({"lua", "luajit", "lua5.1", "lua5.2", "lua5.3", "lua5.4"}),
    "python": frozenset({"python", "py", "python3", "pycon", "ipython"}),
}
_DEFINES: dict[Language, re.Pattern[str]] = {
    "lua": re.compile(
        r"^[ \t]*(?:local[ \t]+)?(?:function[ \t]+([\w.:]+)|([\w.]+)[ \t]*=[ \t]*function\b)", re.MULTILINE
    ),
    "python": re.compile(r"^(?:async[ \t]+)?def[ \t]+(\w+)()", re.MULTILINE),
}
_SOLVE: dict[Language, re.Pattern[str]] = {
    "lua": re.compile(r"\bfunction[ \t]+solve[ \t]*\(|\bsolve[ \t]*=[ \t]*function\b"),
    "python": re.compile(r"^def[ \t]+solve[ \t]*\(|^solve[ \t]*=", re.MULTILINE),
}
_SIGNATURE = re.compile(r"\bsolve[ \t]*(?:=[ \t]*function[ \t]*)?\(([^)]{0,400})\)")
_STUB = re.compile(
    r"(?:def|function)[ \t]+solve[ \t]*\([^)]*\)(?:[ \t]*->[^:\n]+)?:?\s{0,200}"
    r"(?:\.\.\.|pass\b|--[^\n]*|#[^\n]*)?\s{0,200}(?:end)?\s*\Z"
)
"""A signature without a body, as answers quote it."""
_BEGINS: dict[Language, re.Pattern[str]] = {
    "lua": re.compile(r"^(?:local[ \t]|function[ \t]|--|[\w.]+[ \t]*=[ \t]*function\b)", re.MULTILINE),
    "python": re.compile(r"^(?:def[ \t]|import[ \t]|from[ \t]+\w+[ \t]+import[ \t]|class[ \t]|@|#)", re.MULTILINE),
}
MOST_TRIMMED = 60
"""Lines of prose after a program without a fence that are cut off in search of where it ends."""


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


def read_program(text: str, language: Language, parameters: int) -> FoundProgram | None:
    """The last block that defines ``solve``, with so many parameters if there is one; else the last that defines a
    function; else the last in the language; else what looks like a program in the text itself."""
    blocks = list(_blocks(text))
    ours = [block for block in blocks if _may_be(block, language)]
    for fits in (_SOLVE[language], _DEFINES[language]):
        defining = [block for block in ours if fits.search(block.source) and not _STUB.search(block.source)]
        fitting = [block for block in defining if _solve_parameters(block.source) == parameters]
        if defining:
            return _found(fitting or defining, ours, language)
    tagged = [block for block in ours if block.tag]
    if tagged:
        return _found(tagged, tagged[-1:], language)
    if not blocks and _DEFINES[language].search(text):
        return FoundProgram(_bare(text, language), candidates=1, cut=True)
    return None


def without_program(text: str, language: Language) -> str:
    """The text without its code blocks in the language: what a model says beside its program."""
    spans = ((first, end) for first, end, block in _spans(text) if _is_program(block, language))
    left_out = {number for first, end in spans for number in range(first, end)}
    return "\n".join(line for number, line in enumerate(text.splitlines()) if number not in left_out)


def _is_program(block: _Block, language: Language) -> bool:
    return _may_be(block, language) and _DEFINES[language].search(block.source) is not None


def _solve_parameters(source: str) -> int | None:
    signature = _SIGNATURE.search(source)
    return sum(1 for part in signature[1].split(",") if part.strip()) if signature else None


def _may_be(block: _Block, language: Language) -> bool:
    """A block in the language, or in none that is known but with a function in it."""
    if not block.tag or block.tag in _TAGS[language]:
        return True
    known = any(block.tag in tags for tags in _TAGS.values())
    return not known and _DEFINES[language].search(block.source) is not None


def _blocks(text: str) -> Iterator[_Block]:
    return (block for _, _, block in _spans(text))


def _spans(text: str) -> Iterator[tuple[int, int, _Block]]:
    """Fenced code blocks (CommonMark 4.5), also when the fence stands behind words or code on its line; each with the
    numbers of its first line and of the line behind its last."""
    opened: re.Match[str] | None = None
    first, number = 0, -1
    lines: list[str] = []
    for number, line in enumerate(text.splitlines()):
        fence = _FENCE.match(line)
        if opened is None:
            if fence is not None:
                opened, first, lines = fence, number, []
        elif fence is not None and _closes(fence, opened, lines):
            last = [fence[1] + fence[2]] if fence[2].strip() else []
            yield first, number + 1, _block(opened, [*lines, *last], closed=True)
            opened = None
        else:
            lines.append(line)
    if opened is not None:
        yield first, number + 1, _block(opened, lines, closed=False)


def _closes(fence: re.Match[str], opened: re.Match[str], lines: Sequence[str]) -> bool:
    is_tag = any(fence[4].lower() in tags for tags in _TAGS.values())
    if fence[3][0] != opened[3][0] or len(fence[3]) < len(opened[3]) or is_tag:
        return False
    in_docstring = "\n".join(lines).count('"""') % 2 == 1
    return not in_docstring


def _block(opened: re.Match[str], lines: Sequence[str], *, closed: bool) -> _Block:
    if ">" in opened[1]:
        lines = [re.sub(r"^[ \t]*>[ \t]?", "", line) for line in lines]
    return _Block(opened[4].lower(), textwrap.dedent("\n".join(lines)) + "\n", closed)


def _found(defining: Sequence[_Block], ours: Sequence[_Block], language: Language) -> FoundProgram:
    """The last of the blocks, and before it those that define what it uses."""
    chosen = defining[-1]
    helpers = [block.source for block in ours if block not in defining and _helps(block, chosen, language)]
    return FoundProgram("\n".join([*helpers, chosen.source]), candidates=len(defining), cut=not chosen.closed)


def _helps(block: _Block, chosen: _Block, language: Language) -> bool:
    names = {first or second for first, second in _DEFINES[language].findall(block.source)}
    own = {first or second for first, second in _DEFINES[language].findall(chosen.source)}
    return any(re.search(rf"\b{re.escape(name)}\b", chosen.source) for name in names - own)


def _bare(text: str, language: Language) -> str:
    """A program without a fence, from its first line to the last with which it still compiles."""
    begins = _BEGINS[language].search(text)
    source = text[begins.start() :] if begins else text
    if language == "lua":
        last = source.rfind("\nend")
        return source[: last + 4] + "\n" if last >= 0 else source
    lines = source.splitlines()
    for end in range(len(lines), max(0, len(lines) - MOST_TRIMMED), -1):
        kept = "\n".join(lines[:end]) + "\n"
        try:
            ast.parse(kept)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        return kept
    return source
