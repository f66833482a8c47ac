"""Run folders as curves and walks: one series a task, variant, mode and model (and whatever settings differ)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from harness.analysis import frames
from harness.analysis.curve import Instance, Point
from harness.analysis.hazard import Ending, Walk
from harness.outcome import Infeasible, Outcome
from harness.store import RunFolder

WRITTEN_OUT = {"enumerate", "compact", "simulated", "algorithm", "chunks"}
"""Modes, up to their slash, in which the model itself writes the moves: elsewhere no move is its own."""


@dataclass(frozen=True)
class Series:
    """The attempts of one model at one task, variant and mode, at all sizes."""

    name: dict[str, str]
    """Task, variant, mode, model, and the settings that differ between the runs."""
    scored: pd.DataFrame
    """Verdicts at feasible cells: the only ones that anything is estimated from."""
    planned: pd.DataFrame

    @property
    def writes_moves(self) -> bool:
        return self.name["mode"].partition("/")[0] in WRITTEN_OUT

    @property
    def coverage(self) -> tuple[int, int]:
        """Attempts scored, and planned, at feasible cells."""
        return len(self.scored), int(self.planned.loc[self.planned["infeasible"].isna(), "trials"].sum())


def series(runs: Iterable[RunFolder]) -> list[Series]:
    """Those that have a scored attempt, in order of their names. Raises UsageError for a folder without a run."""
    folders = frames.each_once(runs)
    plan, judged = frames.planned(folders), frames.verdicts(folders)
    if judged.empty or plan.empty:
        return []
    asked = ["task", "variant", "mode", "model"]
    keys = [*asked, *(name for name in frames.SETTINGS if plan.groupby(asked)[name].nunique().gt(1).any())]
    plans = dict(iter(plan.groupby(keys, sort=False)))
    scored = judged[judged["infeasible"].isna()]
    return [
        Series(dict(zip(keys, map(str, name), strict=True)), part, plans.get(name, plan.iloc[:0]))
        for name, part in scored.groupby(keys)
    ]


def points(one: Series, *, below: int | None = None) -> list[Point]:
    """The series as a curve; instances are clusters of attempts. below: leave out this size and larger ones."""
    frame = one.scored.assign(
        solves=one.scored["outcome"] == Outcome.SOLVED, cut=one.scored["outcome"] == Outcome.TRUNCATED
    )
    by_instance = frame.groupby(["size", "seed"]).agg(
        solved=("solves", "sum"), attempts=("solves", "size"), cut=("cut", "sum"), moves=("fewest_moves", "first")
    )
    instances: dict[int, list[Instance]] = {}
    for (size, _), row in zip(by_instance.index, by_instance.itertuples(index=False), strict=True):
        if below is not None and size >= below:
            continue
        solved, attempts, cut, moves = row
        known = None if pd.isna(moves) else int(moves)  # log takes those that no float holds
        instances.setdefault(int(size), []).append(
            Instance(solved=int(solved), attempts=int(attempts), truncated=int(cut), moves=known)
        )
    return [Point(size, tuple(found)) for size, found in instances.items()]


def knows_distance(one: Series) -> bool:
    """Whether it is known of every list of moves where it left a shortest path."""
    told = one.scored[one.scored["legal_moves"] > 0]
    return bool((told["final_distance"].notna() | told["first_off_path"].notna()).all())


def walks(one: Series, *, illegal_only: bool = False) -> list[Walk]:
    """The series' answers up to their first error: the first move off a shortest path or, if that is not known or
    ``illegal_only``, the first illegal one. A cut answer, or one that stopped, is right as far as it goes."""
    frame = one.scored
    errors = frame[
        ["first_illegal"] if illegal_only or not knows_distance(one) else ["first_illegal", "first_off_path"]
    ]
    first = errors.astype(float).min(axis=1)
    columns = (frame["outcome"], first, frame["legal_moves"], frame["size"], frame["seed"], frame["fewest_moves"])
    return [_walk(*row) for row in zip(*columns, strict=True)]


def _walk(outcome: str, first: float, legal: Any, size: Any, seed: Any, fewest: Any) -> Walk:
    ends: dict[str, Ending] = {Outcome.SOLVED: "finished", Outcome.TRUNCATED: "cut"}
    ending: Ending = "erred" if not np.isnan(first) else ends.get(outcome, "stopped")
    return Walk(
        moves=int(first) if ending == "erred" else int(legal),
        ending=ending,
        size=int(size),
        needed=None if pd.isna(fewest) else float(fewest),
        instance=seed,
    )


@dataclass(frozen=True, kw_only=True)
class TokenFloor:
    """From where on no answer fits into the token limit."""

    marked: int | None
    """The smallest size that the plan left out for that reason."""
    measured: int | None
    """The smallest size asked at which the model, writing as it does, would need more tokens than there are; neither it
    nor a larger one was ever solved."""
    moves: float | None
    """How many moves fit, as the model writes them."""
    tokens_per_move: float | None
    overhead: float | None
    """Tokens around the moves, thinking included."""
    max_tokens: int | None

    @property
    def size(self) -> int | None:
        """The smaller of both sizes; None where nothing that was asked or planned is too long."""
        return min((size for size in (self.marked, self.measured) if size is not None), default=None)


def token_floor(one: Series) -> TokenFloor:
    """Measured from solved answers, by a line through each size's median, where there are at least two sizes."""
    left_out = one.planned.loc[one.planned["infeasible"] == Infeasible.OUTPUT_BUDGET, "size"]
    limits = {str(limit) for limit in one.scored["max_tokens"]}
    limit = int(next(iter(limits))) if len(limits) == 1 and next(iter(limits)).isdigit() else None
    per_move, overhead = _tokens(one.scored) if one.writes_moves else (None, None)
    sizes, room = [], None
    if limit is not None and per_move is not None and overhead is not None:
        room = max(0.0, (limit - overhead) / per_move)
        solved = one.scored.loc[one.scored["outcome"] == Outcome.SOLVED, "size"].max()
        too_long = (one.scored["fewest_moves"].astype(float) > room) & (one.scored["size"] > solved)
        sizes = one.scored.loc[too_long, "size"].tolist()
    return TokenFloor(
        marked=int(left_out.min()) if len(left_out) else None,
        measured=int(min(sizes)) if sizes else None,
        moves=room,
        tokens_per_move=per_move,
        overhead=overhead,
        max_tokens=limit,
    )


def _tokens(scored: pd.DataFrame) -> tuple[float | None, float | None]:
    """Tokens a move, and around the moves."""
    solved = scored[(scored["outcome"] == Outcome.SOLVED) & (scored["legal_moves"] > 0)]
    told = solved[["legal_moves", "output_tokens"]].astype(float).dropna()
    medians = told.groupby("legal_moves")["output_tokens"].median()
    if len(medians) < 2:
        return None, None
    slope, start = np.polyfit(medians.index.to_numpy(dtype=float), medians.to_numpy(dtype=float), 1)
    return (float(slope), max(0.0, float(start))) if slope > 0 else (None, None)
