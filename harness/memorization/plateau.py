"""The plateau of what is memorized, and the bits per parameter that a line through several plateaus gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt
from statistics import linear_regression, mean
from typing import Any

from harness.analysis.quantiles import student_t


@dataclass(frozen=True, kw_only=True)
class Plateau:
    """Of one shape and seed: the most that was memorized of any data set, which is how capacity is measured."""

    params: int
    seed: int
    bits: float
    samples: int
    """Of the data set where it was."""
    crossed: bool
    """Whether a data set of at least twice these bits was tried: else the capacity may be higher."""


@dataclass(frozen=True, kw_only=True)
class Slope:
    """alpha of capacity = alpha P + intercept, by least squares."""

    alpha: float
    """Bits a parameter."""
    interval: tuple[float, float] | None
    """95 %, by Student's t; None where fewer than three plateaus leave nothing to tell it by."""
    intercept: float
    """Bits."""
    plateaus: int


def plateaus(rows: Iterable[Mapping[str, Any]]) -> list[Plateau]:
    """One for each shape and seed among the rows of uniform data, the smallest model first."""
    groups: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {}
    for row in rows:
        if row["data"] == "uniform":
            groups.setdefault(
                (row["params"], row["vocabulary"], row["context"], row["layers"], row["width"], row["seed"]), []
            ).append(row)
    return [_plateau(groups[group]) for group in sorted(groups)]


def _plateau(group: list[Mapping[str, Any]]) -> Plateau:
    top = max(group, key=lambda row: row["memorized_bits"])
    return Plateau(
        params=top["params"],
        seed=top["seed"],
        bits=top["memorized_bits"],
        samples=top["samples"],
        crossed=max(row["dataset_bits"] for row in group) >= 2 * top["memorized_bits"],
    )


def slope(found: Iterable[Plateau]) -> Slope | None:
    """The line through the plateaus that were crossed; None where those are not of two sizes of model."""
    points = [(float(each.params), each.bits) for each in found if each.crossed]
    sizes, bits = [size for size, _ in points], [bit for _, bit in points]
    if len(set(sizes)) < 2:
        return None
    alpha, intercept = linear_regression(sizes, bits)
    return Slope(
        alpha=alpha, interval=_interval(sizes, bits, alpha, intercept), intercept=intercept, plateaus=len(points)
    )


def _interval(sizes: list[float], bits: list[float], alpha: float, intercept: float) -> tuple[float, float] | None:
    freedom = len(sizes) - 2
    if freedom < 1:
        return None
    residual = sum((bit - alpha * size - intercept) ** 2 for size, bit in zip(sizes, bits, strict=True))
    centre = mean(sizes)
    error = sqrt(residual / freedom / sum((size - centre) ** 2 for size in sizes))
    width = student_t(0.975, freedom) * error
    return alpha - width, alpha + width
