"""The report command."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import cast

import click

from harness.cli import options

LARGE_MB = 25
"""A file above it is told to be large: browsers open it, mail does not carry it."""


@click.command()
@click.argument("runs", nargs=-1, type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), default=Path("report.html"), show_default=True)
@click.option(
    "--transcripts",
    type=click.Choice(["all", "failures", "none"]),
    default="all",
    show_default=True,
    help="Whose prompt, answer and replay go into the file.",
)
@click.option(
    "--memorization",
    "scores",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="SCORES",
    help="Show success against these scores: a scores.jsonl of pegboard memorize, or its folder. May be given several "
    "times.",
)
@options.alias
@options.plugins
def report(
    runs: Sequence[Path],
    out: Path,
    transcripts: str,
    scores: Sequence[Path],
    aliases: Sequence[tuple[str, str]],
    folders: Sequence[Path],
) -> None:
    """Write one HTML file about the RUNS given, or every run in results/: tables, charts, every attempt, replays of its
    moves. It needs no network."""
    from harness.cli.display import tell, tell_disproved
    from harness.cli.results import run_folders
    from harness.report import report as write
    from harness.report.transcripts import Kept

    found = run_folders(runs)
    written = write(found, folders, cast(Kept, transcripts), scores=scores, aliases=options.by_name(aliases))
    data = written.html.encode("utf-8", "replace")
    out.write_bytes(data)
    tell(f"{out}: {written.attempts:,} attempts, {written.replays:,} replays, {len(data) / 1e6:.1f} MB")
    for why, count in written.unplayed.items():
        tell(f"  {count:,} attempts have no replay: {why}")
    if len(data) > LARGE_MB * 1e6:
        tell("  the file is large: --transcripts failures or none makes a smaller one")
    tell_disproved(found)
