"""Success against how well a puzzle's text is memorized: the units that ``pegboard correlate`` tests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from harness.memorization import correlation_units
from harness.memorization.correlation import Unit
from harness.memorization.correlation_study import default_score, refuse_strangers, texts_of
from harness.memorization.correlation_units import Asked
from harness.report.data import Findings

KIND = "statement"
"""The texts whose score is shown."""


@dataclass(frozen=True, kw_only=True)
class Version:
    """One model at one variant, over the modes and sizes in which all of the puzzle's variants were asked."""

    label: str
    variant: str
    canonical: bool
    score: float
    rate: float
    """Of success: the mean over modes and sizes."""
    attempts: int


@dataclass(frozen=True, kw_only=True)
class Puzzle:
    """A task's kind, bare and in its disguises."""

    task: str
    kind: str
    versions: Sequence[Version]

    @property
    def arrows(self) -> list[tuple[Version, Version]]:
        """From each model's canonical version to its disguises."""
        bare = {one.label: one for one in self.versions if one.canonical}
        return [(bare[one.label], one) for one in self.versions if not one.canonical and one.label in bare]


@dataclass(frozen=True, kw_only=True)
class Memorization:
    score: str
    puzzles: Sequence[Puzzle]
    warnings: Sequence[str]
    """What had to be left out or counted together, in words."""


def memorization(found: Findings, scores: Sequence[Path], aliases: Mapping[str, str]) -> Memorization:
    """Raises UsageError, UnknownName and RunFolderError where runs and scores cannot be joined."""
    counts, warnings = correlation_units.counted(found.runs, [])
    texts = correlation_units.scored(scores, aliases)
    refuse_strangers(counts, texts)
    of_kind = texts_of(KIND, texts)
    score = default_score(of_kind)
    joined = correlation_units.joined(counts, of_kind, score)
    labels = {attempt["model"]: attempt["label"] for attempt in reversed(found.attempts)}
    behind: dict[tuple[str, str, str], list[Asked]] = defaultdict(list)
    for asked in joined.counts:
        behind[asked.model, asked.structure, asked.variant].append(asked)
    puzzles: dict[tuple[str, str], list[Version]] = {}
    for unit in joined.units:
        cells = behind[unit.model, unit.structure, unit.variant]
        puzzle = cells[0].task, unit.variant.partition(".")[0]
        of_cells = [joined.counts[asked] for asked in cells]
        puzzles.setdefault(puzzle, []).append(_version(unit, labels[unit.model], of_cells))
    return Memorization(
        score=score,
        puzzles=[Puzzle(task=task, kind=kind, versions=of) for (task, kind), of in sorted(puzzles.items())],
        warnings=[*warnings, *joined.left_out],
    )


def _version(unit: Unit, label: str, cells: Sequence[tuple[int, int]]) -> Version:
    return Version(
        label=label,
        variant=unit.variant,
        canonical=unit.canonical,
        score=unit.score,
        rate=fmean(solved / attempts for solved, attempts in cells),
        attempts=sum(attempts for _, attempts in cells),
    )
