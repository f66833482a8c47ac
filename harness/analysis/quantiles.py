"""Quantiles of distributions, as plain numbers."""

from __future__ import annotations


def student_t(level: float, freedom: int) -> float:
    """What Student's t stays below with a chance of ``level``."""
    from scipy.stats import t

    return float(t.ppf(level, freedom))
