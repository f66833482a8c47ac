"""Two ways of answering the same questions: the difference in success, and whether there is one."""

from __future__ import annotations

from dataclasses import dataclass
from math import copysign, sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

from harness.analysis.estimate import Estimate
from harness.analysis.proportions import Labels, footing
from harness.analysis.quantiles import student_t
from harness.analysis.rates import score_interval


@dataclass(frozen=True)
class Pairs:
    """How many pairs of attempts ended in which way. Numbers of effective pairs need not be whole."""

    both: float
    first_only: float
    second_only: float
    neither: float

    @property
    def n(self) -> float:
        return self.both + self.first_only + self.second_only + self.neither

    @property
    def difference(self) -> float:
        """The first rate of success less the second."""
        return (self.first_only - self.second_only) / self.n

    @property
    def discordant(self) -> float:
        """The share of the pairs whose two attempts ended differently."""
        return (self.first_only + self.second_only) / self.n

    def scaled(self, factor: float) -> Pairs:
        return Pairs(*(factor * count for count in (self.both, self.first_only, self.second_only, self.neither)))


def pairs(first: ArrayLike, second: ArrayLike) -> Pairs:
    """Count the pairs of two equally long columns of outcomes, True where solved."""
    one, other = np.asarray(first, bool), np.asarray(second, bool)
    return Pairs(*(int(chosen.sum()) for chosen in (one & other, one & ~other, ~one & other, ~one & ~other)))


def newcombe(table: Pairs, level: float = 0.95, *, quantile: float | None = None) -> tuple[float, float]:
    """Method 10 for paired differences (Newcombe 1998, Stat Med 17:2635): Wilson's intervals of both rates, put
    together by their correlation, which is corrected for continuity where it is positive."""
    z = quantile if quantile is not None else NormalDist().inv_cdf((1 + level) / 2)
    a, b, c, d = table.both, table.first_only, table.second_only, table.neither
    first, second = (a + b) / table.n, (a + c) / table.n
    low, high = score_interval(first, table.n, z)
    second_low, second_high = score_interval(second, table.n, z)
    product = (a + b) * (c + d) * (a + c) * (b + d)
    cross = a * d - b * c
    correlation = (max(cross - table.n / 2, 0.0) if cross > 0 else cross) / sqrt(product) if product > 0 else 0.0

    def away(one: float, other: float) -> float:
        return sqrt(max(one**2 - 2 * correlation * one * other + other**2, 0.0))

    down, up = away(first - low, second_high - second), away(high - first, second - second_low)
    return max(table.difference - down, -1.0), min(table.difference + up, 1.0)


def tango(table: Pairs, level: float = 0.95) -> tuple[float, float]:
    """The score interval for a paired difference (Tango 1998, Stat Med 17:891)."""
    from scipy.optimize import brentq

    z, n = NormalDist().inv_cdf((1 + level) / 2), table.n
    b, c = table.first_only, table.second_only

    def statistic(difference: float) -> float:
        linear = -b - c + (2 * n - b + c) * difference
        root = sqrt(max(linear**2 + 8 * n * c * difference * (1 - difference), 0.0))
        variance = n * (2 * (root - linear) / (4 * n) + difference * (1 - difference))
        gap = b - c - n * difference
        return gap / sqrt(variance) if variance > 0 else copysign(float("inf"), gap) if gap else 0.0

    def bound(end: float, wanted: float) -> float:
        if abs(table.difference - end) < EDGE:
            return end
        inside = end * (1 - EDGE)
        return float(brentq(lambda at: max(min(statistic(at), 1e6), -1e6) - wanted, inside, table.difference))

    return bound(-1.0, z), bound(1.0, -z)


EDGE = 1e-9
"""How near to a difference of 1 the score is still evaluated."""


def mcnemar(table: Pairs, *, mid: bool = False) -> float:
    """The two-sided exact p-value that both are as good (McNemar 1947); ``mid``: mid-p, which is not conservative
    (Fagerland, Lydersen and Laake 2013, BMC Med Res Methodol 13:91). For independent pairs."""
    from scipy.stats import binom

    fewer, different = round(min(table.first_only, table.second_only)), round(table.first_only + table.second_only)
    both_tails = 2 * float(binom.cdf(fewer, different, 0.5))
    return min(1.0, both_tails - (float(binom.pmf(fewer, different, 0.5)) if mid else 0.0))


def sign_flip(differences: ArrayLike, clusters: Labels) -> float:
    """The two-sided exact p-value that neither is better, by flipping all signs of a cluster together.

    differences: whole numbers, one a pair: 1 where only the first solved, -1 where only the second did. The
    distribution over all 2^clusters flips is found by convolution, so that no random draws are needed.
    """
    totals = np.bincount(np.unique(np.asarray(clusters), return_inverse=True)[1], np.asarray(differences, float))
    sums = np.rint(np.abs(totals[totals != 0])).astype(int)
    spread, chances = int(sums.sum()), np.ones(1)
    for size in sums:
        wider = np.zeros(len(chances) + 2 * size)
        wider[: len(chances)] += chances / 2
        wider[2 * size :] += chances / 2
        chances = wider
    reached = np.abs(np.arange(-spread, spread + 1)) >= abs(int(np.rint(totals.sum())))
    return min(1.0, float(chances[reached].sum()))


def chance_of_worse(first: ArrayLike, second: ArrayLike, instances: Labels) -> float:
    """The one-sided exact p-value that the second is not worse at exactly these instances: how often, if the answers at
    each instance were dealt to the two at random, the second would solve as few as it did.

    Of one pair an instance it is McNemar's one-sided test; repeats need not be paired.
    """
    from scipy.stats import hypergeom

    one, other = np.asarray(first, bool), np.asarray(second, bool)
    member = np.unique(np.asarray(instances), return_inverse=True)[1]
    chances: NDArray[np.float64] = np.ones(1)
    for solved, late, many in zip(
        np.bincount(member, one + other.astype(int)), np.bincount(member, other), np.bincount(member), strict=True
    ):
        if 0 < solved < 2 * many:
            chances = np.convolve(chances, hypergeom.pmf(np.arange(many + 1), 2 * many, int(solved), many))
        else:
            chances = np.concatenate([np.zeros(int(late)), chances])
    return min(1.0, float(chances[: int(other.sum()) + 1].sum()))


def chance_of_better(table: Pairs) -> float:
    """How probable it is, after these pairs, that the first is better: Dirichlet(1, 1, 1, 1) beforehand, exact."""
    from scipy.stats import beta

    return float(beta.sf(0.5, table.first_only + 1, table.second_only + 1))


def difference(
    first: ArrayLike, second: ArrayLike, instances: Labels, sizes: Labels | None = None, level: float = 0.95
) -> Estimate:
    """The first rate of success less the second over pairs, each at an instance of a size.

    With several pairs an instance, Newcombe's interval is taken of as many pairs as they are worth, with Student's t,
    as Korn and Graubard do for one rate.
    """
    table = pairs(first, second)
    n = round(table.n)
    if n == 0:
        return Estimate(value=None, method="Newcombe 10", level=level, n=0, warnings=("there are no pairs",))
    on = footing(np.asarray(first, int) - np.asarray(second, int), instances, sizes)
    if on.clustered:
        quantile = student_t((1 + level) / 2, on.found.freedom)
        low, high = newcombe(table.scaled(on.worth / n), quantile=quantile)
    else:
        low, high = newcombe(table, level)
    return Estimate(
        value=table.difference, low=low, high=high, level=level,
        method="Newcombe 10, paired" + (", clustered by instance" if on.clustered else ""),
        n=n, clusters=on.found.clusters, target=on.target, warnings=on.warnings,
    )  # fmt: skip


def effective_pairs(first: ArrayLike, second: ArrayLike, instances: Labels, sizes: Labels | None = None) -> float:
    """Independent pairs that these are worth."""
    return footing(np.asarray(first, int) - np.asarray(second, int), instances, sizes).worth


def chance_of_none(first: ArrayLike, second: ArrayLike, instances: Labels, sizes: Labels | None = None) -> float:
    """The two-sided exact p-value that neither is better: by flipping instances; where no size has two of them, at
    exactly these."""
    changes = np.asarray(first, int) - np.asarray(second, int)
    if footing(changes, instances, sizes).target == "instances like these":
        return sign_flip(changes, instances)
    return min(1.0, 2 * min(chance_of_worse(first, second, instances), chance_of_worse(second, first, instances)))
