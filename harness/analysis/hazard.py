"""Errors per move: is a long answer wrong because every move may slip, or because something breaks at some length?

A walk is one answer's moves up to its first error. An answer that the token limit cut, or that stopped, made no error
in the moves it wrote: it is censored there. Counted as a failure, it makes a cliff where there is none.
"""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from math import exp, inf, log
from statistics import NormalDist
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from harness.analysis import glm
from harness.analysis.estimate import Estimate, Target
from harness.analysis.glm import Vector
from harness.analysis.multiplicity import holm
from harness.analysis.rates import wilson

LEVEL = 0.95
Z = NormalDist().inv_cdf((1 + LEVEL) / 2)
WIDEST_SHAPE = 20.0
"""Beyond it, or below its inverse, a Weibull shape is not looked for."""

Ending = Literal["erred", "finished", "cut", "stopped"]


@dataclass(frozen=True, kw_only=True)
class Walk:
    """One answer's moves up to its first error, or up to where it ended without one."""

    moves: int
    """The number of the first wrong move, from 1; else how many moves there were, all right."""
    ending: Ending
    size: int
    needed: float | None
    """The fewest moves that solve the instance; None where that is not known."""
    instance: Hashable = None

    @property
    def erred(self) -> bool:
        return self.ending == "erred"


@dataclass(frozen=True, kw_only=True)
class Shape:
    """A Weibull distribution of the first error, S(t) = exp(-h t^k): k = 1 is a constant hazard."""

    k: Estimate
    """Above 1, moves get worse as an answer goes on; below 1 better, or instances differ in difficulty."""
    scale: float
    """h, of the Weibull distribution."""
    half_life: float
    """Moves after which half the walks have erred, by the Weibull distribution."""
    statistic: float
    """Likelihood ratio of the Weibull distribution to the constant hazard, on one degree of freedom."""
    p_value: float
    aic_constant: float
    aic_weibull: float


@dataclass(frozen=True, kw_only=True)
class Survival:
    """The share of walks without an error after so many moves (Kaplan and Meier 1958), as steps."""

    moves: tuple[int, ...]
    share: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    at_risk: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Prediction:
    """What a constant hazard measured at small sizes predicts for a larger one, and what came."""

    size: int
    moves: float
    predicted: float
    predicted_low: float
    predicted_high: float
    clean: int
    """Answers without an error to the end."""
    unknown: int
    """Cut or stopped before any error: they might have been either."""
    attempts: int
    low: float
    """Wilson bounds: from all unknown ones wrong to all of them right."""
    high: float

    @property
    def verdict(self) -> Literal["below", "above", "as predicted"]:
        """Below, the errors are no independent slips of a constant rate."""
        if self.high < self.predicted_low:
            return "below"
        return "above" if self.low > self.predicted_high else "as predicted"


@dataclass(frozen=True, kw_only=True)
class Hazard:
    """All that is said about one model's errors per move."""

    per_move: Estimate
    half_life: Estimate
    """Moves after which half the walks have erred, at a constant hazard."""
    first_move: Estimate
    """The share that errs at move 1, where a strategy is chosen."""
    after_first: Estimate
    """Errors per move after the first: execution alone."""
    shape: Shape | None
    by_position: tuple[tuple[int, int, Estimate], ...]
    """First and last move of a range, and errors per move in it."""
    survival: Survival | None
    predictions: tuple[Prediction, ...]
    endings: Mapping[str, int]
    moves_at_risk: int
    cut_as_failures: Shape | None
    """What a fit says that takes every answer without success for a failure: for comparison, not for use."""
    warnings: tuple[str, ...]

    def as_record(self) -> dict[str, Any]:
        """Plain data, for JSON."""
        record = {name: _plain(getattr(self, name)) for name in self.__dataclass_fields__}
        record["by_position"] = [
            {"first": first, "last": last, **estimate.as_record()} for first, last, estimate in self.by_position
        ]
        record["predictions"] = [{**asdict(one), "verdict": one.verdict} for one in self.predictions]
        return record


def _plain(part: Any) -> Any:
    if isinstance(part, Estimate):
        return part.as_record()
    return asdict(part) if isinstance(part, (Shape, Survival)) else part


def hazard(walks: Sequence[Walk], *, up_to: float | None = None) -> Hazard:
    """Everything about the walks of one model. up_to: the largest size that a prediction is fitted on, such as N50."""
    counts = Counter(walk.ending for walk in walks)
    endings = {str(ending): counts[ending] for ending in get_args(Ending)}
    rate = per_move(walks)
    shape, naive = weibull(walks), cut_as_failures(walks)
    predictions = predict(walks, up_to) if up_to is not None else ()
    return Hazard(
        per_move=rate,
        half_life=half_life(rate),
        first_move=_share_at_first_move(walks),
        after_first=per_move(walks, first=2),
        shape=shape,
        by_position=tuple(by_position(walks)),
        survival=survival(walks),
        predictions=tuple(predictions),
        endings=endings,
        moves_at_risk=sum(walk.moves for walk in walks),
        cut_as_failures=naive,
        warnings=tuple(_warnings(shape, naive, predictions, endings)),
    )


def _warnings(
    shape: Shape | None, naive: Shape | None, predictions: Iterable[Prediction], endings: Mapping[str, int]
) -> list[str]:
    told = []
    if shape is not None and shape.p_value < 0.05:
        direction = (
            "errors come faster as an answer goes on: a collapse"
            if shape.k.value is not None and shape.k.value > 1
            else "a declining hazard, or instances of mixed difficulty"
        )
        told.append(f"the rate per move is not constant (p = {shape.p_value:.2g}): {direction}")
    if naive is not None and naive.p_value < 0.05 and (shape is None or shape.p_value >= 0.05) and endings["cut"]:
        told.append(
            f"counting the {endings['cut']} cut answers as failures would show k = {naive.k.value:.2f}, a cliff that "
            "the token limit made"
        )
    below = [str(one.size) for one in predictions if one.verdict == "below"]
    if below:
        told.append(f"at size {', '.join(below)} success is below what the smaller sizes' rate predicts")
    if endings["stopped"] > endings["erred"]:
        told.append("more answers stopped than erred: that they stopped for other reasons is taken for granted")
    return told


# --- a constant hazard


def garwood(events: float, exposure: float, level: float = LEVEL) -> tuple[float, float]:
    """The exact interval for a Poisson rate (Garwood 1936, Biometrika 28:437)."""
    from scipy.special import chdtri

    tail = (1 - level) / 2
    low = float(chdtri(2 * events, 1 - tail)) / 2 if events > 0 else 0.0
    return low / exposure, float(chdtri(2 * events + 2, tail)) / 2 / exposure


def per_move(walks: Sequence[Walk], *, first: int = 1) -> Estimate:
    """Errors per move at risk, from move ``first`` on, with Garwood's interval, widened where instances differ."""
    at_risk = [walk for walk in walks if walk.moves >= first]
    exposure = sum(walk.moves - first + 1 for walk in at_risk)
    errors = sum(walk.erred for walk in at_risk)
    target, clusters = _target(walks)
    method = "errors / moves at risk, Garwood"
    if not exposure:
        return Estimate(value=None, method=method, n=0, target=target, warnings=("there is no move at risk",))
    effect = _design_effect(at_risk, first, errors / exposure) if clusters else 1.0
    low, high = garwood(errors / effect, exposure / effect)
    return Estimate(
        value=errors / exposure,
        low=low,
        high=min(high, 1.0),
        method=method if effect == 1 else f"{method}, design effect {effect:.2f}",
        n=len(at_risk),
        clusters=clusters,
        target=target,
    )


def half_life(rate: Estimate) -> Estimate:
    """Moves after which half the walks have erred, at a constant error rate per move."""

    def moves(share: float | None) -> float | None:
        return None if share is None else inf if share <= 0 else 0.0 if share >= 1 else log(0.5) / log(1 - share)

    known = {"value": moves(rate.value) if rate.value else None, "low": moves(rate.high), "high": moves(rate.low)}
    warnings = (*rate.warnings, *(["no error was seen"] if rate.value == 0 else []))
    return Estimate(**{**asdict(rate), **known, "warnings": warnings})


def _target(walks: Sequence[Walk]) -> tuple[Target, int | None]:
    """What is concluded about, and how many instances there are if it is others like them."""
    by_size: dict[int, set[Hashable]] = {}
    for walk in walks:
        by_size.setdefault(walk.size, set()).add(walk.instance)
    if by_size and all(len(instances) > 1 for instances in by_size.values()):
        return "instances like these", sum(map(len, by_size.values()))
    return "these instances", None


def _design_effect(walks: Sequence[Walk], first: int, rate: float) -> float:
    """By how much errors' clustering in instances inflates the variance of the rate; at least 1."""
    counts: dict[Hashable, tuple[int, int]] = {}
    for walk in walks:
        errors, exposure = counts.get((walk.size, walk.instance), (0, 0))
        counts[walk.size, walk.instance] = errors + walk.erred, exposure + walk.moves - first + 1
    if len(counts) < 2 or rate in (0, 1):
        return 1.0
    found = sum((errors - rate * exposure) ** 2 for errors, exposure in counts.values())
    expected = rate * (1 - rate) * sum(exposure for _, exposure in counts.values())
    return max(1.0, found * len(counts) / (len(counts) - 1) / expected)


def _share_at_first_move(walks: Sequence[Walk]) -> Estimate:
    at_risk = [walk for walk in walks if walk.moves >= 1]
    errors = sum(walk.erred and walk.moves == 1 for walk in at_risk)
    low, high = wilson(errors, len(at_risk), LEVEL)
    value = errors / len(at_risk) if at_risk else None
    return Estimate(value=value, low=low, high=high, method="Wilson", n=len(at_risk))


def by_position(walks: Sequence[Walk]) -> Iterable[tuple[int, int, Estimate]]:
    """Errors per move in ranges of position that double: 1, 2-3, 4-7, ..."""
    longest = max((walk.moves for walk in walks), default=0)
    first = 1
    while first <= longest:
        last = 2 * first - 1
        at_risk = [walk for walk in walks if walk.moves >= first]
        errors = sum(walk.erred and walk.moves <= last for walk in at_risk)
        exposure = sum(min(walk.moves, last) - first + 1 for walk in at_risk)
        low, high = garwood(errors, exposure)
        method = "errors / moves at risk, Garwood"
        rate = Estimate(value=errors / exposure, low=low, high=min(high, 1.0), method=method, n=len(at_risk))
        yield first, last, rate
        first = last + 1


# --- a hazard that changes


def weibull(walks: Sequence[Walk]) -> Shape | None:
    """The Weibull distribution of the number of the first wrong move, against a constant hazard; walks without an error
    are censored. None with fewer than two errors, or where all came at one move.

    The shape's interval is that of the profile likelihood; walks are taken as independent.
    """
    from scipy.optimize import brentq, minimize_scalar

    erred = [walk.moves for walk in walks if walk.erred]
    if len(erred) < 2 or (len(set(erred)) < 2 and len(erred) == len(walks)):
        return None
    times, counts = np.unique(erred, return_counts=True)
    whole, wholes = np.unique([walk.moves for walk in walks if not walk.erred], return_counts=True)
    if len(times) < 2 and not np.any(whole >= times[0]):
        return None

    def loss(log_scale: float, k: float) -> float:
        scale = exp(log_scale)
        before, after = (times - 1.0) ** k, times.astype(float) ** k
        fell = np.log(-np.expm1(-np.minimum(scale * (after - before), 700.0)) + 1e-300)
        return float(np.sum(counts * (scale * before - fell)) + scale * np.sum(wholes * whole.astype(float) ** k))

    def scale_at(k: float) -> tuple[float, float]:
        typical = max(float(np.mean([walk.moves for walk in walks])), 1.0)
        start = log(len(erred) / len(walks)) - k * log(typical)
        found = minimize_scalar(loss, args=(k,), bracket=(start - 1, start + 1))
        return float(found.x), float(found.fun)

    def profile(log_k: float) -> float:
        return scale_at(exp(log_k))[1]

    widest = log(WIDEST_SHAPE)
    log_k = float(minimize_scalar(profile, bounds=(-widest, widest), method="bounded", options={"xatol": 1e-7}).x)
    best, constant = profile(log_k), profile(0.0)

    def excess(at: float) -> float:
        return 2 * (profile(at) - best) - Z**2

    low = exp(float(brentq(excess, -widest, log_k, xtol=1e-6))) if excess(-widest) > 0 else 0.0
    high = exp(float(brentq(excess, log_k, widest, xtol=1e-6))) if excess(widest) > 0 else inf
    k = exp(log_k)
    return _shape(
        k=Estimate(value=k, low=low, high=high, method="Weibull, profile likelihood", n=len(walks)),
        log_scale=scale_at(k)[0],
        losses=(constant, best),
    )


def cut_as_failures(walks: Sequence[Walk]) -> Shape | None:
    """``from_attempts`` of the walks: every answer that did not reach its end without an error has failed."""
    known = [walk for walk in walks if walk.needed]
    needed, place = np.unique([walk.needed or 0.0 for walk in known], return_inverse=True)
    finished = np.bincount(place, [walk.ending == "finished" for walk in known])
    return from_attempts(needed, finished, np.bincount(place)) if len(needed) > 1 else None


def from_attempts(moves: ArrayLike, solved: ArrayLike, attempts: ArrayLike) -> Shape | None:
    """The same from successes alone: cloglog regression of failure on log moves, its slope free or 1 (an offset).

    None where all failed or none, or the counts are separated.
    """
    lost = np.asarray(attempts) - np.asarray(solved)
    logs = np.log(np.asarray(moves, dtype=float))
    if not 0 < lost.sum() < np.sum(attempts):
        return None
    constant = glm.binomial(np.ones((len(logs), 1)), lost, attempts, "cloglog", logs)
    free = glm.binomial(glm.line(logs), lost, attempts, "cloglog")
    if not free.converged or free.coefficients[1] <= 0:
        return None
    k, error = float(free.coefficients[1]), float(free.errors()[1])
    method, half = "cloglog regression in log moves, Wald", Z * error
    return _shape(
        k=Estimate(value=k, low=k - half, high=k + half, method=method, n=int(np.sum(attempts))),
        log_scale=float(free.coefficients[0]),
        losses=(-constant.log_likelihood, -free.log_likelihood),
    )


def constant_from_attempts(moves: ArrayLike, solved: ArrayLike, attempts: ArrayLike) -> tuple[float, float]:
    """The constant hazard per move from successes alone, and the standard error of its logarithm."""
    logs = np.log(np.asarray(moves, dtype=float))
    fit = glm.binomial(np.ones((len(logs), 1)), np.asarray(attempts) - np.asarray(solved), attempts, "cloglog", logs)
    return exp(float(fit.coefficients[0])), float(fit.errors()[0])


def _shape(*, k: Estimate, log_scale: float, losses: tuple[float, float]) -> Shape:
    from scipy.special import chdtrc

    statistic = max(2 * (losses[0] - losses[1]), 0.0)
    return Shape(
        k=k,
        scale=exp(log_scale),
        half_life=exp((log(log(2)) - log_scale) / (k.value or 1.0)),
        statistic=statistic,
        p_value=float(chdtrc(1, statistic)),
        aic_constant=2 * losses[0] + 2,
        aic_weibull=2 * losses[1] + 4,
    )


# --- without a distribution


def survival(walks: Sequence[Walk]) -> Survival | None:
    """Kaplan and Meier's curve with log-log intervals; None without a move."""
    from scipy.stats import ecdf

    if not any(walk.moves for walk in walks):
        return None
    steps = ecdf(_censored(walks)).sf
    moves = [int(at) for at in steps.quantiles]
    with np.errstate(divide="ignore", invalid="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # at shares of 1 and 0 there is no interval: _known
        ends: Any = steps.confidence_interval(LEVEL, method="log-log")
    shares = [float(share) for share in steps.probabilities]
    return Survival(
        moves=tuple(moves),
        share=tuple(shares),
        low=tuple(_known(ends.low.probabilities, shares)),
        high=tuple(_known(ends.high.probabilities, shares)),
        at_risk=tuple(int(left) for left in len(walks) - np.searchsorted(sorted(walk.moves for walk in walks), moves)),
    )


def _known(ends: Vector, shares: list[float]) -> list[float]:
    """The ends of an interval; where nobody, or everybody, has erred there is none, and the share itself stands."""
    return [share if np.isnan(end) else float(end) for end, share in zip(ends, shares, strict=True)]


def logrank(one: Sequence[Walk], other: Sequence[Walk]) -> float:
    """The p-value that two models' walks survive alike (Mantel 1966); fair only at the same sizes."""
    from scipy.stats import logrank as test

    if not any(walk.erred for walk in (*one, *other)):
        return 1.0
    return float(test(_censored(one), _censored(other)).pvalue)


def logranks(walks: Mapping[str, Sequence[Walk]]) -> list[tuple[str, str, float, float]]:
    """Every pair of models, its p-value at the sizes that both were asked, and the same after Holm's correction."""
    pairs = []
    for one, other in combinations(walks, 2):
        shared = {walk.size for walk in walks[one]} & {walk.size for walk in walks[other]}
        both = [[walk for walk in walks[name] if walk.size in shared] for name in (one, other)]
        if shared:
            pairs.append((one, other, logrank(*both)))
    adjusted = holm([p for _, _, p in pairs])
    return [(*pair, corrected) for pair, corrected in zip(pairs, adjusted, strict=True)]


def _censored(walks: Sequence[Walk]) -> Any:
    from scipy.stats import CensoredData

    erred, whole = ([walk.moves for walk in walks if walk.erred is wanted] for wanted in (True, False))
    return CensoredData(uncensored=erred, right=whole)


# --- a check on sizes that were not used


def predict(walks: Sequence[Walk], up_to: float) -> list[Prediction]:
    """What the rate at sizes up to ``up_to`` predicts for the larger ones, if every move slips alike."""
    rate = per_move([walk for walk in walks if walk.size <= up_to])
    if rate.value is None or rate.low is None or rate.high is None:
        return []
    larger: dict[int, list[Walk]] = {}
    for walk in walks:
        if walk.size > up_to and walk.needed is not None:
            larger.setdefault(walk.size, []).append(walk)
    return [_prediction(size, larger[size], (rate.value, rate.low, rate.high)) for size in sorted(larger)]


def _prediction(size: int, walks: Sequence[Walk], rates: tuple[float, float, float]) -> Prediction:
    clean = sum(walk.ending == "finished" for walk in walks)
    unknown = sum(walk.ending in ("cut", "stopped") for walk in walks)

    def expected(rate: float) -> float:
        return float(np.mean([(1 - rate) ** (walk.needed or 0) for walk in walks]))

    return Prediction(
        size=size,
        moves=float(np.mean([walk.needed or 0 for walk in walks])),
        predicted=expected(rates[0]),
        predicted_low=expected(rates[2]),
        predicted_high=expected(rates[1]),
        clean=clean,
        unknown=unknown,
        attempts=len(walks),
        low=wilson(clean, len(walks), LEVEL)[0],
        high=wilson(clean + unknown, len(walks), LEVEL)[1],
    )
