"""How well a loss threshold tells training samples from others: the paper's law, as printed and as re-derived.

The attack calls a sample a member when its mean loss is below a threshold (Yeom et al. 2018). How the paper chose the
threshold is not stated, so an F1 of this law cannot be compared with one of another rule; prefer AUROC, and the rate of
true positives at 1 % and 0.1 % false ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, inf, log

from harness.memorization import checks
from harness.memorization.capacity import capacity_bits
from harness.memorization.formula import PAPER, Status, formula

C1, C2, C3 = 1.34, -0.034, -33.14
"""As printed; fitted by the authors to their runs on text."""

SAMPLE_TOKENS = 64
"""A sample of the law."""

FITTED_PARAMS = (500e3, 1.56e9)
"""From the smallest to the largest model that the law was fitted to or tried on."""


@dataclass(frozen=True, kw_only=True)
class Membership:
    """What the law says in its three readings."""

    f1: float
    """By the re-derived law, from 0.5 to 1."""
    printed_f1_bits: float
    """As printed, capacity in bits."""
    printed_f1_params: float
    """As printed, capacity in parameters."""
    tokens_per_param: float
    warnings: tuple[str, ...]


@formula(
    "(1 + 1.34 sigma(-33.14 (D / P - 0.034))) / 2, at most 1",
    unit="F1",
    source=f"{PAPER}, section on membership inference, constants as printed",
    status=Status.REDERIVED,
    note="Not the authors' erratum: the two constants change places, the ratio is turned over and capacity is counted "
    "in parameters. So read, all 6 rows of the paper's table come out to 0.002. Its predictions miss 4 of the 6 "
    "observed values by more than the 1.5 points claimed, by up to 9.31.",
)
def membership_f1(samples: float, params: float) -> float:
    """F1 of the loss attack on a model of ``params`` parameters trained on ``samples`` sequences of 64 tokens.

    Falls from 1 to 0.5 as data grow. The bare law is 1.006 without any data, and is cut at 1.
    """
    checks.not_negative(samples=samples)
    checks.positive(params=params)
    return min(1.0, _f1(C3 * (samples / params + C2)))


@formula(
    "(1 + 1.34 sigma(-0.034 (C / D - 33.14))) / 2",
    unit="F1",
    source=f"{PAPER}, section on membership inference",
    status=Status.CONTRADICTED,
    note="Rises with data and tends to 1.006, where it should fall to 0.5. It gives none of the paper's 6 rows.",
)
def membership_f1_as_printed(samples: float, capacity: float) -> float:
    """The law as printed, for comparison only. capacity: the paper does not say whether in bits or in parameters."""
    checks.positive(samples=samples)
    checks.not_negative(capacity=capacity)
    return _f1(C2 * (capacity / samples + C3))


@formula(
    "D = P (0.034 - ln(s / (1 - s)) / 33.14), s = (2 F1 - 1) / 1.34",
    unit="samples of 64 tokens",
    source=f"inverse of the re-derived law of {PAPER}",
    status=Status.REDERIVED,
)
def membership_samples(f1: float, params: float) -> float:
    """Samples of 64 tokens at which the attack's F1 has fallen to ``f1``, above 0.5 and at most 1."""
    checks.positive(params=params)
    checks.share(f1=f1)
    checks.between(0.5, inf, f1=f1)
    odds = (2 * f1 - 1) / C1
    return params * (-C2 + log(odds / (1 - odds)) / C3)


@formula("q / (0.5 + q)", unit="F1", source="half the samples being members", status=Status.REDERIVED)
def uninformative_f1(called_members: float) -> float:
    """F1 of a rule that calls this share members whatever it sees: 0.5 at one half, 0.667 if it always says so.

    With the pooled median as threshold the floor is 0.5; with the threshold of the best F1 it is 0.667.
    """
    checks.share(called_members=called_members)
    return called_members / (0.5 + called_members)


@formula(
    "both forms of the law, at D = tokens / 64",
    unit="Membership",
    source=PAPER,
    status=Status.REDERIVED,
    note="The law is about the average sample: a rare one may be found out long after F1 has fallen to 0.5.",
)
def membership(samples: float, params: float, length: int = SAMPLE_TOKENS) -> Membership:
    """The law in both forms, with warnings where it is used outside what it was fitted to.

    length: tokens of a sample. Where it is not 64 the law is asked about as many tokens in samples of 64.
    """
    checks.positive(samples=samples, params=params, length=length)
    tokens = samples * length
    of_64 = tokens / SAMPLE_TOKENS
    return Membership(
        f1=membership_f1(of_64, params),
        printed_f1_bits=membership_f1_as_printed(of_64, capacity_bits(params)),
        printed_f1_params=membership_f1_as_printed(of_64, params),
        tokens_per_param=tokens / params,
        warnings=tuple(_warnings(params, length)),
    )


def _warnings(params: float, length: int) -> list[str]:
    low, high = FITTED_PARAMS
    told = []
    if not low <= params <= high:
        told.append(f"{params:,.0f} parameters are outside the {low:,.0f} to {high:,.0f} that the law was tried on")
    if length != SAMPLE_TOKENS:
        told.append(f"the law was fitted to samples of 64 tokens, not {length}: taken as equal at equal tokens")
    return told


def _f1(logit: float) -> float:
    return (1 + C1 * _logistic(logit)) / 2


def _logistic(x: float) -> float:
    return 1 / (1 + exp(-x)) if x >= 0 else exp(x) / (1 + exp(x))
