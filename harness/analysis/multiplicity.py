"""Many tests at once: p-values adjusted so that each may be held against the level itself."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def holm(values: Sequence[float]) -> list[float]:
    """Holm 1979 (Scand J Stat 6:65): the chance of even one false claim stays below the level. For claims."""
    p = np.asarray(values, float)
    order = np.argsort(p, kind="stable")
    adjusted = np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1))
    return [min(1.0, float(each)) for each in adjusted[np.argsort(order)]]


def benjamini_hochberg(values: Sequence[float], *, dependent: bool = False) -> list[float]:
    """Benjamini and Hochberg 1995 (JRSS B 57:289): the share of false ones among all findings. For exploring.

    dependent: however the tests depend on one another (Benjamini and Yekutieli 2001, Ann Stat 29:1165).
    """
    p = np.asarray(values, float)
    order = np.argsort(p, kind="stable")
    ranks = np.arange(1, len(p) + 1)
    factor = float(np.sum(1 / ranks)) if dependent else 1.0
    adjusted = np.minimum.accumulate((factor * p[order] * len(p) / ranks)[::-1])[::-1]
    return [min(1.0, float(each)) for each in adjusted[np.argsort(order)]]
