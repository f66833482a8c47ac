"""Success three ways, and how the rest failed: what a truncated or withheld answer would have been, nobody knows."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from harness.analysis.estimate import Estimate
from harness.analysis.proportions import success as rate
from harness.analysis.shares import goodman
from harness.outcome import Outcome

WITHHELD = (Outcome.TRUNCATED, Outcome.REFUSED)
"""Outcomes that say nothing of whether the model could have solved it."""


@dataclass(frozen=True, kw_only=True)
class Success:
    """A rate of success by what is done with answers that never came to an end."""

    strict: Estimate
    """Everything unsolved has failed."""
    conditional: Estimate
    """Of the answers that were neither cut nor refused. It flatters a model that is cut where it would have failed."""
    bounds: Estimate
    """From all cut answers wrong to all of them right: two models whose bounds overlap are not ordered."""
    least: float | None
    most: float | None
    """The bounds without the uncertainty of a sample."""

    def as_record(self) -> dict[str, Any]:
        """Plain data, for JSON."""
        return {
            name: part.as_record() if isinstance(part := getattr(self, name), Estimate) else part
            for name in self.__dataclass_fields__
        }


@dataclass(frozen=True, kw_only=True)
class Share:
    """How often one outcome came."""

    outcome: str
    count: int
    estimate: Estimate
    """Its intervals hold for all outcomes of a table together."""

    def as_record(self) -> dict[str, Any]:
        """Plain data, for JSON."""
        return {**asdict(self), "estimate": self.estimate.as_record()}


def success(scored: pd.DataFrame) -> Success:
    """Of scored attempts (columns outcome, seed, size), clustered by instance within each size."""
    strict, conditional = _rate(scored), _rate(scored[~scored["outcome"].isin(WITHHELD)])
    most = _rate(scored, Outcome.TRUNCATED)
    return Success(
        strict=strict,
        conditional=conditional,
        bounds=replace(strict, value=None, high=most.high, method=f"{strict.method}, truncated answers both ways"),
        least=strict.value,
        most=most.value,
    )


def _rate(scored: pd.DataFrame, *also: Outcome) -> Estimate:
    """How many of the attempts solved, or ended otherwise in a way that counts here."""
    right = scored["outcome"].isin([Outcome.SOLVED, *also]).to_numpy()
    instances = scored.groupby(["size", "seed"], sort=False).ngroup().to_numpy()
    return rate(right, instances, scored["size"].to_numpy())


def shares(scored: pd.DataFrame, outcomes: list[str]) -> list[Share]:
    """Of scored attempts; ``outcomes`` are those of the whole table, so that the intervals hold for all of its rows
    alike."""
    counts = [int(np.count_nonzero(scored["outcome"] == outcome)) for outcome in outcomes]
    n = sum(counts)
    return [
        Share(
            outcome=outcome,
            count=count,
            estimate=Estimate(
                value=count / n if n else None, low=max(low, 0.0), high=min(high, 1.0),
                method="Goodman, simultaneous over outcomes", n=n,
            ),
        )
        for outcome, count, (low, high) in zip(outcomes, counts, goodman(counts), strict=True)
    ]  # fmt: skip
