"""A run's attempts as other tools want them: each answer with its verdict, one at a time; and flat: CSV, Parquet."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from harness.analysis import frames
from harness.completion import Usage
from harness.errors import PegboardError, UsageError
from harness.records import Record
from harness.store import RunFolder
from harness.trial import Sampling, Trial

COPIED = (
    *(name for name in Trial.__dataclass_fields__ if name not in {"sampling", "prompt", "turn"}),
    *Sampling.__dataclass_fields__,
    *Usage.__dataclass_fields__,
    "stop", "finish_reason", "latency_seconds", "attempts", "cost_usd",
)  # fmt: skip
"""Fields of a verdict that repeat the answer's."""

SPLITS = ("model", "task", "mode")
"""What is a log, or an evaluation, of its own for other tools: one model, one benchmark, one way of asking."""


@dataclass(frozen=True)
class Attempt:
    answer: Record
    verdict: Record | None
    """Without what it repeats of the answer; None for an answer that could not be judged."""


def attempts(run: RunFolder) -> Iterator[Attempt]:
    """Every answer of a run with its verdict, as they were stored. Transcripts are read one at a time; of all verdicts
    only what the answers do not repeat is held."""
    judged = {verdict["key"]: _own(verdict) for verdict in run.verdicts()}
    for answer in run.answers():
        yield Attempt(answer, judged.get(answer["key"]))


def _own(verdict: Record) -> Record:
    return {name: value for name, value in verdict.items() if name not in COPIED}


def unanswered(run: RunFolder) -> list[Record]:
    """The last error of each trial that has no answer."""
    failed = {error["key"]: error for error in run.errors()}
    for key in run.answered():
        failed.pop(key, None)
    return list(failed.values())


def flat(runs: Sequence[RunFolder]) -> pd.DataFrame:
    """One row a judged attempt; what a cell cannot hold is written as JSON. Transcripts are left out."""
    frame = frames.verdicts(frames.each_once(runs))
    if frame.empty:
        raise UsageError("there is no judged attempt to export", "pegboard resume RUN asks and judges what is missing")
    nested = [str(name) for name in frame if frame[name].map(lambda value: isinstance(value, (dict, list))).any()]
    return frame.assign(**{name: [_as_json(value) for value in frame[name]] for name in nested})


def write_csv(runs: Sequence[RunFolder], out: Path) -> None:
    with replacing(out) as fresh:
        flat(runs).to_csv(fresh, index=False, encoding="utf-8", errors="backslashreplace", lineterminator="\n")


def write_parquet(runs: Sequence[RunFolder], out: Path) -> None:
    """Raises PegboardError where pyarrow is not installed."""
    try:
        import pyarrow  # noqa: F401 - pandas asks for it far less clearly
    except ImportError as error:
        raise PegboardError(
            "Parquet needs pyarrow", 'pip install "pegboard[parquet]"; --format csv needs nothing'
        ) from error
    frame = flat(runs)
    texts = frame.select_dtypes(include=["object", "str"]).columns
    clean = frame.assign(**{name: [_storable(value) for value in frame[name]] for name in texts})
    with replacing(out) as fresh:
        clean.to_parquet(fresh, index=False)


class replacing:  # noqa: N801 - reads as a verb in a with statement
    """A file beside ``out`` to write to, put in its place when the block ends well and removed when it does not."""

    def __init__(self, out: Path) -> None:
        self._out, self._fresh = out, out.with_name(f".{out.name}.{os.getpid()}.new")

    def __enter__(self) -> Path:
        self._out.parent.mkdir(parents=True, exist_ok=True)
        return self._fresh

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._fresh.replace(self._out)
        else:
            self._fresh.unlink(missing_ok=True)


def storable(data: Any) -> Any:
    """The same data with every lone surrogate replaced: what a model may emit, and strict readers of JSON refuse."""
    if isinstance(data, str):
        return _storable(data)
    if isinstance(data, dict):
        return {_storable(name): storable(value) for name, value in data.items()}
    return [storable(value) for value in data] if isinstance(data, (list, tuple)) else data


def _storable(value: Any) -> Any:
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def _as_json(value: Any) -> Any:
    return json.dumps(value, sort_keys=True) if isinstance(value, (dict, list)) else value
