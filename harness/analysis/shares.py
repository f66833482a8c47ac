"""Shares of several outcomes that make up a whole, with intervals that hold for all of them together."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, pi, prod, sqrt

import numpy as np

from harness.analysis.proportions import clopper_pearson


def goodman(counts: Sequence[int], level: float = 0.95) -> list[tuple[float, float]]:
    """Simultaneous intervals (Goodman 1965, Technometrics 7:247): score intervals at Bonferroni's level. (0, 1) of
    nothing. Of some 20 attempts with rare outcomes they hold in 91 of 100 runs; ``exact`` holds always."""
    from scipy.stats import chi2

    n = sum(counts)
    if n == 0:
        return [(0.0, 1.0)] * len(counts)
    bound = float(chi2.ppf(1 - (1 - level) / len(counts), 1))

    def interval(count: int) -> tuple[float, float]:
        half = sqrt(bound * (bound + 4 * count * (n - count) / n))
        return (bound + 2 * count - half) / (2 * (n + bound)), (bound + 2 * count + half) / (2 * (n + bound))

    return [interval(count) for count in counts]


def exact(counts: Sequence[int], level: float = 0.95) -> list[tuple[float, float]]:
    """Simultaneous intervals that never hold less than they say: Clopper and Pearson's at Bonferroni's level."""
    return [clopper_pearson(count, sum(counts), 1 - (1 - level) / len(counts)) for count in counts]


def sison_glaz(counts: Sequence[int], level: float = 0.95) -> list[tuple[float, float]]:
    """Simultaneous intervals of one width (Sison and Glaz 1995, JASA 90:366): shorter than Goodman's, for
    seven outcomes or more of which none is rare; of rare ones it holds too seldom. (0, 1) of nothing."""
    n = sum(counts)
    if n == 0:
        return [(0.0, 1.0)] * len(counts)
    reach, before, now = -1, 0.0, _within(counts, 0)
    while now < level and reach < n:
        reach, before, now = reach + 1, now, _within(counts, reach + 2)
    part = (level - before) / (now - before) if now > level else 1.0
    reach = max(reach, 0)
    return [(max((count - reach) / n, 0.0), min((count + reach + 2 * part) / n, 1.0)) for count in counts]


def _within(counts: Sequence[int], reach: int) -> float:
    """The chance that new counts all fall within ``reach`` of these: Poisson counts cut off there, given their sum,
    whose distribution is found by Edgeworth's expansion."""
    from scipy.stats import poisson

    n = sum(counts)
    means, variances, thirds, fourths, held = [], [], [], [], []
    for count in counts:
        values = np.arange(max(count - reach, 0), min(count + reach, n) + 1)
        chances = poisson.pmf(values, count)
        held.append(float(chances.sum()))
        chances = chances / chances.sum()
        mean = float(values @ chances)
        moments = [float((values - mean) ** power @ chances) for power in (2, 3, 4)]
        means.append(mean)
        variances.append(moments[0])
        thirds.append(moments[1])
        fourths.append(moments[2] - 3 * moments[0] ** 2)
    variance = sum(variances)
    if variance == 0:
        return prod(held) / float(poisson.pmf(n, n))
    z = (n - sum(means)) / sqrt(variance)
    skew, excess = sum(thirds) / variance**1.5, sum(fourths) / variance**2
    density = exp(-(z**2) / 2) / sqrt(2 * pi) * (
        1
        + skew / 6 * (z**3 - 3 * z)
        + excess / 24 * (z**4 - 6 * z**2 + 3)
        + skew**2 / 72 * (z**6 - 15 * z**4 + 45 * z**2 - 15)
    )  # fmt: skip
    return float(prod(held) * density / sqrt(variance) / poisson.pmf(n, n))
