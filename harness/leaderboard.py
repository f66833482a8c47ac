"""The table at the end of a run, and of several runs together: rates of success with their intervals.

Denominators hold only attempts at feasible cells that have an outcome. What is left out is counted beside them:
marked cells (unsolvable, over the output budget) and trials that could not be measured.

    columns   task variant mode (size) model
              attempts      scored attempts at feasible cells: the denominator
              solved        how many of them reached the goal
              success       solved / attempts; low, high: its 95 % Wilson interval
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
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pandas as pd

from harness.analysis import frames
from harness.analysis.rates import wilson
from harness.outcome import SAID_IMPOSSIBLE, Infeasible, Outcome
from harness.store import RunFolder

COVERAGE_WANTED = 0.95
"""A row with a smaller share of its plan measured is flagged: what is missing may not be missing at random."""


def leaderboard(runs: Sequence[RunFolder], *, per_size: bool = False) -> pd.DataFrame:
    """One row a task, variant, mode (and size) and model, best first. Raises UsageError for a folder without a run."""
    runs = frames.each_once(runs)
    plan = frames.planned(runs)
    judged = frames.verdicts(runs)
    keys = ["task", "variant", "mode", *(["size"] if per_size else []), "model", *_differing(plan)]
    groups = plan.groupby(keys, sort=False)
    table = pd.DataFrame(
        [
            row
            for name, block in groups
            if _is_told(row := dict(zip(keys, name, strict=True)) | _row(_part(judged, keys, name), block))
        ]
    )
    before = keys[: keys.index("model")]
    return table.sort_values([*before, "success"], ascending=[True] * len(before) + [False], kind="stable")


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


def _part(judged: pd.DataFrame, keys: list[str], name: tuple[Any, ...]) -> pd.DataFrame:
    if judged.empty:
        return judged
    chosen = pd.Series(data=True, index=judged.index)
    for key, value in zip(keys, name, strict=True):
        chosen &= judged[key] == value
    return judged[chosen]


def _row(judged: pd.DataFrame, plan: pd.DataFrame) -> dict[str, Any]:
    """One row's numbers from its attempts and from the plan's blocks for it."""
    planned = int(plan.loc[plan["infeasible"].isna(), "trials"].sum())
    over_budget = int(plan.loc[plan["infeasible"] == Infeasible.OUTPUT_BUDGET, "cells"].sum())
    if judged.empty:
        judged = pd.DataFrame(columns=["outcome", "detail", "infeasible", "optimal", "general", "strict_outcome"])
    scored = judged[judged["infeasible"].isna()]
    unsolvable = judged[judged["infeasible"] == Infeasible.UNSOLVABLE]
    counts = Counter(map(str, scored["outcome"]))
    outcomes = dict(sorted(counts.items(), key=lambda counted: (-counted[1], counted[0])))
    attempts = len(scored)
    solved = outcomes.pop(Outcome.SOLVED, 0)
    low, high = wilson(solved, attempts)
    return {
        "attempts": attempts,
        "solved": solved,
        "success": solved / attempts if attempts else None,
        "low": low,
        "high": high,
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
    named = table.assign(model=table["model"].map(_short_names(table["model"].unique())))
    shown = [_shown(dict(zip(named.columns, row, strict=True))) for row in named.itertuples(index=False)]
    names = [name for name in shown[0] if any(row[name] for row in shown)] if shown else []
    return pd.DataFrame(shown, columns=names)


def _short_names(models: Iterable[str]) -> dict[str, str]:
    """What people read: of a model named by an absolute path the last part, unless two would be called the same."""
    short = {model: re.sub("^([^/]+/)/(?:.*/)?", r"\1", model.rstrip("/")) for model in models}
    taken = Counter(short.values())
    return {model: name if taken[name] == 1 else model for model, name in short.items()}


def _shown(row: dict[str, Any]) -> dict[str, str]:
    measured = row["attempts"] > 0
    covered = row["attempts"] >= COVERAGE_WANTED * row["planned"]
    return {
        "task": row["task"],
        "variant": row["variant"],
        "mode": row["mode"],
        **({"size": str(row["size"])} if "size" in row else {}),
        "model": row["model"],
        **{name: row[name] for name in frames.SETTINGS if name in row},
        "solved": f"{row['solved']}/{row['attempts']}",
        "rate": f"{row['success']:.0%}" if measured else "-",
        "95 %": f"{100 * row['low']:.0f}-{row['high']:.0%}" if measured else "-",
        "optimal": "-" if not measured else "" if pd.isna(row["optimal"]) else f"{row['optimal']:.0f}",
        "general": "" if row["general"] is None or pd.isna(row["general"]) else f"{row['general']:.0f}",
        "impossible": f"{row['impossible_right']}/{row['impossible_asked']}" if row["impossible_asked"] else "",
        "over budget": str(row["over_budget"] or ""),
        "unmeasured": f"{row['unmeasured']}{'' if covered else ' (!)'}" if row["unmeasured"] else "",
        "failures": ", ".join(f"{name} {n}" for name, n in row["failures"].items()),
    }


def _markdown(table: pd.DataFrame) -> str:
    shown = for_people(table)
    lines = [list(shown.columns), ["---"] * len(shown.columns), *shown.to_numpy().tolist()]
    return (
        "\n".join(
            "| " + " | ".join(" ".join(cell.replace("|", r"\|").split()) for cell in line) + " |" for line in lines
        )
        + "\n"
    )


def _csv(table: pd.DataFrame) -> str:
    flat = table.assign(failures=[" ".join(f"{name}={n}" for name, n in row.items()) for row in table["failures"]])
    return flat.to_csv(index=False)


def _json(table: pd.DataFrame) -> str:
    return table.to_json(orient="records", indent=2, double_precision=15) + "\n"


FORMATS: dict[str, Callable[[pd.DataFrame], str]] = {"md": _markdown, "csv": _csv, "json": _json}
"""What ``--format`` writes besides the terminal's table."""
