"""Every Eval Ever 0.3.0: one JSON a run and model with its rates, and JSON lines with its attempts beside it.

    data/pegboard/<developer>/<model>/<uuid>.json
    data/pegboard/<developer>/<model>/<uuid>_samples.jsonl

Rates are over scored attempts at feasible cells, as everywhere; only these are among the lines. What is left out is
counted in each rate's details.
"""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from harness.analysis.rates import wilson
from harness.exchange.attempts import Attempt, attempts, replacing, storable
from harness.models import ENGINES
from harness.outcome import Outcome
from harness.records import Record
from harness.store import RunFolder

SCHEMA_VERSION = "0.3.0"
COLLECTION = "pegboard"
REFERENCE = "Any sequence of legal moves that reaches the goal; decided by replaying the moves."
LEVEL = 0.95
BENCHMARK = ("task", "variant", "mode")


@dataclass
class _Evaluation:
    """One model's part of a run, under way."""

    model: Mapping[str, Any]
    identity: str
    place: Path
    lines: IO[bytes]
    counts: dict[tuple[str, ...], Counter[str]] = field(default_factory=dict)
    digest: Any = field(default_factory=hashlib.sha256)
    rows: int = 0
    sampling: Mapping[str, Any] = field(default_factory=dict)
    """Of the first answer; equal in all of a run's answers by one model."""


def write_every_eval_ever(
    runs: Sequence[RunFolder], folder: Path, *, organization: str, relationship: str
) -> list[Path]:
    """Write the collection's files below ``folder``; the aggregates written. ``organization`` is who ran it."""
    source = {
        "source_name": "Pegboard",
        "source_type": "evaluation_run",
        "source_organization_name": organization,
        "evaluator_relationship": relationship,
    }
    return [file for run in runs for file in _write_run(run, folder, source)]


def _write_run(run: RunFolder, folder: Path, source: Mapping[str, str]) -> list[Path]:
    about = run.run()
    created = str(about.get("created") or "1970-01-01T00:00:00+00:00")
    models = {model["name"]: model for model in about["suite"].get("models", [])}
    evaluations: dict[str, _Evaluation] = {}
    written = []
    with ExitStack() as stack:
        for attempt in attempts(run):
            name = attempt.answer["model"]
            if name not in evaluations:
                place = folder / _place(_model_id(name), run.path.name, created)
                fresh = stack.enter_context(replacing(place.with_name(f"{place.stem}_samples.jsonl")))
                lines = stack.enter_context(fresh.open("wb"))
                identity = f"{COLLECTION}/{_model_id(name)}/{_seconds(created)}"
                evaluations[name] = _Evaluation(models.get(name, {"name": name}), identity, place, lines)
            _add(evaluations[name], attempt)
        for evaluation in evaluations.values():
            evaluation.lines.flush()
            with replacing(evaluation.place) as fresh:
                fresh.write_text(_json(_aggregate(about, evaluation, source, created), indent=2) + "\n", "utf-8")
            written.append(evaluation.place)
    return written


def _add(evaluation: _Evaluation, attempt: Attempt) -> None:
    answer, verdict = attempt.answer, attempt.verdict
    evaluation.sampling = evaluation.sampling or answer
    counts = evaluation.counts.setdefault(tuple(answer[name] for name in BENCHMARK), Counter())
    if verdict is None:
        counts["unjudged"] += 1
    elif verdict["infeasible"] is not None:
        counts["at infeasible cells"] += 1
    else:
        counts["scored"] += 1
        counts[str(verdict["outcome"])] += 1
        line = (_json(_instance(evaluation, answer, verdict)) + "\n").encode()
        evaluation.lines.write(line)
        evaluation.digest.update(line)
        evaluation.rows += 1


def _instance(evaluation: _Evaluation, answer: Record, verdict: Record) -> dict[str, Any]:
    told = (*BENCHMARK, "size", "seed", "repeat", "version", "key", "stop", "finish_reason")
    found = ("outcome", "detail", "reason", "strict_outcome", "optimal", "first_illegal", "first_off_path",
        "legal_moves", "fewest_moves", "read_as")  # fmt: skip
    solved = verdict["outcome"] == Outcome.SOLVED
    turns = answer["turns"]
    many: dict[str, Any] = {"interaction_type": "single_turn", "output": _output(answer)}
    if turns:
        many = {"interaction_type": "multi_turn", "messages": _messages(answer)}
    return {
        "schema_version": SCHEMA_VERSION,
        "evaluation_id": evaluation.identity,
        "model_id": _model_id(answer["model"]),
        "evaluation_name": _evaluation_name(tuple(answer[name] for name in BENCHMARK)),
        "sample_id": "-".join(str(answer[name]) for name in ("task", "variant", "mode", "size", "seed", "repeat")),
        "sample_hash": hashlib.sha256((answer["prompt"] + REFERENCE).encode("utf-8", "replace")).hexdigest(),
        **many,
        "input": {"raw": answer["prompt"], "reference": [REFERENCE]},
        "answer_attribution": [],
        "evaluation": {"score": float(solved), "is_correct": solved, **({"num_turns": len(turns)} if turns else {})},
        **_token_usage(answer),
        "performance": {"latency_ms": 1000 * answer["latency_seconds"]},
        "metadata": {
            name: str(record[name])
            for names, record in ((told, answer), (found, verdict))
            for name in names
            if record.get(name) is not None
        },
    }


def _output(answer: Record) -> dict[str, Any]:
    return {"raw": [answer["text"]], **({"reasoning_trace": [answer["reasoning"]]} if answer["reasoning"] else {})}


def _messages(answer: Record) -> list[dict[str, Any]]:
    """The first prompt and all answers; later prompts follow from the answers and are not stored with a game."""
    said = [{"role": "assistant", "content": turn["text"]} for turn in answer["turns"]]
    messages = [{"role": "user", "content": answer["prompt"]}, *said]
    return [{"turn_idx": number, **message} for number, message in enumerate(messages)]


def _token_usage(answer: Record) -> dict[str, Any]:
    counted, made = answer["input_tokens"], answer["output_tokens"]
    if counted is None or made is None:
        return {}
    also = {"reasoning_tokens": answer["reasoning_tokens"], "input_tokens_cache_read": answer["cached_tokens"]}
    known = {name: count for name, count in also.items() if count is not None}
    return {"token_usage": {"input_tokens": counted, "output_tokens": made, "total_tokens": counted + made, **known}}


def _aggregate(
    about: Mapping[str, Any], evaluation: _Evaluation, source: Mapping[str, str], created: str
) -> dict[str, Any]:
    name = evaluation.model["name"]
    lines = f"{evaluation.place.stem}_samples.jsonl"
    return {
        "schema_version": SCHEMA_VERSION,
        "evaluation_id": evaluation.identity,
        "evaluation_timestamp": _seconds(created),
        "retrieved_timestamp": _seconds(created),
        "source_metadata": dict(source),
        "eval_library": {"name": "pegboard", "version": str(about.get("pegboard") or "unknown")},
        "model_info": {
            "name": name,
            "id": _model_id(name),
            "developer": _model_id(name).partition("/")[0],
            "additional_details": {
                "deployment_type": "self_deployed" if name.partition("/")[0] in ENGINES else "unknown",
                "model_availability": "open_weights" if name.partition("/")[0] in ENGINES else "unknown",
            },
        },
        "evaluation_results": [
            _result(about, evaluation, benchmark, counts)
            for benchmark, counts in sorted(evaluation.counts.items())
            if counts["scored"]
        ],
        "detailed_evaluation_results": {
            "format": "jsonl",
            "file_path": str(_place(_model_id(name), "", "").parent / lines),
            "hash_algorithm": "sha256",
            "checksum": evaluation.digest.hexdigest(),
            "total_rows": evaluation.rows,
        },
    }


def _result(
    about: Mapping[str, Any], evaluation: _Evaluation, benchmark: tuple[str, ...], counts: Counter[str]
) -> dict[str, Any]:
    scored, solved = counts["scored"], counts[Outcome.SOLVED]
    low, high = wilson(solved, scored, LEVEL)
    task = about["tasks"].get(benchmark[0], {})
    sent = evaluation.sampling
    others = {name: str(sent[name]) for name in ("thinking_budget", "reasoning_effort") if sent[name] is not None}
    return {
        "evaluation_name": _evaluation_name(benchmark),
        "source_data": {
            "dataset_name": f"pegboard {about['suite'].get('name')}: {benchmark[0]}",
            "source_type": "other",
            "additional_details": {"task_version": str(task.get("version")), "task_sha256": str(task.get("sha256"))},
        },
        "metric_config": {
            "evaluation_description": "Share of scored attempts at feasible cells whose moves reach the goal",
            "metric_id": "pegboard.success",
            "metric_name": "Success",
            "metric_kind": "accuracy",
            "metric_unit": "proportion",
            "lower_is_better": False,
            "score_type": "continuous",
            "min_score": 0,
            "max_score": 1,
        },
        "score_details": {
            "score": solved / scored,
            "details": {name: str(number) for name, number in sorted(counts.items())},
            "uncertainty": {
                "confidence_interval": {
                    "lower": low,
                    "upper": high,
                    "confidence_level": LEVEL,
                    "method": "Wilson score, attempts independent",
                },
                "num_samples": scored,
            },
        },
        "generation_config": {
            "generation_args": {"temperature": sent["temperature"], "max_tokens": sent["max_tokens"]},
            "additional_details": others,
        },
    }


def _evaluation_name(benchmark: tuple[str, ...]) -> str:
    return f"{COLLECTION} {' '.join(benchmark)}"


def _model_id(name: str) -> str:
    """``developer/model``: a served model that names its developer keeps it, all else has its provider in its place."""
    provider, _, own = name.partition("/")
    known = own if "/" in own.strip("/") and not own.startswith(("/", ".")) else f"{provider}/{own.rsplit('/', 1)[-1]}"
    developer, _, model = known.partition("/")
    return f"{_plain(developer)}/{_plain(model)}"


def _plain(name: str) -> str:
    """A name as one folder: nothing in it leads elsewhere."""
    return re.sub(r"[^A-Za-z0-9._-]+", "_", name).lstrip(".") or "unknown"


def _place(model_id: str, run: str, created: str) -> Path:
    name = uuid.UUID(bytes=hashlib.sha256(f"{model_id}\0{run}\0{created}".encode()).digest()[:16], version=4)
    return Path("data") / COLLECTION / model_id / f"{name}.json"


def _seconds(created: str) -> str:
    """Seconds since 1970, as this format wants its times."""
    return f"{datetime.fromisoformat(created).timestamp():.0f}"


def _json(data: Any, indent: int | None = None) -> str:
    return json.dumps(storable(data), ensure_ascii=False, sort_keys=True, indent=indent)
