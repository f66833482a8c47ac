"""Who is ahead of whom, and who cannot be told apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np
from numpy.typing import ArrayLike, NDArray

from harness.analysis.multiplicity import holm


def rank_intervals(lows: Sequence[float], highs: Sequence[float]) -> list[tuple[int, int]]:
    """The best and worst rank of each by its interval: behind only those whose interval lies wholly above its own,
    ahead only of those whose interval lies wholly below (as Arena ranks, which gives the best alone)."""
    low, high = np.asarray(lows, float), np.asarray(highs, float)
    best = 1 + (low[None, :] > high[:, None]).sum(axis=1)
    worst = len(low) - (high[None, :] < low[:, None]).sum(axis=1)
    return [(int(one), int(other)) for one, other in zip(best, worst, strict=True)]


@dataclass(frozen=True, kw_only=True)
class BootstrapRanks:
    """Ranks over resampled clusters; models that tie share the better rank."""

    first: list[float]
    """How often each is first."""
    mean: list[float]
    interval: list[tuple[float, float]]
    ahead: list[list[float]]
    """How often the one of the row is strictly ahead of the one of the column."""
    draws: int
    seed: int | None
    """None where every resample was taken, not a draw of them."""


def bootstrap_ranks(scores: ArrayLike, *, draws: int = 10_000, seed: int = 0, level: float = 0.95) -> BootstrapRanks:
    """Ranks by mean score, over resamples of the clusters (columns) that are the same for all models (rows): what makes
    a cluster hard for all moves all. All resamples are taken where there are no more than ``draws``."""
    table = np.asarray(scores, float)
    models, clusters = table.shape
    everything = clusters**clusters <= draws
    means = table @ (_all_resamples(clusters) if everything else _resamples(clusters, draws, seed)).T / clusters
    means = means.round(12)  # so that equal sums added in another order stay equal
    ahead = [[float((one > other).mean()) for other in means] for one in means]
    ranks = 1 + np.stack([(means > one).sum(axis=0) for one in means])
    tails = np.quantile(ranks, [(1 - level) / 2, (1 + level) / 2], axis=1)
    return BootstrapRanks(
        first=[float(share) for share in (ranks == 1).mean(axis=1)],
        mean=[float(mean) for mean in ranks.mean(axis=1)],
        interval=[(float(tails[0, model]), float(tails[1, model])) for model in range(models)],
        ahead=ahead,
        draws=means.shape[1],
        seed=None if everything else seed,
    )


def _all_resamples(clusters: int) -> NDArray[np.int_]:
    return np.array([np.bincount(draw, minlength=clusters) for draw in product(range(clusters), repeat=clusters)])


def _resamples(clusters: int, draws: int, seed: int) -> NDArray[np.int_]:
    return np.random.default_rng(seed).multinomial(clusters, np.full(clusters, 1 / clusters), size=draws)


def tie_groups(models: int, p_value: Callable[[int, int], float], level: float = 0.05) -> list[int]:
    """The group of each of so many models, given best first: from 1, a new one where a model can be told apart from the
    first of the group before it, by a paired test of all pairs with Holm's correction.

    p_value: of the better and the worse of a pair, by their places.
    """
    couples = list(combinations(range(models), 2))
    apart = dict(zip(couples, holm([p_value(*couple) for couple in couples]), strict=True))
    groups, leader = [1] * models, 0
    for place in range(1, models):
        if apart[leader, place] <= level:
            leader = place
            groups[place] = groups[place - 1] + 1
        else:
            groups[place] = groups[place - 1]
    return groups
