"""A short table of numbers with their units and what to know about them; or the same as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

import click

from harness.memorization import formula

WIDTH = 100
"""Columns that notes are wrapped to."""

Value = float | str | bool | None

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")


@dataclass(frozen=True, kw_only=True)
class Quantities:
    """What a command has to say."""

    values: Sequence[tuple[str, Value, str]] = ()
    """Name, value, unit."""
    rows: Sequence[Mapping[str, Value]] = ()
    """A table of items, all with the same columns."""
    notes: Sequence[str] = field(default_factory=list)

    def show(self, as_json: bool) -> None:
        """Print it on standard output."""
        click.echo(json.dumps(self._plain(), ensure_ascii=False, indent=2) if as_json else "\n".join(self._lines()))

    def _plain(self) -> dict[str, Any]:
        values = {_key(name): {"value": _finite(value), "unit": unit} for name, value, unit in self.values}
        rows = [{_key(name): _finite(value) for name, value in row.items()} for row in self.rows]
        return {"values": values, "rows": rows, "notes": list(self.notes)}

    def _lines(self) -> list[str]:
        words = all(isinstance(value, str) for _, value, _ in self.values)
        values = [(name, told(value), unit) for name, value, unit in self.values]
        lines = _aligned(values, left={0, 1, 2} if words else {0, 2})
        if self.rows:
            table = [tuple(self.rows[0]), *(tuple(map(told, row.values())) for row in self.rows)]
            numbers = {place for place, value in enumerate(self.rows[0].values()) if not isinstance(value, str)}
            lines += [*([""] if lines else []), *_aligned(table, left={*range(len(table[0]))} - numbers)]
        for note in self.notes:
            wrapped = click.wrap_text(note, WIDTH, initial_indent="note  ", subsequent_indent="      ")
            lines += [*([""] if note is self.notes[0] else []), *wrapped.splitlines()]
        return lines


def notes(*functions: Callable[..., Any]) -> list[str]:
    """What must be known about the formulas used, each once."""
    known = [formula.of(function) for function in functions]
    return [f"{one.name} ({one.status}): {one.note}" for one in known if one.note]


def told(value: Value) -> str:
    """A number as a person reads it: whole from a million on, else to six digits."""
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, str)):
        return value if isinstance(value, str) else f"{value:,}"
    if 1e6 <= abs(value) < 1e15:
        return f"{value:,.0f}"
    return f"{value:,.6g}"


def _aligned(table: Sequence[Sequence[str]], left: set[int]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    return [
        "  ".join(
            cell.ljust(width) if place in left else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in table
    ]


def _key(name: str) -> str:
    return name.replace(" ", "_")


def _finite(value: Value) -> Value:
    return None if isinstance(value, float) and not isfinite(value) else value
