"""What a run looks like while it goes on and when it is over: live on a terminal, plain lines in a pipe."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click
import pandas as pd
from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

from harness.leaderboard import for_people
from harness.outcome import Outcome
from harness.runner import Tally

PLAIN_SECONDS = 10.0
"""How often a line is printed where there is no terminal."""


def print_table(table: pd.DataFrame) -> None:
    shown = for_people(table)
    drawn = Table(box=None, pad_edge=False, header_style="bold")
    for name in shown.columns:
        drawn.add_column(name, justify="right" if name in {"solved", "rate", "95 %", "optimal", "general"} else "left")
    for line in shown.to_numpy().tolist():
        drawn.add_row(*(Text(cell) for cell in line))
    console = Console()
    if not console.is_terminal:
        console = Console(width=200)
    console.print(drawn)


@contextmanager
def progress(tally: Tally) -> Iterator[asyncio.Task[None]]:
    """Show ``tally`` while the block runs, within a running event loop; the task it yields ends with the block."""
    console = Console(stderr=True)
    began = time.monotonic()
    task = asyncio.get_running_loop().create_task(
        _live(console, tally, began) if console.is_terminal else _plain(tally, began)
    )
    try:
        yield task
    finally:
        task.cancel()
        click.echo(line(tally, time.monotonic() - began), err=True)


async def _live(console: Console, tally: Tally, began: float) -> None:
    with Live(console=console, transient=True, auto_refresh=False) as live:
        while True:
            live.update(Text(line(tally, time.monotonic() - began), no_wrap=True, overflow="ellipsis"), refresh=True)
            await asyncio.sleep(0.25)


async def _plain(tally: Tally, began: float) -> None:
    while True:
        await asyncio.sleep(PLAIN_SECONDS)
        click.echo(line(tally, time.monotonic() - began), err=True)


def line(tally: Tally, seconds: float) -> str:
    """One line: how far, how fast, how well, at what cost."""
    parts = [f"{tally.answered}/{tally.planned} answered", f"{tally.judged} judged"]
    scored = tally.outcomes.total()
    if scored:
        parts.append(f"{tally.outcomes[Outcome.SOLVED]}/{scored} solved")
    if tally.output_tokens:
        parts.append(f"{tally.output_tokens:,} tokens out")
    if tally.spent_usd:
        parts.append(f"${tally.spent_usd:.2f}")
    if tally.unmeasured:
        parts.append(f"{tally.unmeasured} unmeasured")
    if tally.waits:
        parts.append(f"{tally.waits} waits to retry")
    if seconds > 0:
        parts.append(f"{tally.answered / seconds:.1f}/s")
    return "  ".join(parts)
