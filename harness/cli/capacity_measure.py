"""``pegboard capacity measure``: train small models, and see how much they hold."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click


@click.command()
@click.option(
    "--setting",
    default="laptop",
    show_default=True,
    help="laptop: minutes on a CPU. paper: its shapes, hours of a GPU.",
)
@click.option(
    "--out", "folder", required=True, type=click.Path(file_okay=False, path_type=Path), help="Where to keep it."
)
@click.option(
    "--corpus",
    "files",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Text to train on, for each file once; ASCII only. Default: the sources of Python's library.",
)
@click.option("--bos/--no-bos", default=True, show_default=True, help="Score all S tokens of a sequence, or S - 1.")
@click.option("--minutes", type=click.FloatRange(min=0), help="Begin no model later than that.")
@click.option(
    "--workers", type=click.IntRange(min=1), help="Models trained at once. Default: one a core, one on a GPU."
)
def measure(
    setting: str, folder: Path, files: Sequence[Path], bos: bool, minutes: float | None, workers: int | None
) -> int:
    """Train small GPT-2 models from scratch, and measure how many bits they memorize.

    What is done is kept in the folder, model by model: the same command goes on where it was interrupted. The table
    goes to standard output; in the folder are cells.jsonl, a row a model, and measured.html with the curves.
    """
    from math import inf

    from harness.cli.display import tell
    from harness.errors import UNMEASURED
    from harness.memorization import measure, measure_page, training_data

    chosen, corpus = measure.find(setting, bos=bos), training_data.sources(files or None)
    seconds = inf if minutes is None else 60 * minutes
    total = sum(map(len, measure.cells(chosen, corpus)))
    tell(f"{setting}: {chosen.about}; {total} models")
    try:
        for done, total, row in measure.run(chosen, folder, corpus, seconds=seconds, workers=workers):
            tell(f"{done}/{total}  {measure_page.told(row)}")
    except KeyboardInterrupt:
        tell(f"what was measured is kept in {folder}; the same command goes on from there")
        raise
    rows = measure.rows(chosen, folder, corpus)
    (folder / "measured.html").write_text(measure_page.page(setting, chosen.about, rows), "utf-8")
    click.echo(measure_page.table(rows))
    tell(f"curves: {folder / 'measured.html'}")
    return 0 if len(rows) == total else UNMEASURED
