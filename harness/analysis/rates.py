"""Wilson's interval for a rate of success, without heavy libraries; proportions.py has the others."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist


def wilson(solved: float, attempts: float, level: float = 0.95) -> tuple[float, float]:
    """Wilson's score interval for a proportion (Wilson 1927, JASA 22:209-212). (0, 1) when nothing was attempted.

    Attempts count as independent: with several attempts on one instance the interval speaks of these instances only.
    """
    if attempts == 0:
        return 0.0, 1.0
    return score_interval(solved / attempts, attempts, NormalDist().inv_cdf((1 + level) / 2))


def score_interval(rate: float, attempts: float, quantile: float) -> tuple[float, float]:
    """The score interval of a rate over so many attempts, which may be an effective number and no whole one.

    quantile: of the normal distribution, or of Student's where the variance is estimated from few clusters.
    """
    scale = 1 + quantile**2 / attempts
    centre = (rate + quantile**2 / (2 * attempts)) / scale
    half = quantile * sqrt(rate * (1 - rate) / attempts + quantile**2 / (4 * attempts**2)) / scale
    return (centre - half if rate > 0 else 0.0), (centre + half if rate < 1 else 1.0)
