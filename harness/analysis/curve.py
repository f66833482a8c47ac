"""Success against size, as counts: what every estimate of a collapse is made from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log, nan

import numpy as np

from harness.analysis.estimate import Target
from harness.analysis.glm import Vector


@dataclass(frozen=True, kw_only=True)
class Instance:
    """What came of one instance: a cluster of attempts."""

    solved: int
    attempts: int
    truncated: int = 0
    """How many attempts were cut by the token limit before they had gone wrong."""
    moves: float | None = None
    """The fewest that solve it."""


@dataclass(frozen=True)
class Point:
    """What came of one size."""

    size: int
    instances: tuple[Instance, ...]

    @cached_property
    def solved(self) -> int:
        return sum(one.solved for one in self.instances)

    @cached_property
    def attempts(self) -> int:
        return sum(one.attempts for one in self.instances)

    @cached_property
    def truncated(self) -> int:
        return sum(one.truncated for one in self.instances)

    @property
    def rate(self) -> float:
        return self.solved / self.attempts


@dataclass(frozen=True)
class Curve:
    """Points in order of size, each with at least one attempt."""

    points: tuple[Point, ...]

    @classmethod
    def of(cls, points: Sequence[Point]) -> Curve:
        """The curve through the points, in any order, that have attempts."""
        return cls(tuple(sorted((p for p in points if p.attempts), key=lambda point: point.size)))

    @cached_property
    def n(self) -> int:
        return sum(point.attempts for point in self.points)

    @cached_property
    def sizes(self) -> Vector:
        return np.array([point.size for point in self.points], dtype=float)

    @cached_property
    def solved(self) -> Vector:
        return np.array([point.solved for point in self.points], dtype=float)

    @cached_property
    def attempts(self) -> Vector:
        return np.array([point.attempts for point in self.points], dtype=float)

    @cached_property
    def step(self) -> float:
        """The usual distance between neighbouring sizes."""
        return float(np.median(np.diff(self.sizes))) if len(self.points) > 1 else 1.0

    @cached_property
    def clustered(self) -> bool:
        """Whether there are several instances at every size, so that something can be said about others like them."""
        return all(len(point.instances) > 1 for point in self.points)

    @cached_property
    def units(self) -> int:
        """Independent units at the size that has the fewest of them."""
        return min(len(point.instances) if self.clustered else point.attempts for point in self.points)

    @property
    def target(self) -> Target:
        return "instances like these" if self.clustered else "these instances"

    @cached_property
    def design_effect(self) -> float:
        """By how much attempts on one instance being alike inflates the variance, all sizes together; at least 1."""
        if not self.clustered or all(one.attempts == 1 for point in self.points for one in point.instances):
            return 1.0
        found = expected = 0.0
        for point in self.points:
            count = len(point.instances)
            residuals = sum((one.solved - one.attempts * point.rate) ** 2 for one in point.instances)
            found += residuals * count / (count - 1)
            expected += point.attempts * point.rate * (1 - point.rate)
        return max(1.0, found / expected) if expected else 1.0

    @cached_property
    def gap(self) -> tuple[int, int] | None:
        """The neighbouring sizes between which success falls from always to never."""
        rates = [point.rate for point in self.points]
        if set(rates) == {0.0, 1.0} and rates == sorted(rates, reverse=True):
            last = rates.count(1.0) - 1
            return self.points[last].size, self.points[last + 1].size
        return None

    def with_cut_as_right(self) -> Curve:
        """The curve if every answer that was cut had been right."""
        return Curve(tuple(Point(p.size, tuple(map(_as_right, p.instances))) for p in self.points))

    @property
    def clusters(self) -> int | None:
        """Instances, where they are what is drawn; None where attempts are."""
        return sum(len(point.instances) for point in self.points) if self.clustered else None

    @cached_property
    def interior(self) -> int:
        """At how many sizes some attempts succeed and some do not."""
        return int(np.count_nonzero((self.solved > 0) & (self.solved < self.attempts)))

    @cached_property
    def rows(self) -> Rows:
        """One row a size and number of moves."""
        rows: dict[tuple[float, float], tuple[int, int]] = {}
        for point in self.points:
            for one in point.instances:
                name = (float(point.size), log(one.moves) if one.moves else nan)
                solved, attempts = rows.get(name, (0, 0))
                rows[name] = solved + one.solved, attempts + one.attempts
        table = np.array([(*name, *counts) for name, counts in rows.items()], dtype=float)
        return Rows(*table.T)


@dataclass(frozen=True)
class Rows:
    """Columns of a regression."""

    size: Vector
    log_moves: Vector
    """NaN where the fewest moves are not known."""
    solved: Vector
    attempts: Vector


def mean_log_moves(point: Point) -> float:
    """NaN where no instance's fewest moves are known."""
    known = [log(one.moves) for one in point.instances if one.moves]
    return sum(known) / len(known) if known else nan


def _as_right(one: Instance) -> Instance:
    return Instance(solved=one.solved + one.truncated, attempts=one.attempts, moves=one.moves)
