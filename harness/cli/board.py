"""The leaderboard command."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

FORMATS = click.Choice(["table", "md", "csv", "json", "html", "tex"])


@click.command()
@click.argument("runs", nargs=-1, type=click.Path(path_type=Path))
@click.option("--by-size", is_flag=True, help="One row a size as well.")
@click.option("--k", type=click.IntRange(2), default=None, help="Also the chance that any, and that all, of K solve.")
@click.option("--format", "form", type=FORMATS, default="table", show_default=True)
def leaderboard(runs: Sequence[Path], by_size: bool, k: int | None, form: str) -> None:
    """Rates of success with their intervals, of the RUNS given, or of every run in results/."""
    from harness.cli.display import print_table, tell, tell_disproved
    from harness.cli.results import run_folders
    from harness.leaderboard import FORMATS as WRITTEN
    from harness.leaderboard import leaderboard as tabulate
    from harness.leaderboard import notes

    folders = run_folders(runs)
    table = tabulate(folders, per_size=by_size, k=k)
    if form == "table":
        print_table(table)
        for note in notes(table):
            tell(note)
    else:
        click.echo(WRITTEN[form](table), nl=False)
    tell_disproved(folders)
