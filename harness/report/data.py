"""What the page shows, as plain values: counted once, from the same verdicts as every table."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean, quantiles
from typing import Any

import pandas as pd

from harness.analysis import frames
from harness.analysis.crossing import Crossing, without_shape
from harness.analysis.curve import Curve as SizeCurve
from harness.analysis.hazard import Survival, survival
from harness.analysis.rates import wilson
from harness.analysis.series import Series, knows_distance, points, series, token_floor, walks
from harness.leaderboard import disproved, for_people, is_covered, leaderboard, notes
from harness.outcome import Infeasible, Outcome
from harness.store import RunFolder

Row = Mapping[str, Any]

BLOCK = ("task", "variant", "mode")
"""What models are compared within."""

FAMILIES: dict[str, tuple[str, tuple[Outcome, ...]]] = {
    "solved": ("solved", (Outcome.SOLVED,)),
    "illegal": ("illegal move", (Outcome.ILLEGAL_MOVE,)),
    "wrong": ("legal, goal not reached", (Outcome.WRONG_FINAL_STATE,)),
    "truncated": ("cut by the token limit", (Outcome.TRUNCATED,)),
    "gave_up": ("gave up", (Outcome.GAVE_UP,)),
    "claimed": ("wrong claim about solvability", (Outcome.CLAIMED_UNSOLVABLE, Outcome.CLAIMED_SOLVABLE)),
    "code": ("program failed", tuple(outcome for outcome in Outcome if outcome.startswith("code_"))),
    "unread": ("no answer found", (Outcome.PARSE_FAILURE, Outcome.EMPTY_OUTPUT)),
    "refused": ("refused", (Outcome.REFUSED,)),
}
"""Outcomes as a chart can tell them apart: identifier to name and members. Every outcome is in one."""

FAMILY_OF = {str(outcome): name for name, (_, outcomes) in FAMILIES.items() for outcome in outcomes}

UNREADABLE = 0.05
"""A survival curve ends where fewer than this share of its attempts, or fewer than FEWEST_AT_RISK, is still at risk."""
FEWEST_AT_RISK = 3


@dataclass(frozen=True)
class Rate:
    """A proportion with its 95 % Wilson interval."""

    solved: int
    attempts: int

    @property
    def value(self) -> float:
        return self.solved / self.attempts

    @property
    def interval(self) -> tuple[float, float]:
        return wilson(self.solved, self.attempts)


@dataclass(frozen=True)
class Spread:
    """Median and quartiles."""

    median: float
    low: float
    high: float
    count: int


@dataclass(frozen=True, kw_only=True)
class Point:
    """One model at one size of a panel; scored attempts at feasible cells only."""

    size: int
    rate: Rate
    families: Mapping[str, int]
    tokens: Spread | None


@dataclass(frozen=True, kw_only=True)
class Curve:
    """One model in a panel."""

    label: str
    points: Sequence[Point]
    over_budget: Sequence[int]
    """Sizes whose shortest answer does not fit into the token limit."""
    n50: Crossing | None
    """The size solved half the time, or on which side of the sizes asked it lies; None where that cannot be told."""
    survival: Survival | None
    """The share still right after so many moves, as far as it can be read; None where no moves are written out."""
    followed: int
    """Attempts that the survival rests on."""
    by_distance: bool
    """Whether a move that leaves every shortest path ends it; else, where that is not known, an illegal one alone."""
    cost: float | None
    """Mean US dollars an attempt; None unless all are known."""

    @property
    def rate(self) -> Rate:
        return Rate(sum(p.rate.solved for p in self.points), sum(p.rate.attempts for p in self.points))


@dataclass(frozen=True, kw_only=True)
class Panel:
    """One task, variant and mode: what models are compared in."""

    task: str
    variant: str
    mode: str
    curves: Sequence[Curve]

    @property
    def sizes(self) -> list[int]:
        asked = {point.size for curve in self.curves for point in curve.points}
        return sorted(asked | {size for curve in self.curves for size in curve.over_budget})


@dataclass(frozen=True, kw_only=True)
class Dumbbell:
    """One model's success at moves and at a program, over the sizes asked in both."""

    task: str
    variant: str
    label: str
    listed: tuple[str, Rate]
    programmed: tuple[str, Rate]
    sizes: Sequence[int]


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One row of the leaderboard."""

    task: str
    variant: str
    mode: str
    label: str
    row: Row
    shown: Mapping[str, str]
    """The row as ``pegboard leaderboard`` shows it."""

    @property
    def covered(self) -> bool:
        return is_covered(self.row)


@dataclass(frozen=True, kw_only=True)
class Findings:
    runs: Sequence[RunFolder]
    about: Sequence[Row]
    """Each run's file."""
    standings: Sequence[Standing]
    notes: Sequence[str]
    """What must be known to read the standings, in sentences."""
    panels: Sequence[Panel]
    dumbbells: Sequence[Dumbbell]
    labels: Sequence[str]
    """The models as the page calls them, in the order of their colours."""
    attempts: Sequence[Row]
    """Every verdict, with ``label``, ``family`` and ``folder``, the number of its run."""
    planned: int
    scored: int
    marked: Mapping[str, int]
    """Cells that enter no rate, by why."""
    disproved: Sequence[str]
    """Solutions of what is certified to have none, in words."""


def findings(runs: Sequence[RunFolder]) -> Findings:
    """Everything that is counted. Raises what ``leaderboard`` raises."""
    runs = frames.each_once(runs)
    table = leaderboard(runs)
    settings = [name for name in frames.SETTINGS if name in table]
    shown = for_people(table) if len(table) else table
    names = dict(zip(table["model"], shown["model"], strict=True)) if len(table) else {}
    plan = [*_labelled(_records(frames.planned(runs)), settings, names)]
    attempts = [
        {**attempt, "family": FAMILY_OF[attempt["outcome"]]} for attempt in _labelled(_attempts(runs), settings, names)
    ]
    known = {(*(one.name[part] for part in BLOCK), _label(one.name, settings, names)): one for one in series(runs)}
    panels = [*_panels(attempts, plan, known)]
    marked: Counter[str] = Counter()
    for block in plan:
        if block["infeasible"] is not None:
            marked[block["infeasible"]] += block["cells"]
    return Findings(
        runs=runs,
        about=[run.run() for run in runs],
        standings=_standings(table, shown, settings, names),
        notes=notes(table) if len(table) else [],
        panels=panels,
        dumbbells=[*_dumbbells(panels)],
        labels=list(dict.fromkeys(block["label"] for block in plan)),
        attempts=attempts,
        planned=sum(block["trials"] for block in plan if block["infeasible"] is None),
        scored=sum(attempt["infeasible"] is None for attempt in attempts),
        marked=dict(sorted(marked.items())),
        disproved=disproved(runs),
    )


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as plain data: None for what is missing, whole numbers whole."""
    return [
        {name: _plain(value) for name, value in zip(frame.columns, row, strict=True)}
        for row in frame.itertuples(index=False, name=None)
    ]


def _plain(value: Any) -> Any:
    if isinstance(value, (list, dict)):
        return value
    if pd.isna(value):
        return None
    value = value.item() if hasattr(value, "item") else value
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _attempts(runs: Sequence[RunFolder]) -> Iterator[dict[str, Any]]:
    for number, run in enumerate(runs):
        for record in _records(frames.verdicts([run])):
            yield {**record, "folder": number}


def _labelled(rows: Iterable[Row], settings: Sequence[str], names: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for row in rows:
        yield {**row, "label": _label(row, settings, names)}


def _label(row: Row, settings: Sequence[str], names: Mapping[str, str]) -> str:
    """A model, and the settings in which some model was asked in several."""
    told = [f"{name} {row[name]}" for name in settings if row.get(name) not in (None, "default")]
    return ", ".join([names.get(row["model"], row["model"]), *told])


def _standings(
    table: pd.DataFrame, shown: pd.DataFrame, settings: Sequence[str], names: Mapping[str, str]
) -> list[Standing]:
    return [
        Standing(
            task=row["task"],
            variant=row["variant"],
            mode=row["mode"],
            label=_label(row, settings, names),
            row=row,
            shown=text,
        )
        for row, text in zip(_records(table), _records(shown), strict=True)
    ]


def _panels(attempts: Sequence[Row], plan: Sequence[Row], known: Mapping[tuple[str, ...], Series]) -> Iterator[Panel]:
    asked: dict[tuple[str, str, str], dict[str, list[Row]]] = {}
    for block in plan:
        asked.setdefault((block["task"], block["variant"], block["mode"]), {}).setdefault(block["label"], [])
    blocks = defaultdict(list)
    for block in plan:
        blocks[block["task"], block["variant"], block["mode"], block["label"]].append(block)
    for attempt in attempts:
        if attempt["infeasible"] is None:
            key = attempt["task"], attempt["variant"], attempt["mode"]
            asked.setdefault(key, {}).setdefault(attempt["label"], []).append(attempt)
    for (task, variant, mode), models in sorted(asked.items()):
        made = (
            _curve(label, rows, blocks[task, variant, mode, label], known.get((task, variant, mode, label)))
            for label, rows in models.items()
        )
        curves = [curve for curve in made if curve.points or curve.over_budget]
        if curves:
            yield Panel(task=task, variant=variant, mode=mode, curves=curves)


def _curve(label: str, rows: Sequence[Row], blocks: Sequence[Row], one: Series | None) -> Curve:
    by_size = defaultdict(list)
    for row in rows:
        by_size[row["size"]].append(row)
    followed = [walk for walk in walks(one) if walk.moves] if one is not None and one.writes_moves else []
    costs = [row["cost_usd"] for row in rows]
    return Curve(
        label=label,
        points=[_point(size, by_size[size]) for size in sorted(by_size)],
        over_budget=sorted(block["size"] for block in blocks if block["infeasible"] == Infeasible.OUTPUT_BUDGET),
        n50=_n50(one) if one is not None else None,
        survival=_readable(survival(followed)),
        followed=len(followed),
        by_distance=one is not None and knows_distance(one),
        cost=fmean(costs) if costs and None not in costs else None,
    )


def _n50(one: Series) -> Crossing | None:
    """As ``pegboard collapse`` has it: without the sizes of which no answer fits into the token limit."""
    found = without_shape(SizeCurve.of(points(one, below=token_floor(one).measured)), 0.5)
    return found if found.relation != "unknown" else None


def _point(size: int, rows: Sequence[Row]) -> Point:
    families = Counter(row["family"] for row in rows)
    tokens = sorted(row["output_tokens"] for row in rows if row["output_tokens"] is not None)
    return Point(size=size, rate=Rate(families["solved"], len(rows)), families=dict(families), tokens=_spread(tokens))


def _spread(values: Sequence[float]) -> Spread | None:
    if not values:
        return None
    low, median, high = quantiles(values, n=4, method="inclusive") if len(values) > 1 else [values[0]] * 3
    return Spread(median, low, high, len(values))


def _readable(found: Survival | None) -> Survival | None:
    """The steps down as far as enough answers are at risk, and the last of them; None where there is none."""
    if found is None:
        return None
    enough = max(FEWEST_AT_RISK, UNREADABLE * found.at_risk[0])
    read = [place for place, left in enumerate(found.at_risk) if left >= enough]
    kept = [p for p in read if p == read[-1] or found.share[p] < (found.share[p - 1] if p else 1)]
    if not kept:
        return None
    return replace(
        found,
        **{name: tuple(getattr(found, name)[place] for place in kept) for name in found.__dataclass_fields__},
    )


def _dumbbells(panels: Sequence[Panel]) -> Iterator[Dumbbell]:
    """Enumerating against programs, in each language in which they were asked for."""
    curves = {(p.task, p.variant, p.mode, curve.label): curve for p in panels for curve in p.curves}
    programs = [p for p in panels if p.mode.startswith("function/")]
    for panel in programs:
        for curve in panel.curves:
            listed = curves.get((panel.task, panel.variant, "enumerate", curve.label))
            if listed is None:
                continue
            sizes = sorted({p.size for p in listed.points} & {p.size for p in curve.points})
            if sizes:
                yield Dumbbell(
                    task=panel.task,
                    variant=panel.variant,
                    label=curve.label,
                    listed=("enumerate", _over(listed, sizes)),
                    programmed=(panel.mode, _over(curve, sizes)),
                    sizes=sizes,
                )


def _over(curve: Curve, sizes: Sequence[int]) -> Rate:
    rates = [point.rate for point in curve.points if point.size in sizes]
    return Rate(sum(rate.solved for rate in rates), sum(rate.attempts for rate in rates))
