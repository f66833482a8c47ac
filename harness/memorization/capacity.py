"""How many bits a transformer can hold, how many a data set has, and how many of them are remembered.

Everything is in bits. Capacity is what training by gradient descent was seen to reach, so a lower bound.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import log2

from harness.memorization import checks
from harness.memorization.formula import ARTICLE, PAPER, Status, formula

ALPHA = 3.6
"""Bits a parameter: the paper's headline for GPT-2 shapes of 100 thousand to 20 million parameters."""

ALPHA_BY_PRECISION: Mapping[str, float] = {"bf16": 3.51, "fp32": 3.83}
"""Bits a parameter: the means over the paper's 16 models, +- 0.1. The source article says 3.64 for both: wrong."""

ALPHA_OF_EXPECTED = 3.54
"""Bits a parameter that reproduce the "expected" column of the paper's appendix tables; the printed 3.642 does not."""


@formula(
    "V d + S d + L (12 d^2 + 13 d) + 2 d",
    unit="parameters",
    source="GPT-2's layout with a tied head; equals the counts of Morris et al. 2025",
    status=Status.REDERIVED,
    note="The paper's \"GPT2-Medium\" with S = 64 has GPT-2 small's 123,702,528 parameters.",
)
def gpt2_params(*, vocabulary: int, context: int, layers: int, width: int) -> int:
    """Parameters of a GPT-2-shaped model: token and position embeddings, blocks, the last norm; the head is tied.

    context: positions, in tokens. width: of the residual stream; the blocks' inner width is four times it.
    """
    checks.positive(vocabulary=vocabulary, context=context, width=width)
    checks.not_negative(layers=layers)
    return vocabulary * width + context * width + layers * (12 * width**2 + 13 * width) + 2 * width


@formula(
    "alpha P",
    unit="bits",
    source=f"{PAPER}, capacity of GPT-2 shapes; {ARTICLE}'s capacity theorem",
    status=Status.CONFIRMED,
    note="Measured for GPT-2 shapes up to 20 million parameters on uniform tokens with Adam: beyond that it is "
    "extrapolation, and no constant of nature. A lower bound: what training reached.",
)
def capacity_bits(params: float, alpha: float = ALPHA) -> float:
    """Bits that a model of so many parameters holds at most, at ``alpha`` bits a parameter."""
    checks.positive(params=params, alpha=alpha)
    return alpha * params


@formula("capacity / P", unit="bits a parameter", source=PAPER, status=Status.CONFIRMED)
def bits_per_parameter(capacity: float, params: float) -> float:
    """The alpha of a measured capacity, in bits."""
    checks.positive(params=params)
    checks.not_negative(capacity=capacity)
    return capacity / params


@formula(
    "N S log2 V",
    unit="bits",
    source=f"{PAPER}, synthetic data",
    status=Status.CONFIRMED,
    note="Exact for uniform random tokens. For text it is only an upper bound; the paper takes the code length under a "
    "reference model instead.",
)
def dataset_entropy_bits(*, samples: float, length: float, vocabulary: int) -> float:
    """Entropy of ``samples`` sequences of ``length`` uniform random tokens."""
    checks.not_negative(samples=samples)
    checks.positive(length=length)
    checks.positive(vocabulary=vocabulary)
    return samples * length * log2(vocabulary)


@formula(
    "min(alpha P, H)",
    unit="bits",
    source=f"{PAPER}, appendix tables",
    status=Status.CONFIRMED,
    note="The paper's 12 expected values need alpha = 3.54; its printed 3.642 does not give them.",
)
def expected_memorization_bits(params: float, dataset_bits: float, alpha: float = ALPHA) -> float:
    """Bits of a data set that a model trained to convergence remembers: all of them, or as many as it holds."""
    checks.not_negative(dataset_bits=dataset_bits)
    return min(capacity_bits(params, alpha), dataset_bits)


@formula(
    "sum over m of alpha_m P_m, + alpha_shared P_shared",
    unit="bits",
    source=ARTICLE,
    status=Status.RECONSTRUCTED,
    note="No alpha of another modality than text has been measured.",
)
def multimodal_capacity_bits(
    params: Mapping[str, float], alphas: Mapping[str, float], shared_params: float = 0, shared_alpha: float = ALPHA
) -> float:
    """Capacity of a model with parameters for each modality, and some that all of them share.

    alphas: bits a parameter, by modality; ALPHA for one that is not named.
    """
    checks.not_negative(**params, shared_params=shared_params)
    checks.positive(**alphas, shared_alpha=shared_alpha)
    own = sum(alphas.get(name, ALPHA) * count for name, count in params.items())
    return own + shared_alpha * shared_params


@formula(
    "C - C_retained + C_shared, from 0 to C",
    unit="bits",
    source=ARTICLE,
    status=Status.RECONSTRUCTED,
    note="The article's formula is lost; this is one that its words allow, and nobody has measured it.",
)
def transfer_capacity_bits(capacity: float, retained: float, shared: float = 0) -> float:
    """Capacity left for a target task by what is retained of a source task, less what serves both; all in bits."""
    checks.not_negative(capacity=capacity, retained=retained, shared=shared)
    return min(capacity, max(0.0, capacity - retained + shared))
