"""Run folders as data frames: where every table, comparison and plot begins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from harness.errors import RunFolderError
from harness.outcome import Outcome
from harness.store import RunFolder

RECORDED = ("version", "base_url", "max_tokens", "temperature", "thinking_budget", "reasoning_effort")
SETTINGS = (*RECORDED, "prompt")
"""What makes two rows of one model and task different questions, the prompt by the beginning of its hash; as text,
"default" where nothing was sent."""

COUNTED = (
    "task",
    "variant",
    "mode",
    "size",
    "seed",
    "model",
    "infeasible",
    "detail",
    "optimal",
    "general",
    "strict_outcome",
)
"""What a table counts by, besides the outcome: a verdict that lacks one would be counted wrongly."""


def each_once(runs: Iterable[RunFolder]) -> list[RunFolder]:
    """The runs, each once, however its folder was named."""
    return list({run.path.resolve(): run for run in runs}.values())


def verdicts(runs: Sequence[RunFolder]) -> pd.DataFrame:
    """One row a judged attempt, with the fields of verdicts.jsonl; a trial judged twice keeps its last verdict.

    Raises RunFolderError for a record that is no verdict.
    """
    latest: dict[tuple[str, str], dict[str, Any]] = {}
    for run in runs:
        asked = ("task", "variant", "mode")
        prompts = {tuple(block[name] for name in asked): block.get("prompt") for block in run.run()["planned"]}
        for number, record in enumerate(run.verdicts(), start=1):
            fault = _fault(record)
            if fault is not None:
                raise RunFolderError(
                    f"{run.verdicts_file}:{number} is no verdict: {fault}",
                    f"pegboard rejudge {run.path} writes the verdicts anew",
                )
            prompt = prompts.get(tuple(record[name] for name in asked))
            latest[str(run.path), record["key"]] = {"run": run.path.name, "prompt": prompt, **record}
    return _with_settings_as_text(pd.DataFrame(list(latest.values())))


def _fault(record: Mapping[str, Any]) -> str | None:
    """Why a record cannot be counted, if so."""
    if record.get("outcome") not in list(Outcome):
        return f"its outcome is {record['outcome']!r:.80}" if "outcome" in record else "it has no outcome"
    lacking = [name for name in (*COUNTED, *RECORDED) if name not in record]
    return f"it lacks {', '.join(lacking)}" if lacking else None


def planned(runs: Sequence[RunFolder]) -> pd.DataFrame:
    """One row a model, task, variant, mode, size and mark, with how many cells and trials the runs planned."""
    return _with_settings_as_text(pd.DataFrame([block for run in runs for block in _blocks(run)]))


def _blocks(run: RunFolder) -> Iterator[dict[str, Any]]:
    for block in run.run()["planned"]:
        yield {"run": run.path.name, **dict.fromkeys(SETTINGS), **block}


def _with_settings_as_text(frame: pd.DataFrame) -> pd.DataFrame:
    present = [name for name in SETTINGS if name in frame]
    return frame.assign(**{name: [_text(value) for value in frame[name]] for name in present})


def _text(value: Any) -> str:
    if pd.isna(value):
        return "default"
    return f"{value:g}" if isinstance(value, float) else str(value)
