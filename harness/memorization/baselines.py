"""What tells members from others without a model. Printed beside every score: what does not beat these shows nothing.

On WikiMIA the text alone gives an AUC of .95 and more (latest year mentioned; bag of words), and the best attack less
(Das et al.: 83.9 against 99 blind, in % of AUC).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from math import fsum, log
from random import Random

from harness.errors import UsageError
from harness.memorization.code_length import zlib_bytes

_YEAR = re.compile(r"(?<!\d)(?:1\d{3}|20\d{2})(?!\d)")
_WORD = re.compile(r"\w+")


def latest_year(text: str) -> int | None:
    """The greatest number from 1000 to 2099 in the text; None where there is none."""
    return max(map(int, _YEAR.findall(text)), default=None)


BASELINES: Mapping[str, Callable[[str], float | None]] = {
    "bytes": lambda text: len(text.encode()),
    "zlib_bytes": zlib_bytes,
    "earliness": lambda text: None if (year := latest_year(text)) is None else -year,
}
"""By name, of a text alone. Earliness is the latest year, negated: what was written earlier was more likely seen. The
sizes have no right sign: an AUC below 0.5 tells as much as one above."""


def bag_of_words(texts: Sequence[str], members: Sequence[bool], folds: int = 10, seed: int = 0) -> list[float]:
    """Log odds of membership in nats, each text's from the words of the other folds: multinomial naive Bayes.

    Counts are smoothed by one (Laplace). The prior is left out: it differs from fold to fold, and would order texts by
    fold. Folds hold both classes in equal shares, drawn with ``seed``. Raises UsageError with fewer than two texts in a
    class.
    """
    fewest = min(sum(members), len(members) - sum(members))
    if fewest < 2:
        raise UsageError(f"a blind baseline needs two texts of each class; one has {fewest}", "label more texts")
    bags = [Counter(_WORD.findall(text.lower())) for text in texts]
    fold = _folds(members, min(folds, fewest), seed)
    odds = [0.0] * len(texts)
    for held in set(fold):
        weights = _weights(
            [(bag, label) for bag, label, place in zip(bags, members, fold, strict=True) if place != held]
        )
        for place, bag in enumerate(bags):
            if fold[place] == held:
                odds[place] = fsum(weights.get(word, 0.0) * count for word, count in bag.items())
    return odds


def _folds(members: Sequence[bool], folds: int, seed: int) -> list[int]:
    """The fold of each text; each class is dealt out evenly."""
    fold = [0] * len(members)
    for label in (True, False):
        places = [place for place, member in enumerate(members) if member == label]
        Random(seed).shuffle(places)  # noqa: S311
        for turn, place in enumerate(places):
            fold[place] = turn % folds
    return fold


def _weights(known: Sequence[tuple[Counter[str], bool]]) -> dict[str, float]:
    """Each known word's log odds."""
    seen: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    for bag, label in known:
        seen[label].update(bag)
    words = seen[True].keys() | seen[False].keys()
    totals = {label: counts.total() + len(words) for label, counts in seen.items()}
    return {
        word: log((seen[True][word] + 1) / totals[True]) - log((seen[False][word] + 1) / totals[False])
        for word in words
    }


def blind_aucs(texts: Sequence[str], members: Sequence[bool], seed: int = 0) -> dict[str, float]:
    """AUC of every baseline. Texts without a year count as the earliest. See ``bag_of_words`` for what it raises."""
    aucs = {}
    for name, baseline in BASELINES.items():
        values = [baseline(text) for text in texts]
        aucs[name] = auc([0.0 if value is None else value for value in values], members)
    return aucs | {"bag_of_words": auc(bag_of_words(texts, members, seed=seed), members)}


def auc(scores: Sequence[float], members: Sequence[bool]) -> float:
    """That a member scores above a non-member, ties counting half: the area under the ROC curve.

    Raises UsageError if a class is empty.
    """
    inside, outside = _classes(scores, members)
    ranks = sum(bisect_left(outside, score) + bisect_right(outside, score) for score in inside)
    return ranks / (2 * len(inside) * len(outside))


def tpr_at_fpr(scores: Sequence[float], members: Sequence[bool], fpr: float) -> float:
    """The share of members above the lowest threshold that at most a share ``fpr`` of non-members pass.

    Not interpolated: with fewer than 1/fpr non-members none may pass. Raises UsageError if a class is empty.
    """
    inside, outside = _classes(scores, members)
    passing = int(fpr * len(outside) + 1e-9)
    threshold = outside[-1 - passing] if passing < len(outside) else float("-inf")
    return sum(score > threshold for score in inside) / len(inside)


def _classes(scores: Sequence[float], members: Sequence[bool]) -> tuple[list[float], list[float]]:
    """Scores of members and of non-members, each in order."""
    pairs = sorted(zip(scores, members, strict=True))
    inside, outside = ([score for score, member in pairs if member == label] for label in (True, False))
    if not inside or not outside:
        raise UsageError("an AUC needs members and non-members", "label texts of both kinds")
    return inside, outside
