"""Whether a scorer's numbers are those of the text: tried before anything is scored, and refused with a reason.

A server that ignores ``echo`` answers with numbers of what it generated; some give each token its neighbour's. What is
tried needs no second engine: it follows from what ln p(x_t | x_<t) is (lm-evaluation-harness scores pure chance on such
servers without a word; llama-cpp-python issue 1983 is the shift).

    entries       one number for each token, none above 0, none where nothing precedes
    batch         a text has the numbers beside others that it has alone
    beginning     what follows a token does not change its number: numbers taken from the right neighbour do change
    ending        another last word has another number: numbers taken from the left neighbour do not change
    order         shuffled words are less likely; that the order makes no difference at all is refused

That shuffled English is *likelier* is no fault of a server: a model of something else than English says so. It is
reported as a warning.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from math import isfinite
from typing import Any

from harness.errors import UsageError
from harness.providers.scoring import Scored, Scorer

STEM = "The quick brown fox jumps over the"
ENDINGS = (" lazy dog", " red fence", " old river", " 7 stones")
SHUFFLED = "The lazy over fox dog jumps quick the brown"
WHOLE = STEM + ENDINGS[0]

MOST_APART = 0.25
"""Nats a token, on average, by which two passes over the same tokens may differ: in half precision they do by a tenth;
a neighbour's number differs by whole nats."""

LEAST_APART = 0.001
"""Nats by which numbers differ at least that depend on different tokens."""


@dataclass(frozen=True, kw_only=True)
class Findings:
    """What was found out about a scorer that may be believed. Nats a token."""

    bos: bool
    """Whether it puts a BOS in front, so that the text's first token has a number too."""
    batch_apart: float
    """Mean difference between a text alone and beside others."""
    beginning_apart: float
    """Mean change of a token's number by what follows it."""
    ending_apart: float
    """Mean change of a word's number by what it is."""
    order_gain: float
    """Mean ln p of the sentence minus that of its shuffled words; above 0 for a model of English."""

    @property
    def warnings(self) -> Sequence[str]:
        if self.order_gain > 0:
            return ()
        gain = f"{self.order_gain:+.2f} nats a token"
        return (f"shuffled English is not less likely than English ({gain}): right for a model that knows none",)

    def record(self) -> dict[str, Any]:
        return {**asdict(self), "warnings": [*self.warnings]}


async def check(scorer: Scorer, name: str) -> Findings:
    """Try a scorer with six short texts. Raises UsageError with the reason for numbers that are not those of a text,
    and what ``score`` raises."""
    texts = [STEM + ending for ending in ENDINGS]
    (alone,) = await scorer.score([WHOLE])
    beside = await scorer.score([*texts, SHUFFLED, "x"])
    if len(beside) != len(texts) + 2:
        raise refused(name, f"it gives {len(beside)} answers to {len(texts) + 2} texts")
    for scored in (alone, *beside):
        if fault := entries_fault(scored):
            raise refused(name, fault)
    if list(alone.token_ids) != list(beside[0].token_ids):
        raise refused(name, "a text has other tokens alone than beside others")
    batch = _mean_apart(alone, beside[0], len(alone.token_ids))
    if batch > MOST_APART:
        raise refused(name, f"a text scored alone and beside others differs by {batch:.2f} nats a token")
    beginning, ending = _at_the_fork(beside[: len(texts)], name)
    if fault := _fork_fault(beginning, ending):
        raise refused(name, fault)
    gain = mean(alone) - mean(beside[len(texts)])
    if abs(gain) < LEAST_APART:
        raise refused(name, "shuffled words are as likely as a sentence: its numbers do not depend on what precedes")
    return Findings(bos=alone.bos, batch_apart=batch, beginning_apart=beginning, ending_apart=ending, order_gain=gain)


def entries_fault(scored: Scored) -> str | None:
    """What is wrong with one text's numbers by themselves, if anything."""
    numbers = scored.logprobs
    if len(numbers) != len(scored.token_ids):
        return f"it gives {len(numbers)} numbers for {len(scored.token_ids)} tokens"
    if numbers and numbers[0] is not None:
        return "it gives the first token a number, before which there is nothing"
    for number in numbers[1:]:
        if number is None:
            return "it leaves tokens without a number"
        if not isfinite(number) or number > LEAST_APART:
            return f"it gives {number} as the logarithm of a probability"
    return None


def mean(scored: Scored) -> float:
    """Mean ln p of the tokens that have one; nats."""
    found = [number for number in scored.logprobs if number is not None]
    return sum(found) / len(found) if found else 0.0


def refused(name: str, why: str) -> UsageError:
    return UsageError(
        f"{name} cannot be believed: {why}",
        "transformers/, vllm/, local/ models and vLLM's server pass; --method verbatim needs no log-probabilities",
    )


def _at_the_fork(texts: Sequence[Scored], name: str) -> tuple[float, float]:
    """Texts that differ in their last words, each against the first: the mean change of the last number that all of
    them share, and that of the first that they do not; nats."""
    first, *others = texts
    before, behind = [], []
    for other in others:
        fork = _shared(first, other)
        if not 1 < fork < min(len(first.token_ids), len(other.token_ids)):
            raise refused(name, "texts that begin alike have no tokens in common")
        before.append(_apart(first, other, fork - 1))
        behind.append(_apart(first, other, fork))
    return sum(before) / len(before), sum(behind) / len(behind)


def _fork_fault(beginning: float, ending: float) -> str | None:
    """Held against each other, since both are small where a model holds all words to be about as likely."""
    if beginning > 2 * MOST_APART:
        return f"what follows a token changes its number by {beginning:.2f} nats: it is the right neighbour's"
    if ending < LEAST_APART:
        return "another last word has the same number: it is the left neighbour's, or not the text's"
    if ending < 3 * beginning:
        return (
            f"another last word changes its own number by {ending:.3f} nats and that of the token before it by "
            f"{beginning:.3f}: the numbers are a neighbour's"
        )
    return None


def _shared(one: Scored, other: Scored) -> int:
    """Tokens with which both begin."""
    for place, (a, b) in enumerate(zip(one.token_ids, other.token_ids, strict=False)):
        if a != b:
            return place
    return min(len(one.token_ids), len(other.token_ids))


def _apart(one: Scored, other: Scored, place: int) -> float:
    return abs((one.logprobs[place] or 0.0) - (other.logprobs[place] or 0.0))


def _mean_apart(one: Scored, other: Scored, tokens: int) -> float:
    return sum(_apart(one, other, place) for place in range(1, tokens)) / max(1, tokens - 1)
