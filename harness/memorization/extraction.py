"""How likely a text's end is to be written by a model that is given its beginning: from log-probabilities alone."""

from __future__ import annotations

from harness.memorization.code_length import scored_nats
from harness.memorization.methods import Evidence, Method, Tier
from harness.memorization.sampling import chance_of_extraction

SUFFIX, ATTEMPTS = 50, 100
"""Tokens at the end of the text (Carlini et al. 2022, 2202.07646, take 50 after 50), and samples that are drawn."""


def _extraction(evidence: Evidence) -> float | None:
    """None for a text that has no more tokens than its end may have."""
    nats = scored_nats(evidence.target)
    return chance_of_extraction(nats[-SUFFIX:], ATTEMPTS) if len(nats) > SUFFIX else None


EXTRACTION = Method(
    "extraction",
    Tier.PROMPT_LOGPROBS,
    frozenset(),
    f"chance in {ATTEMPTS} samples",
    "Hayes et al. 2024 (2410.19482)",
    _extraction,
)
"""1 - (1 - p_z)^n for the last tokens z, sampled at temperature 1 without top-k. Other settings decode with other
distributions, and make other chances of the same text."""
