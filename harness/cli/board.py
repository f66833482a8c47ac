"""The leaderboard command."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

RESULTS = Path("results")


@click.command()
@click.argument("runs", nargs=-1, type=click.Path(path_type=Path))
@click.option("--by-size", is_flag=True, help="One row a size as well.")
@click.option("--format", "form", type=click.Choice(["table", "md", "csv", "json"]), default="table", show_default=True)
def leaderboard(runs: Sequence[Path], by_size: bool, form: str) -> None:
    """Rates of success with their intervals, of the RUNS given, or of every run in results/."""
    from harness.cli.display import print_table, tell_disproved
    from harness.errors import UsageError
    from harness.leaderboard import FORMATS
    from harness.leaderboard import leaderboard as tabulate
    from harness.store import RunFolder

    paths = [path for path in runs if path.is_dir() or len(runs) == 1] or sorted(
        file.parent for file in RESULTS.glob("*/run.json")
    )
    if not paths:
        raise UsageError("there are no runs in results/", "pegboard run quickstart makes one")
    folders = [RunFolder(path) for path in paths]
    table = tabulate(folders, per_size=by_size)
    if form == "table":
        print_table(table)
    else:
        click.echo(FORMATS[form](table), nl=False)
    tell_disproved(folders)
