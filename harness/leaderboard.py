"""The table at the end of a run, and of several runs together: rates of success with their intervals.

Denominators hold only attempts at feasible cells that have an outcome. What is left out is counted beside them:
marked cells (unsolvable, over the output budget) and trials that could not be measured.

    columns   task variant mode (size) model
              attempts      scored attempts at feasible cells: the denominator
              solved        how many of them reached the goal
              success       solved / attempts; low, high: its 95 % Wilson interval, for attempts that are independent
              instances     how many there were; clustered_low, clustered_high: the interval with attempts clustered by
                            instance; level, method; target: what it speaks of; warnings about it
              most          success if every truncated answer had gone on to solve
              pass@k, pass^k  where k is given: the chance that any, that all of k attempts solve; _low, _high
              best, worst   ranks that the model may have in its block; group: of those it cannot be told apart from.
                            None where the coverage is too small
              optimal       how many of the solved were as short as can be
      general       how many of the solved programs were right at every other size and instance that they were run at
              strict        how many were solved in exactly the form that the prompt asks for
              failures      every other outcome and how often it came
              impossible_asked, impossible_right    attempts at cells certified unsolvable; how many said so
              over_budget   cells whose shortest answer cannot fit into the token limit
              planned       attempts planned at feasible cells; unmeasured: planned without an outcome
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import pandas as pd

from harness import formats
from harness.analysis import frames
from harness.analysis.pass_at_k import over_instances, pass_at_k, pass_hat_k
from harness.analysis.proportions import success
from harness.analysis.rates import wilson
from harness.analysis.standing import INSTANCE, rate, standings
from harness.outcome import SAID_IMPOSSIBLE, Infeasible, Outcome
from harness.store import RunFolder

OF_K = re.compile(r"pass[@^]\d+")

COVERAGE_WANTED = 0.95
"""A row with a smaller share of its plan measured is flagged: what is missing may not be missing at random."""


def leaderboard(runs: Sequence[RunFolder], *, per_size: bool = False, k: int | None = None) -> pd.DataFrame:
    """One row a task, variant, mode (and size) and model, best first; with ``k``, also what of k attempts is to be
    expected. Raises UsageError for a folder without a run."""
    runs = frames.each_once(runs)
    plan = frames.planned(runs)
    judged = frames.verdicts(runs)
    before = ["task", "variant", "mode", *(["size"] if per_size else [])]
    keys = [*before, "model", *_differing(plan)]
    parts = {} if judged.empty else dict(iter(judged.groupby(keys, sort=False)))
    rows: list[dict[str, Any]] = []
    scored: list[pd.DataFrame] = []
    for name, block in plan.groupby(keys, sort=False):
        part = parts.get(name, judged.iloc[:0])
        row = dict(zip(keys, name, strict=True)) | _row(part, block)
        if _is_told(row):
            rows.append(row | ({} if k is None else _of_k(_scored(part), k)))
            scored.append(part)
    table = pd.DataFrame(_with_standings(rows, scored, before))
    return table.sort_values([*before, "success"], ascending=[True] * len(before) + [False], kind="stable")


def _with_standings(
    rows: Sequence[dict[str, Any]], judged: Sequence[pd.DataFrame], before: Sequence[str]
) -> list[dict[str, Any]]:
    """The rows with each model's standing among those of its block whose plan was measured."""
    blocks: dict[tuple[Any, ...], list[int]] = {}
    for place, row in enumerate(rows):
        if is_covered(row):
            blocks.setdefault(tuple(row[name] for name in before), []).append(place)
    found = {
        place: standing
        for places in blocks.values()
        for place, standing in zip(places, standings([_scored(judged[place]) for place in places]), strict=True)
    }
    nowhere = {"best": None, "worst": None, "group": None}
    return [row | (asdict(found[place]) if place in found else nowhere) for place, row in enumerate(rows)]


def _of_k(scored: pd.DataFrame, k: int) -> dict[str, Any]:
    """The chance that any, and that all, of k attempts solve."""
    counts = []
    if len(scored):
        each = scored["outcome"].eq(Outcome.SOLVED).groupby([scored[name] for name in INSTANCE], sort=False)
        counts = [(len(solved), int(solved.sum())) for _, solved in each]
    found = {f"pass@{k}": over_instances(pass_at_k, counts, k), f"pass^{k}": over_instances(pass_hat_k, counts, k)}
    return {
        column: value
        for name, one in found.items()
        for column, value in {name: one.value, f"{name}_low": one.low, f"{name}_high": one.high}.items()
    }


def is_covered(row: Mapping[str, Any]) -> bool:
    """Whether enough of a row's plan was measured for the model to be ranked."""
    return bool(row["attempts"] > 0 and row["attempts"] >= COVERAGE_WANTED * row["planned"])


def _is_told(row: dict[str, Any]) -> bool:
    """Whether anything of it was asked, or left out for want of room; the rest there was nothing to ask."""
    return any(row[name] for name in ("planned", "attempts", "impossible_asked", "over_budget"))


def _differing(plan: pd.DataFrame) -> list[str]:
    """The settings in which the runs of one model, or of one task, differ: they must not share a row."""
    return [
        name
        for name in frames.SETTINGS
        if plan.groupby(["model", "task", "variant", "mode"])[name].nunique().gt(1).any()
    ]


def disproved(runs: Sequence[RunFolder]) -> list[str]:
    """Solved attempts at instances certified unsolvable, in words: either the certificate or the referee is wrong."""
    judged = frames.verdicts(frames.each_once(runs))
    if judged.empty:
        return []
    wrong = judged[
        (judged["infeasible"] == Infeasible.UNSOLVABLE)
        & (judged["outcome"] == Outcome.SOLVED)
        & (judged["detail"] != SAID_IMPOSSIBLE)
    ]
    return [
        f"{run}: {task} size {size} seed {seed} {variant} is certified unsolvable and was solved (record {key})"
        for run, task, size, seed, variant, key in zip(
            *(wrong[name] for name in ("run", "task", "size", "seed", "variant", "key")), strict=True
        )
    ]


def _scored(judged: pd.DataFrame) -> pd.DataFrame:
    """The attempts that rates are over: those at feasible cells."""
    return judged if judged.empty else judged[judged["infeasible"].isna()]


def _row(judged: pd.DataFrame, plan: pd.DataFrame) -> dict[str, Any]:
    """One row's numbers from its attempts and from the plan's blocks for it."""
    planned = int(plan.loc[plan["infeasible"].isna(), "trials"].sum())
    over_budget = int(plan.loc[plan["infeasible"] == Infeasible.OUTPUT_BUDGET, "cells"].sum())
    if judged.empty:
        judged = pd.DataFrame(columns=["outcome", "detail", "infeasible", "optimal", "general", "strict_outcome"])
    scored = _scored(judged)
    unsolvable = judged[judged["infeasible"] == Infeasible.UNSOLVABLE]
    counts = Counter(map(str, scored["outcome"]))
    outcomes = dict(sorted(counts.items(), key=lambda counted: (-counted[1], counted[0])))
    attempts = len(scored)
    solved = outcomes.pop(Outcome.SOLVED, 0)
    low, high = wilson(solved, attempts)
    clustered = rate(scored) if attempts else success([], [])
    return {
        "attempts": attempts,
        "solved": solved,
        "success": solved / attempts if attempts else None,
        "low": low,
        "high": high,
        "instances": clustered.clusters or 0,
        "clustered_low": clustered.low,
        "clustered_high": clustered.high,
        "level": clustered.level,
        "method": clustered.method,
        "target": clustered.target,
        "warnings": "; ".join(clustered.warnings),
        "most": (solved + counts[Outcome.TRUNCATED]) / attempts if attempts else None,
        "optimal": _yes(scored["optimal"]) if attempts == 0 or scored["optimal"].notna().any() or not solved else None,
        "general": _yes(scored["general"]) if scored["general"].notna().any() else None,
        "strict": int((scored["strict_outcome"] == Outcome.SOLVED).sum()),
        "failures": outcomes,
        "impossible_asked": len(unsolvable),
        "impossible_right": int(_recognised(unsolvable).sum()),
        "over_budget": over_budget,
        "planned": planned,
        "unmeasured": planned - attempts,
    }


def _recognised(unsolvable: pd.DataFrame) -> pd.Series[bool]:
    """Right answers "impossible"; but a program that says so of solvable instances too has recognised nothing."""
    return (unsolvable["detail"] == SAID_IMPOSSIBLE) & (unsolvable["general"] != False)  # noqa: E712


def _yes(column: pd.Series[Any]) -> int:
    """How many are True in a column that holds None as well."""
    return int((column == True).sum())  # noqa: E712


def for_people(table: pd.DataFrame) -> pd.DataFrame:
    """The table as it is read on a terminal or in Markdown: text, without the columns that say nothing."""
    named = table.assign(model=table["model"].map(short_names(table["model"].unique())))
    rows = [dict(zip(named.columns, row, strict=True)) for row in named.itertuples(index=False)]
    block = [name for name in ("task", "variant", "mode", "size") if name in named]
    of_block = Counter(tuple(row[name] for name in block) for row in rows)
    shown = [_shown(row, rivals=of_block[tuple(row[name] for name in block)] > 1) for row in rows]
    names = [name for name in shown[0] if any(row[name] for row in shown)] if shown else []
    return pd.DataFrame(shown, columns=names)


def short_names(models: Iterable[str]) -> dict[str, str]:
    """What people read: of a model named by an absolute path the last part, unless two would be called the same."""
    short = {model: re.sub("^([^/]+/)/(?:.*/)?", r"\1", model.rstrip("/")) for model in models}
    taken = Counter(short.values())
    return {model: name if taken[name] == 1 else model for model, name in short.items()}


def notes(table: pd.DataFrame) -> list[str]:
    """What must be known to read the table as it is shown, in sentences."""
    shown = for_people(table)
    counts = zip(table["attempts"], table["planned"], strict=True)
    lacking = sum(not is_covered({"attempts": attempts, "planned": planned}) for attempts, planned in counts)
    marked = {
        "by instance": "by instance: the 95 % interval for instances like these (their number); the other one takes"
        " attempts as independent.",
        "rank": "rank: the places that are possible, truncated answers counted both ways. tie: models of one group"
        " cannot be told apart (paired tests by instance, Holm, 5 %).",
    }
    few = f"Unranked rows, less than {COVERAGE_WANTED:.0%} of their plan measured: {lacking}."
    return [*(text for name, text in marked.items() if name in shown), *([few] if lacking else [])]


def _by_instance(row: Mapping[str, Any]) -> str:
    """Empty where attempts are independent, or where nothing is known of other instances."""
    if row["target"] != "instances like these" or row["instances"] == row["attempts"]:
        return ""
    return f"{_interval(row['clustered_low'], row['clustered_high'])} ({row['instances']})"


def _interval(low: float, high: float) -> str:
    return f"{100 * low:.0f}-{high:.0%}"


def _of_k_shown(row: Mapping[str, Any], name: str) -> str:
    if row[name] is None or pd.isna(row[name]):
        return "-"
    return f"{row[name]:.0%} ({_interval(row[f'{name}_low'], row[f'{name}_high'])})"


def _span(first: float | None, last: float | None) -> str:
    if first is None or last is None or pd.isna(first):
        return "-"
    return f"{first:.0f}" if first == last else f"{first:.0f}-{last:.0f}"


def _shown(row: dict[str, Any], *, rivals: bool) -> dict[str, str]:
    measured = row["attempts"] > 0
    covered = is_covered(row)
    return {
        "task": row["task"],
        "variant": row["variant"],
        "mode": row["mode"],
        **({"size": str(row["size"])} if "size" in row else {}),
        "model": row["model"],
        **{name: row[name] for name in frames.SETTINGS if name in row},
        "solved": f"{row['solved']}/{row['attempts']}",
        "rate": f"{row['success']:.0%}" if measured else "-",
        "95 %": _interval(row["low"], row["high"]) if measured else "-",
        "by instance": _by_instance(row),
        "rank": _span(row["best"], row["worst"]) if rivals else "",
        "tie": _span(row["group"], row["group"]) if rivals else "",
        **{name: _of_k_shown(row, name) for name in row if OF_K.fullmatch(name)},
        "optimal": "-" if not measured else "" if pd.isna(row["optimal"]) else f"{row['optimal']:.0f}",
        "general": "" if row["general"] is None or pd.isna(row["general"]) else f"{row['general']:.0f}",
        "impossible": f"{row['impossible_right']}/{row['impossible_asked']}" if row["impossible_asked"] else "",
        "over budget": str(row["over_budget"] or ""),
        "unmeasured": f"{row['unmeasured']}{'' if covered else ' (!)'}" if row["unmeasured"] else "",
        "failures": ", ".join(f"{name} {n}" for name, n in row["failures"].items()),
    }


def _csv(table: pd.DataFrame) -> str:
    flat = table.assign(failures=[" ".join(f"{name}={n}" for name, n in row.items()) for row in table["failures"]])
    return flat.to_csv(index=False)


def _json(table: pd.DataFrame) -> str:
    return table.to_json(orient="records", indent=2, double_precision=15) + "\n"


FORMATS: dict[str, Callable[[pd.DataFrame], str]] = {
    "md": lambda table: formats.markdown(for_people(table)),
    "csv": _csv,
    "json": _json,
    "html": lambda table: formats.html(for_people(table), "Leaderboard", notes(table)),
    "tex": lambda table: formats.latex(for_people(table), notes(table)),
}
"""What ``--format`` writes besides the terminal's table."""
