"""Inspect's log format, written with the standard library alone: what ``inspect view`` opens.

A ``.eval`` file is a zip of JSON (inspect_ai 0.3): ``_journal/start.json``, ``samples/<id>_epoch_<n>.json``,
``summaries.json``, ``header.json``. The format is versioned, not frozen: its stable surface is Inspect's own reader,
with which a test reads every export back where inspect-ai is installed.

One log is one model's attempts at one task in one mode of one run; a sample is an instance, an epoch a repeat.
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from harness.analysis.rates import wilson
from harness.exchange.attempts import SPLITS, Attempt, attempts, replacing, storable, unanswered
from harness.outcome import Outcome
from harness.records import Record
from harness.store import RunFolder

LOG_VERSION = 2
SCORER = "pegboard"
THE_BEGINNING_OF_TIME = (1980, 1, 1, 0, 0, 0)
"""Of every file in the zip, so that equal runs make equal bytes."""

STOPS = {"end": "stop", "length": "max_tokens", "refusal": "content_filter"}
"""Ours to Inspect's; all else is "unknown"."""

FACTS = ("outcome", "detail", "infeasible", "strict_outcome", "optimal", "general", "first_illegal", "first_off_path",
    "legal_moves", "fewest_moves", "final_distance", "progress")  # fmt: skip


@dataclass
class _Log:
    """One log under way."""

    archive: zipfile.ZipFile
    first: Record
    summaries: list[str] = field(default_factory=list)
    """JSON already: fifty thousand of them are held at a time."""
    ids: set[str] = field(default_factory=set)
    epochs: int = 0
    failed: int = 0
    solved: int = 0
    scored: int = 0
    usage: dict[str, int] = field(default_factory=dict)
    last: str = ""


def write_inspect(runs: Sequence[RunFolder], folder: Path) -> list[Path]:
    """Write one log a run, model, task and mode into ``folder``; the files written."""
    return [file for run in runs for file in _write_run(run, folder)]


def _write_run(run: RunFolder, folder: Path) -> Iterator[Path]:
    about = run.run()
    created = str(about.get("created") or "1980-01-01T00:00:00+00:00")
    logs: dict[tuple[Any, ...], _Log] = {}
    files: list[Path] = []
    with ExitStack() as stack:

        def log_of(record: Record) -> _Log:
            name = tuple(record[each] for each in SPLITS)
            if name not in logs:
                file = folder / file_name(created, run, name)
                files.append(file)
                fresh = stack.enter_context(replacing(file))
                archive = stack.enter_context(zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED))
                logs[name] = _Log(archive, record)
            return logs[name]

        for attempt in attempts(run):
            _add(log_of(attempt.answer), attempt.answer, _sample(attempt), attempt.verdict)
        for error in unanswered(run):
            _add(log_of(error), error, _failed(error), None)
        for name, log in logs.items():
            _finish(log, _spec(about, run, name, created, log), created)
    yield from files


def file_name(created: str, run: RunFolder, name: tuple[Any, ...]) -> str:
    """As Inspect looks for it: the time, the task, an id."""
    task = re.sub("[^A-Za-z0-9]+", "-", "-".join(map(str, name[1:])))
    return f"{created[:19].replace(':', '-')}_{task}_{_id(run.path.name, created, *name)}.eval"


def _id(*parts: Any) -> str:
    return hashlib.sha256("\0".join(map(str, parts)).encode("utf-8", "replace")).hexdigest()[:22]


def _add(log: _Log, record: Record, sample: dict[str, Any], verdict: Record | None) -> None:
    _put(log.archive, f"samples/{sample['id']}_epoch_{sample['epoch']}.json", sample)
    kept = ("id", "epoch", "input", "target", "scores", "metadata", "model_usage", "total_time")
    summary = {name: sample[name] for name in kept if name in sample}
    if "error" in sample:
        summary["error"] = sample["error"]["message"]
    log.summaries.append(_json({**summary, "input": str(sample["input"])[:500], "completed": True}))
    log.ids.add(sample["id"])
    log.epochs = max(log.epochs, sample["epoch"])
    log.failed += "error" in sample
    log.last = max(log.last, str(record.get("asked_at") or record.get("at") or ""))
    for counts in sample.get("model_usage", {}).values():
        for name, count in counts.items():
            log.usage[name] = log.usage.get(name, 0) + count
    if verdict is not None and verdict["infeasible"] is None:
        log.scored += 1
        log.solved += verdict["outcome"] == Outcome.SOLVED


def _sample(attempt: Attempt) -> dict[str, Any]:
    answer, verdict = attempt.answer, attempt.verdict
    model, usage = answer["model"], _usage(answer)
    said = [_message(turn, model) for turn in answer["turns"] or [answer]]
    stop = STOPS.get(answer["stop"], "unknown")
    output = {
        "model": answer["returned_model"] or model,
        "choices": [{"message": said[-1], "stop_reason": stop}],
        "time": answer["latency_seconds"],
        **({"usage": usage} if usage else {}),
    }
    sample = {
        **_identity(answer, answer["prompt"]),
        "messages": [{"role": "user", "content": answer["prompt"], "source": "input"}, *said],
        "output": output,
        "scores": {} if verdict is None else {SCORER: _score(verdict)},
        "model_usage": {model: usage} if usage else {},
        "total_time": answer["latency_seconds"],
        "working_time": answer["latency_seconds"],
    }
    if verdict is not None:
        sample["metadata"] |= {name: verdict.get(name) for name in FACTS}
        return sample
    return {**sample, "error": _error("this answer could not be judged")}


def _identity(record: Record, prompt: str) -> dict[str, Any]:
    told = ("key", "task", "variant", "size", "seed", "mode", "repeat", "version", "example")
    return {
        "id": re.sub(r"[^\w.-]", "-", "-".join(str(record[name]) for name in ("variant", "size", "seed"))),
        "epoch": record["repeat"] + 1,
        "input": prompt,
        "target": "the goal is reached by legal moves alone",
        "metadata": {name: record.get(name) for name in told} | {"N": record["size"]},
        "store": {},
        "events": [],
        "attachments": {},
    }


def _failed(error: Record) -> dict[str, Any]:
    """A trial that has no answer, through no fault of the model. Its prompt is not stored."""
    output = {"model": error["model"], "choices": []}
    return {
        **_identity(error, ""),
        "messages": [],
        "output": output,
        "scores": {},
        "model_usage": {},
        "error": _error(f"{error['error']}: {error['message']}"),
    }


def _error(message: str) -> dict[str, str]:
    return {"message": message, "traceback": "", "traceback_ansi": ""}


def _message(turn: Mapping[str, Any], model: str) -> dict[str, Any]:
    parts: list[dict[str, str]] = [{"type": "text", "text": turn["text"]}]
    if turn["reasoning"]:
        parts.insert(0, {"type": "reasoning", "reasoning": turn["reasoning"]})
    content = parts if len(parts) > 1 else turn["text"]
    return {"role": "assistant", "content": content, "source": "generate", "model": turn["returned_model"] or model}


def _score(verdict: Record) -> dict[str, Any]:
    """C or I; not a number for a cell whose result says nothing about reasoning, so that it is in no mean."""
    right = "C" if verdict["outcome"] == Outcome.SOLVED else "I"
    return {
        "value": right if verdict["infeasible"] is None else float("nan"),
        "answer": verdict["outcome"],
        "explanation": verdict["reason"],
        "metadata": {name: verdict.get(name) for name in FACTS},
    }


def _usage(answer: Record) -> dict[str, int]:
    """Inspect has no word for an unknown count but leaving it out; it wants input and output both."""
    counted, made = answer["input_tokens"], answer["output_tokens"]
    if counted is None or made is None:
        return {}
    also = {"reasoning_tokens": answer["reasoning_tokens"], "input_tokens_cache_read": answer["cached_tokens"]}
    counts = {"input_tokens": counted, "output_tokens": made, "total_tokens": counted + made}
    return counts | {name: count for name, count in also.items() if count is not None}


def _spec(about: Mapping[str, Any], run: RunFolder, name: tuple[Any, ...], created: str, log: _Log) -> dict[str, Any]:
    model, task, mode = name
    first, ids = log.first, sorted(log.ids)
    sent = {"max_tokens": first["max_tokens"], "temperature": first["temperature"],
        "reasoning_tokens": first["thinking_budget"]}  # fmt: skip
    return {
        "eval_id": _id("eval", run.path.name, created, *name),
        "run_id": _id("run", run.path.name, created),
        "task_id": _id(run.path.name, created, *name),
        "created": created,
        "task": f"{task}-{mode}".replace("/", "-"),
        "task_version": first["version"],
        "task_args": {"task": task, "mode": mode},
        "dataset": {"name": task, "samples": len(ids), "sample_ids": ids, "shuffled": False},
        "model": model,
        "model_generate_config": {name: value for name, value in sent.items() if value is not None},
        "model_args": {},
        "config": {"epochs": log.epochs},
        "packages": {"pegboard": str(about.get("pegboard"))},
        "metadata": {"suite": about["suite"].get("name"), "run": run.path.name,
            "task_sha256": about["tasks"].get(task, {}).get("sha256"), "reasoning_effort": first["reasoning_effort"]},
    }  # fmt: skip


def _finish(log: _Log, spec: Mapping[str, Any], created: str) -> None:
    plan = {"name": "plan", "steps": [], "config": spec["model_generate_config"]}
    low, high = wilson(log.solved, log.scored)
    numbers = {"accuracy": log.solved / log.scored, "wilson_low": low, "wilson_high": high} if log.scored else {}
    metrics = {name: {"name": name, "value": value} for name, value in numbers.items()}
    score = {"name": SCORER, "scorer": SCORER, "scored_samples": log.scored,
        "unscored_samples": len(log.summaries) - log.scored, "metrics": metrics}  # fmt: skip
    finished = len(log.summaries) - log.failed
    results = {"total_samples": len(log.summaries), "completed_samples": finished, "scores": [score]}
    stats = {"started_at": created, "completed_at": log.last or created,
        "model_usage": {spec["model"]: log.usage} if log.usage else {}}  # fmt: skip
    header = {
        "version": LOG_VERSION,
        "status": "success",
        "eval": spec,
        "plan": plan,
        "results": results,
        "stats": stats,
    }
    _put(log.archive, "_journal/start.json", {"version": LOG_VERSION, "eval": spec, "plan": plan})
    _write(log.archive, "summaries.json", f"[{','.join(log.summaries)}]")
    _put(log.archive, "header.json", header)


def _put(archive: zipfile.ZipFile, name: str, data: Any) -> None:
    _write(archive, name, _json(data))


def _write(archive: zipfile.ZipFile, name: str, text: str) -> None:
    entry = zipfile.ZipInfo(name, THE_BEGINNING_OF_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, text)


def _json(data: Any) -> str:
    return json.dumps(storable(data), ensure_ascii=False)
