"""Binomial regression by iterated weighted least squares: logit, probit and complementary log-log, plain or by Firth.

Nothing is shrunk: a penalty that a library adds unasked moves the very size at which success is lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, lgamma, sqrt
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

Vector = NDArray[np.float64]
Link = Literal["logit", "probit", "cloglog"]

MOST_STEPS = 100
LONGEST_STEP = 5.0
"""Of a coefficient in one step of Firth's fit, in its unit; longer ones overshoot."""
CERTAIN = 1e-9
"""Nearer to 0 or 1 than this, a fitted probability means that the likelihood has no maximum."""


@dataclass(frozen=True, kw_only=True)
class Fit:
    """A fitted binomial regression."""

    coefficients: Vector
    covariance: Vector
    log_likelihood: float
    """With the binomial coefficients, so that fits of the same counts can be compared."""
    deviance: float
    converged: bool
    """False where the data are separated, so that the likelihood has no maximum: nothing else is to be believed."""

    @property
    def aic(self) -> float:
        """Akaike's criterion."""
        return 2 * len(self.coefficients) - 2 * self.log_likelihood

    def errors(self) -> Vector:
        """Standard errors of the coefficients."""
        return np.sqrt(np.diag(self.covariance))


def binomial(
    design: ArrayLike, successes: ArrayLike, trials: ArrayLike, link: Link = "logit", offset: ArrayLike = 0.0
) -> Fit:
    """Maximum likelihood by Fisher scoring (McCullagh and Nelder 1989, chapter 4).

    design: one row a group of trials, one column a coefficient. offset: added to the linear predictor.
    """
    x, k, n, fixed = _arrays(design, successes, trials, offset)
    mu = (k + 0.5) / (n + 1)
    eta = _predictor(mu, link)
    beta = np.zeros(x.shape[1])
    before, converged = inf, False
    for _ in range(MOST_STEPS):
        slope = np.maximum(_slope(eta, link), 1e-300)
        weight = n * slope**2 / (mu * (1 - mu))
        beta = np.linalg.lstsq(x * np.sqrt(weight)[:, None], np.sqrt(weight) * (eta + (k / n - mu) / slope - fixed))[0]
        eta = x @ beta + fixed
        mu = np.clip(_mean(eta, link), 1e-15, 1 - 1e-15)
        deviance = _deviance(mu, k, n)
        if abs(before - deviance) < 1e-10 * (1 + abs(deviance)):
            converged = True
            break
        before = deviance
    weight = n * _slope(eta, link) ** 2 / (mu * (1 - mu))
    converged = converged and not np.all(np.minimum(mu, 1 - mu)[n > 0] < CERTAIN)
    return _fit(x, k, n, beta, mu, weight, converged=converged)


def firth(design: ArrayLike, successes: ArrayLike, trials: ArrayLike) -> Fit:
    """Logistic regression that is finite for separated data too (Firth 1993, Biometrika 80:27).

    The score is corrected by the hat values; ``log_likelihood`` is the plain one at that estimate.
    """
    x, k, n, _ = _arrays(design, successes, trials, 0.0)
    beta = np.zeros(x.shape[1])
    converged = False
    for _ in range(4 * MOST_STEPS):
        mu = _mean(x @ beta, "logit")
        weight = n * mu * (1 - mu)
        inverse = np.linalg.pinv(x.T @ (weight[:, None] * x))
        hat = weight * np.einsum("ij,jk,ik->i", x, inverse, x)
        step = inverse @ (x.T @ (k - n * mu + hat * (0.5 - mu)))
        beta = beta + step / max(1.0, float(np.abs(step).max()) / LONGEST_STEP)
        if np.abs(step).max() < 1e-9:
            converged = True
            break
    mu = np.clip(_mean(x @ beta, "logit"), 1e-15, 1 - 1e-15)
    return _fit(x, k, n, beta, mu, n * mu * (1 - mu), converged=converged)


def crossing(fit: Fit, predictor: float = 0.0) -> tuple[float, float]:
    """Where a fitted line of two coefficients reaches ``predictor``, and its standard error by the delta method."""
    start, slope = fit.coefficients
    at = (predictor - start) / slope
    gradient = np.array([-1 / slope, -at / slope])
    return float(at), sqrt(float(gradient @ fit.covariance @ gradient))


def fieller(fit: Fit, predictor: float = 0.0, level: float = 0.95) -> tuple[float, float]:
    """Fieller's interval for ``crossing`` (Fieller 1954, JRSS B 16:175): all values that the line may well have there.

    (-inf, inf) where the slope is not told from 0.
    """
    start, slope = fit.coefficients[0] - predictor, fit.coefficients[1]
    z2 = _z(level) ** 2
    a = slope**2 - z2 * fit.covariance[1, 1]
    b = 2 * (start * slope - z2 * fit.covariance[0, 1])
    c = start**2 - z2 * fit.covariance[0, 0]
    root = b * b - 4 * a * c
    if a <= 0 or root < 0:
        return -inf, inf
    return float((-b - sqrt(root)) / (2 * a)), float((-b + sqrt(root)) / (2 * a))


def profile(
    x: ArrayLike,
    successes: ArrayLike,
    trials: ArrayLike,
    link: Link,
    level: float = 0.95,
    *,
    probability: float = 0.5,
) -> tuple[float, float]:
    """Profile likelihood interval for the ``x`` at which the fitted ``probability`` is reached; infinite ends where the
    likelihood never falls far enough within ten times the range of ``x``."""
    from scipy.optimize import brentq

    values = np.asarray(x, dtype=float)
    target = float(_predictor(np.array([probability]), link)[0])
    whole = binomial(np.column_stack([np.ones_like(values), values]), successes, trials, link)
    best = crossing(whole, target)[0]

    def excess(at: float) -> float:
        held = binomial((values - at)[:, None], successes, trials, link, offset=np.full_like(values, target))
        return held.deviance - whole.deviance - _z(level) ** 2

    def end(direction: float) -> float:
        reach = max(float(np.ptp(values)), abs(best) * 1e-3)
        for share in (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0):
            if excess(best + direction * share * reach) > 0:
                return float(brentq(excess, best, best + direction * share * reach, xtol=1e-10))
        return direction * inf

    return end(-1.0), end(1.0)


def _z(level: float) -> float:
    from scipy.special import ndtri

    return float(ndtri((1 + level) / 2))


def _arrays(
    design: ArrayLike, successes: ArrayLike, trials: ArrayLike, offset: ArrayLike
) -> tuple[Vector, Vector, Vector, Vector]:
    k, n = np.asarray(successes, dtype=float), np.asarray(trials, dtype=float)
    return np.asarray(design, dtype=float), k, n, np.broadcast_to(np.asarray(offset, dtype=float), k.shape)


def _fit(x: Vector, k: Vector, n: Vector, beta: Vector, mu: Vector, weight: Vector, *, converged: bool) -> Fit:
    return Fit(
        coefficients=beta,
        covariance=np.asarray(np.linalg.pinv(x.T @ (weight[:, None] * x)), dtype=float),
        log_likelihood=_log_likelihood(mu, k, n),
        deviance=_deviance(mu, k, n),
        converged=converged,
    )


def _log_likelihood(mu: Vector, k: Vector, n: Vector) -> float:
    ways = sum(lgamma(a + 1) - lgamma(b + 1) - lgamma(a - b + 1) for a, b in zip(n, k, strict=True))
    return float(np.sum(k * np.log(mu) + (n - k) * np.log1p(-mu))) + ways


def _deviance(mu: Vector, k: Vector, n: Vector) -> float:
    with np.errstate(divide="ignore", invalid="ignore"):
        right = np.where(k > 0, k * np.log(k / (n * mu)), 0.0)
        wrong = np.where(k < n, (n - k) * np.log((n - k) / (n * (1 - mu))), 0.0)
    return float(2 * np.sum(right + wrong))


def _mean(eta: Vector, link: Link) -> Vector:
    from scipy.special import expit, ndtr

    match link:
        case "logit":
            return np.asarray(expit(eta))
        case "probit":
            return np.asarray(ndtr(eta))
        case "cloglog":
            return -np.expm1(-np.exp(np.minimum(eta, 50.0)))


def _slope(eta: Vector, link: Link) -> Vector:
    """How fast the mean rises with the linear predictor."""
    match link:
        case "logit":
            mu = _mean(eta, link)
            return mu * (1 - mu)
        case "probit":
            return np.exp(-eta * eta / 2) / sqrt(2 * np.pi)
        case "cloglog":
            capped = np.minimum(eta, 50.0)
            return np.asarray(np.exp(capped - np.exp(capped)))


def _predictor(mu: Vector, link: Link) -> Vector:
    from scipy.special import logit, ndtri

    match link:
        case "logit":
            return np.asarray(logit(mu))
        case "probit":
            return np.asarray(ndtri(mu))
        case "cloglog":
            return np.asarray(np.log(-np.log1p(-mu)))


def line(x: Vector) -> Vector:
    """The design of a straight line: a column of ones, and x."""
    return np.column_stack([np.ones_like(x), x])
