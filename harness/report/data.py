"""What the page shows, as plain values: counted once, from the same verdicts as every table."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt
from statistics import NormalDist, fmean, quantiles
from typing import Any

import pandas as pd

from harness import modes
from harness.analysis import frames
from harness.analysis.rates import wilson
from harness.errors import UnknownName
from harness.leaderboard import COVERAGE_WANTED, disproved, for_people, leaderboard
from harness.outcome import Infeasible, Outcome
from harness.store import RunFolder

Row = Mapping[str, Any]

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


@dataclass(frozen=True)
class Survival:
    """The share still on a shortest path after a number of moves, with its 95 % interval."""

    moves: int
    share: float
    low: float
    high: float
    at_risk: int


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
    survival: Sequence[Survival]
    followed: int
    """Attempts that the survival rests on."""
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
    best_rank: int | None
    worst_rank: int | None
    """The ranks that its interval allows among the models of its panel; None where nothing was scored."""
    covered: bool


@dataclass(frozen=True, kw_only=True)
class Findings:
    runs: Sequence[RunFolder]
    about: Sequence[Row]
    """Each run's file."""
    standings: Sequence[Standing]
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
    names = dict(zip(table["model"], for_people(table)["model"], strict=True)) if len(table) else {}
    standings = _standings(table, settings, names)
    plan = [*_labelled(_records(frames.planned(runs)), settings, names)]
    attempts = [
        {**attempt, "family": FAMILY_OF[attempt["outcome"]]} for attempt in _labelled(_attempts(runs), settings, names)
    ]
    panels = [*_panels(attempts, plan)]
    marked: Counter[str] = Counter()
    for block in plan:
        if block["infeasible"] is not None:
            marked[block["infeasible"]] += block["cells"]
    return Findings(
        runs=runs,
        about=[run.run() for run in runs],
        standings=standings,
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


def _standings(table: pd.DataFrame, settings: Sequence[str], names: Mapping[str, str]) -> list[Standing]:
    rows = _records(table)
    peers = defaultdict(list)
    for row in rows:
        if row["attempts"]:
            peers[row["task"], row["variant"], row["mode"]].append(row)
    return [
        _standing(row, peers[row["task"], row["variant"], row["mode"]], _label(row, settings, names)) for row in rows
    ]


def _standing(row: Row, peers: Sequence[Row], label: str) -> Standing:
    """Ranks as in the reference of Chatbot Arena: one is above another only if their intervals do not overlap. The
    upper end counts what the token limit cut as if it had been solved, so that no model is ranked by where it was cut.
    """
    scored = row["attempts"] > 0
    return Standing(
        task=row["task"],
        variant=row["variant"],
        mode=row["mode"],
        label=label,
        row=row,
        best_rank=1 + sum(other["low"] > _highest(row) for other in peers) if scored else None,
        worst_rank=len(peers) - sum(_highest(other) < row["low"] for other in peers) if scored else None,
        covered=row["attempts"] >= COVERAGE_WANTED * row["planned"],
    )


def _highest(row: Row) -> float:
    cut = row["failures"].get(Outcome.TRUNCATED, 0)
    return wilson(row["solved"] + cut, row["attempts"])[1]


def _panels(attempts: Sequence[Row], plan: Sequence[Row]) -> Iterator[Panel]:
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
    for (task, variant, mode), series in sorted(asked.items()):
        curves = [
            curve
            for label, rows in series.items()
            if (curve := _curve(label, rows, blocks[task, variant, mode, label], mode)).points or curve.over_budget
        ]
        if curves:
            yield Panel(task=task, variant=variant, mode=mode, curves=curves)


def _curve(label: str, rows: Sequence[Row], blocks: Sequence[Row], mode: str) -> Curve:
    by_size = defaultdict(list)
    for row in rows:
        by_size[row["size"]].append(row)
    followed = [*_followed(rows)] if _lists_moves(mode) else []
    costs = [row["cost_usd"] for row in rows]
    return Curve(
        label=label,
        points=[_point(size, by_size[size]) for size in sorted(by_size)],
        over_budget=sorted(block["size"] for block in blocks if block["infeasible"] == Infeasible.OUTPUT_BUDGET),
        survival=[*kaplan_meier(followed)],
        followed=len(followed),
        cost=fmean(costs) if costs and None not in costs else None,
    )


def _point(size: int, rows: Sequence[Row]) -> Point:
    families = Counter(row["family"] for row in rows)
    tokens = sorted(row["output_tokens"] for row in rows if row["output_tokens"] is not None)
    return Point(size=size, rate=Rate(families["solved"], len(rows)), families=dict(families), tokens=_spread(tokens))


def _spread(values: Sequence[float]) -> Spread | None:
    if not values:
        return None
    low, median, high = quantiles(values, n=4, method="inclusive") if len(values) > 1 else [values[0]] * 3
    return Spread(median, low, high, len(values))


def _lists_moves(mode: str) -> bool:
    """Whether the model itself writes move after move; a program's moves say nothing about slips."""
    try:
        found = modes.find(mode)
    except UnknownName:
        return False
    return found.floor is not None or found.turns is not None


def _followed(rows: Iterable[Row]) -> Iterator[tuple[int, bool]]:
    """Of each answer with moves: its first move that is illegal or leaves every shortest path; else how many moves
    were seen to be right before it ended, was cut or was given up, where it is censored. Where distances are not
    known, nothing can be said."""
    for row in rows:
        wrong = [row[name] for name in ("first_off_path", "first_illegal") if row[name] is not None]
        if row["final_distance"] is None and row["first_off_path"] is None:
            continue
        if wrong:
            yield min(wrong), True
        elif row["legal_moves"]:
            yield row["legal_moves"], False


def kaplan_meier(followed: Sequence[tuple[int, bool]], level: float = 0.95) -> Iterator[Survival]:
    """The product-limit estimate (Kaplan and Meier 1958), a step at each event, with the log-log interval.

    followed: after how many moves each attempt erred (True) or was last seen without an error (False).
    """
    z = NormalDist().inv_cdf((1 + level) / 2)
    at_risk, share, greenwood = len(followed), 1.0, 0.0
    enough = max(FEWEST_AT_RISK, UNREADABLE * at_risk)
    ended = Counter(followed)
    last = 0
    for moves in sorted({moves for moves, _ in followed}):
        if at_risk < enough:
            break
        erred, censored = ended[moves, True], ended[moves, False]
        if erred:
            share *= 1 - erred / at_risk
            greenwood += erred / (at_risk * (at_risk - erred)) if at_risk > erred else 0.0
            yield Survival(moves, share, *_log_log(share, greenwood, z), at_risk)
        last = moves
        at_risk -= erred + censored
    if last:
        yield Survival(last, share, *_log_log(share, greenwood, z), at_risk)


def _log_log(share: float, greenwood: float, z: float) -> tuple[float, float]:
    if share in (0.0, 1.0):
        return share, share
    width = z * sqrt(greenwood) / log(share)
    return share ** exp(-width), share ** exp(width)


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
