"""Runs on their way out and in: export, verify, site."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from harness.cli import options

if TYPE_CHECKING:
    from harness.suite import Suite

RESULTS = Path("results")
FORMATS = ("csv", "parquet", "inspect", "eee")


@click.command()
@click.argument("runs", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(FORMATS), default="csv", show_default=True)
@click.option("--out", type=click.Path(path_type=Path), required=True,
    help="The file for csv and parquet, the folder for inspect and eee.")  # fmt: skip
@click.option("--organization", default="unknown", show_default=True, help="Who ran it; eee asks for it.")
@click.option("--relationship", type=click.Choice(["first_party", "third_party", "collaborative", "other"]),
    default="third_party", show_default=True, help="Of who ran it to the model; eee asks for it.")  # fmt: skip
def export(runs: Sequence[Path], form: str, out: Path, organization: str, relationship: str) -> None:
    """Write the attempts of RUNS for other tools.

    csv and parquet: one row an attempt. inspect: logs that inspect view opens. eee: Every Eval Ever's JSON.
    """
    from harness.analysis.frames import each_once
    from harness.cli.display import tell
    from harness.errors import UsageError
    from harness.exchange.attempts import write_csv, write_parquet
    from harness.exchange.every_eval_ever import write_every_eval_ever
    from harness.exchange.inspect_log import write_inspect
    from harness.store import RunFolder

    folders = each_once(map(RunFolder, runs))
    if form in ("csv", "parquet") and out.is_dir():
        raise UsageError(f"--out {out} is a folder", f"name a file, such as {out / f'attempts.{form}'}")
    if form == "csv":
        write_csv(folders, out)
        files = [out]
    elif form == "parquet":
        write_parquet(folders, out)
        files = [out]
    elif form == "inspect":
        files = write_inspect(folders, out)
    else:
        files = write_every_eval_ever(folders, out, organization=organization, relationship=relationship)
    if not files:
        raise UsageError("these runs hold no answer", "pegboard resume RUN asks what is missing")
    tell(f"{files[0]}" if len(files) == 1 else f"{len(files)} files in {out}")
    if form == "inspect":
        tell(f"  inspect view --log-dir {out}")


suites = click.option(
    "--suite",
    "suite_files",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A suite that it may be a run of, besides those that come with Pegboard. May be given several times.",
)


@click.command()
@click.argument("submission", type=click.Path(path_type=Path))
@suites
@click.option("--rerun", type=click.Path(path_type=Path), metavar="RUN",
    help="A run of one's own of the same model: whether its rates agree with those claimed.")  # fmt: skip
@click.option("--margin", type=click.FloatRange(0, 1, min_open=True, max_open=True), default=0.15, show_default=True,
    help="The largest difference of mean rates that counts as agreeing.")  # fmt: skip
@options.sandbox
@options.plugins
def verify(
    submission: Path, suite_files: Sequence[Path], rerun: Path | None, margin: float, folders: Sequence[Path],
    sandbox: str,
) -> int:  # fmt: skip
    """Recompute every outcome of SUBMISSION from its transcripts, and hold it against the rules of results/README.md.

    Nothing that it names is loaded: tasks are those at hand. The exit code is 1 when anything fails.
    """
    from harness.exchange.rerun import compare
    from harness.exchange.submission import confirmed
    from harness.exchange.verify import verify as held_against
    from harness.store import RunFolder

    report = held_against(
        submission, _known(suite_files), confirmed=confirmed(submission), plugin_folders=folders, sandbox=sandbox
    )
    if rerun is not None and report.passed:
        compared = compare(RunFolder(submission), RunFolder(rerun), margin)
        report = replace(report, findings=[*report.findings, compared])
    width = max(len(finding.check) for finding in report.findings)
    for finding in report.findings:
        colour = {"pass": None, "remark": "yellow", "fail": "red"}[finding.level]
        word = {"pass": "ok", "remark": "note", "fail": "FAIL"}[finding.level]
        click.echo(f"{click.style(f'{word:<4}', fg=colour)}  {finding.check:<{width}}  {_plain(finding.text)}")
    if not report.passed:
        click.secho(f"{_plain(submission.name)}: not verified; {len(report.failures)} checks failed", fg="red")
        return 1
    click.echo(f"{_plain(submission.name)}: verified, {report.tier}")
    return 0


def _known(files: Sequence[Path]) -> list[Suite]:
    from harness import suite
    from harness.exchange.verify import bundled_suites

    return [*bundled_suites(), *map(suite.read, files)]


def _plain(text: str) -> str:
    """Without what a terminal would obey: it may be what a submission says."""
    return "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in text)


@click.command()
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="The site's folder.")
@click.option("--results", type=click.Path(file_okay=False, path_type=Path), default=RESULTS, show_default=True,
    help="The folder that holds submissions/; LEADERBOARD.md is written there.")  # fmt: skip
@suites
@options.sandbox
@options.plugins
def site(out: Path, results: Path, suite_files: Sequence[Path], folders: Sequence[Path], sandbox: str) -> int:
    """Verify every submission in results/submissions/ and write LEADERBOARD.md and a static site of them.

    The exit code is 1 when a submission fails; the others are published all the same.
    """
    from harness.cli.display import tell
    from harness.exchange.site import refuse_others_folder, write_site
    from harness.exchange.submission import confirmed
    from harness.exchange.verify import verify as held_against

    refuse_others_folder(out)
    known = _known(suite_files)
    reports = []
    for place in sorted((results / "submissions").glob("*/")):
        reports.append(held_against(place, known, confirmed=confirmed(place), plugin_folders=folders, sandbox=sandbox))
        tell(f"{_plain(place.name)}: {reports[-1].tier if reports[-1].passed else 'not verified'}")
    write_site(reports, results / "LEADERBOARD.md", out)
    tell(f"{results / 'LEADERBOARD.md'} and {out / 'index.html'}: {len(reports) or 'no'} submissions")
    return 0 if all(report.passed for report in reports) else 1
