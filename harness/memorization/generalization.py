"""How far test loss may lie above training loss, by what a model has learnt of its data.

Losses are from 0 to 1, samples independent, and what is learnt is in bits. A bound of 1 or more says nothing, which is
so for every language model: its capacity in nats exceeds twice its samples.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log, sqrt

from harness.memorization import checks
from harness.memorization.formula import Status, formula

VACUOUS = "Vacuous for every language model: 3.6 P ln 2 > 2 n."


@dataclass(frozen=True)
class Bound:
    """A bound of a gap between losses that are from 0 to 1."""

    value: float

    @property
    def vacuous(self) -> bool:
        """Whether it says no more than that the losses are from 0 to 1."""
        return self.value >= 1


@formula(
    "sqrt((C ln 2 + ln(1 / delta)) / (2 n))",
    unit="loss",
    source="Occam's bound (Blumer et al. 1987), a prefix code of C bits",
    status=Status.STANDARD,
    note=VACUOUS,
)
def occam(bits: float, samples: int, delta: float = 0.05) -> Bound:
    """With probability 1 - delta, for a model that is written down in ``bits`` bits."""
    _checked(bits, samples)
    checks.between(0, 1, delta=delta)
    return Bound(sqrt((bits * log(2) + log(1 / delta)) / (2 * samples)))


@formula(
    "sqrt((KL + ln(2 sqrt(n) / delta)) / (2 n)), KL = C ln 2",
    unit="loss",
    source="McAllester 1999, constants by Maurer 2004",
    status=Status.STANDARD,
    note=f"That KL equals the bits memorized is an assumption. {VACUOUS}",
)
def pac_bayes(bits: float, samples: int, delta: float = 0.05) -> Bound:
    """With probability 1 - delta; bits: the divergence of the posterior from the prior, in bits."""
    _checked(bits, samples)
    checks.between(0, 1, delta=delta)
    return Bound(sqrt((bits * log(2) + log(2 * sqrt(samples) / delta)) / (2 * samples)))


@formula(
    "sqrt(C ln 2 / (2 n))",
    unit="loss",
    source="Xu, Raginsky 2017, losses from 0 to 1 (s = 1/2)",
    status=Status.STANDARD,
    note=f"In expectation only. {VACUOUS}",
)
def xu_raginsky(bits: float, samples: int) -> Bound:
    """Of the expected gap; bits: the mutual information of the data and the model, in bits."""
    _checked(bits, samples)
    return Bound(sqrt(bits * log(2) / (2 * samples)))


@formula(
    "sqrt(2 C ln 2 / n)",
    unit="Rademacher complexity",
    source="Massart's lemma for 2^C functions from -1 to 1",
    status=Status.STANDARD,
    note="The source article seems to print sqrt(C / n). Vacuous for every language model.",
)
def rademacher(bits: float, samples: int) -> Bound:
    """Complexity of 2^bits functions on so many samples."""
    _checked(bits, samples)
    return Bound(sqrt(2 * bits * log(2) / samples))


def _checked(bits: float, samples: int) -> None:
    checks.not_negative(bits=bits)
    checks.positive(samples=samples)
