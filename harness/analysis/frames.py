"""Run folders as data frames: where every table, comparison and plot begins."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from harness.store import RunFolder


def verdicts(runs: Iterable[RunFolder]) -> pd.DataFrame:
    """One row a judged attempt, with the fields of verdicts.jsonl; a trial judged twice keeps its last verdict."""
    latest = {
        (str(run.path), record["key"]): {"run": run.path.name, **record} for run in runs for record in run.verdicts()
    }
    return pd.DataFrame(list(latest.values()))


def planned(runs: Iterable[RunFolder]) -> pd.DataFrame:
    """One row a model, task, variant, mode, size and mark, with how many cells and trials the runs planned."""
    return pd.DataFrame([{"run": run.path.name, **block} for run in runs for block in run.run()["planned"]])
