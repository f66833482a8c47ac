"""What a number of paired attempts can tell apart."""

from __future__ import annotations

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

    if not enough(discordant):
        return None
    low, high = 0.0, discordant
    while high - low > 1e-6:
        middle = (low + high) / 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high
