"""Means of scores for people and for programs."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import click

from harness.cli.display import WIDE
from harness.memorization.summary import CODE, GROUP, LENGTHS, SIZES, Separation

Row = Mapping[str, Any]


def table(rows: Sequence[Row], methods: Sequence[str]) -> str:
    """Each row with as many scores as the terminal has room for, and then those that are left: beside its lengths,
    every time."""
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else WIDE
    scores = [*CODE, *methods]
    shown = [name for name in scores if any(row[name] is not None for row in rows)]
    head = [name for name in (*GROUP, "size") if any(row[name] is not None for row in rows)] + ["texts", *LENGTHS]
    if "model" in head and len({(row["model"], row["reference"]) for row in rows}) == 1:
        head = [name for name in head if name not in ("model", "reference")]  # the command has said it
    cells = [{name: _cell(row, name) for name in (*head, *shown)} for row in rows]
    widths = {name: max(len(name), *(len(row[name]) for row in cells)) for name in (*head, *shown)} if cells else {}
    blocks = ["\n".join(_lines(cells, [*head, *part], widths)) for part in _fitting(head, shown, widths, width)]
    return "\n\n".join(blocks)


def as_csv(rows: Sequence[Row], _methods: Sequence[str]) -> str:
    written = io.StringIO()
    if rows:
        writer = csv.DictWriter(written, fieldnames=[*rows[0]], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return written.getvalue().rstrip("\n")


def as_json(rows: Sequence[Row], _methods: Sequence[str]) -> str:
    return json.dumps(rows, indent=2, ensure_ascii=False)


FORMATS: Mapping[str, Callable[[Sequence[Row], Sequence[str]], str]] = {
    "table": table,
    "json": as_json,
    "csv": as_csv,
}


def separation_lines(found: Separation) -> Iterator[str]:
    """How well scores tell two labels apart, and how well sizes alone do."""
    yield ""
    yield click.style(
        f"AUC: that a text labelled {found.above} has a higher score than one labelled {found.below}", bold=True
    )
    sizes = "  ".join(f"{name} {found.aucs[name]:.2f}" for name in SIZES)
    yield f"without any model: {sizes}"
    yield "  ".join(f"{name} {value:.2f}" for name, value in found.aucs.items() if name not in SIZES)


def _fitting(
    head: Sequence[str], scores: Sequence[str], widths: Mapping[str, int], width: int
) -> Iterator[Sequence[str]]:
    """The scores in parts that fit beside the head; one at a time where none does."""
    taken = sum(widths.get(name, 0) + 2 for name in head)
    part: list[str] = []
    for name in scores:
        if part and taken + sum(widths[one] + 2 for one in (*part, name)) > width:
            yield part
            part = []
        part.append(name)
    yield part


def _lines(cells: Sequence[Mapping[str, str]], names: Sequence[str], widths: Mapping[str, int]) -> Iterator[str]:
    def line(row: Mapping[str, str]) -> str:
        return "  ".join(
            row[name].ljust(widths[name]) if name in GROUP else row[name].rjust(widths[name]) for name in names
        ).rstrip()

    if cells:
        yield click.style(line({name: name for name in names}), bold=True)
        yield from map(line, cells)


def _cell(row: Row, name: str) -> str:
    """A mean; where fewer texts have it than the group has, with how many in brackets."""
    value = row[name]
    if value is None:
        return ""
    if not isinstance(value, float):
        return str(value)
    told = f"{value:,.0f}" if name in (*LENGTHS, "bits", "reference_bits") else _short(value)
    having = row.get(f"{name}_texts", row["texts"])
    return told if having == row["texts"] else f"{told} ({having})"


def _short(value: float) -> str:
    return f"{value:.1e}" if 0 < abs(value) < 0.0005 else f"{value:.3f}"
