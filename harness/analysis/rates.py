"""Intervals for a rate of success."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist


def wilson(solved: int, attempts: int, level: float = 0.95) -> tuple[float, float]:
    """Wilson's score interval for a proportion (Wilson 1927, JASA 22:209-212). (0, 1) when nothing was attempted.

    Attempts count as independent: with several attempts on one instance the interval speaks of these instances only.
    """
    if attempts == 0:
        return 0.0, 1.0
    z = NormalDist().inv_cdf((1 + level) / 2)
    rate = solved / attempts
    scale = 1 + z * z / attempts
    centre = (rate + z * z / (2 * attempts)) / scale
    half = z * sqrt(rate * (1 - rate) / attempts + z * z / (4 * attempts * attempts)) / scale
    low = 0.0 if solved == 0 else centre - half
    high = 1.0 if solved == attempts else centre + half
    return low, high
