"""Every attempt behind the page: an index that is read at once, and chunks that are opened on demand.

A chunk holds the transcripts, verdicts and replays of CHUNK attempts: JSON, gzip, base64. What attempts of a chunk
share, prompts and scenes, is in it once.
"""

from __future__ import annotations

import base64
import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from harness import modes, plugins
from harness.errors import PegboardError
from harness.plugins import Plugin
from harness.question import pose
from harness.records import Record, completion_of
from harness.report.data import FAMILIES, Findings, Row
from harness.report.replays import Performance, Stage, perform, program

Kept = Literal["all", "failures", "none"]
"""Whose transcripts go into the file."""

CHUNK = 200

UNKNOWN_SYSTEM = 0xFF
"""Byte 9 of a gzip header, which Python's versions fill differently."""

LARGEST_WHOLE = 2**53
"""Larger whole numbers are not exact in JavaScript."""

MEMORABLE = 64
"""Questions whose scenes are held at a time."""

OF_ATTEMPT = (
    "key", "size", "seed", "repeat", "legal_moves", "fewest_moves", "first_illegal", "first_off_path",
    "output_tokens", "cost_usd",
)  # fmt: skip
NAMED = ("outcome", "detail", "infeasible")
"""Columns of the index: as they are, and by their place in a list of names."""


@dataclass
class Collected:
    index: dict[str, Any]
    chunks: list[str] = field(default_factory=list)
    replays: int = 0
    unplayed: Counter[str] = field(default_factory=Counter)


def collect(found: Findings, folders: Sequence[Path], kept: Kept) -> Collected:
    """The index, and the chunks in its order. Reads every answer once."""
    stages = _Stages(found, folders)
    collected = Collected({})
    indexed: list[Row] = []
    for block in _blocks(_answered(found)):
        chunk = _Chunk()
        for attempt, answer, verdict in block:
            indexed.append(attempt)
            wanted = kept == "all" or (kept == "failures" and attempt["outcome"] != "solved")
            chunk.entries.append(_entry(chunk, answer, verdict, stages, collected) if wanted else None)
        collected.chunks.append(chunk.packed())
    collected.index.update(_index(found, indexed))
    return collected


def _answered(found: Findings) -> Iterator[tuple[Row, Record, Record]]:
    """Each attempt with its answer and verdict as stored, in the order of the answers."""
    for number, run in enumerate(found.runs):
        attempts = {attempt["key"]: attempt for attempt in found.attempts if attempt["folder"] == number}
        verdicts = {record["key"]: record for record in run.verdicts()}
        for answer in run.answers():
            attempt = attempts.pop(answer["key"], None)
            if attempt is not None:
                yield attempt, answer, verdicts[answer["key"]]


def _blocks(answered: Iterable[tuple[Row, Record, Record]]) -> Iterator[list[tuple[Row, Record, Record]]]:
    block = []
    for one in answered:
        block.append(one)
        if len(block) == CHUNK:
            yield block
            block = []
    if block:
        yield block


@dataclass
class _Chunk:
    entries: list[dict[str, Any] | None] = field(default_factory=list)
    shared: dict[str, dict[str, int]] = field(default_factory=lambda: {"prompts": {}, "scenes": {}})

    def place(self, kind: str, text: str) -> int:
        """Where a text that attempts share stands in its list."""
        return self.shared[kind].setdefault(text, len(self.shared[kind]))

    def packed(self) -> str:
        prompts, scenes = [*self.shared["prompts"]], [*self.shared["scenes"]]
        return packed({"attempts": self.entries, "prompts": prompts, "scenes": scenes})


def packed(data: Any) -> str:
    """JSON, gzip, base64: the same bytes on every machine with the same zlib."""
    text = json.dumps(data, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    compressed = bytearray(gzip.compress(text.encode("ascii"), 6, mtime=0))
    compressed[9] = UNKNOWN_SYSTEM
    return base64.b64encode(compressed).decode("ascii")


class _Stages:
    """Questions posed again, as they were asked."""

    def __init__(self, found: Findings, folders: Sequence[Path]) -> None:
        named = [Path(place) for run in found.about for place in run["plugins"]]
        self._folders = [*folders, *(place for place in dict.fromkeys(named) if place.is_dir())]
        self._plugins: dict[str, Plugin | str] = {}
        self.of = lru_cache(MEMORABLE)(self._of)

    def _of(self, task: str, version: int, size: int, seed: int, variant: str, mode: str) -> Stage | str:
        """The stage, or in words why there is none."""
        if task not in self._plugins:
            try:
                self._plugins[task] = plugins.find(task, self._folders)
            except PegboardError as error:
                self._plugins[task] = str(error)
        plugin = self._plugins[task]
        if isinstance(plugin, str):
            return f"the task {task} is not at hand (--plugins DIR)"
        if plugin.puzzle.version != version:
            return f"the answers are about version {version} of {task}; at hand is {plugin.puzzle.version}"
        try:
            asked = modes.find(mode)
            return Stage(asked.question(pose(plugin, size, seed, variant)), asked)
        except PegboardError as error:
            return str(error)


def _entry(chunk: _Chunk, answer: Record, verdict: Record, stages: _Stages, collected: Collected) -> dict[str, Any]:
    completion = completion_of(answer)
    asked = (answer[name] for name in ("task", "version", "size", "seed", "variant", "mode"))
    stage = stages.of(*asked)
    entry: dict[str, Any] = {
        "prompt": chunk.place("prompts", answer["prompt"]),
        "text": completion.text,
        "reasoning": completion.reasoning,
        "turns": [turn.text for turn in completion.turns] or None,
        "verdict": {name: _exact(value) for name, value in verdict.items() if value is not None},
    }
    if isinstance(stage, str):
        collected.unplayed[stage] += 1
        return entry
    try:
        entry["program"] = program(stage.question, stage.mode, completion)
        performance = perform(stage, completion)
    except Exception as error:  # a task's fault costs a replay, never the report
        collected.unplayed[f"{answer['task']} failed: {type(error).__name__}: {error}"] += 1
        return entry
    if performance is not None:
        collected.replays += 1
        entry["replay"] = _replay(chunk, performance)
    return entry


def _replay(chunk: _Chunk, performance: Performance) -> dict[str, Any]:
    return {
        "drawn_as": performance.drawn_as,
        "scenes": [chunk.place("scenes", scene) for scene in performance.scenes],
        "moves": performance.moves,
        "left_out": performance.left_out,
        "refused": performance.refused,
    }


def _exact(value: Any) -> Any:
    return f"{value:,}" if isinstance(value, int) and abs(value) > LARGEST_WHOLE else value


def _index(found: Findings, indexed: Sequence[Row]) -> dict[str, Any]:
    """Columns, so that names are written once."""
    series: dict[tuple[str, ...], int] = {}
    names: dict[str, dict[str, int]] = {name: {} for name in NAMED}
    columns: dict[str, list[Any]] = {name: [] for name in ("series", *OF_ATTEMPT, *NAMED)}
    taken: Counter[str] = Counter()
    for attempt in indexed:
        key = attempt["task"], attempt["variant"], attempt["mode"], attempt["label"]
        columns["series"].append(series.setdefault(key, len(series)))
        taken[attempt["key"]] += 1
        again = f"-{taken[attempt['key']]}" if taken[attempt["key"]] > 1 else ""
        columns["key"].append(attempt["key"] + again)
        for name in OF_ATTEMPT[1:]:
            columns[name].append(_exact(attempt[name]))
        for name in NAMED:
            columns[name].append(names[name].setdefault(attempt[name], len(names[name])))
    return {
        "attempts": columns,
        "series": [*series],
        "names": {name: [*known] for name, known in names.items()},
        "families": {name: [title, *outcomes] for name, (title, outcomes) in FAMILIES.items()},
        "chunk": CHUNK,
    }


def inline(data: Mapping[str, Any]) -> str:
    """JSON that can stand in a script element whatever is in it: no "<" can begin a tag or a comment."""
    return json.dumps(data, ensure_ascii=True, sort_keys=True, separators=(",", ":")).replace("<", "\\u003c")
