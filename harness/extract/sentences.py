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
