"""What a number of attempts can tell apart."""

from __future__ import annotations

from collections.abc import Callable
from math import inf, sqrt
from statistics import NormalDist

LEVEL, POWER = 0.05, 0.8


def pairs_needed(only_first: float, only_second: float, level: float = LEVEL, power: float = POWER) -> float:
    """Pairs that McNemar's two-sided test needs (Connor 1987, Biometrics 43:207).

    only_first, only_second: shares of the pairs in which only the one, only the other succeeds. Infinite where they are
    equal: there is nothing to detect.
    """
    discordant, difference = only_first + only_second, abs(only_first - only_second)
    if not difference:
        return inf
    z = NormalDist().inv_cdf
    z_level, z_power = z(1 - level / 2), z(power)
    return ((z_level * sqrt(discordant) + z_power * sqrt(discordant - difference**2)) / difference) ** 2


def detectable(pairs: int, discordant: float, level: float = LEVEL, power: float = POWER) -> float | None:
    """The smallest difference in success, from 0 to ``discordant``, that so many pairs detect; None if none is.

    discordant: the share of pairs in which one of the two succeeds and the other does not.
    """

    def enough(difference: float) -> bool:
        first = (discordant + difference) / 2
        return pairs_needed(first, discordant - first, level, power) <= pairs

    return smallest(enough, 0.0, discordant)


def attempts_per_arm(rate: float, other: float, level: float = LEVEL, power: float = POWER) -> float:
    """Attempts that each of two independent samples needs to tell two rates apart, two-sided (Fleiss, Levin and Paik
    2003, without continuity correction). Infinite where they are equal."""
    if rate == other:
        return inf
    z = NormalDist().inv_cdf
    mean = (rate + other) / 2
    spread = z(1 - level / 2) * sqrt(2 * mean * (1 - mean))
    return ((spread + z(power) * sqrt(rate * (1 - rate) + other * (1 - other))) / (rate - other)) ** 2


def questions_needed(
    difference: float,
    variance_of_differences: float,
    prediction_variances: tuple[float, float] = (0.0, 0.0),
    repeats: tuple[float, float] = (1, 1),
    level: float = LEVEL,
    power: float = POWER,
) -> float:
    """Questions that a paired comparison of mean scores needs (Miller 2024, arXiv 2411.00640, section 5).

    variance_of_differences: of the two expected scores, over questions; prediction_variances: of each model's score at
    one question; repeats: answers of each model to a question.
    """
    z = NormalDist().inv_cdf
    noise = sum(variance / many for variance, many in zip(prediction_variances, repeats, strict=True))
    return (z(1 - level / 2) + z(power)) ** 2 * (variance_of_differences + noise) / difference**2


def detectable_shift(
    spacing: float, attempts: float, slope: float, level: float = LEVEL, power: float = POWER
) -> float:
    """The difference of two models' N50, in sizes, that is detected.

    spacing: between the sizes asked; attempts: at each size, by each model; slope: of the logit of success by size,
    about 1 where success falls over many sizes and 3 where it falls within two. Rests on SE(N50) = sqrt(spacing /
    (attempts * slope)), which simulations bear out.
    """
    z = NormalDist().inv_cdf
    return (z(1 - level / 2) + z(power)) * sqrt(2 * spacing / (attempts * slope))


def minimum_detectable(pairs: float, discordant: float, level: float = LEVEL, power: float = POWER) -> float | None:
    """The smallest difference in success that so many pairs detect, after a share of them was seen to be discordant; if
    it takes more discordant pairs than that, with as many as it takes. None if even a difference of 1 is not detected.
    """

    def enough(difference: float) -> bool:
        share = max(discordant, difference)
        return pairs_needed((share + difference) / 2, (share - difference) / 2, level, power) <= pairs

    return smallest(enough, 0.0, 1.0)


def smallest(enough: Callable[[float], bool], low: float, high: float, within: float = 1e-6) -> float | None:
    """The smallest number between two that is enough, where every larger one is; None if not even ``high`` is."""
    if not enough(high):
        return None
    while high - low > within:
        middle = (low + high) / 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high
