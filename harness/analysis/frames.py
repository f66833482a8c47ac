"""Run folders as data frames: where every table, comparison and plot begins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pandas as pd

from harness.errors import RunFolderError
from harness.store import RunFolder

SETTINGS = ("version", "base_url", "max_tokens", "temperature", "thinking_budget", "reasoning_effort")
"""What makes two rows of one model and task different questions; as text, "default" where nothing was sent."""


def each_once(runs: Iterable[RunFolder]) -> list[RunFolder]:
    """The runs, each once, however its folder was named."""
    return list({run.path.resolve(): run for run in runs}.values())


def verdicts(runs: Sequence[RunFolder]) -> pd.DataFrame:
    """One row a judged attempt, with the fields of verdicts.jsonl; a trial judged twice keeps its last verdict.

    Raises RunFolderError for a record without an outcome.
    """
    latest: dict[tuple[str, str], dict[str, Any]] = {}
    for run in runs:
        for number, record in enumerate(run.verdicts(), start=1):
            if "key" not in record or "outcome" not in record:
                raise RunFolderError(
                    f"{run.verdicts_file}:{number} is no verdict: it has no outcome",
                    f"pegboard rejudge {run.path} writes the verdicts anew",
                )
            latest[str(run.path), record["key"]] = {"run": run.path.name, **record}
    return _with_settings_as_text(pd.DataFrame(list(latest.values())))


def planned(runs: Sequence[RunFolder]) -> pd.DataFrame:
    """One row a model, task, variant, mode, size and mark, with how many cells and trials the runs planned."""
    return _with_settings_as_text(pd.DataFrame([block for run in runs for block in _blocks(run)]))


def _blocks(run: RunFolder) -> Iterator[dict[str, Any]]:
    described = run.run()
    asked = described["suite"]
    addresses = {model["name"]: model.get("base_url") for model in asked["models"]}
    for block in described["planned"]:
        own = {"version": described["tasks"][block["task"]]["version"], "base_url": addresses.get(block["model"])}
        yield {"run": run.path.name, **own, **asked["sampling"], **block}


def _with_settings_as_text(frame: pd.DataFrame) -> pd.DataFrame:
    present = [name for name in SETTINGS if name in frame]
    return frame.assign(**{name: [_text(value) for value in frame[name]] for name in present})


def _text(value: Any) -> str:
    if pd.isna(value):
        return "default"
    return f"{value:g}" if isinstance(value, float) else str(value)
