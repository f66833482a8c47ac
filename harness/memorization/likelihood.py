"""Scores of a text from its tokens' log-probabilities: l_t = ln p(x_t | x_<t), in nats.

Higher is more memorized, in every one of them, so that code lengths and losses come negated. None where a score is not
defined for the text. The formulas are those of the papers named; where public code differs, the difference is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, fsum

from harness.memorization.code_length import code_length_bits, zlib_bytes

LOWEST_SHARE = 0.2
"""k of Min-K% (Shi et al. 2023) and Min-K%++ (Zhang et al. 2025)."""

NO_SPREAD = 1e-5
"""Nats. A standard deviation below is not told from rounding in float32: a step where all tokens are alike."""


def mean(values: Sequence[float]) -> float | None:
    return fsum(values) / len(values) if values else None


def loss(nats: Sequence[float]) -> float | None:
    """mean l_t, in nats a token: the loss, negated (Yeom et al. 2018). The mean, not the sum."""
    return mean(nats)


def perplexity(nats: Sequence[float]) -> float | None:
    """-exp(-mean l_t): the perplexity, negated. It ranks texts exactly as ``loss`` does."""
    return None if (average := mean(nats)) is None else -exp(-average)


def zlib(nats: Sequence[float], text: str) -> float | None:
    """-(code length in bits) / (8 * size under zlib in bytes), without unit (Carlini et al. 2021).

    Total over total, as the paper means it. Public code divides the *mean* l_t by the size, which brings the text's
    length back in.
    """
    return -code_length_bits(nats) / (8 * zlib_bytes(text)) if nats else None


def reference(target: Sequence[float], reference: Sequence[float]) -> float | None:
    """(sum l_target - sum l_ref) / n, in nats a token of the target: calibration by a reference model.

    For one tokenizer this is mean l_target - mean l_ref, the simple form that MIMIR has; it holds for two as
    well. It is not LiRA, though files of results call it so: it has no shadow models.
    """
    return (fsum(target) - fsum(reference)) / len(target) if target and reference else None


def min_k(nats: Sequence[float], share: float = LOWEST_SHARE) -> float | None:
    """Mean of the lowest share of l_t, of one token at least, in nats (Shi et al. 2023, Min-K% Prob)."""
    return mean(_lowest(nats, share))


def min_k_plus_plus(
    nats: Sequence[float], moments: Sequence[tuple[float, float]], share: float = LOWEST_SHARE
) -> float | None:
    """Mean of the lowest share of z_t = (l_t - mu_t) / s_t, in standard deviations (Zhang et al. 2025, Min-K%++).

    moments: mu_t and s_t, mean and standard deviation (nats) of ln p over the whole vocabulary under p itself. A step
    at which all tokens are alike has no z and is left out; public code divides by zero there. None if none is left.
    """
    steps = zip(nats, moments, strict=True)
    return mean(_lowest([(value - mu) / spread for value, (mu, spread) in steps if spread > NO_SPREAD], share))


def recall(alone: Sequence[float], after_prefix: Sequence[float]) -> float | None:
    """LL(x|P) / LL(x), without unit: mean l_t after a prefix P of non-members, by mean l_t alone.

    ReCaLL (Xie et al. 2024). Both of the same tokens. The paper's prefix is 7 to 28 texts known to be non-members.
    """
    return _ratio(mean(after_prefix), mean(alone))


def lowercase(nats: Sequence[float], lowered: Sequence[float]) -> float | None:
    """mean l(lower(x)) / mean l(x), without unit (Carlini et al. 2021). Above 1 where lower case costs more.

    Says nothing of a text that has no capitals: it is 1.
    """
    return _ratio(mean(lowered), mean(nats))


def _lowest(values: Sequence[float], share: float) -> list[float]:
    return sorted(values)[: max(1, int(len(values) * share))]


def _ratio(upper: float | None, lower: float | None) -> float | None:
    return upper / lower if upper is not None and lower else None
