"""Flags that several commands share, and the shapes of their values."""

from __future__ import annotations

from collections.abc import Sequence
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
sandbox = click.option(
    "--sandbox",
    "sandbox",
    default="auto",
    show_default=True,
    metavar="TIER",
    help="What programs run in: linux-full, linux-seccomp, bwrap, wasm; auto is the strongest that holds.",
)
unsafe = click.option(
    "--unsafe-no-sandbox",
    "sandbox",
    flag_value="none",
    help="Run programs with nothing around them but limits. Never as root; every record is marked.",
)
mode = click.option(
    "--mode",
    default="enumerate",
    show_default=True,
    help="A way of asking: enumerate, function/lua, next, solvable, ...",
)
seed = click.option("--seed", type=int, default=0, show_default=True, help="Which instance; 0 is the well-known one.")
variant = click.option("--variant", default=None, help="Which kind of instance; the task's first when not given.")


class Alias(click.ParamType[Any]):
    """SCORED=ASKED, two names of one model."""

    name = "SCORED=ASKED"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        if isinstance(value, tuple):
            return value
        scored, equals, asked = str(value).partition("=")
        if not (scored and equals and asked):
            self.fail(f"{value!r} is not of the form SCORED=ASKED", param, ctx)
        return scored, asked


alias = click.option(
    "--alias", "aliases", multiple=True, type=Alias(), help="The model scored under one name was asked under another."
)


def by_name(aliases: Sequence[tuple[str, str]]) -> dict[str, str]:
    """A scored model's name to the one under which it was asked. Raises UsageError where there are two."""
    named = dict(aliases)
    if len(named) < len(aliases):
        raise UsageError("--alias names a scored model twice", "one scored model is one asked model")
    return named


MOST_NUMBERS = 10_000
"""As many as a suite may list."""


class Numbers(click.ParamType[Any]):
    """Whole numbers and ranges: "1-5,8"."""

    name = "NUMBERS"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> list[int]:
        if isinstance(value, list):
            return value
        try:
            ranges = [_range(part) for part in str(value).split(",")]
        except ValueError:
            self.fail(f"{value!r} is no list of whole numbers such as 3, 1-5 or 1-5,8", param, ctx)
        if sum(part.stop - part.start for part in ranges) > MOST_NUMBERS:
            self.fail(f"{value!r} lists more than {MOST_NUMBERS:,} numbers", param, ctx)
        return [number for part in ranges for number in part]


def _range(part: str) -> range:
    first, dash, last = part.strip().partition("-")
    numbers = range(int(first), int(last if dash else first) + 1)
    if not numbers:
        raise UsageError(f"the range {part} is empty", "write the smaller number first")
    return numbers
