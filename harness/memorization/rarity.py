"""How rare the words of a text are in a collection, and whether rare texts are the ones that are remembered."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, log2
from typing import TYPE_CHECKING

from harness.errors import UsageError
from harness.memorization import checks
from harness.memorization.formula import ARTICLE, PAPER, Status, formula

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FEWEST = 4
"""Texts below which a rank correlation is not told."""


@dataclass(frozen=True)
class Collection:
    """What of a collection of texts the formulas need."""

    documents: int
    counts: Mapping[str, int]
    """How often each word occurs in all of it."""
    document_counts: Mapping[str, int]
    """In how many documents each word occurs."""


@dataclass(frozen=True, kw_only=True)
class RankCorrelation:
    """Spearman's rho with a bootstrap interval; None where there are too few texts, or all have one value."""

    texts: int
    rho: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, kw_only=True)
class RarityMemorization:
    remembered: RankCorrelation
    """Over the texts with mem_U above 0, as the paper has it: a selection by the outcome."""
    every: RankCorrelation


def words(text: str) -> list[str]:
    """Runs of letters, digits and underscores, in small letters. The paper splits by its model's tokenizer."""
    return re.findall(r"\w+", text.casefold())


def collect(documents: Iterable[Sequence[str]]) -> Collection:
    """Count the words of a collection."""
    counts: Counter[str] = Counter()
    within: Counter[str] = Counter()
    number = 0
    for document in documents:
        counts.update(document)
        within.update(set(document))
        number += 1
    return Collection(number, counts, within)


@formula(
    "(1 / |d|) sum over w in d of ln(N / count(w, D))",
    unit="nats a word",
    source=f"{PAPER}, section on what is memorized",
    status=Status.CONFIRMED,
    note="count is of all occurrences in the collection, so a common word counts negative, and a word's number within "
    "the document enters only through the sum. The paper leaves the base open; nats here.",
)
def tfidf_morris(document: Sequence[str], collection: Collection) -> float:
    """Rarity of a document, N the number of documents. Raises UsageError for a word that the collection lacks."""
    return _mean_log(document, collection.documents, collection.counts)


@formula(
    "(1 / |d|) sum over distinct w of tf(w, d) ln(N / df(w))",
    unit="nats a word",
    source=f"Sparck Jones 1972; {ARTICLE} implies this form",
    status=Status.STANDARD,
    note="Not the form that the paper reports its correlation for.",
)
def tfidf_standard(document: Sequence[str], collection: Collection) -> float:
    """Mean TF-IDF, never negative. Raises UsageError for a word that the collection lacks."""
    return _mean_log(document, collection.documents, collection.document_counts)


@formula("-log2(count(w) / words)", unit="bits", source="Shannon 1948", status=Status.STANDARD)
def word_information_bits(count: int, total: int) -> float:
    """Information of a word that occurs ``count`` times in ``total`` words."""
    checks.positive(count=count, total=total)
    checks.share(share_of_words=count / total)
    return -log2(count / total) + 0.0  # not -0.0 for the only word there is


@formula(
    "Spearman's rho, percentile bootstrap over texts",
    unit="correlation, with a 95 % interval",
    source=f'{PAPER} says "strong" of texts with mem_U > 0, and no number',
    status=Status.RECONSTRUCTED,
    note="A number in the source article is not the paper's. Texts with mem_U > 0 are chosen by the outcome: read the "
    "correlation over all texts beside it. Length and language are not held fixed.",
)
def rarity_memorization(
    rarity: Sequence[float], mem_u: Sequence[float], *, resamples: int = 2000, seed: int = 0
) -> RarityMemorization:
    """Whether rarer texts are remembered more: rarity and mem_U (bits), one for each text, in step."""
    import numpy as np

    checks.same_length(rarity=len(rarity), mem_u=len(mem_u))
    pairs = np.array([rarity, mem_u], dtype=float)
    if not np.isfinite(pairs).all():
        raise UsageError("rarity and mem_U must be finite numbers")
    return RarityMemorization(
        remembered=_spearman(pairs[:, pairs[1] > 0], resamples, seed), every=_spearman(pairs, resamples, seed)
    )


def _mean_log(document: Sequence[str], documents: int, counts: Mapping[str, int]) -> float:
    if not document:
        raise UsageError("a text without words has no rarity")
    missing = next((word for word in document if not counts.get(word)), None)
    if missing is not None:
        raise UsageError(f"the word {missing!r} is not in the collection", "collect the text together with the others")
    return sum(log(documents / counts[word]) for word in document) / len(document)


def _spearman(pairs: NDArray[np.float64], resamples: int, seed: int) -> RankCorrelation:
    import numpy as np

    texts = pairs.shape[1]
    rho = _rho(pairs) if texts >= FEWEST else None
    if rho is None:
        return RankCorrelation(texts=texts, rho=None, low=None, high=None)
    draw = np.random.default_rng(seed)
    drawn = [_rho(pairs[:, draw.integers(0, texts, texts)]) for _ in range(resamples)]
    low, high = np.quantile([one for one in drawn if one is not None], (0.025, 0.975))
    return RankCorrelation(texts=texts, rho=rho, low=float(low), high=float(high))


def _rho(pairs: NDArray[np.float64]) -> float | None:
    import numpy as np

    first, second = (_centred_ranks(row) for row in pairs)
    spread = float(np.sqrt((first @ first) * (second @ second)))
    return float(first @ second) / spread if spread else None


def _centred_ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Tied values share the mean of their ranks."""
    from harness.memorization.correlation import ranks

    ranked = ranks(values)
    centred: NDArray[np.float64] = ranked - ranked.mean()
    return centred
