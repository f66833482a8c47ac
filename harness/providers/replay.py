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

QUESTION = ("task", "size", "seed", "variant", "mode")
FIELDS = {"task": str, "size": int, "seed": int, "variant": str, "mode": str, "text": str}
"""What a record must hold, and its types."""


class Replay:
    """Answers with the record of the same task, size, seed, variant and mode; the n-th such record is repeat n.

    A record needs ``task``, ``size``, ``mode``, ``variant`` and ``text``; ``seed`` is 0 and ``stop`` "end" unless it
    says otherwise. A torn last line is passed over. Raises UsageError naming the file and line that cannot be read, and
    for answers of several models.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._records: dict[tuple[Any, ...], list[Mapping[str, Any]]] = defaultdict(list)
        try:
            with file.open("rb") as lines:  # in bytes, as only a newline ends a line there
                for number, line in enumerate(lines, start=1):
                    if line.strip() and not _is_torn(line):
                        self._add(line, number)
        except OSError as error:
            raise UsageError(f"no recorded answers at {file}: {error.strerror}", "write replay/PATH.jsonl") from error
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
        if trial.mode.startswith("chunks/"):
            turns = record.get("turns") or []
            if trial.turn >= len(turns):
                raise ProviderFailure(
                    f"{self._file} holds {len(turns)} turns of a game of which one more was asked for"
                )
            record = turns[trial.turn]
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

    def _add(self, line: bytes, number: int) -> None:
        try:
            record = {"seed": 0, **_object(line)}
            for name, kind in FIELDS.items():
                if type(record.get(name)) is not kind:
                    raise ValueError(f"{name} is {record.get(name)!r:.80}, not {kind.__name__}")
            Stop(record.get("stop") or "end")
        except ValueError as error:
            raise UsageError(
                f"{self._file}:{number} is no recorded answer: {error}",
                f"a line is an object that holds {', '.join(FIELDS)}; seed may be left out",
            ) from error
        self._records[tuple(record[name] for name in QUESTION)].append(record)


def _is_torn(line: bytes) -> bool:
    """Whether it is what a run that is under way, or was killed, had written of its last line."""
    try:
        return not line.endswith(b"\n") and not _object(line)
    except ValueError:
        return True


def _object(line: bytes) -> dict[str, Any]:
    try:
        read = json.loads(line)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    if not isinstance(read, dict):
        raise ValueError("it is no JSON object")
    return read
