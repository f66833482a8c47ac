"""A study in tables: flat rows for other programs, cells and lines for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from harness.memorization.correlation import LEVEL, Association, Contrast, PValue, as_odds, count
from harness.memorization.correlation_study import Result, Study, tests

SHOWN = {"success": "success", "modes": "listing - program", "contrast": "canonical - disguised"}
"""The tests, as they are called in tables."""

Cells = list[list[str]]


def rows(made: Study) -> list[dict[str, Any]]:
    """One flat row a test: what --format csv and json hold. Slopes are in logits for one standard deviation."""
    return [_flat(made, result, name, test, p) for result in made.results for name, (test, p) in tests(result).items()]


def _flat(made: Study, result: Result, name: str, test: Association | Contrast, p: PValue) -> dict[str, Any]:
    whole = test if isinstance(test, Association) else None
    return {
        "score": result.score,
        "text_kind": result.text_kind,
        "test": name,
        "models": len({unit.model for unit in result.joined.units}) if whole is None else whole.models,
        "variants": None if whole is None else whole.variants,
        "carriers": p.carriers,
        "slope": test.slope,
        "low": whole and whole.low,
        "high": whole and whole.high,
        "odds": as_odds(test.slope),
        "rank_correlation": test.correlation,
        "p": p.p,
        "p_adjusted": result.adjusted.get(name),
        "correction": made.settings.correction,
        "refused": p.refused,
        "arrangements": p.arrangements,
        "exact": p.exact,
        "smallest_p": p.smallest,
        "seed": made.settings.seed,
        "detectable_slope": test.detectable_slope,
        "detectable_odds": as_odds(test.detectable_slope),
        "detectable_correlation": whole and whole.detectable_correlation,
        "pooled_correlation": result.views[result.score][0].correlation if name == "success" else None,
        "pooled_odds": result.odds.pooled if name == "success" else None,
        "stratified_odds": result.odds.stratified if name == "success" else None,
        "outcome_gap": test.outcome_gap if isinstance(test, Contrast) else None,
        "score_gap": test.score_gap if isinstance(test, Contrast) else None,
        "level": LEVEL,
    }


def as_json(made: Study) -> dict[str, Any]:
    """Everything, for --format json."""
    return {
        "level": LEVEL,
        "correction": made.settings.correction,
        "seed": made.settings.seed,
        "draws": made.settings.draws,
        "warnings": [*made.warnings],
        "tests": rows(made),
        "results": [
            {
                "score": result.score,
                "text_kind": result.text_kind,
                "views": {
                    name: {view.removed: view.correlation for view in seen} for name, seen in result.views.items()
                },
                "units": [vars(unit) for unit in result.joined.units],
                "warnings": [*result.warnings],
                "left_out": [*result.left_out],
            }
            for result in made.results
        ],
    }


def lines(made: Study) -> Iterator[str]:
    """Everything for a terminal."""
    several = len(made.results) > 1
    for result in made.results:
        units = result.joined.units
        models, puzzles = ({getattr(unit, what) for unit in units} for what in ("model", "structure"))
        variants = {(unit.structure, unit.variant) for unit in units}
        yield visible(
            f"{result.score} of {result.text_kind} texts: {count(len(models), 'model')}, "
            f"{count(len(puzzles), 'puzzle')}, {count(len(variants), 'variant')}"
        )
        header, body = test_table(result, several)
        yield from _aligned([header, *body])
        yield from (f"  {refusal}" for refusal in refusals(result))
        yield ""
        header, body = view_table(result)
        yield from _aligned([header, *body])
        if (odds := odds_line(result)) is not None:
            yield f"  {odds}"
        yield from (f"  ! {visible(warning)}" for warning in result.warnings)
        yield from (f"  left out: {visible(what)}" for what in result.left_out)
        yield ""
    yield from (f"! {visible(warning)}" for warning in made.warnings)


def visible(text: str) -> str:
    """Names may hold anything: what cannot be seen, or would steer a terminal, is written as its code."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)


def test_table(result: Result, several: bool) -> tuple[list[str], Cells]:
    """Header and rows of the tests; with a corrected p where there are several scores."""
    corrected = ["corrected p"] if several else []
    header = ["test", "n", "odds per SD", "95 %", "rank r", "p", *corrected, "detectable"]
    made = tests(result)
    return header, [
        [SHOWN[name], *_cells(test, p, result.adjusted.get(name), several)] for name, (test, p) in made.items()
    ]


def refusals(result: Result) -> list[str]:
    """Why a test has no p-value, and how many variants are needed."""
    return [f"{SHOWN[name]}: {p.refused}" for name, (_, p) in tests(result).items() if p.refused]


def view_table(result: Result) -> tuple[list[str], Cells]:
    """Header and rows of the rank correlations, pooled to stratified, of the score and of length and size."""
    header = ["rank r without", *(view.removed for view in result.views[result.score])]
    return header, [
        [name, *("-" if view.correlation is None else f"{view.correlation:+.2f}" for view in seen)]
        for name, seen in result.views.items()
    ]


def odds_line(result: Result) -> str | None:
    pooled, stratified = result.odds.pooled, result.odds.stratified
    if pooled is None or stratified is None:
        return None
    return (
        f"odds of success above the median score against below it: {pooled:.2f} over all attempts, {stratified:.2f} "
        "within model, puzzle, mode and size"
    )


def _aligned(cells: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for first, *rest in cells:
        padded = [cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True)]
        yield "  " + "  ".join([first.ljust(widths[0]), *padded]).rstrip()


def _cells(test: Association | Contrast, p: PValue, adjusted: float | None, several: bool) -> list[str]:
    """A test in a table's cells: n, odds, interval, rank correlation, p, the corrected p if ``several``, detectable."""
    whole = test if isinstance(test, Association) else None
    interval = "-" if whole is None or whole.low is None else f"{_odds_text(whole.low)} to {_odds_text(whole.high)}"
    return [
        str(p.carriers),
        _odds_text(test.slope),
        interval,
        "-" if test.correlation is None else f"{test.correlation:+.2f}",
        _p_text(p.p, p),
        *([_p_text(adjusted, p)] if several else []),
        _detectable_text(test),
    ]


def _odds_text(logits: float | None) -> str:
    factor = as_odds(logits)
    return "-" if factor is None else f"{factor:.3g}"


def _p_text(value: float | None, p: PValue) -> str:
    if value is None:
        return "-" if p.refused is None else "none"
    return f"{value:.4f}" if value >= 0.0001 else f"{value:.1e}"


def _detectable_text(test: Association | Contrast) -> str:
    """The smallest effect that such a study finds in 80 % of cases: odds for one SD, and a rank correlation."""
    parts = [] if test.detectable_slope is None else [f"odds {_odds_text(test.detectable_slope)}"]
    if isinstance(test, Association):
        r = test.detectable_correlation
        parts += ["no r" if r is None else f"r {r:.2f}"] if test.test.carriers else []
    return ", ".join(parts) or "-"
