"""The commands about curves: where success collapses, how often a move goes wrong, how answers fail."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from harness.analysis.collapse import Collapse
    from harness.analysis.crossing import Crossing
    from harness.analysis.estimate import Estimate
    from harness.analysis.hazard import Hazard
    from harness.analysis.series import Series, TokenFloor
    from harness.analysis.success import Share, Success

BLOCK = ("task", "variant", "mode")
"""What models are compared within."""

runs_argument = click.argument("runs", nargs=-1, type=click.Path(path_type=Path))
form_option = click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True
)


@click.command()
@runs_argument
@form_option
def collapse(runs: Sequence[Path], form: str) -> None:
    """Find the size at which success collapses, of the RUNS given, or of every run in results/.

    N50 is the size solved half the time, N80 the one solved four times in five.
    """
    from harness.analysis.collapse import collapse as estimate
    from harness.analysis.series import points, token_floor

    floors = [(one, token_floor(one)) for one in _series(runs)]
    found = [(one, estimate(points(one, below=floor.measured)), floor) for one, floor in floors]
    found.sort(key=lambda each: (*(each[0].name[name] for name in BLOCK), -each[1].n50.order))
    if form == "json":
        _print_json(
            {**one.name, **_coverage(one), **curve.as_record(), "token_floor": {**vars(floor), "size": floor.size}}
            for one, curve, floor in found
        )
        return
    if form == "csv":
        _print_csv([{**one.name, **_coverage(one), **_flat_collapse(curve, floor)} for one, curve, floor in found])
        return
    ranks = _ranks(found)
    _print_table(
        [(one, _shown_collapse(curve, floor, rank)) for (one, curve, floor), rank in zip(found, ranks, strict=True)]
    )
    _print_notes((one, _floor_warnings(curve, floor) + list(curve.warnings)) for one, curve, floor in found)
    _tell(
        "N50 [95 %]: centred isotonic; > and < where it lies off the sizes asked. Models whose intervals overlap are "
        "not ordered: rank says which places are possible. floor: from here on no "
        "answer fits into the token limit, so that larger sizes are left out."
    )


@click.command()
@runs_argument
@click.option("--illegal", is_flag=True, help="Count illegal moves only, not the first move off a shortest path.")
@form_option
def hazard(runs: Sequence[Path], illegal: bool, form: str) -> None:
    """Find how often a move goes wrong, of the RUNS given, or of every run in results/.

    Answers that the token limit cut are right as far as they go: they are censored, not failures.
    """
    from harness.analysis.crossing import without_shape
    from harness.analysis.curve import Curve
    from harness.analysis.hazard import hazard as estimate
    from harness.analysis.hazard import logranks
    from harness.analysis.series import knows_distance, points, token_floor, walks

    asked = _series(runs)
    found = []
    blocks: dict[tuple[str, ...], dict[str, Any]] = {}
    for one in asked:
        if not one.writes_moves:
            continue
        fitting = points(one, below=token_floor(one).measured)
        n50 = without_shape(Curve.of(fitting), 0.5, draws=1).estimate.value
        walked = walks(one, illegal_only=illegal)
        index = "first illegal move" if illegal or not knows_distance(one) else "first move off a shortest path"
        found.append((one, estimate(walked, up_to=n50), index))
        blocks.setdefault(tuple(one.name[name] for name in BLOCK), {})[_called(one)] = walked
    pairs = [(*block, *pair) for block, models in blocks.items() for pair in logranks(models)]
    if form == "json":
        _print_json(
            [{**one.name, **_coverage(one), "index": index, **rate.as_record()} for one, rate, index in found],
            logrank=[dict(zip((*BLOCK, "first", "second", "p_value", "holm"), pair, strict=True)) for pair in pairs],
        )
        return
    if form == "csv":
        _print_csv([{**one.name, **_coverage(one), "index": index, **_flat_hazard(rate)} for one, rate, index in found])
        return
    _print_table([(one, _shown_hazard(rate)) for one, rate, _ in found])
    _print_notes((one, [*_predicted(rate), *rate.warnings]) for one, rate, _ in found)
    for task, variant, mode, first, second, p_value, holm in pairs:
        click.echo(f"  {task}, {variant}, {mode}: {first} and {second} differ with p = {p_value:.2g} (Holm {holm:.2g})")
    others = len(asked) - len(found)
    _tell(
        (
            "errors/moves: illegal moves. "
            if illegal
            else "errors/moves: first moves that are illegal or leave a shortest path. "
        )
        + "k: 1 where every move slips alike, above 1 where answers break as they go on. "
        + "cut as failed: k if answers that were cut counted as failures, which they are not."
        + (f" Modes in which no move is written out: {others} left out." if others else "")
    )


@click.command()
@runs_argument
@form_option
def failures(runs: Sequence[Path], form: str) -> None:
    """Show how attempts end at each size, of the RUNS given, or of every run in results/.

    Success three ways: everything unsolved failed; without cut and refused answers; and the bounds, cut answers all
    wrong to all right.
    """
    from harness.analysis.success import shares, success

    rows = []
    for one in _series(runs):
        outcomes = sorted(map(str, one.scored["outcome"].unique()), key=lambda name: (name != "solved", name))
        for size, part in one.scored.groupby("size"):
            rows.append((one, int(str(size)), success(part), shares(part, outcomes)))
    if form == "json":
        _print_json(
            {
                **one.name,
                "size": size,
                **right.as_record(),
                "outcomes": [share.as_record() for share in ended],
            }
            for one, size, right, ended in rows
        )
        return
    if form == "csv":
        _print_csv(
            [
                {**one.name, "size": size, **_flat_success(right), **_flat_share(share)}
                for one, size, right, ended in rows
                for share in ended
            ]
        )
        return
    _print_table([(one, {"size": str(size), **_shown_success(right, ended)}) for one, size, right, ended in rows])
    _tell(
        "95 % intervals; those of the failures hold together. conditional: without cut and refused answers. "
        "bounds: cut answers all wrong to all right; where two models' overlap, neither is ahead."
    )


# --- collapse


def _shown_collapse(curve: Collapse, floor: TokenFloor, rank: str) -> dict[str, str]:
    from harness.analysis.crossing import shown

    return {
        "N50": shown(curve.n50),
        "floor": _floor(floor),
        "rank": rank,
        "N80": shown(curve.n80),
        "Firth": _short(curve.firth50),
        "in moves": _short(curve.moves50),
        "L50": _moves(curve.fewest_moves50),
        "shape": {True: "dependent", False: "agree", None: "-"}[curve.shape_dependent],
        "p falling": _p(curve.falling.p_value),
        "p parity": _p(curve.parity.check.p_value) if curve.parity else "-",
        "n": f"{curve.n50.estimate.n}" + (f" ({curve.n50.estimate.clusters})" if curve.n50.estimate.clusters else ""),
        "about": curve.n50.estimate.target,
    }


def _ranks(found: Sequence[tuple[Series, Collapse, TokenFloor]]) -> list[str]:
    """Places that are possible among the models of a block, empty where there is one."""
    from harness.analysis.ranks import rank_intervals

    told = [""] * len(found)
    for block in {tuple(one.name[name] for name in BLOCK) for one, _, _ in found}:
        places = [at for at, (one, _, _) in enumerate(found) if tuple(one.name[name] for name in BLOCK) == block]
        ends = [(found[at][1].n50.estimate, found[at][1].if_cut_were_right.estimate) for at in places]
        lows = [least.low if least.low is not None else float("-inf") for least, _ in ends]
        highs = [most.high if most.high is not None else float("inf") for _, most in ends]
        for at, (best, worst) in zip(places, rank_intervals(lows, highs), strict=True):
            told[at] = "" if len(places) == 1 else f"{best}" if best == worst else f"{best}-{worst}"
    return told


def _floor(floor: TokenFloor) -> str:
    room = f"{floor.moves:,.0f} moves" if floor.moves is not None else ""
    size = f"{floor.size}" if floor.size is not None else ""
    return f"{size} ({room})" if size and room else size or room or "-"


def _floor_warnings(curve: Collapse, floor: TokenFloor) -> list[str]:
    """Where the token limit, and not the model, sets the end of the curve."""
    if floor.measured is not None:
        return [f"sizes from {floor.measured} on left out: as this model writes, no answer fits into {_limit(floor)}"]
    if floor.marked is not None and curve.n50.estimate.high == float("inf"):
        return [f"sizes from {floor.marked} on were not asked: no answer fits into {_limit(floor)}"]
    return []


def _limit(floor: TokenFloor) -> str:
    return f"{floor.max_tokens:,} tokens" if floor.max_tokens is not None else "the token limit"


def _flat_collapse(curve: Collapse, floor: TokenFloor) -> dict[str, Any]:
    crossings = {
        "n50": curve.n50,
        "n80": curve.n80,
        "firth50": curve.firth50,
        "moves50": curve.moves50,
        "spearman_karber": curve.spearman_karber,
        "if_cut_were_right": curve.if_cut_were_right,
    }
    flat: dict[str, Any] = {}
    for name, crossing in crossings.items():
        estimate = crossing.estimate
        flat |= {f"{name}_relation": crossing.relation, f"{name}_bound": crossing.bound}
        flat |= {name: estimate.value, f"{name}_low": estimate.low, f"{name}_high": estimate.high}
    return flat | {
        **_flat_estimate("fewest_moves50", curve.fewest_moves50),
        "shape_dependent": curve.shape_dependent,
        "falling_p": curve.falling.p_value,
        "parity_p": curve.parity.check.p_value if curve.parity else None,
        "aic_size": curve.aic_size,
        "aic_moves": curve.aic_moves,
        "token_floor": floor.size,
        "level": curve.n50.estimate.level,
        "n": curve.n50.estimate.n,
        "clusters": curve.n50.estimate.clusters,
        "target": curve.n50.estimate.target,
        "method": curve.n50.estimate.method,
        "warnings": "; ".join(curve.warnings),
    }


# --- hazard


def _shown_hazard(found: Hazard) -> dict[str, str]:
    shape, naive = found.shape, found.cut_as_failures
    rate = found.per_move
    return {
        "errors/moves": f"{found.endings['erred']}/{found.moves_at_risk:,}",
        "per move": _percent(rate),
        "half-life": _moves(found.half_life),
        "first move": _percent(found.first_move),
        "after it": _percent(found.after_first),
        "k": _between(shape.k) if shape else "-",
        "p constant": _p(shape.p_value) if shape else "-",
        "finished": str(found.endings["finished"]),
        "cut": str(found.endings["cut"] or ""),
        "stopped": str(found.endings["stopped"] or ""),
        "cut as failed": f"{naive.k.value:.2f}" if naive and found.endings["cut"] else "",
        "n": f"{rate.n}" + (f" ({rate.clusters})" if rate.clusters else ""),
        "about": rate.target,
    }


def _predicted(found: Hazard) -> list[str]:
    """The predictive check, in words."""
    return [
        f"size {one.size}: a constant rate predicts {one.predicted:.0%} right to the end"
        f" [{one.predicted_low:.0%}, {one.predicted_high:.0%}]; {one.clean} of {one.attempts} were"
        + (f", {one.unknown} were cut or stopped" if one.unknown else "")
        + f" [{one.low:.0%}, {one.high:.0%}]: {one.verdict}"
        for one in found.predictions
    ]


def _flat_hazard(found: Hazard) -> dict[str, Any]:
    shape, naive = found.shape, found.cut_as_failures
    return {
        "moves_at_risk": found.moves_at_risk,
        **found.endings,
        **_flat_estimate("per_move", found.per_move),
        **_flat_estimate("half_life", found.half_life),
        **_flat_estimate("first_move", found.first_move),
        **_flat_estimate("after_first", found.after_first),
        **(_flat_estimate("k", shape.k) if shape else {}),
        "p_constant": shape.p_value if shape else None,
        "k_cut_as_failures": naive.k.value if naive else None,
        "level": found.per_move.level,
        "n": found.per_move.n,
        "clusters": found.per_move.clusters,
        "target": found.per_move.target,
        "method": found.per_move.method,
        "warnings": "; ".join(found.warnings),
    }


# --- failures


def _shown_success(right: Success, ended: Sequence[Share]) -> dict[str, str]:
    strict = right.strict
    return {
        "solved": f"{round((strict.value or 0) * strict.n)}/{strict.n}",
        "strict": _percent(strict),
        "conditional": f"{_percent(right.conditional)} of {right.conditional.n}",
        "bounds": "-" if right.least is None or right.most is None else f"{right.least:.0%} to {right.most:.0%}",
        "failures": ", ".join(
            f"{share.outcome} {share.count} {_percent(share.estimate)}"
            for share in ended
            if share.count and share.outcome != "solved"
        ),
    }


def _flat_success(right: Success) -> dict[str, Any]:
    return {
        **_flat_estimate("strict", right.strict),
        **_flat_estimate("conditional", right.conditional),
        "conditional_n": right.conditional.n,
        "least": right.least,
        "most": right.most,
        "bounds_low": right.bounds.low,
        "bounds_high": right.bounds.high,
        "level": right.strict.level,
        "n": right.strict.n,
        "clusters": right.strict.clusters,
        "target": right.strict.target,
        "method": right.strict.method,
    }


def _flat_share(share: Share) -> dict[str, Any]:
    return {"outcome": share.outcome, "count": share.count, **_flat_estimate("share", share.estimate)}


# --- what all three share


def _series(runs: Sequence[Path]) -> list[Series]:
    from harness.analysis.series import series
    from harness.cli.display import tell_disproved
    from harness.cli.results import run_folders
    from harness.errors import UsageError

    folders = run_folders(runs)
    tell_disproved(folders)
    found = series(folders)
    if not found:
        raise UsageError("nothing was measured in these runs", "pegboard resume RUN asks what is missing")
    return found


def _called(one: Series) -> str:
    return ", ".join(
        [one.name["model"], *(f"{key} {value}" for key, value in one.name.items() if key not in (*BLOCK, "model"))]
    )


def _coverage(one: Series) -> dict[str, int]:
    scored, planned = one.coverage
    return {"scored": scored, "planned": planned}


def _print_table(rows: Sequence[tuple[Series, Mapping[str, str]]]) -> None:
    """A table on standard output, without the columns that say nothing."""
    import shutil
    import sys

    import pandas as pd

    from harness.cli.display import WIDE, table_lines
    from harness.leaderboard import COVERAGE_WANTED, short_names

    if not rows:
        return
    short = short_names({one.name["model"] for one, _ in rows})
    cells = []
    for one, row in rows:
        scored, planned = one.coverage
        short_of_plan = f"{scored}/{planned} (!)" if scored < COVERAGE_WANTED * planned else ""
        cells.append({**one.name, "model": short[one.name["model"]], **row, "coverage": short_of_plan})
    frame = pd.DataFrame(cells).fillna("")
    told = frame[[name for name in frame.columns if (frame[name] != "").any()]]
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else WIDE
    click.echo("\n".join(table_lines(told, width)))


def _print_notes(notes: Iterable[tuple[Series, Sequence[str]]]) -> None:
    """What must be known beside a row, each on a line of its own."""
    from harness.leaderboard import short_names

    for one, told in notes:
        model = short_names([one.name["model"]])[one.name["model"]]
        for note in told:
            click.echo(f"  {one.name['task']}, {one.name['mode']}, {model}: {note}")


def _print_json(rows: Iterable[Mapping[str, Any]], **beside: Any) -> None:
    """A list of rows; with anything beside it, an object. Infinite numbers are null: JSON has none."""
    listed: Any = list(rows)
    click.echo(json.dumps(_finite({"rows": listed, **beside} if beside else listed), indent=2, ensure_ascii=False))


def _print_csv(rows: Sequence[Mapping[str, Any]]) -> None:
    import pandas as pd

    click.echo(pd.DataFrame(rows).to_csv(index=False), nl=False)


def _finite(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _finite(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(part) for part in value]
    return None if isinstance(value, float) and not isfinite(value) else value


def _tell(text: str) -> None:
    from harness.cli.display import tell

    tell(text)


def _flat_estimate(name: str, estimate: Estimate) -> dict[str, Any]:
    return {name: estimate.value, f"{name}_low": estimate.low, f"{name}_high": estimate.high}


def _short(crossing: Crossing) -> str:
    """Without the interval."""
    if crossing.relation == "unknown":
        return "-"
    value = crossing.estimate.value
    return f"{value:.2f}" if value is not None else f"{crossing.relation} {crossing.bound:g}"


def _p(p_value: float) -> str:
    return f"{p_value:.3f}" if p_value >= 0.001 else "< .001"


def _percent(estimate: Estimate) -> str:
    """A share with its interval, of as many digits as it needs."""

    def text(share: float) -> str:
        return f"{share:.0%}" if share >= 0.1 or share == 0 else f"{100 * share:.2g} %".replace(" ", "")

    return _ends(estimate, text)


def _between(estimate: Estimate) -> str:
    return _ends(estimate, lambda value: f"{value:.2f}")


def _moves(estimate: Estimate) -> str:
    return _ends(estimate, lambda moves: f"{moves:,.0f}" if moves < 1e6 else f"{moves:.2g}")


def _ends(estimate: Estimate, text: Callable[[float], str]) -> str:
    """ "5 [3, 8]"; an end that is not known as "..."."""
    if estimate.low is None and estimate.value is None:
        return "-"
    low, high = ("..." if end is None or not isfinite(end) else text(end) for end in (estimate.low, estimate.high))
    value = "" if estimate.value is None else f"{text(estimate.value)} "
    return f"{value}[{low}, {high}]"
