"""The correlate command: does success go with memorization?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from harness.cli import options

if TYPE_CHECKING:
    from harness.memorization.correlation_study import Study


@click.command()
@click.argument("runs", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="RUN...")
@click.option(
    "--memorization",
    "scores",
    multiple=True,
    required=True,
    type=click.Path(path_type=Path),
    metavar="SCORES",
    help="A scores.jsonl of pegboard memorize, or its folder. May be given several times.",
)
@click.option(
    "--score", "names", multiple=True, metavar="NAME", help="A column of the scores. [default: mem_u or loss]"
)
@click.option(
    "--text-kind",
    "kinds",
    multiple=True,
    default=("statement",),
    show_default=True,
    metavar="KIND",
    help="Whose score: statement, moves, program/python, ...",
)
@click.option("--mode", "modes", multiple=True, help="Count attempts in this mode only. [default: all but solvable]")
@options.alias
@click.option(
    "--correct",
    "correction",
    type=click.Choice(["holm", "bh"]),
    default="holm",
    show_default=True,
    help="For several scores: Holm for claims, Benjamini-Hochberg for exploring.",
)
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Of permutations and bootstrap.")
@click.option("--html", "page", type=click.Path(dir_okay=False, path_type=Path), help="Write a page of plots.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
def correlate(
    runs: Sequence[Path],
    scores: Sequence[Path],
    names: Sequence[str],
    kinds: Sequence[str],
    modes: Sequence[str],
    aliases: Sequence[tuple[str, str]],
    correction: str,
    seed: int,
    page: Path | None,
    form: str,
) -> None:
    """Test whether success in RUNS goes with memorization.

    Models, puzzles and variants differ in success and in scores for reasons of their own; what they differ by is taken
    away, and the variants are permuted. docs/correlation.md says what may be concluded.
    """
    from harness.memorization import correlation_page, correlation_study, correlation_units
    from harness.store import RunFolder

    counts, warnings = correlation_units.counted([RunFolder(path) for path in runs], modes)
    texts = correlation_units.scored(scores, options.by_name(aliases))
    settings = correlation_study.Settings(scores=names, kinds=kinds, correction=correction, seed=seed)
    made = correlation_study.study(counts, texts, settings, warnings)
    click.echo(FORMATS[form](made), nl=False)
    if page is not None:
        page.write_text(correlation_page.page(made), "utf-8", errors="backslashreplace")
        click.echo(f"wrote {page}", err=True)


def _csv(made: Study) -> str:
    import csv
    import io

    from harness.memorization.correlation_table import rows

    written = io.StringIO()
    table = csv.DictWriter(written, [*rows(made)[0]], lineterminator="\n")
    table.writeheader()
    table.writerows(rows(made))
    return written.getvalue()


def _json(made: Study) -> str:
    import json

    from harness.memorization.correlation_table import as_json

    return json.dumps(as_json(made), indent=2, sort_keys=True) + "\n"


def _table(made: Study) -> str:
    from harness.memorization.correlation_table import lines

    return "\n".join(lines(made)) + "\n"


FORMATS = {"table": _table, "csv": _csv, "json": _json}
