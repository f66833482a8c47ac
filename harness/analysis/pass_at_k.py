"""Success with several answers to a question: any of k, and all of k."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import isnan, nan, prod
from statistics import NormalDist, fmean

from harness.analysis.estimate import Estimate
from harness.analysis.rates import score_interval


def pass_at_k(attempts: int, solved: int, k: int) -> float:
    """The chance that at least one of k attempts solves, 1 - C(n-c, k)/C(n, k), unbiased (Chen et al. 2021, arXiv
    2107.03374). NaN where there are fewer than k attempts."""
    if attempts < k:
        return nan
    if attempts - solved < k:
        return 1.0
    return 1.0 - prod(1.0 - k / number for number in range(attempts - solved + 1, attempts + 1))


def pass_hat_k(attempts: int, solved: int, k: int) -> float:
    """The chance that all of k attempts solve, C(c, k)/C(n, k), unbiased, which (c/n)^k is not (Yao et al. 2024, arXiv
    2406.12045). NaN where there are fewer than k attempts."""
    if attempts < k:
        return nan
    return prod((max(solved - number, 0)) / (attempts - number) for number in range(k))


def over_instances(
    chance: Callable[[int, int, int], float], counts: Sequence[tuple[int, int]], k: int, level: float = 0.95
) -> Estimate:
    """The mean of ``pass_at_k`` or ``pass_hat_k`` over instances, each with its attempts and how many solved.

    The interval is Wilson's over the instances. It is wide rather than narrow: what is averaged varies less than the
    zeros and ones that it is for.
    """
    values = [chance(attempts, solved, k) for attempts, solved in counts]
    n, method = sum(attempts for attempts, _ in counts), "Wilson over instances"
    if not values or any(map(isnan, values)):
        why = f"an instance has fewer than {k} attempts" if values else "nothing was measured"
        return Estimate(value=None, level=level, method=method, n=n, clusters=len(values), warnings=(why,))
    low, high = score_interval(fmean(values), len(values), NormalDist().inv_cdf((1 + level) / 2))
    return Estimate(
        value=fmean(values), low=low, high=high, level=level, method=method, n=n, clusters=len(values),
        target="instances like these",
    )  # fmt: skip
