"""Minimum description length: the model that says itself and the data in the fewest bits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import log2

from harness.errors import UsageError
from harness.memorization import checks
from harness.memorization.formula import Status, formula


@dataclass(frozen=True)
class Description:
    """Two parts, in bits."""

    model: float
    """Of the model itself: stored bits, or ``bic_model_bits``."""
    data: float
    """-log2 of the probability that the model gives the data."""

    @property
    def total(self) -> float:
        return self.model + self.data


@formula(
    "(k / 2) log2 n",
    unit="bits",
    source="Schwarz 1978; Rissanen 1978",
    status=Status.STANDARD,
    note="Asymptotic, for k much smaller than n: no language model is.",
)
def bic_model_bits(params: int, samples: int) -> float:
    """What ``params`` parameters cost, each written as precisely as ``samples`` samples warrant."""
    checks.not_negative(params=params)
    checks.positive(samples=samples)
    return params / 2 * log2(samples)


@formula(
    "argmin of L(theta) - log2 p(D | theta)", unit="name of a model", source="Rissanen 1978", status=Status.STANDARD
)
def shortest(descriptions: Mapping[str, Description]) -> str:
    """The model of the shortest description; of equals the first. Raises UsageError for an empty mapping."""
    if not descriptions:
        raise UsageError("there are no descriptions to choose from")
    return min(descriptions, key=lambda name: descriptions[name].total)
