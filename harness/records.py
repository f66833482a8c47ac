"""The lines of a run folder's files: flat, so that ``pandas.read_json(lines=True)`` reads them as tables.

``docs/records.md`` explains every field; a test holds that page against this module.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from harness.completion import Completion, Stop, Usage
from harness.judge import Judgement
from harness.outcome import Infeasible, Unscored
from harness.trial import Sampling, Trial

Record = dict[str, Any]

_SAMPLING = tuple(Sampling.__dataclass_fields__)
_TRIAL = tuple(name for name in Trial.__dataclass_fields__ if name not in {"sampling", "turn"})


def trial_fields(trial: Trial) -> Record:
    """What was asked, without the prompt's text: the columns that every record of a trial begins with."""
    whole = asdict(trial)
    del whole["prompt"], whole["turn"]
    sampling = whole.pop("sampling")
    return {"key": trial.key, **whole, **sampling}


def answer_record(
    trial: Trial,
    completion: Completion,
    *,
    asked_at: str,
    latency_seconds: float,
    attempts: int,
    cost_usd: float | None,
) -> Record:
    """One completed answer. ``latency_seconds`` is that of the attempt that succeeded, without waiting."""
    return {
        **trial_fields(trial),
        "prompt": trial.prompt,
        **completion_fields(completion),
        "asked_at": asked_at,
        "latency_seconds": round(latency_seconds, 4),
        "attempts": attempts,
        "cost_usd": cost_usd,
        "turns": [completion_fields(turn) for turn in completion.turns] or None,
    }


def turn_record(trial: Trial, completion: Completion, *, latency_seconds: float, attempts: int) -> Record:
    """One answer of a game of many turns; ``trial`` is that turn's. Kept so that a game that broke off goes on from
    it."""
    asked = {"key": trial.key, "task": trial.task, "model": trial.model, "turn": trial.turn, "prompt": trial.prompt}
    taken = {"at": timestamp(), "latency_seconds": round(latency_seconds, 4), "attempts": attempts}
    return {**asked, **completion_fields(completion), **taken}


def completion_fields(completion: Completion) -> Record:
    """A completion as it is stored, without its turns."""
    return {
        "text": completion.text,
        "reasoning": completion.reasoning,
        "stop": str(completion.stop),
        "finish_reason": completion.finish_reason,
        **asdict(completion.usage),
        "returned_model": completion.model,
        "raw": completion.raw,
    }


def completion_of(record: Mapping[str, Any]) -> Completion:
    """The completion that an answer record holds."""
    return Completion(
        text=record["text"],
        stop=Stop(record["stop"]),
        reasoning=record["reasoning"],
        finish_reason=record["finish_reason"],
        usage=Usage(**{name: record[name] for name in Usage.__dataclass_fields__}),
        model=record["returned_model"],
        raw=record["raw"],
        turns=tuple(completion_of(turn) for turn in record.get("turns") or ()),
    )


def verdict_record(answer: Mapping[str, Any], judgement: Judgement, infeasible: Infeasible | None) -> Record:
    """One judged answer: what was asked, how it ended, how it was read, what it took."""
    asked = ("key", *_TRIAL, *_SAMPLING)
    taken = (*Usage.__dataclass_fields__, "stop", "finish_reason", "latency_seconds", "attempts", "cost_usd")
    return {
        **{name: answer[name] for name in asked if name != "prompt"},
        "infeasible": infeasible and str(infeasible),
        **judgement_fields(judgement),
        **{name: answer[name] for name in taken},
    }


def judgement_fields(judgement: Judgement) -> Record:
    """A judgement alone, flat: also what ``pegboard judge --json`` prints."""
    reading, execution = judgement.reading, judgement.execution
    return {
        **asdict(judgement.verdict),
        "strict_outcome": judgement.strict_outcome,
        "read_as": reading and reading.form,
        "candidates": reading.candidates if reading else None,
        "conflict": reading.conflict if reading else None,
        "generalizes_to": judgement.generalizes_to,
        "hardcoded": judgement.hardcoded,
        "general": judgement.general,
        "held_out": {str(size): str(outcome) for size, outcome in judgement.held_out.items()} or None,
        "other_instance": judgement.other_instance and str(judgement.other_instance),
        "unsolvable_twin": judgement.unsolvable_twin and str(judgement.unsolvable_twin),
        "program_outcome": judgement.program_outcome and str(judgement.program_outcome),
        "sandbox": execution and execution.sandbox,
        "entry_point": execution and execution.entry_point,
        "limit": execution and execution.limit,
        "cpu_seconds": execution and round(execution.cpu_seconds, 4),
        "wall_seconds": execution and round(execution.wall_seconds, 4),
        "peak_mb": execution and round(execution.peak_mb, 1),
    }


def unanswered_record(trial: Trial, error: Unscored, message: str) -> Record:
    """A trial to which there is no answer: the provider gave none, or a game could not go on."""
    return {**trial_fields(trial), **_unscored(error, message)}


def unjudged_record(answer: Mapping[str, Any], message: str) -> Record:
    """An answer that could not be judged, through a fault of ours or of a task's."""
    asked = {name: answer.get(name) for name in ("key", *_TRIAL, *_SAMPLING) if name != "prompt"}
    return {**asked, **_unscored(Unscored.HARNESS_ERROR, message)}


def _unscored(kind: Unscored, message: str) -> Record:
    return {"error": str(kind), "message": message, "at": timestamp()}


def timestamp() -> str:
    """Now, in UTC, to the millisecond (ISO 8601)."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")
