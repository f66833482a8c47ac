"""The commands that hold two models, or two runs, against each other."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, astuple
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    import pandas as pd

    from harness.analysis.comparison import Comparison, Flip, Regression
    from harness.analysis.estimate import Estimate
    from harness.analysis.paired import Pairs

WORSE = 1
"""The exit code of ``diff`` where the second run is worse beyond chance."""

form_option = click.option(
    "--format", "form", type=click.Choice(["table", "md", "json"]), default="table", show_default=True
)
most_flips = click.option(
    "--flips", type=click.IntRange(0), default=20, show_default=True, help="Most flipped questions to list each way."
)


@click.command()
@click.argument("first")
@click.argument("second")
@click.argument("runs", nargs=-1, type=click.Path(path_type=Path))
@form_option
@most_flips
def compare(first: str, second: str, runs: Sequence[Path], form: str, flips: int) -> None:
    """Compare two models in the RUNS given (or every run in results/), or two runs, at the questions of both.

    FIRST and SECOND are models as they were named, or run folders.
    """
    from harness.analysis import comparison

    one, other = _sides(first, second, runs)
    both = comparison.paired(one, other)
    found = comparison.comparisons(both)
    flipped = list(comparison.flips(both))
    if form == "json":
        _print_json(first, second, [each.as_record() for each in found], flipped, _notes(one, other, both))
        return
    _print_table([_compared(each) for each in found], form)
    _print_flips(flipped, first, second, flips)
    click.echo(
        "\ndifference: first less second. p: instances flipped as a whole, exact; holm: corrected for the blocks.\n"
        "McNemar: mid-p, pairs taken as independent. detects: the least difference found in 80 % of such comparisons."
    )
    for note in _notes(one, other, both):
        click.echo(note, err=True)


@click.command()
@click.argument("before", type=click.Path(path_type=Path))
@click.argument("after", type=click.Path(path_type=Path))
@click.option(
    "--level", type=click.FloatRange(0, 0.5, min_open=True), default=0.05, show_default=True,
    help="Chance of calling a run worse where nothing has changed.",
)  # fmt: skip
@form_option
@most_flips
def diff(before: Path, after: Path, level: float, form: str, flips: int) -> int:
    """Tell whether the run AFTER is worse than BEFORE beyond chance, at the same questions; exit code 1 if it is.

    It speaks of exactly these instances: what varies by chance is how they are answered.
    """
    from harness.analysis import comparison

    one, other = _runs(before, after)
    both = comparison.paired(one, other)
    found = comparison.regressions(both, level)
    flipped = list(comparison.flips(both))
    worse = [each for each in found if each.adjusted <= level]
    if form == "json":
        _print_json(
            str(before), str(after), [each.as_record() for each in found], flipped, _notes(one, other, both),
            level=level, worse=bool(worse),
        )  # fmt: skip
        return WORSE if worse else 0
    _print_table([_changed(each) for each in found], form)
    _print_flips(flipped, str(before), str(after), flips)
    where = ", ".join(" ".join(filter(None, astuple(each.block))) for each in worse)
    verdict = f"worse: {where}" if worse else "no worse beyond chance"
    click.echo(f"\n{verdict} (level {level:g}, one-sided, exact, these instances, Holm over {len(found)})")
    for note in _notes(one, other, both):
        click.echo(note, err=True)
    return WORSE if worse else 0


def _sides(first: str, second: str, runs: Sequence[Path]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The attempts to hold against each other. Raises UsageError or UnknownName for what is neither run nor model."""
    from harness.analysis import comparison, frames
    from harness.cli.results import run_folders
    from harness.errors import UnknownName, UsageError

    if Path(first).is_dir() or Path(second).is_dir():
        if runs:
            raise UsageError("two runs are compared, and others are named beside them", "leave the others out")
        return _runs(Path(first), Path(second))
    judged = _judged(frames.each_once(run_folders(runs)))
    known = sorted(judged["model"].unique())
    for name in (first, second):
        if name not in known:
            raise UnknownName("model or run", name, known)
    return comparison.of_models(judged, first, second)


def _runs(first: Path, second: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    from harness.analysis import comparison
    from harness.store import RunFolder

    return comparison.of_runs(_judged([RunFolder(first)]), _judged([RunFolder(second)]))


def _judged(runs: Sequence[Any]) -> pd.DataFrame:
    """Raises UsageError where nothing was judged."""
    from harness.analysis import frames
    from harness.errors import UsageError

    judged = frames.verdicts(runs)
    if judged.empty:
        named = ", ".join(str(run.path) for run in runs)
        raise UsageError(f"nothing was judged in {named}", "pegboard resume asks what is missing")
    return judged


def _notes(one: pd.DataFrame, other: pd.DataFrame, both: pd.DataFrame) -> list[str]:
    from harness.analysis import comparison

    lone = comparison.unpaired(one, other, both)
    left = (
        [f"Without a partner, left out: {lone[0]} attempts of the first, {lone[1]} of the second."] if any(lone) else []
    )
    return [*left, *(f"Asked differently: {told}." for told in comparison.asked_differently(one, other))]


def _compared(each: Comparison) -> dict[str, str]:
    return {
        **asdict(each.block),
        **_counts(each.pairs, each.difference),
        "difference": f"{100 * (each.difference.value or 0):+.1f}",
        "95 %": _interval(each.difference),
        "truncated": "" if each.bounds[0] == each.bounds[1] else _span(*each.bounds),
        "p": _p(each.p),
        "holm": _p(each.adjusted),
        "McNemar": _p(each.mcnemar),
        "P(first)": f"{each.first_better:.3f}",
        "detects": _points(each.detectable),
        "better": each.better() or "-",
    }


def _changed(each: Regression) -> dict[str, str]:
    return {
        **asdict(each.block),
        **_counts(each.pairs, each.change),
        "change": f"{100 * (each.change.value or 0):+.1f}",
        "95 %": _interval(each.change),
        "p worse": _p(each.p),
        "holm": _p(each.adjusted),
        "detects": _points(each.detectable),
    }


def _counts(table: Pairs, estimate: Estimate) -> dict[str, str]:
    return {
        "pairs": f"{table.n:.0f}",
        "instances": f"{estimate.clusters}",
        "first": f"{table.both + table.first_only:.0f}",
        "second": f"{table.both + table.second_only:.0f}",
        "only first": f"{table.first_only:.0f}",
        "only second": f"{table.second_only:.0f}",
    }


def _interval(estimate: Estimate) -> str:
    return "-" if estimate.low is None or estimate.high is None else _span(estimate.low, estimate.high)


def _span(low: float, high: float) -> str:
    return f"{100 * low:+.1f} to {100 * high:+.1f}"


def _points(share: float | None) -> str:
    return "nothing" if share is None else f"{100 * share:.1f}"


def _p(value: float) -> str:
    return f"{value:.4f}" if value >= 0.0001 else f"{value:.0e}"


def _print_table(rows: Sequence[dict[str, str]], form: str) -> None:
    import pandas as pd

    from harness import formats
    from harness.cli.display import WIDE, table_lines
    from harness.leaderboard import short_names

    shown = pd.DataFrame(rows)
    shown["model"] = shown["model"].map(short_names(shown["model"].unique()))
    shown = shown[[name for name in shown.columns if name in {"task", "variant"} or shown[name].any()]]
    click.echo(formats.markdown(shown) if form == "md" else "\n".join(table_lines(shown, WIDE)), nl=form != "md")


def _print_flips(flipped: Sequence[Flip], first: str, second: str, most: int) -> None:
    for lost, name in ((True, first), (False, second)):
        chosen = [flip for flip in flipped if flip.lost is lost]
        click.echo(f"\nonly {name} solved: {len(chosen)}")
        for line in _told(chosen[:most]):
            click.echo(f"  {line}")
        if len(chosen) > most:
            click.echo(f"  and {len(chosen) - most} more; --flips {len(chosen)} lists them")


def _told(flipped: Sequence[Flip]) -> Iterator[str]:
    for flip in flipped:
        asked = flip.question
        where = " ".join(str(asked[name]) for name in ("model", "task", "variant", "mode") if asked[name])
        number = f"size {asked['size']} seed {asked['seed']} repeat {asked['repeat']}"
        keys = flip.keys[0] if flip.keys[0] == flip.keys[1] else " ".join(flip.keys)
        yield f"{where} {number}: {flip.outcomes[0]} -> {flip.outcomes[1]} ({keys})"


def _print_json(
    first: str, second: str, blocks: Sequence[Any], flipped: Sequence[Flip], notes: Sequence[str], **more: Any
) -> None:
    told = {
        "first": first, "second": second, **more, "blocks": blocks, "flips": [flip.as_record() for flip in flipped],
        "notes": notes,
    }  # fmt: skip
    click.echo(json.dumps(told, indent=2, ensure_ascii=False))
