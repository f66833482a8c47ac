"""Where a model and a data set stand to the interpolation threshold: the peak of double descent."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, log2

from harness.memorization import checks
from harness.memorization.capacity import ALPHA, capacity_bits
from harness.memorization.formula import ARTICLE, PAPER, Status, formula

NEAR = 0.1
"""How far from 1 a ratio still counts as "at the threshold". Ours: no source gives a width."""


@dataclass(frozen=True, kw_only=True)
class Regime:
    """On which side of the threshold a model is, and what a step to either side does."""

    ratio: float
    octaves: float
    """log2 of the ratio: 0 at the threshold, negative where capacity is spare."""
    label: str
    train: str
    test: str
    more_data: str
    """The sample-wise view: what more data does to the test loss."""
    more_params: str
    """The model-wise view: what more parameters do to it."""
    article_label: str
    """The name that the source article prints for this regime; it has the first and the last the wrong way round."""


@formula(
    "H / (alpha P)",
    unit="ratio",
    source=f"{PAPER}, section on double descent; {ARTICLE}",
    status=Status.RECONSTRUCTED,
    note="For text, H should be the code length under a reference model. With the uniform bound every modern language "
    "model has a ratio far above 1, which says nothing.",
)
def capacity_ratio(dataset_bits: float, params: float, alpha: float = ALPHA) -> float:
    """Bits of the data set for each bit of capacity; 1 at the interpolation threshold."""
    checks.not_negative(dataset_bits=dataset_bits)
    return dataset_bits / capacity_bits(params, alpha)


@formula("alpha / log2 V", unit="tokens a parameter", source=PAPER, status=Status.REDERIVED)
def tokens_per_param_at_threshold(vocabulary: int, alpha: float = ALPHA) -> float:
    """Uniform random tokens a parameter at which the data just fill the capacity."""
    checks.positive(alpha=alpha)
    checks.between(1, inf, vocabulary=vocabulary)
    return alpha / log2(vocabulary)


@formula(
    "ratio < 1: over-parameterized; near 1: threshold; > 1: under-parameterized",
    unit="Regime",
    source=f"{PAPER}, figure 3",
    status=Status.CONFIRMED,
    note="The source article swaps the labels of the two sides, and lets the test loss fall below 1, where the paper "
    "sees it rise. The width that counts as near 1 is ours.",
)
def regime(ratio: float, near: float = NEAR) -> Regime:
    """The regime of a capacity ratio, by the paper's synthetic runs."""
    checks.positive(ratio=ratio)
    checks.not_negative(near=near)
    octaves = log2(ratio)
    if abs(ratio - 1) <= near:
        return Regime(
            ratio=ratio,
            octaves=octaves,
            label="interpolation threshold",
            train="just fitted",
            test="at its peak",
            more_data="lowers the test loss",
            more_params="lower the test loss (second descent)",
            article_label="critical",
        )
    if ratio < 1:
        return Regime(
            ratio=ratio,
            octaves=octaves,
            label="over-parameterized, interpolating",
            train="near 0: everything is memorized",
            test="rising with the data towards the peak",
            more_data="raises the test loss, up to the threshold",
            more_params="lower the test loss (second descent)",
            article_label="under-parameterized",
        )
    return Regime(
        ratio=ratio,
        octaves=octaves,
        label="under-parameterized",
        train="above 0: the data exceed the capacity",
        test="falling with the data: generalization",
        more_data="lowers the test loss",
        more_params="may raise the test loss near the threshold, then lower it beyond",
        article_label="over-parameterized",
    )
