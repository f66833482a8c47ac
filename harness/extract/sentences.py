"""Moves told in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from harness.disguise import fits
from harness.task import Arguments, Json, Puzzle, Shape, things

_AFTERWARDS = re.compile(r"[;(]\s?|\.\s|\b(?:now|leaving|remaining|while|so that)\b", re.IGNORECASE)
"""Where a sentence turns from a move to how things stand after it."""

_NUMBERED = re.compile(r"^\W{0,9}(?:(?:step|move)\s{0,9})?#?\d{1,7}\s{0,4}[.):,-]", re.IGNORECASE)


def moves_told(text: str, puzzle: Puzzle, arguments: Arguments) -> Iterator[Json]:
    """The items of moves told in sentences: as the task reads them; else by the names of its things."""
    if puzzle.prose is not None:
        yield from puzzle.prose(text, arguments)
    elif names := things(puzzle, arguments):
        yield from _named_in_lines(text, names, puzzle.move_shape)


def _named_in_lines(text: str, names: Mapping[str, Json], shape: Shape) -> Iterator[Json]:
    """ "3. Carry Tavo from Kiel to Riga": of each numbered line, the names in it, where they are a move by
    themselves."""
    anything = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})(?!\w)")
    for line in re.finditer(r"[^\n]+", text):
        numbered = _NUMBERED.match(line.group())
        if numbered is None:
            continue
        told = _AFTERWARDS.split(line.group()[numbered.end() :], maxsplit=1)[0]
        found = [names[name] for name in anything.findall(told)]
        if isinstance(shape, str) and len({*found}) == 1:
            yield found[0]
        elif found and fits(shape, found):
            yield [*found]


MOST_SAID = 2_000
"""Characters of a last line in which a move's name is looked for."""


def only_name(text: str, puzzle: Puzzle, arguments: Arguments) -> str | None:
    """The one thing that the last line names, where a move is one thing."""
    if not isinstance(puzzle.move_shape, str):
        return None
    lines = text.strip().splitlines() or [""]
    words = re.findall(r"[^\s`*\"'.,:;()\[\]]+", lines[-1][:MOST_SAID])
    named = {*words} & {str(thing) for thing in puzzle.sorts[puzzle.move_shape](arguments)}
    return named.pop() if len(named) == 1 else None
