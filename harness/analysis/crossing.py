"""The size at which success falls through a level, found in four ways; off the grid an inequality, never more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from math import exp, inf, isfinite, isnan, log, sqrt
from statistics import NormalDist
from typing import Any, Literal

import numpy as np

from harness.analysis import glm, isotonic
from harness.analysis.curve import Curve, mean_log_moves
from harness.analysis.estimate import Estimate
from harness.analysis.glm import Vector
from harness.analysis.rates import score_interval

LEVEL = 0.95
DRAWS = 10_000
SEED = 20261125

FEW_UNITS = 10
"""With fewer independent attempts (or instances) at a size, the bootstrap alone is too narrow."""
FEW_INTERIOR = 3
"""Nor is it where fewer sizes are solved sometimes but not always, or one more than these for a level other than half:
on so steep a curve a straight line between two sizes misses where it crosses (benchmarks/coverage_curves.py)."""

Relation = Literal["=", "<", ">", "unknown"]


@dataclass(frozen=True, kw_only=True)
class Crossing:
    """Where success falls through ``level``."""

    level: float
    relation: Relation
    """ "<" and ">" where it does so off the grid: all that is known is on which side of ``bound``."""
    bound: float | None
    estimate: Estimate
    """In sizes; its value is None unless the relation is "="."""

    def as_record(self) -> dict[str, Any]:
        """Plain data, for JSON."""
        return {**asdict(self), "estimate": self.estimate.as_record()}

    @property
    def order(self) -> float:
        """A key to sort by: an inequality stands beyond every value inside the grid; what is not known comes last."""
        return self.estimate.value if self.estimate.value is not None else inf if self.relation == ">" else -inf


def shown(crossing: Crossing) -> str:
    """A crossing as people read it: "6.67 [6.10, 7.23]", "> 10 [9.20, ...]"."""
    estimate = crossing.estimate
    if crossing.relation == "unknown":
        return "-"
    at = f"{estimate.value:.2f}" if estimate.value is not None else f"{crossing.relation} {crossing.bound:g}"
    if estimate.low is None or estimate.high is None:
        return at
    low, high = (f"{end:.2f}" if isfinite(end) else "..." for end in (estimate.low, estimate.high))
    return f"{at} [{low}, {high}]"


def without_shape(curve: Curve, level: float, *, draws: int = DRAWS, seed: int = SEED) -> Crossing:
    """Centred isotonic regression: nothing is taken for granted but that success falls.

    The interval is the bootstrap's (over instances where every size has several, else over attempts), joined with the
    inverted Wilson band where there are fewer than FEW_UNITS at a size or few interior sizes, and in the latter case
    with the bracket: the two sizes between which the rates fall through the level.
    """
    rates = isotonic.falling(curve.solved / curve.attempts, curve.attempts)
    at = float(isotonic.crossing(curve.sizes, rates, curve.attempts, level))
    ends = [_bootstrap(curve, level, draws, seed)]
    method = f"centred isotonic regression, bootstrap of {'instances' if curve.clustered else 'attempts'}"
    steep = curve.interior < FEW_INTERIOR + (level != 0.5)
    if curve.units < FEW_UNITS or steep:
        ends.append(_inverted_band(curve, level))
        method += ", joined with the inverted Wilson band"
    if steep and isfinite(at):
        ends.append(_bracket(curve.sizes, rates, level))
    warnings = () if curve.clustered else ("one instance at a size: nothing is known of others",)
    found = _crossing(curve, level, at, (min(low for low, _ in ends), max(high for _, high in ends)), method, warnings)
    return replace(found, estimate=replace(found.estimate, seed=seed))


def in_size(curve: Curve, level: float) -> Crossing:
    """Firth's logistic regression on size, with Fieller's interval."""
    method = "Firth logistic regression in size, Fieller"
    if len(curve.points) < 2:
        return _unknown(curve, level, method, "one size alone has no slope")
    fit = glm.firth(glm.line(curve.sizes), curve.solved, curve.attempts)
    if not fit.converged or fit.coefficients[1] >= 0:
        return _unknown(curve, level, method, "success does not fall with size")
    predictor = log(level / (1 - level))
    spread = replace(fit, covariance=fit.covariance * curve.design_effect)
    ends = glm.fieller(spread, predictor, LEVEL)
    return _crossing(curve, level, glm.crossing(fit, predictor)[0], ends, method)


def fewest_moves(curve: Curve, level: float) -> Estimate:
    """The number of moves at which success falls to ``level``: cloglog regression of failure on its logarithm, the
    shape of a hazard per move that is constant or a power of the position."""
    rows = curve.rows
    estimate = Estimate(
        value=None, method="cloglog regression in log moves, profile likelihood", n=curve.n,
        clusters=curve.clusters, target=curve.target,
    )  # fmt: skip
    if np.isnan(rows.log_moves).any():
        return replace(estimate, warnings=("the fewest moves are not known at every size",))
    if len(set(rows.log_moves.tolist())) < 2:
        return replace(estimate, warnings=("one number of moves alone has no slope",))
    lost, tried = (rows.attempts - rows.solved) / curve.design_effect, rows.attempts / curve.design_effect
    fit = glm.binomial(glm.line(rows.log_moves), lost, tried, "cloglog")
    if not fit.converged or fit.coefficients[1] <= 0:
        return replace(estimate, warnings=("the counts are separated, or do not fall with the number of moves",))
    at = glm.crossing(fit, log(-log(level)))[0]
    low, high = glm.profile(rows.log_moves, lost, tried, "cloglog", LEVEL, probability=1 - level)
    return replace(estimate, value=_exp(at), low=_exp(low), high=_exp(high))


def in_moves(curve: Curve, level: float) -> Crossing:
    """``fewest_moves`` told as a size, between the sizes that were measured."""
    moves = fewest_moves(curve, level)
    if moves.value is None or moves.low is None or moves.high is None:
        return _unknown(curve, level, moves.method, *moves.warnings)
    means = np.array([mean_log_moves(point) for point in curve.points])
    if np.any(np.diff(means) <= 0):
        return _unknown(curve, level, moves.method, "larger sizes do not take more moves")

    def size(count: float) -> float:
        place = log(count) if count > 0 else -inf
        if means[0] <= place <= means[-1]:
            return float(np.interp(place, means, curve.sizes))
        return inf if place > means[-1] else -inf

    return _crossing(curve, level, size(moves.value), (size(moves.low), size(moves.high)), moves.method)


def mean_threshold(curve: Curve) -> Crossing:
    """Spearman and Kärber's estimate, a cross-check of N50: it is the mean, not the median, of the thresholds. It comes
    without an interval: the usual one is too narrow (0.75 to 0.95 where it promises 0.95)."""
    lost = 1 - isotonic.falling(curve.solved / curve.attempts, curve.attempts)
    at, _, padded = spearman_karber(curve.sizes, lost, curve.attempts, curve.step)
    warnings = ("padded by a step: success does not begin at 1 and end at 0",) if padded else ()
    return _crossing(curve, 0.5, at, None, "Spearman-Kärber", warnings)


def spearman_karber(x: Vector, lost: Vector, trials: Vector, step: float) -> tuple[float, float, bool]:
    """The mean threshold (Spearman 1908, Kärber 1931), its standard error with n and not n - 1 (as R's ``tsk``), and
    whether padding was needed.

    lost: rates that rise with ``x``. step: the padding, in x, where they do not begin at 0 and end at 1.
    """
    padded = bool(lost[0] > 0 or lost[-1] < 1)
    if lost[0] > 0:
        x, lost, trials = np.append(x[0] - step, x), np.append(0.0, lost), np.append(1.0, trials)
    if lost[-1] < 1:
        x, lost, trials = np.append(x, x[-1] + step), np.append(lost, 1.0), np.append(trials, 1.0)
    mean = float(np.sum(np.diff(lost) * (x[:-1] + x[1:]) / 2))
    weights = (x[2:] - x[:-2]) / 2
    return mean, sqrt(float(np.sum(weights**2 * lost[1:-1] * (1 - lost[1:-1]) / trials[1:-1]))), padded


def _bootstrap(curve: Curve, level: float, draws: int, seed: int) -> tuple[float, float]:
    """Percentiles over draws of instances, or of attempts where a size has one instance."""
    draw = np.random.default_rng(seed)
    solved = np.empty((draws, len(curve.points)))
    attempts = np.empty_like(solved)
    for place, point in enumerate(curve.points):
        if curve.clustered:
            count = len(point.instances)
            times = draw.multinomial(count, [1 / count] * count, size=draws)
            solved[:, place] = times @ np.array([one.solved for one in point.instances])
            attempts[:, place] = times @ np.array([one.attempts for one in point.instances])
        else:
            solved[:, place] = draw.binomial(point.attempts, point.rate, size=draws)
            attempts[:, place] = point.attempts
    rates = isotonic.falling(solved / attempts, attempts)
    found = isotonic.crossing(curve.sizes, rates, attempts, level)
    low, high = np.quantile(found, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], method="inverted_cdf")  # no mean of infinities
    return float(low), float(high)


def _inverted_band(curve: Curve, level: float) -> tuple[float, float]:
    """All sizes at which the level lies in the Wilson intervals, once these are made to fall."""
    z = NormalDist().inv_cdf((1 + LEVEL) / 2)
    bands = np.array([score_interval(p.rate, p.attempts / curve.design_effect, z) for p in curve.points])
    lows = np.flip(np.maximum.accumulate(np.flip(bands[:, 0])))
    highs = np.minimum.accumulate(bands[:, 1])
    return _first_below(curve.sizes, lows, level), _first_below(curve.sizes, highs, level)


def _first_below(sizes: Vector, band: Vector, level: float) -> float:
    """Where a falling band goes through the level; infinite off the grid."""
    below = np.flatnonzero(band <= level)
    if not below.size:
        return inf
    first = int(below[0])
    if first == 0:
        return -inf
    share = (band[first - 1] - level) / (band[first - 1] - band[first])
    return float(sizes[first - 1] + share * (sizes[first] - sizes[first - 1]))


def _bracket(sizes: Vector, rates: Vector, level: float) -> tuple[float, float]:
    """The neighbouring sizes between which falling rates go through the level."""
    last = int(np.count_nonzero(rates >= level - isotonic.SAME)) - 1
    return float(sizes[last]), float(sizes[min(last + 1, len(sizes) - 1)])


def _exp(power: float) -> float:
    return exp(power) if power < 700 else inf


def _unknown(curve: Curve, level: float, method: str, *warnings: str) -> Crossing:
    return _crossing(curve, level, float("nan"), None, method, warnings)


def _crossing(
    curve: Curve,
    level: float,
    at: float,
    ends: tuple[float, float] | None,
    method: str,
    warnings: Sequence[str] = (),
) -> Crossing:
    """A crossing that says nothing of sizes that were not measured."""
    first, last = float(curve.sizes[0]), float(curve.sizes[-1])
    relation: Relation = "unknown" if isnan(at) else "<" if at < first else ">" if at > last else "="
    estimate = Estimate(
        value=at if relation == "=" else None,
        low=None if ends is None else -inf if ends[0] < first else min(ends[0], last),
        high=None if ends is None else inf if ends[1] > last else max(ends[1], first),
        level=LEVEL, method=method, n=curve.n,
        clusters=curve.clusters, target=curve.target, warnings=tuple(warnings),
    )  # fmt: skip
    bound = {"<": first, ">": last}.get(relation)
    return Crossing(level=level, relation=relation, bound=bound, estimate=estimate)
