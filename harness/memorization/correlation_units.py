"""Joins runs and scores: reads both, and makes the units whose outcomes and scores can be compared.

Of each puzzle structure (a task's kind with its disguises) and model only modes and sizes count that were asked of all
its variants, with equal weights, so that no variant is better off for having been asked what is easier.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.errors import RunFolderError, UnknownName, UsageError
from harness.memorization.correlation import Unit, empirical_logit
from harness.outcome import Outcome
from harness.store import RunFolder

NAMING = ("model", "task", "variant", "text_kind")
NOT_SCORES = frozenset({*NAMING, "key", "reference", "version", "size", "seed", "source", "sha256", "bos"})
"""Columns of scores.jsonl that say which text it is; every other number can be a score."""

LARGEST = 1e100
"""Beyond any score; its square can still be held."""

LISTED = ("enumerate", "compact")
ABOUT_SOLVABILITY = "solvable"


@dataclass(frozen=True)
class Asked:
    """Which cell attempts belong to."""

    model: str
    task: str
    variant: str
    mode: str
    size: int

    @property
    def structure(self) -> str:
        return structure_of(self.task, self.variant)


Counts = Mapping[Asked, tuple[int, int]]
"""Solved and scored attempts at feasible cells."""


@dataclass(frozen=True)
class Text:
    """A scored text of a puzzle."""

    model: str
    task: str
    variant: str
    size: int | None
    kind: str
    scores: Mapping[str, float]


@dataclass(frozen=True)
class Joined:
    """Units, the attempts behind each, and in words what had to be left out."""

    units: Sequence[Unit]
    counts: Counts
    left_out: Sequence[str]


def structure_of(task: str, variant: str) -> str:
    """A task's kind: what its disguises have in common."""
    return f"{task} {variant.partition('.')[0]}"


def is_program(mode: str) -> bool:
    return mode.startswith("function/")


def counted(runs: Sequence[RunFolder], modes: Sequence[str]) -> tuple[dict[Asked, tuple[int, int]], list[str]]:
    """Solved and scored attempts of each feasible cell, and warnings. Without ``modes``, of all but "solvable".

    Raises UsageError where nothing is left, RunFolderError for a record that is no verdict.
    """
    from harness.analysis import frames

    judged = frames.verdicts(frames.each_once(runs))
    if judged.empty:
        raise UsageError("the runs hold no verdicts", "pegboard rejudge RUN writes them")
    known = sorted(set(judged["mode"]))
    for mode in modes:
        if mode not in known:
            raise UnknownName("mode", mode, known, "the runs")
    wanted = modes or [mode for mode in known if mode != ABOUT_SOLVABILITY]
    chosen = judged[judged["infeasible"].isna() & judged["mode"].isin(wanted)]
    counts: dict[Asked, tuple[int, int]] = {}
    columns = (chosen[name] for name in ("model", "task", "variant", "mode", "size", "outcome"))
    for *named, outcome in zip(*columns, strict=True):
        asked = Asked(*named)
        solved, attempts = counts.get(asked, (0, 0))
        counts[asked] = solved + (outcome == Outcome.SOLVED), attempts + 1
    if not counts:
        raise UsageError(
            f"no feasible cell was scored in {', '.join(wanted)}", f"modes of the runs: {', '.join(known)}"
        )
    mixed = [
        name
        for name in (*frames.RECORDED, "prompt")
        if chosen.groupby(["model", "task", "variant", "mode"])[name].nunique().gt(1).any()
    ]
    return counts, [f"attempts that differ in {name} are counted together" for name in mixed]


def scored(paths: Iterable[Path], aliases: Mapping[str, str]) -> list[Text]:
    """The texts of puzzles in scores.jsonl files, or in folders that hold one. Texts of other files are passed over.

    aliases: a scored model's name to the name under which it was asked. Raises UsageError, RunFolderError.
    """
    rows: dict[tuple[object, ...], dict[str, Any]] = {}
    for file in dict.fromkeys(_file(path).resolve() for path in paths):
        for number, row in _rows(file):
            rows[row["model"], row.get("reference"), row.get("key") or (str(file), number)] = row
    puzzles = [row for row in rows.values() if row["task"] is not None]
    if not puzzles:
        raise UsageError("the scores hold no text of a puzzle", "pegboard memorize scores the texts of tasks")
    references: dict[str, set[str]] = {}
    for row in puzzles:
        if row.get("reference") is not None:
            references.setdefault(row["model"], set()).add(str(row["reference"]))
    for model, names in references.items():
        if len(names) > 1:
            raise UsageError(
                f"{model} is scored against several references: {', '.join(sorted(names))}",
                "give --memorization those of one reference",
            )
    return [_text(row, aliases) for row in puzzles]


def _file(path: Path) -> Path:
    file = path / "scores.jsonl" if path.is_dir() else path
    if not file.is_file():
        raise UsageError(f"there is no {file}", "--memorization names a scores.jsonl or the folder that holds it")
    return file


def _rows(file: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    with file.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield number, _row(f"{file}:{number}", line)


def _row(place: str, line: bytes) -> dict[str, Any]:
    """Raises RunFolderError for a line that is no score."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _unfit(place, f"it is not JSON ({error})") from error
    if not isinstance(row, dict):
        raise _unfit(place, "it is no JSON object")
    if lacking := [name for name in NAMING if name not in row]:
        raise _unfit(place, f"it lacks {', '.join(lacking)}")
    named = ("model", "text_kind", *(("task", "variant") if row["task"] is not None else ()))
    for name in named:
        if not isinstance(row[name], str):
            raise _unfit(place, f"its {name} is {row[name]!r:.80}, not text")
    if not _is_size(row.get("size")):
        raise _unfit(place, f"its size is {row['size']!r:.80}, not a whole number")
    for name, value in row.items():
        if isinstance(value, (int, float)) and not abs(value) < LARGEST:
            raise _unfit(place, f"its {name} is {value!r:.80}, which no score can be")
    return row


def _is_size(value: object) -> bool:
    return value is None or (isinstance(value, int) and not isinstance(value, bool))


def _unfit(place: str, fault: str) -> RunFolderError:
    return RunFolderError(f"{place} is no score: {fault}", "pegboard memorize writes such files anew")


def _text(row: Mapping[str, Any], aliases: Mapping[str, str]) -> Text:
    scores = {
        name: float(value)
        for name, value in row.items()
        if name not in NOT_SCORES and isinstance(value, (int, float)) and not isinstance(value, bool)
    }
    model = aliases.get(row["model"], row["model"])
    return Text(model, row["task"], row["variant"], row.get("size"), row["text_kind"], scores)


def score_names(texts: Iterable[Text]) -> list[str]:
    """Columns that hold a number for at least one text."""
    return sorted({name for text in texts for name in text.scores})


def joined(counts: Counts, texts: Sequence[Text], score: str) -> Joined:
    """Units of one score (of texts of one kind), with the outcome on each structure's common modes and sizes."""
    return _joined(counts, texts, score, _logit)


def joined_by_mode(counts: Counts, texts: Sequence[Text], score: str) -> Joined:
    """The same, the outcome being logit(listing the moves) - logit(writing a program), on the sizes common to both."""
    return _joined(counts, texts, score, _listed_less_programs)


def _joined(
    counts: Counts,
    texts: Sequence[Text],
    score: str,
    outcome: Callable[[Counts, Mapping[str, Sequence[Asked]]], tuple[dict[str, float], list[Asked]]],
) -> Joined:
    by_text = _by_text(texts, score)
    units: list[Unit] = []
    used: dict[Asked, tuple[int, int]] = {}
    left_out: list[str] = []
    for (structure, model), cells in sorted(_by_structure(counts).items()):
        place = f"{structure}, {model}"
        known = {v: by_text[structure, model, v] for v in cells if (structure, model, v) in by_text}
        if len(known) < len(cells):
            missing = sorted(set(cells) - set(known))
            left_out.append(f"{place}: no {score} of {', '.join(missing)}")
        shared, lost = _shared({variant: cells[variant] for variant in known})
        if lost:
            left_out.append(f"{place}: {', '.join(lost)} was asked in no mode and size that the others were asked in")
        outcomes, kept = outcome(counts, shared)
        values = _scores({variant: known[variant] for variant in outcomes}, {asked.size for asked in kept})
        if outcomes and not values:
            left_out.append(f"{place}: the variants' texts were scored at no common size")
        for variant, value in sorted(values.items()):
            units.append(
                Unit(model=model, structure=structure, variant=variant, outcome=outcomes[variant], score=value)
            )
            used |= {asked: counts[asked] for asked in kept if asked.variant == variant}
    return Joined(units, used, left_out)


def _by_structure(counts: Counts) -> dict[tuple[str, str], dict[str, list[Asked]]]:
    cells: dict[tuple[str, str], dict[str, list[Asked]]] = {}
    for asked in counts:
        cells.setdefault((asked.structure, asked.model), {}).setdefault(asked.variant, []).append(asked)
    return cells


def _by_text(texts: Sequence[Text], score: str) -> dict[tuple[str, str, str], dict[int | None, float]]:
    """By structure, model and variant: size to the mean score of its texts."""
    values: dict[tuple[str, str, str], dict[int | None, list[float]]] = {}
    for text in texts:
        if score in text.scores:
            name = structure_of(text.task, text.variant), text.model, text.variant
            values.setdefault(name, {}).setdefault(text.size, []).append(text.scores[score])
    return {
        name: {size: sum(of_size) / len(of_size) for size, of_size in sizes.items()} for name, sizes in values.items()
    }


def _shared(cells: Mapping[str, Sequence[Asked]]) -> tuple[dict[str, list[Asked]], list[str]]:
    """Each variant's cells in the modes and sizes that all were asked in; where there are none, variants are dropped,
    first the one that has least in common with the others."""
    kept, lost = dict(cells), list[str]()
    while kept:
        places = {v: {(asked.mode, asked.size) for asked in of_variant} for v, of_variant in kept.items()}
        if common := set.intersection(*places.values()):
            shared = {v: [a for a in of_variant if (a.mode, a.size) in common] for v, of_variant in kept.items()}
            return shared, lost
        overlap = {v: sum(len(here & there) for there in places.values()) - len(here) for v, here in places.items()}
        least = min(sorted(kept), key=overlap.__getitem__)
        lost.append(least)
        del kept[least]
    return {}, lost


def _logit(counts: Counts, cells: Mapping[str, Sequence[Asked]]) -> tuple[dict[str, float], list[Asked]]:
    """Each variant's empirical logit, its cells with equal weights; and the cells."""
    outcomes = {}
    for variant, of_variant in cells.items():
        attempts = sum(counts[asked][1] for asked in of_variant)
        rate = sum(counts[asked][0] / counts[asked][1] for asked in of_variant) / len(of_variant)
        outcomes[variant] = empirical_logit(rate * attempts, attempts)
    return outcomes, [asked for of_variant in cells.values() for asked in of_variant]


def _listed_less_programs(counts: Counts, cells: Mapping[str, Sequence[Asked]]) -> tuple[dict[str, float], list[Asked]]:
    every = [asked for of_variant in cells.values() for asked in of_variant]
    sizes = {a.size for a in every if a.mode in LISTED} & {a.size for a in every if is_program(a.mode)}
    if not sizes:
        return {}, []
    at = {variant: [a for a in of_variant if a.size in sizes] for variant, of_variant in cells.items()}
    lists, listed = _logit(counts, {variant: [a for a in of if a.mode in LISTED] for variant, of in at.items()})
    programs, written = _logit(counts, {variant: [a for a in of if is_program(a.mode)] for variant, of in at.items()})
    return {variant: lists[variant] - programs[variant] for variant in cells}, [*listed, *written]


def _scores(known: Mapping[str, Mapping[int | None, float]], asked: set[int]) -> dict[str, float]:
    """Each variant's mean over the sizes that all have: those that were asked if there are any, else all (a program's
    text has none)."""
    if not known:
        return {}
    common = set.intersection(*(set(sizes) for sizes in known.values()))
    sizes = {size for size in common if size in asked} or common
    if not sizes:
        return {}
    return {variant: sum(of_size[size] for size in sizes) / len(sizes) for variant, of_size in known.items()}
