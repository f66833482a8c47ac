"""How much data a parameter sees, and what an article concludes from it about privacy."""

from __future__ import annotations

from math import inf, log2

from harness.memorization import checks
from harness.memorization.formula import ARTICLE, Status, formula

BITS_PER_PARAM = 1000.0
"""The source article's threshold, in bits of data a parameter."""

BANDS = ((0.0, "at risk"), (100.0, "private on average"), (1000.0, "strong"))
"""From how many tokens a parameter each begins, by the source article."""


@formula("N S log2 V / P", unit="bits a parameter", source=ARTICLE, status=Status.RECONSTRUCTED)
def data_bits_per_param(tokens: float, vocabulary: int, params: float) -> float:
    """Bits of data for each parameter, by the uniform bound: an upper bound for text."""
    checks.positive(tokens=tokens, params=params)
    checks.between(1, inf, vocabulary=vocabulary)
    return tokens * log2(vocabulary) / params


@formula(
    "1000 / log2 V",
    unit="tokens a parameter",
    source=ARTICLE,
    status=Status.HEURISTIC,
    note="A round number, which the article rounds again to 100 tokens a parameter. The re-derived membership law is "
    "at 0.5001 by 20, so it is careful, but for the average sample only.",
)
def private_tokens_per_param(vocabulary: int, bits_per_param: float = BITS_PER_PARAM) -> float:
    """Tokens a parameter at which there are ``bits_per_param`` bits of data for each."""
    checks.positive(bits_per_param=bits_per_param)
    checks.between(1, inf, vocabulary=vocabulary)
    return bits_per_param / log2(vocabulary)


@formula(
    "at risk | 100: private on average | 1000: strong",
    unit="band",
    source=ARTICLE,
    status=Status.HEURISTIC,
    note='Bands without evidence: 100 rounds the threshold of 1000 bits up, "1000 is strong" has no source at all. '
    "Nothing is promised about a rare sample.",
)
def privacy_band(tokens_per_param: float) -> str:
    """The source article's word for so many tokens a parameter."""
    checks.not_negative(tokens_per_param=tokens_per_param)
    return next(band for start, band in reversed(BANDS) if tokens_per_param >= start)
