"""How many bits a text costs under a model, and how many of them another model would have paid.

After Morris et al. 2025, *How much do language models memorize?* (arXiv 2505.24832), "the paper" below. Models speak
nats; whatever is called bits here is nats / ln 2. Totals are of the whole text and so do not depend on how a tokenizer
splits it, as long as both models score the same string from the same place (``same_string``).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, fsum, log, log1p

from harness.errors import PegboardError
from harness.providers.scoring import Scored

LN2 = log(2)
ZLIB_LEVEL = 6


def code_length_bits(logprobs_nats: Iterable[float]) -> float:
    """H(x) = -log2 p(x): the length in bits of an ideal code for the text under the model.

    The paper's estimate of K(x | theta), the text's Kolmogorov complexity given the model.
    An arithmetic coder needs at most 2 bits more. logprobs_nats: ln p of each token after those before it.
    """
    return -fsum(logprobs_nats) / LN2


def bits_per_byte(bits: float, text: str) -> float | None:
    """Code length by byte of UTF-8: comparable between tokenizers. None for an empty text."""
    return bits / size if (size := len(text.encode())) else None


def mem_u_bits(target_nats: float, reference_nats: float) -> float:
    """Unintended memorization in bits: mem_U = H_ref - min(H_target, H_ref) (the paper's estimate).

    target_nats, reference_nats: ln p of the *whole* text under each model. The better model is taken once for a text,
    never token by token: that would count every token on which the target happens to win, and over-report. Against a
    reference much larger than the target it is 0 for most texts; read it beside ``mem_signed_bits``.
    """
    return max(0.0, mem_signed_bits(target_nats, reference_nats))


def mem_signed_bits(target_nats: float, reference_nats: float) -> float:
    """H_ref - H_target in bits; below 0 where the reference is the better model. Derived: its terms are the paper's."""
    return (target_nats - reference_nats) / LN2


def mem_mixture_bits(target_nats: float, reference_nats: float) -> float:
    """H_ref + log2((p_target + p_ref) / 2) in bits: mem_U with a code that exists. Derived; not of the paper.

    The larger of two probabilities is no distribution over texts, their equal mixture is one. At least mem_U - 1.
    """
    saved = target_nats - reference_nats
    return (max(0.0, saved) + log1p(exp(-abs(saved)))) / LN2 - 1


@dataclass(frozen=True)
class DatasetMemorization:
    """mem_U of texts together. The sum is a lower bound on what the model holds of the dataset: mem_U is
    super-additive for independent texts (the paper)."""

    per_text: Sequence[float]
    """Bits, in the order given."""

    @property
    def at_least_bits(self) -> float:
        return fsum(self.per_text)


def mem_u_dataset(totals_nats: Iterable[tuple[float, float]]) -> DatasetMemorization:
    """From ln p of each whole text under the target and under the reference."""
    return DatasetMemorization([mem_u_bits(target, reference) for target, reference in totals_nats])


def scored_nats(scored: Scored) -> list[float]:
    """The log-probabilities of the text's tokens that have one, in nats.

    A BOS is never scored. With one in front every token of the text is scored; without, all but the first, as nothing
    precedes that. Raises PegboardError where a number is missing later than at the front.
    """
    return list(_after_front(scored.logprobs))


def _after_front(logprobs: Sequence[float | None]) -> Iterable[float]:
    for place, value in enumerate(logprobs):
        if value is not None:
            yield value
        elif place:
            raise PegboardError(
                f"token {place + 1} of {len(logprobs)} has no log-probability, though tokens precede it",
                "score the text with another model or server",
            )


def text_tokens(scored: Scored) -> list[int]:
    """The text's own token ids, without a BOS."""
    return list(scored.token_ids[1:] if scored.bos else scored.token_ids)


def same_string(target: Scored, reference: Scored) -> tuple[list[float], list[float]] | None:
    """Both models' log-probabilities (nats) of the same part of the text: the only thing that may be compared.

    The whole text where both put a BOS in front. Otherwise all but the first token, on both sides, if the two split the
    text alike. None where they do not: their first tokens then are different strings, and what each leaves out differs.
    """
    if target.bos and reference.bos:
        return scored_nats(target), scored_nats(reference)
    tokens = text_tokens(target)
    if tokens != text_tokens(reference):
        return None
    return _last(target, len(tokens) - 1), _last(reference, len(tokens) - 1)


def _last(scored: Scored, count: int) -> list[float]:
    return scored_nats(scored)[-count:] if count > 0 else []


def zlib_bytes(text: str) -> int:
    """Size under zlib, level 6: an upper bound, up to a constant, on the text's Kolmogorov complexity.

    Builds of zlib differ by a few bytes; an empty text takes 8, which counts in short ones.
    """
    return len(zlib.compress(text.encode(), ZLIB_LEVEL))
