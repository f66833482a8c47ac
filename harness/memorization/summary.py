"""Means of stored scores by group, with the lengths that any score must be read beside; one pass, nothing held."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from harness.memorization.baselines import auc

GROUP = ("model", "reference", "task", "variant", "text_kind", "label")
LENGTHS = ("characters", "tokens", "zlib_bytes")
"""What a score may be nothing but: printed next to it."""

CODE = ("bits", "bits_per_byte", "reference_bits")


@dataclass
class Group:
    """Running sums."""

    texts: int = 0
    sums: dict[str, float] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def add(self, record: Mapping[str, Any], columns: Sequence[str]) -> None:
        self.texts += 1
        for name in columns:
            if (value := record.get(name)) is not None:
                self.sums[name] = self.sums.get(name, 0.0) + float(value)
                self.counts[name] = self.counts.get(name, 0) + 1

    def mean(self, name: str) -> float | None:
        count = self.counts.get(name, 0)
        return self.sums[name] / count if count else None


def summary(
    records: Iterable[Mapping[str, Any]], methods: Sequence[str], *, by_size: bool = False
) -> list[dict[str, Any]]:
    """One row a group: how many texts, means of their lengths, of their code lengths in bits and of each method.

    ``<method>_texts`` counts the texts that have that score. A user's own files are grouped by file and label.
    """
    columns = (*LENGTHS, *CODE, *methods)
    groups: dict[tuple[Any, ...], Group] = {}
    for record in records:
        place = {**record, "task": record["task"] or _file(record["source"])}
        named = tuple(place.get(name) for name in (*GROUP, "size"))
        groups.setdefault(named if by_size else (*named[:-1], None), Group()).add(record, columns)
    return [
        {
            **dict(zip((*GROUP, "size"), named, strict=True)),
            "texts": group.texts,
            **{name: group.mean(name) for name in columns},
            **{f"{name}_texts": group.counts.get(name, 0) for name in methods},
        }
        for named, group in groups.items()
    ]


def _file(source: str) -> str:
    """The file of ``file:line``."""
    file, _, line = source.rpartition(":")
    return file if file and line.isdecimal() else source


@dataclass(frozen=True)
class Separation:
    """How well each score tells texts of one label from those of another, and how well their sizes alone do."""

    above: Any
    below: Any
    aucs: Mapping[str, float]
    """By method or size, that a text labelled ``above`` has the higher one. Sizes have no right side: .1 says as much
    as .9, and a score that does no better than a size says nothing that the size does not."""


SIZES = ("bytes", "zlib_bytes")


def separation(records: Iterable[Mapping[str, Any]], methods: Sequence[str]) -> Separation | None:
    """Of a user's own texts with two labels; None for others. Holds a number a score, not the records.

    ``above`` is the greater of numbers and truth values, and the first of two words: member before non-member.
    """
    values: dict[str, list[tuple[float, Any]]] = {name: [] for name in (*SIZES, *methods)}
    for record in records:
        for name, having in values.items():
            if record["label"] is not None and record[name] is not None:
                having.append((float(record[name]), record["label"]))
    labels = {label for _, label in values[SIZES[0]]}
    if len(labels) != 2:
        return None
    words = all(isinstance(label, str) for label in labels)
    below, above = sorted(labels, key=lambda label: (isinstance(label, str), label), reverse=words)
    return Separation(
        above, below, {name: auc(*_members(having, above)) for name, having in values.items() if _both(having)}
    )


def _both(having: Sequence[tuple[float, Any]]) -> bool:
    return len({label for _, label in having}) == 2


def _members(having: Sequence[tuple[float, Any]], above: Any) -> tuple[list[float], list[bool]]:
    return [number for number, _ in having], [label == above for _, label in having]
