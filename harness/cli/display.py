"""What a run looks like while it goes on and when it is over: live on a terminal, plain lines in a pipe."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager

import click
import pandas as pd
from rich.console import Console
from rich.live import Live
from rich.text import Text

from harness.launch import Launch
from harness.leaderboard import disproved, for_people
from harness.outcome import Outcome
from harness.runner import Tally
from harness.store import RunFolder

PLAIN_SECONDS = 10.0
"""How often a line is printed where there is no terminal."""

WIDE = 240
"""Columns of a table in a pipe or a file."""

BLOCK = ["task", "variant"]
"""What rows under one heading share."""

LONG = "failures"

NUMBERS = {
    *("solved", "rate", "95 %", "by instance", "rank", "tie", "optimal", "general"),
    *("pairs", "instances", "first", "second", "only first", "only second", "difference", "change", "truncated"),
    *("p", "p worse", "holm", "McNemar", "P(first)", "detects"),
}


def tell(text: str, fg: str | None = None) -> None:
    """A line on standard error. That nobody reads it any more is no reason to stop a run."""
    with contextlib.suppress(OSError):
        click.secho(text, fg=fg, err=True)


def tell_disproved(runs: Sequence[RunFolder]) -> None:
    """Solutions of what is certified to have none, loudly: until they are settled, no number can be trusted."""
    for wrong in disproved(runs):
        tell(wrong, fg="red")


def tell_sandbox(launch: Launch) -> None:
    """Which sandbox a run's programs run in, if it has any. Raises SandboxUnavailable."""
    if choice := launch.chosen_sandbox():
        tell(f"sandbox: {choice.told}", fg="red" if choice.unsafe else None)
        for note in choice.notes:
            tell(f"  {note}")


def print_table(table: pd.DataFrame) -> None:
    """On standard output; a reader that has gone away does not change how the command ends."""
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else WIDE
    try:
        click.echo("\n".join(table_lines(for_people(table), width)))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def table_lines(shown: pd.DataFrame, width: int) -> Iterator[str]:
    """A table in lines, one block a task and variant. What does not fit beside a row, its failures, goes below it."""
    columns = [name for name in shown.columns if name not in BLOCK]
    widths = {name: max(map(len, (name, *shown[name]))) for name in columns}
    room = width - 2 - sum(widths[name] + 2 for name in columns if name != LONG)
    beside = [name for name in columns if name != LONG or widths[name] <= room]

    def line(cells: dict[str, str]) -> str:
        padded = (
            cells[name].rjust(widths[name]) if name in NUMBERS else cells[name].ljust(widths[name]) for name in beside
        )
        return "  " + "  ".join(padded).rstrip()

    yield click.style(line({name: name for name in columns}), bold=True)
    for (task, variant), block in shown.groupby(BLOCK, sort=False):
        yield click.style(f"{task}, {variant}", bold=True)
        for values in block[columns].to_numpy().tolist():
            cells = dict(zip(columns, values, strict=True))
            yield line(cells)
            if LONG not in beside and cells.get(LONG):
                yield f"      {cells[LONG]}"


@asynccontextmanager
async def progress(told: Callable[[float], str]) -> AsyncIterator[None]:
    """Show what ``told`` says after so many seconds while the block runs, and a last line when it is over."""
    console = Console(stderr=True)
    began = time.monotonic()
    showing = asyncio.create_task(_live(console, told, began) if console.is_terminal else _plain(told, began))
    try:
        yield
    finally:
        showing.cancel()
        with contextlib.suppress(asyncio.CancelledError, OSError):
            await showing
        tell(told(time.monotonic() - began))


async def _live(console: Console, told: Callable[[float], str], began: float) -> None:
    with Live(console=console, transient=True, auto_refresh=False) as live:
        while True:
            live.update(Text(told(time.monotonic() - began), no_wrap=True, overflow="ellipsis"), refresh=True)
            await asyncio.sleep(0.25)


async def _plain(told: Callable[[float], str], began: float) -> None:
    while True:
        await asyncio.sleep(PLAIN_SECONDS)
        tell(told(time.monotonic() - began))


def line(tally: Tally, seconds: float) -> str:
    """One line: how far, how fast, how well, at what cost."""
    parts = [f"{tally.answered}/{tally.planned} answered", f"{tally.judged} judged"]
    scored = tally.outcomes.total()
    if scored:
        parts.append(f"{tally.outcomes[Outcome.SOLVED]}/{scored} solved")
    if tally.output_tokens:
        rate = f" ({tally.output_tokens / seconds:,.0f}/s)" if seconds > 0 else ""
        parts.append(f"{tally.output_tokens:,} tokens out{rate}")
    if tally.spent_usd:
        parts.append(f"${tally.spent_usd:.2f}")
    if tally.unmeasured:
        parts.append(f"{tally.unmeasured} without an answer")
    if tally.waits:
        parts.append(f"{tally.waits} waits to retry")
    if seconds > 0:
        parts.append(f"{tally.answered / seconds:.1f}/s")
    return "  ".join(parts)
