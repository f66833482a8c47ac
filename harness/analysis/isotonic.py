"""Success that can only fall with size: isotonic rates, where they cross a level, and whether they do fall.

All functions work on many curves at once, along leading axes, so that ten thousand bootstrap draws are one call.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from harness.analysis.glm import Vector

SAME = 1e-9
"""Rates that differ by less are one flat block."""


def falling(rates: ArrayLike, weights: ArrayLike) -> Vector:
    """The non-increasing rates nearest to ``rates``, along the last axis: the min-max formula (Barlow et al. 1972)."""
    rate, weight = np.broadcast_arrays(np.asarray(rates, dtype=float), np.asarray(weights, dtype=float))
    zero = np.zeros((*rate.shape[:-1], 1))
    sums = np.concatenate([zero, np.cumsum(rate * weight, axis=-1)], axis=-1)
    total = np.concatenate([zero, np.cumsum(weight, axis=-1)], axis=-1)
    fitted = np.full(rate.shape, np.inf)
    for start in range(rate.shape[-1]):
        means = (sums[..., start + 1 :] - sums[..., [start]]) / (total[..., start + 1 :] - total[..., [start]])
        highest = np.flip(np.maximum.accumulate(np.flip(means, -1), axis=-1), -1)
        fitted[..., start:] = np.minimum(fitted[..., start:], highest)
    return fitted


def crossing(sizes: ArrayLike, fitted: ArrayLike, weights: ArrayLike, level: float = 0.5) -> Vector:
    """Where falling rates reach ``level``, in sizes: centred isotonic interpolation (Oron and Flournoy 2017).

    A flat block of pooled rates stands at its weighted centre; rates of exactly 1 and 0 stay where they were measured.
    inf where all rates are above the level, -inf where all are below.
    """
    rate = np.asarray(fitted, dtype=float)
    size = np.broadcast_to(np.asarray(sizes, dtype=float), rate.shape)
    weight = np.broadcast_to(np.asarray(weights, dtype=float), rate.shape)
    above = np.count_nonzero(rate >= level - SAME, axis=-1)
    last = np.clip(above - 1, 0, rate.shape[-1] - 1)[..., None]
    first = np.clip(above, 0, rate.shape[-1] - 1)[..., None]
    high, low = np.take_along_axis(rate, last, -1), np.take_along_axis(rate, first, -1)
    left = np.where(high >= 1 - SAME, np.take_along_axis(size, last, -1), _centre(size, rate, weight, high))
    right = np.where(low <= SAME, np.take_along_axis(size, first, -1), _centre(size, rate, weight, low))
    drop = np.where(high - low > SAME, high - low, 1.0)
    at = (left + (high - level) / drop * (right - left))[..., 0]
    every = rate.shape[-1]
    reached = np.abs(high[..., 0] - level) <= SAME
    at = np.where(reached, left[..., 0], at)
    return np.asarray(np.where(above == 0, -np.inf, np.where((above == every) & ~reached, np.inf, at)))


def _centre(size: Vector, rate: Vector, weight: Vector, value: Vector) -> Vector:
    """The weighted centre of the sizes whose rate is ``value``."""
    inside = weight * (np.abs(rate - value) <= SAME)
    return np.asarray(np.sum(size * inside, axis=-1, keepdims=True) / np.sum(inside, axis=-1, keepdims=True))


def departure(solved: ArrayLike, attempts: ArrayLike) -> Vector:
    """Twice the log likelihood ratio of free rates to falling ones: 0 where the rates do fall."""
    from scipy.special import xlogy

    k, n = np.broadcast_arrays(np.asarray(solved, dtype=float), np.asarray(attempts, dtype=float))
    free, fitted = k / n, np.clip(falling(k / n, n), 0.0, 1.0)

    def likelihood(p: Vector) -> Vector:
        return np.asarray(np.sum(xlogy(k, p) + xlogy(n - k, 1 - p), axis=-1))

    return np.maximum(2 * (likelihood(free) - likelihood(fitted)), 0.0)


def departure_p_value(
    solved: ArrayLike, attempts: ArrayLike, *, draws: int, seed: int, design_effect: float = 1.0
) -> tuple[float, float]:
    """``departure``, and how often data drawn from the falling rates depart as far: a parametric bootstrap.

    design_effect: by how much attempts on the same instance inflate the variance; the ratio is divided by it.
    """
    k, n = np.asarray(solved, dtype=float), np.asarray(attempts, dtype=float)
    found = float(departure(k, n)) / design_effect
    rates = np.clip(falling(k / n, n), 0.0, 1.0)
    drawn = np.random.default_rng(seed).binomial(n.astype(int), rates, size=(draws, len(n)))
    as_far = int(np.count_nonzero(departure(drawn, n) >= found - SAME))
    return found, (1 + as_far) / (1 + draws)
