"""Where the models of one table block stand among one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from harness.analysis.estimate import Estimate
from harness.analysis.paired import chance_of_none
from harness.analysis.proportions import success
from harness.analysis.ranks import rank_intervals, tie_groups
from harness.outcome import Outcome

INSTANCE = ["task", "variant", "size", "seed"]
"""What makes two attempts attempts at the same instance."""


@dataclass(frozen=True)
class Standing:
    """Ranks that a model may have, and the group of those that it cannot be told apart from; from 1."""

    best: int
    worst: int
    group: int


def rate(scored: pd.DataFrame) -> Estimate:
    """Success over scored attempts, clustered by instance within each size."""
    instances = scored.groupby(INSTANCE, sort=False).ngroup().to_numpy()
    return success(_solved(scored, False), instances, scored["size"].to_numpy())


def standings(models: Sequence[pd.DataFrame]) -> list[Standing]:
    """Of each model by its scored attempts, in any order.

    A model is ahead of another only if it is with all of the other's truncated answers counted as solved: models whose
    bounds overlap are not ordered.
    """
    grid = _grid(models)
    rates = [(grid.rate(model, grid.least), grid.rate(model, grid.most)) for model in range(len(models))]
    ranks = rank_intervals([least.low or 0.0 for least, _ in rates], [most.high or 0.0 for _, most in rates])
    order = sorted(range(len(models)), key=lambda model: -(rates[model][0].value or 0.0))
    groups = tie_groups(len(models), lambda better, worse: grid.apart(order[better], order[worse]))
    group = dict(zip(order, groups, strict=True))
    return [Standing(best, worst, group[model]) for model, (best, worst) in enumerate(ranks)]


@dataclass(frozen=True)
class _Grid:
    """Attempts of several models (rows) at the same questions (columns): the first at an instance, the second, ..."""

    instance: NDArray[Any]
    size: NDArray[Any]
    asked: NDArray[np.bool_]
    least: NDArray[np.bool_]
    """Solved."""
    most: NDArray[np.bool_]
    """Solved, or truncated."""

    def rate(self, model: int, solved: NDArray[np.bool_]) -> Estimate:
        chosen = self.asked[model]
        return success(solved[model, chosen], self.instance[chosen], self.size[chosen])

    def apart(self, better: int, worse: int) -> float:
        """The p-value that the first is no better where both were asked; 1 where it has solved no more."""
        both = self.asked[better] & self.asked[worse]
        first, second = self.least[better, both], self.most[worse, both]
        if first.sum() <= second.sum():
            return 1.0
        return chance_of_none(first, second, self.instance[both], self.size[both])


def _grid(models: Sequence[pd.DataFrame]) -> _Grid:
    attempts = pd.concat([scored[[*INSTANCE, "outcome"]].assign(model=n) for n, scored in enumerate(models)])
    attempts["number"] = attempts.groupby(["model", *INSTANCE], sort=False).cumcount()
    question = attempts.groupby([*INSTANCE, "number"], sort=False).ngroup().to_numpy()
    first = np.unique(question, return_index=True)[1]
    cells = attempts["model"].to_numpy(), question
    shape = len(models), len(first)
    asked, least, most = (np.zeros(shape, np.bool_) for _ in range(3))
    asked[cells], least[cells], most[cells] = True, _solved(attempts, False), _solved(attempts, True)
    return _Grid(
        instance=attempts.groupby(INSTANCE, sort=False).ngroup().to_numpy()[first],
        size=attempts["size"].to_numpy()[first],
        asked=asked,
        least=least,
        most=most,
    )


def _solved(scored: pd.DataFrame, truncated_solve: bool) -> NDArray[np.bool_]:
    ends = [Outcome.SOLVED, *([Outcome.TRUNCATED] if truncated_solve else [])]
    return scored["outcome"].isin([str(end) for end in ends]).to_numpy()
