"""Plain text pictures of states, from the data that a task's ``scene`` gives.

pegs     stacks of numbers, from bottom to top, in a list or by name: bars, wider the higher their number
stacks   stacks of names, in the same form
line     what is in each cell of a row; None where it is empty
river    {"left": [names], "right": [names], "boat": "left" or "right"}
table    rows, in a list or by name; a row is a list of cells, or the only one

A picture has at most WIDTH columns and HEIGHT lines, whatever the data; names are cut where they are too long for it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from math import isqrt
from textwrap import wrap
from typing import Any
from unicodedata import category, east_asian_width

from harness.errors import PegboardError
from harness.task import Json, Puzzle

WIDTH, HEIGHT = 100, 60
LONGEST_NAME = 24

BANK, BOAT = 38, r"\__/"
WATER = "  ~   ~   ~   ~  "


def picture(puzzle: Puzzle, state: Any) -> str | None:
    """A state of a puzzle; None where its task gives no scene. Raises PegboardError when the task is at fault."""
    if puzzle.scene is None:
        return None
    try:
        scene = puzzle.scene(state)
    except Exception as error:  # whatever a task's file raises is its author's to see, in one line
        raise PegboardError(f"scene of {puzzle.name} failed: {type(error).__name__}: {error}") from error
    return draw(puzzle.drawn_as, scene)


def draw(drawn_as: str | None, scene: Json) -> str:
    """The picture of a scene. One that has not the form for its kind is written out as it is."""
    match drawn_as, scene:
        case "pegs", list() | dict():
            lines = _pegs(scene)
        case "stacks", list() | dict():
            lines = _stacks(scene)
        case "line", list():
            lines = _line(scene)
        case "river", {"left": list(left), "right": list(right), "boat": boat}:
            lines = _river(left, right, boat)
        case "table", list() | dict():
            lines = _table(scene)
        case _:
            lines = wrap(json.dumps(scene), WIDTH)
    return "\n".join(line.rstrip() for line in _shortened(lines))


def _pegs(scene: Sequence[Json] | Mapping[str, Json]) -> list[str]:
    """Pegs without names have their places in the list, counted from 0."""
    names = [*map(_name, scene if isinstance(scene, dict) else range(len(scene)))]
    stacks = [*map(_listed, scene.values() if isinstance(scene, dict) else scene)]
    disks = [disk for stack in stacks for disk in stack]
    sizes = sorted({disk for disk in disks if isinstance(disk, (int, float))})
    ranks: dict[Json, int] = {size: rank for rank, size in enumerate(sizes)}
    narrowest = _widest(map(_name, disks)) | 1  # odd, so that a bar can be centred on its peg
    room = max(0, WIDTH // max(1, len(stacks)) - narrowest - 3) // 2
    steps = max(1, len(sizes) - 1)

    def bar(disk: Json) -> str:
        rank = ranks[disk] if isinstance(disk, (int, float)) else 0
        return f"[{_centred(_name(disk), narrowest + 2 * (rank if steps <= room else rank * room // steps), '=')}]"

    return _on_a_floor([[*map(bar, stack)] for stack in stacks], names, pole="|")


def _stacks(scene: Sequence[Json] | Mapping[str, Json]) -> list[str]:
    names = [*map(_name, scene)] if isinstance(scene, dict) else [""] * len(scene)
    stacks = [[*map(_name, _listed(stack))] for stack in (scene.values() if isinstance(scene, dict) else scene)]
    width = _widest(name for stack in stacks for name in stack)
    return _on_a_floor([[f"[ {_centred(name, width)} ]" for name in stack] for stack in stacks], names)


def _on_a_floor(stacks: list[list[str]], names: list[str], pole: str = "") -> list[str]:
    """Stacks side by side, each on its name, in as many rows as they take."""
    names = [f"-{name}-" if name else "" for name in names]
    width = _widest([*names, *(text for stack in stacks for text in stack)])
    lines: list[str] = []
    each = WIDTH // (width + 1)
    for first in range(0, len(stacks), each):
        here = stacks[first : first + each]
        height = max(map(len, here)) + len(pole)
        for level in reversed(range(height)):
            texts = [stack[level] if level < len(stack) else pole for stack in here]
            lines.append(" ".join(_centred(text, width) for text in texts))
        lines.append("-".join(_centred(name, width, "-") for name in names[first : first + each]))
    return lines


def _line(cells: Sequence[Json]) -> list[str]:
    names = [*map(_name, cells)]
    width = _widest(names)
    each = (WIDTH - 1) // (width + 3)
    lines: list[str] = []
    for first in range(0, len(names), each):
        lines += _boxed([names[first : first + each]], [width] * len(names[first : first + each]))
    return lines


def _river(left: Sequence[Json], right: Sequence[Json], boat: Json) -> list[str]:
    here, there = [*map(_name, left)], [*map(_name, right)]
    width = _widest([*here, *there])
    each = max(1, min((BANK + 1) // (width + 1), isqrt(2 * (len(here) + len(there)))))
    bank = max(len("right"), each * (width + 1) - 1)
    rows = max(2, -(-max(len(here), len(there)) // each))
    lines = [f" {_centred('left', bank)} |{' ' * len(WATER)}| {_centred('right', bank)}"]
    for row in range(rows):
        sides = [_centred(_in_grid(bank_of[row * each :][:each], width), bank) for bank_of in (here, there)]
        water = WATER if row else _with_boat(boat)
        lines.append(f" {sides[0]} |{water}| {sides[1]}")
    return lines


def _in_grid(names: list[str], width: int) -> str:
    return " ".join(_padded(name, width) for name in names)


def _with_boat(boat: Json) -> str:
    """Water with the boat at one bank; in the middle of it, if the scene tells of none."""
    if boat == "left":
        return BOAT + WATER[len(BOAT) :]
    if boat == "right":
        return WATER[: -len(BOAT)] + BOAT
    middle = (len(WATER) - len(BOAT)) // 2
    return WATER[:middle] + BOAT + WATER[middle + len(BOAT) :]


def _table(scene: Sequence[Json] | Mapping[str, Json]) -> list[str]:
    named = [[name, *_listed(row)] for name, row in scene.items()] if isinstance(scene, dict) else map(_listed, scene)
    rows = [[*map(_name, row)] for row in named]
    columns = max(map(len, rows), default=0)
    rows = [row + [""] * (columns - len(row)) for row in rows]
    widths = [_widest(column) for column in zip(*rows, strict=True)]
    fitting = len(widths)
    while sum(widths[:fitting]) + 3 * fitting + 1 + (6 if fitting < len(widths) else 0) > WIDTH:
        fitting -= 1
    if fitting < len(widths):
        rows, widths = [[*row[:fitting], "..."] for row in rows], [*widths[:fitting], 3]
    return _boxed(rows, widths)


def _boxed(rows: Sequence[Sequence[str]], widths: Sequence[int]) -> list[str]:
    edge = "".join("+" + "-" * (width + 2) for width in widths) + "+"
    filled = [f"| {' | '.join(map(_padded, row, widths))} |" for row in rows]
    return [edge, *filled, edge] if widths else []


def _listed(value: Json) -> Sequence[Json]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _name(value: Json) -> str:
    """A value as it stands in a picture, without what no terminal shows."""
    text = "" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    shown = "".join(letter if letter.isprintable() else "?" for letter in text[: 2 * LONGEST_NAME])
    if len(shown) <= LONGEST_NAME and _columns(shown) <= LONGEST_NAME:
        return shown
    cut = shown[:LONGEST_NAME]
    while _columns(cut) > LONGEST_NAME - 3:
        cut = cut[:-1]
    return f"{cut}..."


def _columns(text: str) -> int:
    """Columns of a terminal that a text takes."""
    return len(text) if text.isascii() else sum(map(_columns_of, text))


def _columns_of(letter: str) -> int:
    if category(letter) in ("Mn", "Me"):
        return 0
    return 2 if east_asian_width(letter) in "WF" else 1


def _widest(texts: Any) -> int:
    return max(map(_columns, texts), default=0) or 1


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _columns(text))


def _centred(text: str, width: int, around: str = " ") -> str:
    before = (width - _columns(text)) // 2
    return around * before + text + around * (width - _columns(text) - before)


def _shortened(lines: list[str]) -> list[str]:
    """Without those in the middle, where there are too many."""
    if len(lines) <= HEIGHT:
        return lines
    half = HEIGHT // 2
    return [*lines[:half], f"... {len(lines) - HEIGHT + 1:,} lines ...", *lines[len(lines) - half + 1 :]]
