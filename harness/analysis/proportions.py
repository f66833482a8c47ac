"""Rates of success, their standard errors and intervals: of independent attempts, and of attempts by instance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from harness.analysis.estimate import Estimate, Target
from harness.analysis.quantiles import student_t
from harness.analysis.rates import score_interval, wilson

Labels = Sequence[Any] | NDArray[Any]
"""One for each attempt: which instance it was at, or which size that instance has."""


def clopper_pearson(solved: int, attempts: int, level: float = 0.95) -> tuple[float, float]:
    """The exact interval (Clopper and Pearson 1934, Biometrika 26:404): never covers less than it says, mostly more."""
    from scipy.stats import beta

    tail = (1 - level) / 2
    low = float(beta.ppf(tail, solved, attempts - solved + 1)) if solved else 0.0
    high = float(beta.ppf(1 - tail, solved + 1, attempts - solved)) if solved < attempts else 1.0
    return low, high


def credible(solved: int, attempts: int, level: float = 0.95, *, prior: float = 1.0) -> tuple[float, float]:
    """The equal-tailed credible interval under the prior Beta(prior, prior): 1 is uniform, 0.5 is Jeffreys'."""
    from scipy.stats import beta

    tail = (1 - level) / 2
    a, b = solved + prior, attempts - solved + prior
    return float(beta.ppf(tail, a, b)), float(beta.ppf(1 - tail, a, b))


def standard_error(scores: ArrayLike) -> float:
    """Of a mean of independent scores: sd / sqrt(n), with n - 1 in the sd. No interval is made of it near 0 or 1."""
    values = np.asarray(scores, float)
    return float(values.std(ddof=1) / sqrt(len(values)))


@dataclass(frozen=True, kw_only=True)
class ClusteredMean:
    """A mean over clusters, and how sure it is."""

    mean: float
    standard_error: float
    n: int
    clusters: int
    freedom: int
    """Degrees of freedom of the standard error: clusters less strata. With none, it is not known and given as NaN."""
    effective_n: float
    """Independent attempts that would be as sure; never more than n."""

    @property
    def design_effect(self) -> float:
        """How many clustered attempts are worth an independent one."""
        return self.n / self.effective_n


def clustered_mean(
    scores: ArrayLike, clusters: Labels, strata: Labels | None = None, *, corrected: bool = True
) -> ClusteredMean:
    """The mean score with its standard error by cluster (Miller 2024, arXiv 2411.00640; corrected for few clusters).

    strata: what is not drawn but laid down, such as the size; only clusters of one stratum are compared. A stratum
    with a single cluster is joined to the next one, which makes the error larger, never smaller. corrected: with the
    factor C/(C-1) of a stratum, without which the error is too small.
    """
    values = np.asarray(scores, float)
    n, mean = len(values), float(values.mean())
    names, member = np.unique(np.asarray(clusters), return_inverse=True)
    stratum = _strata(member, len(names), strata)
    totals, counts = np.bincount(member, values), np.bincount(member)
    variance = 0.0
    for each in np.unique(stratum):
        chosen = stratum == each
        rate = totals[chosen].sum() / counts[chosen].sum()
        residuals, many = totals[chosen] - rate * counts[chosen], int(chosen.sum())
        variance += float(residuals @ residuals) * (many / (many - 1) if corrected and many > 1 else 1.0)
    freedom = len(names) - len(np.unique(stratum))
    spread = float(values.var())
    return ClusteredMean(
        mean=mean,
        standard_error=sqrt(variance) / n if freedom else float("nan"),
        n=n,
        clusters=len(names),
        freedom=freedom,
        effective_n=min(n, spread * n**2 / variance) if variance > 0 and spread > 0 else n,
    )


def _strata(member: NDArray[np.intp], clusters: int, strata: Labels | None) -> NDArray[np.intp]:
    """The stratum of each cluster, those with a single cluster joined to the one after (the last to the one before)."""
    if strata is None:
        return np.zeros(clusters, np.intp)
    of_attempt = np.unique(np.asarray(strata), return_inverse=True)[1]
    stratum = np.zeros(clusters, np.intp)
    stratum[member] = of_attempt
    sizes = np.bincount(stratum)
    joined, group, held = np.zeros(len(sizes), np.intp), 0, 0
    for place, size in enumerate(sizes):
        joined[place] = group
        held += size
        if held > 1:
            group, held = group + 1, 0
    if held == 1 and group:
        joined[joined == group] = group - 1
    return joined[stratum]


def clustered_wilson(
    solved: ArrayLike, clusters: Labels, strata: Labels | None = None, level: float = 0.95
) -> tuple[float, float]:
    """Wilson's interval for as many attempts as the clustered ones are worth, with Student's t (Korn and Graubard 1998,
    Survey Methodology 24:193; Inspect's ``ci_wilson(cluster=)``). (0, 1) where clusters are too few to tell."""
    found = clustered_mean(solved, clusters, strata)
    if found.freedom < 1:
        return 0.0, 1.0
    return score_interval(found.mean, found.effective_n, student_t((1 + level) / 2, found.freedom))


FEW = 5
"""Instances below which an estimate warns of their number."""


@dataclass(frozen=True)
class Footing:
    """What attempts at instances allow to conclude about."""

    found: ClusteredMean
    varied: bool
    """Whether the scores did."""
    clustered: bool
    """Whether the error must be taken between instances; where it need not be, or cannot, attempts are independent."""
    target: Target
    warnings: tuple[str, ...]

    @property
    def worth(self) -> float:
        """Independent attempts that they are worth. Where all ended alike, nothing tells whether those at one instance
        agree by necessity: then as many as there are instances. (Korn and Graubard take all attempts there; of 10
        instances that are each always solved or never, that interval holds the truth as seldom as 64 times in 100.)
        """
        if not self.clustered:
            return self.found.n
        return self.found.effective_n if self.varied else self.found.clusters


def footing(scores: ArrayLike, instances: Labels, sizes: Labels | None = None) -> Footing:
    """With one attempt an instance they are independent. With several, instances of one size are compared; where no
    size has two, nothing is known of other instances, and only these are spoken of."""
    found, varied = clustered_mean(scores, instances, sizes), len(np.unique(np.asarray(scores))) > 1
    if found.clusters == found.n > 1:
        return Footing(found, varied, False, "instances like these", _few(found.clusters))
    strata = 1 if sizes is None else len(np.unique(np.asarray(sizes)))
    if found.clusters == strata:
        each = "one instance" if strata == 1 else "one instance a size"
        return Footing(found, varied, False, "these instances", (f"{each}: nothing is known of others",))
    return Footing(found, varied, True, "instances like these", _few(found.clusters))


def _few(instances: int) -> tuple[str, ...]:
    return (f"only {instances} instances",) if instances < FEW else ()


def success(solved: ArrayLike, instances: Labels, sizes: Labels | None = None, level: float = 0.95) -> Estimate:
    """The rate of success of attempts, each at an instance of a size."""
    values = np.asarray(solved, bool)
    if len(values) == 0:
        return Estimate(value=None, method="Wilson", level=level, n=0, warnings=("nothing was measured",))
    on = footing(values, instances, sizes)
    if on.clustered:
        low, high = score_interval(on.found.mean, on.worth, student_t((1 + level) / 2, on.found.freedom))
    else:
        low, high = wilson(int(values.sum()), len(values), level)
    return Estimate(
        value=on.found.mean, low=low, high=high, level=level,
        method="Wilson, clustered by instance (Korn-Graubard)" if on.clustered else "Wilson",
        n=on.found.n, clusters=on.found.clusters, target=on.target, warnings=on.warnings,
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Noise:
    """The variance of one attempt's score: of the answers to one question, and of the questions."""

    prediction: float
    data: float
    standard_error: float
    """Of the mean over questions like these."""
    prediction_error: float
    """Of the mean over exactly these questions, answered anew."""


def noise(scores: Sequence[Sequence[float]]) -> Noise:
    """Split the variance of questions (rows), each answered equally often, at least twice (Wang 2025, arXiv
    2512.21326)."""
    table = np.asarray(scores, float)
    questions, repeats = table.shape
    prediction = float(table.var(axis=1, ddof=1).mean())
    between = float(table.mean(axis=1).var(ddof=1))
    return Noise(
        prediction=prediction,
        data=between - prediction / repeats,
        standard_error=sqrt(between / questions),
        prediction_error=sqrt(prediction / repeats / questions),
    )


def independent_difference(
    solved: int, attempts: int, other_solved: int, other_attempts: int, level: float = 0.95
) -> tuple[float, float]:
    """The first rate less the other, of samples that share nothing (Newcombe 1998, Stat Med 17:873, method 10)."""
    rate, other = solved / attempts, other_solved / other_attempts
    low, high = wilson(solved, attempts, level)
    other_low, other_high = wilson(other_solved, other_attempts, level)
    down = sqrt((rate - low) ** 2 + (other_high - other) ** 2)
    up = sqrt((high - rate) ** 2 + (other - other_low) ** 2)
    return rate - other - down, rate - other + up
