"""Flags that several commands share, and the shapes of their values."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from harness.errors import UsageError

plugins = click.option(
    "--plugins",
    "folders",
    multiple=True,
    type=click.Path(file_okay=False, resolve_path=True, path_type=Path),
    metavar="DIR",
    help="A folder with tasks/, prompts/ and solvers/ of your own. May be given several times.",
)
size = click.option("--size", type=int, required=True, help="How large: disks, pairs, ...")
seed = click.option("--seed", type=int, default=0, show_default=True, help="Which instance; 0 is the well-known one.")
variant = click.option("--variant", default=None, help="Which kind of instance; the task's first when not given.")


class Numbers(click.ParamType[Any]):
    """Whole numbers and ranges: "1-5,8"."""

    name = "NUMBERS"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> list[int]:
        if isinstance(value, list):
            return value
        try:
            return [number for part in str(value).split(",") for number in _range(part)]
        except ValueError:
            self.fail(f"{value!r} is no list of whole numbers such as 3, 1-5 or 1-5,8", param, ctx)


def _range(part: str) -> range:
    first, _, last = part.strip().partition("-")
    numbers = range(int(first), int(last or first) + 1)
    if not numbers:
        raise UsageError(f"the range {part} is empty", "write the smaller number first")
    return numbers
