"""``replay/FILE``: answers from recorded transcripts, such as the answers.jsonl of an earlier run."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from harness.completion import Completion, Stop, Usage
from harness.errors import UsageError
from harness.providers.protocol import ProviderFailure
from harness.trial import Trial

Question = tuple[str, int, int, str, str]


class Replay:
    """Answers with the record of the same task, size, seed, variant and mode; the n-th such record is repeat n.

    A record needs ``task``, ``size``, ``mode``, ``variant`` and ``text``; ``seed`` is 0 and ``stop`` "end" unless it
    says otherwise. Raises UsageError naming the file and line that cannot be read, and for answers of several models.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._records: dict[Question, list[Mapping[str, Any]]] = defaultdict(list)
        try:
            lines = file.read_text("utf-8").splitlines()
        except OSError as error:
            raise UsageError(f"no recorded answers at {file}: {error.strerror}", "write replay/PATH.jsonl") from error
        for number, line in enumerate(lines, start=1):
            if line.strip():
                self._add(line, number)
        models = sorted({str(record.get("model")) for records in self._records.values() for record in records})
        if len(models) > 1:
            raise UsageError(
                f"{file} holds answers of several models: {', '.join(models)}", "keep the lines of one of them"
            )

    async def complete(self, trial: Trial) -> Completion:
        """See ``Provider.complete``."""
        question = (trial.task, trial.size, trial.seed, trial.variant, trial.mode)
        records = self._records.get(question, [])
        if trial.repeat >= len(records):
            raise ProviderFailure(
                f"{self._file} holds {len(records)} answers to {trial.task} size {trial.size} seed {trial.seed} "
                f"{trial.variant} {trial.mode}; number {trial.repeat + 1} was asked for"
            )
        record = records[trial.repeat]
        return Completion(
            text=record["text"],
            stop=Stop(record.get("stop") or "end"),
            reasoning=record.get("reasoning"),
            finish_reason=record.get("finish_reason"),
            usage=Usage(**{name: record.get(name) for name in Usage.__dataclass_fields__}),
            model=record.get("returned_model") or record.get("model"),
            raw=record.get("raw") or {},
        )

    async def close(self) -> None:
        """Nothing is held."""

    def _add(self, line: str, number: int) -> None:
        try:
            record = json.loads(line)
            question = (record["task"], record["size"], record.get("seed", 0), record["variant"], record["mode"])
            if not isinstance(record["text"], str):
                raise TypeError("text is no string")
            Stop(record.get("stop") or "end")
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UsageError(f"{self._file}:{number} is no recorded answer: {type(error).__name__}: {error}") from error
        self._records[question].append(record)
