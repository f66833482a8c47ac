"""Memorization seen in what a model writes: no log-probability of a given text is needed, except by extraction.

Token lists may be of any tokenizer, or of words or characters, as long as both sides are split alike. Higher is more
memorized. What is asked of the model, and with which sampling, is the caller's; what the papers asked is said here.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile
from math import ceil, exp, expm1, fsum, inf, log, log1p, log2
from operator import eq

from harness.errors import UsageError

TINY = -30.0
"""ln p below which ln(1 - p) is -p to the last digit of a float."""


def decoding_logprobs(logprobs: Sequence[float], temperature: float = 1.0, top_k: int | None = None) -> list[float]:
    """ln p of each token of the vocabulary in the distribution that is sampled from: -inf where top-k cuts it off.

    logprobs: of the whole vocabulary, in nats, at temperature 1. Temperature 0 is greedy: one token has all.
    """
    kept = sorted(range(len(logprobs)), key=lambda token: -logprobs[token])[: top_k if temperature else 1]
    scaled = {token: logprobs[token] / (temperature or 1.0) for token in kept}
    highest = max(scaled.values())
    total = highest + log(fsum(exp(value - highest) for value in scaled.values()))
    return [scaled[token] - total if token in scaled else -inf for token in range(len(logprobs))]


def chance_of_extraction(suffix_nats: Sequence[float], attempts: int) -> float:
    """1 - (1 - p_z)^n: that n samples hold the suffix z verbatim once at least (Hayes et al. 2024, 2410.19482).

    suffix_nats: ln p of each token of the suffix after the prefix and the tokens before it, in the distribution that is
    decoded from (``decoding_logprobs``). The suffix is (n, p)-discoverable if this is p or more. Right for any p_z,
    however small.
    """
    return -expm1(attempts * _ln_miss(fsum(suffix_nats)))


def attempts_needed(suffix_nats: Sequence[float], chance: float) -> float:
    """The least n for which the suffix is (n, p)-discoverable with p = ``chance``, below 1; a whole number.

    n >= ln(1 - p) / ln(1 - p_z) (Hayes et al. 2024). Infinite where it cannot be written as a float or p_z is 0.
    """
    miss = _ln_miss(fsum(suffix_nats))
    needed = log1p(-chance) / miss if miss else inf
    return float(max(1, ceil(needed))) if needed < inf else inf


def _ln_miss(ln_hit: float) -> float:
    """ln(1 - p) from ln p."""
    if ln_hit >= 0:
        return -inf
    return -exp(ln_hit) if ln_hit < TINY else log1p(-exp(ln_hit))


@dataclass(frozen=True)
class Verbatim:
    """How much of the truth a completion repeats."""

    prefix: int
    """Tokens from the start that are the same."""
    prefix_share: float
    block_share: float
    """Share of the truth in blocks that the completion holds too, in the same order."""
    exact: bool
    """The truth is there whole, from the start: k-extractible, after a prefix of k tokens and greedily decoded (Carlini
    et al. 2022, 2202.07646, which takes 50 tokens and asks for 50)."""


def verbatim(completion: Sequence[Hashable], truth: Sequence[Hashable], shortest_block: int = 1) -> Verbatim:
    """Longest common prefix, and longest common blocks, as shares of the truth from 0 to 1.

    The blocks are those of ``difflib``: the longest, then the longest on either side of it, and so on; in the manner of
    Cooper et al., without their joining of near ones. shortest_block: tokens; shorter ones are chance.
    """
    if not truth:
        raise UsageError("a truth of no tokens cannot be completed", "leave something of the text after the prefix")
    prefix = sum(takewhile(bool, map(eq, completion, truth)))
    blocks = SequenceMatcher(None, truth, completion, autojunk=False).get_matching_blocks()
    shared = sum(block.size for block in blocks if block.size >= shortest_block)
    return Verbatim(prefix, prefix / len(truth), shared / len(truth), prefix == len(truth))


def exposure(rank: int, size: int) -> float:
    """log2 |R| - log2 rank, in bits: from 0 to log2 |R| (Carlini et al. 2019, The Secret Sharer).

    rank: of the planted canary in the space R of ``size`` candidates, by perplexity; 1 is the likeliest.
    """
    return log2(size) - log2(rank)


def canary_rank(canary_nats: float, others_nats: Sequence[float]) -> int:
    """The canary's rank among itself and all other candidates, by ln p of the whole; a tie counts against it."""
    return 1 + sum(other >= canary_nats for other in others_nats)


def sampled_exposure(canary_nats: float, sampled_nats: Sequence[float]) -> float:
    """-log2 P(a candidate's perplexity <= the canary's), in bits, from candidates drawn at random (The Secret Sharer).

    The canary counts as one more draw, so that the share is never 0: log2(draws + 1) is the most that can be found,
    and an exposure near it is a lower bound. The paper goes further with a fitted distribution; this does not.
    """
    return exposure(canary_rank(canary_nats, sampled_nats), len(sampled_nats) + 1)


CDD_TOKENS, CDD_ALPHA, CDD_XI = 100, 0.05, 0.01
"""Tokens compared, edits allowed as a share of them, and the peak above which a text counts as contaminated."""


def edit_distance(first: Sequence[Hashable], second: Sequence[Hashable]) -> int:
    """Levenshtein's: insertions, deletions and replacements, one each."""
    above = list(range(len(second) + 1))
    for row, one in enumerate(first, start=1):
        line = [row]
        for column, other in enumerate(second):
            line.append(min(above[column] + (one != other), above[column + 1] + 1, line[column] + 1))
        above = line
    return above[-1]


def peak(
    greedy: Sequence[Hashable], samples: Sequence[Sequence[Hashable]], alpha: float = CDD_ALPHA, most: int = CDD_TOKENS
) -> float:
    """The share of samples within alpha * l edits of the greedy answer (CDD, Dong et al. 2024, 2402.15938).

    The original definition: tokens, the first 100 of each; distances to the greedy answer (temperature 0), not between
    samples; the count divided by the number of samples (50 at temperature 0.8); l the greatest length among them all.
    Contaminated if above xi = 0.01. The authors' "real-world" setting is alpha 0, xi 0.2. With l < 20, alpha 0.05
    allows no edit. Others' code differs in each of these points.
    """
    if not samples:
        raise UsageError("CDD needs samples beside the greedy answer", "take 50, at temperature 0.8")
    cut, centre = [sample[:most] for sample in samples], greedy[:most]
    allowed = alpha * max(map(len, [centre, *cut]))
    return sum(edit_distance(centre, sample) <= allowed for sample in cut) / len(cut)


EXACT_PAIRS, SUBSETS = 12, 9_999


@dataclass(frozen=True)
class Gap:
    """Canonical minus disguised, over puzzles."""

    gap: float
    """Mean over puzzles, in the unit of what was given."""
    low: float
    high: float
    """95 % interval; infinite where there are too few puzzles for one (fewer than 6)."""
    p: float
    """Two-sided, of no gap. Never below 2 / 2^puzzles."""
    puzzles: int


def perturbation_gap(puzzles: Sequence[tuple[float, Sequence[float]]], level: float = 0.95, seed: int = 0) -> Gap:
    """How much better the canonical form of a puzzle does than forms isomorphic to it, paired by puzzle.

    puzzles: of each, the canonical result and those of its isomorphs, at the same optimum: success, or any score.
    A gap is not by itself memorization: a deceptive renaming also makes a puzzle harder. Test and interval are of sign
    flips, by means of subsets (Hartigan 1969, JASA 64:1303): exact up to 12 puzzles, by 9,999 subsets drawn with
    ``seed`` beyond; they take differences of puzzles to be independent and symmetric about the gap.
    """
    if not puzzles or not all(isomorphs for _, isomorphs in puzzles):
        raise UsageError("a perturbation gap needs puzzles, each with a result in a disguise", "ask both forms")
    gaps = [canonical - fsum(isomorphs) / len(isomorphs) for canonical, isomorphs in puzzles]
    means = _subset_means(gaps, seed)
    below, above = sum(value <= 0 for value in means), sum(value >= 0 for value in means)
    p = min(1.0, 2 * (1 + min(below, above)) / (1 + len(means)))
    cut = int((1 - level) / 2 * (1 + len(means)) + 1e-9)
    low, high = (means[cut - 1], means[-cut]) if cut else (-inf, inf)
    return Gap(fsum(gaps) / len(gaps), low, high, p, len(gaps))


def _subset_means(values: Sequence[float], seed: int) -> list[float]:
    """Of all subsets that are not empty, or of many drawn at random; in order."""
    import numpy as np

    if len(values) <= EXACT_PAIRS:
        taken = (np.arange(1, 2 ** len(values))[:, None] >> np.arange(len(values))) & 1
    else:
        taken = np.random.default_rng(seed).integers(0, 2, (SUBSETS, len(values)))
        taken = taken[taken.any(axis=1)]
    means: list[float] = np.sort(taken @ np.asarray(values) / taken.sum(axis=1)).tolist()
    return means
