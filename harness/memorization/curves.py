"""How capacity is used over time, and how loss falls with capacity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, inf
from statistics import NormalDist
from typing import TYPE_CHECKING

from harness.errors import UsageError
from harness.memorization import checks
from harness.memorization.capacity import ALPHA, capacity_bits
from harness.memorization.formula import ARTICLE, Status, formula

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

KAPLAN_PARAMS, KAPLAN_EXPONENT = 8.8e13, 0.076
"""Of Kaplan et al. 2020, arXiv 2001.08361; quoted at second hand, not checked against the paper."""


@dataclass(frozen=True, kw_only=True)
class Grokking:
    """The two parts of a capacity at one time; their sum is the capacity."""

    generalizing: float
    memorizing: float


@dataclass(frozen=True, kw_only=True)
class GrokkingFit:
    """Estimates with intervals, (low, high), at the level asked for."""

    rate: float
    """k, in 1 / the unit of time."""
    rate_interval: tuple[float, float]
    onset: float
    """t_c, in the unit of time: where half of the capacity generalizes."""
    onset_interval: tuple[float, float]
    residual: float
    """Standard deviation of what the curve leaves, in the unit of the measurements."""


@formula(
    "C_gen = C sigma(k (t - t_c)), C_mem = C - C_gen",
    unit="that of C",
    source=ARTICLE,
    status=Status.RECONSTRUCTED,
    note="The words fix only that one part falls and the other rises at t_c; the logistic shape is an assumption. "
    "Morris et al. do not measure it.",
)
def grokking(time: float, *, rate: float, onset: float, capacity: float = 1) -> Grokking:
    """How a capacity is divided at ``time``; half and half at ``onset``."""
    checks.positive(rate=rate, capacity=capacity)
    x = rate * (time - onset)
    share = 1 / (1 + exp(-x)) if x >= 0 else exp(max(x, -700)) / (1 + exp(max(x, -700)))
    return Grokking(generalizing=capacity * share, memorizing=capacity - capacity * share)


@formula(
    "least squares of C sigma(k (t - t_c)); +- t_(n-2) standard errors",
    unit="GrokkingFit",
    source="Gauss-Newton with Levenberg's damping; asymptotic intervals",
    status=Status.STANDARD,
    note="Intervals hold for independent errors of equal size: a training curve's are correlated, and "
    "they are too narrow.",
)
def fit_grokking(
    times: Sequence[float], generalizing: Sequence[float], *, capacity: float = 1, level: float = 0.95
) -> GrokkingFit:
    """Fit the curve to measurements such as held-out accuracy. capacity: what the curve rises to.

    Raises UsageError where fewer than 5 measurements, or none that rise, are given.
    """
    import numpy as np

    checks.same_length(times=len(times), measurements=len(generalizing))
    checks.positive(capacity=capacity)
    checks.between(0, 1, level=level)
    if len(times) < 5:
        raise UsageError(f"found {len(times)} measurements; a curve needs at least 5")
    at, seen = np.array(times, float), np.array(generalizing, float) / capacity
    if not (np.isfinite(at).all() and np.isfinite(seen).all()) or np.ptp(at) == 0:
        raise UsageError("times and measurements must be finite numbers, and the times must differ")
    middle, spread = float(at.mean()), float(at.std())
    (rate, onset), errors, residual = _fit((at - middle) / spread, seen)
    if rate <= 0 or not np.isfinite(errors).all():
        raise UsageError(
            "these measurements show no rise that can be fitted",
            "give some from before the rise, some during it, and some from after it",
        )
    wide = _student(level, len(times) - 2) * errors
    k, t_c = rate / spread, middle + spread * onset
    return GrokkingFit(
        rate=k,
        rate_interval=(k - float(wide[0]) / spread, k + float(wide[0]) / spread),
        onset=t_c,
        onset_interval=(t_c - spread * float(wide[1]), t_c + spread * float(wide[1])),
        residual=residual * capacity,
    )


@formula(
    "C(t+1) = min(C_total, (1 - lambda) C(t) + I)",
    unit="bits",
    source=ARTICLE,
    status=Status.RECONSTRUCTED,
    note="No value of lambda is known.",
)
def continual_capacity_bits(steps: int, *, information: float, forgetting: float, capacity: float) -> list[float]:
    """Capacity in use after 0, 1, ... ``steps`` steps, each of which brings ``information`` bits.

    forgetting: the share lost at each step; 0 fills the capacity in a straight line.
    """
    checks.not_negative(steps=steps, information=information, capacity=capacity)
    checks.share(forgetting=forgetting)
    used = [0.0]
    for _ in range(steps):
        used.append(min(capacity, (1 - forgetting) * used[-1] + information))
    return used


@formula("min(C_total, I / lambda)", unit="bits", source=f"limit of {ARTICLE}'s recurrence", status=Status.REDERIVED)
def continual_limit_bits(*, information: float, forgetting: float, capacity: float = inf) -> float:
    """Where the capacity in use settles. Infinite without forgetting and without a capacity."""
    checks.not_negative(information=information)
    checks.share(forgetting=forgetting)
    if capacity < 0:
        checks.not_negative(capacity=capacity)
    return min(capacity, information / forgetting if forgetting else inf if information else 0.0)


@formula(
    "(C0 / C)^a + L_inf, C = alpha P, C0 = alpha N_c",
    unit="nats a token",
    source="Kaplan et al. 2020, arXiv 2001.08361, in units of bits",
    status=Status.HEURISTIC,
    note="At one alpha this is Kaplan's law in other units and tells nothing more. Its constants (8.8e13, 0.076) are "
    "quoted at second hand.",
)
def scaling_loss(
    params: float,
    *,
    alpha: float = ALPHA,
    critical_bits: float | None = None,
    exponent: float = KAPLAN_EXPONENT,
    least: float = 0,
) -> float:
    """Loss of a model of so many parameters that is limited by nothing else.

    critical_bits: C0; Kaplan's constant at ``alpha``, where it is not given. least: L_inf, nats a token.
    """
    checks.not_negative(exponent=exponent, least=least)
    critical = critical_capacity_bits(alpha) if critical_bits is None else critical_bits
    checks.positive(critical_bits=critical)
    return float((critical / capacity_bits(params, alpha)) ** exponent + least)


@formula(
    "alpha N_c = 3.6 x 8.8e13 = 3.168e14",
    unit="bits",
    source="Kaplan et al. 2020, in units of bits",
    status=Status.HEURISTIC,
    note="N_c is quoted at second hand.",
)
def critical_capacity_bits(alpha: float = ALPHA) -> float:
    """C0 of the scaling law."""
    return capacity_bits(KAPLAN_PARAMS, alpha)


def _fit(x: NDArray[np.float64], y: NDArray[np.float64]) -> tuple[tuple[float, float], NDArray[np.float64], float]:
    """Rate and onset of the logistic curve, their standard errors, and the standard deviation of what is left."""
    import numpy as np

    def curve(rate: float, onset: float) -> NDArray[np.float64]:
        grown: NDArray[np.float64] = 1 / (1 + np.exp(-np.clip(rate * (x - onset), -700, 700)))
        return grown

    def left(rate: float, onset: float) -> float:
        return float(((y - curve(rate, onset)) ** 2).sum())

    starts = [(k, t) for k in np.geomspace(0.5, 200, 16) for t in np.linspace(x.min(), x.max(), 41)]
    rate, onset = min(((float(k), float(t)) for k, t in starts), key=lambda start: left(*start))
    damping = 1e-3
    for _ in range(200):
        slope = (grown := curve(rate, onset)) * (1 - grown)
        jacobian = np.stack([slope * (x - onset), -rate * slope], axis=1)
        normal, gradient = jacobian.T @ jacobian, jacobian.T @ (y - grown)
        step = np.linalg.lstsq(normal + damping * np.diag(normal.diagonal()), gradient, rcond=None)[0]
        tried = (rate + float(step[0]), onset + float(step[1]))
        if left(*tried) <= left(rate, onset):
            (rate, onset), damping = tried, damping / 10
            if abs(step).max() < 1e-10:
                break
        else:
            damping *= 10
        if damping > 1e12:
            break
    variance = left(rate, onset) / (len(x) - 2)
    singular = np.linalg.cond(normal) > 1e14
    errors = np.full(2, np.inf) if singular else np.sqrt(variance * np.linalg.inv(normal).diagonal())
    return (rate, onset), errors, float(np.sqrt(variance))


def _student(level: float, freedom: int) -> float:
    """Student's quantile by the expansion of Abramowitz and Stegun 26.7.5; from 3 degrees of freedom on within 1 %."""
    z = NormalDist().inv_cdf((1 + level) / 2)
    terms = ((z**3 + z) / 4, (5 * z**5 + 16 * z**3 + 3 * z) / 96, (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384)
    return z + sum(term / float(freedom) ** power for power, term in enumerate(terms, start=1))
