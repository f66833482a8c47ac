"""Extraction beyond what a model can guess: how much oftener training texts are extracted than unseen ones."""

from __future__ import annotations

from dataclasses import dataclass

from harness.analysis.proportions import independent_difference
from harness.errors import UsageError
from harness.memorization import checks
from harness.memorization.formula import PAPER, Status, formula


@dataclass(frozen=True, kw_only=True)
class Excess:
    """A difference of two rates with its interval; negative values are kept, to be cut where they are shown."""

    difference: float
    low: float
    high: float
    normalized: float | None
    """Of what was left to extract beyond guessing; None where every unseen text was extracted as well."""


@formula(
    "r_train - r_test; normalized (r_train - r_test) / (1 - r_test)",
    unit="share, with a 95 % interval",
    source=f"{PAPER}, section on extraction, in words; interval by Newcombe 1998 (method 10) on Wilson's",
    status=Status.RECONSTRUCTED,
    note="Texts count as independent. Where both rates are equal, what is extracted is generalization.",
)
def excess_extraction(
    train_extracted: int, train_texts: int, test_extracted: int, test_texts: int, level: float = 0.95
) -> Excess:
    """How much oftener texts are extracted if they were trained on, with an interval at ``level``.

    Raises UsageError where there are no texts, or fewer than were extracted.
    """
    _counts("training", train_extracted, train_texts)
    _counts("unseen", test_extracted, test_texts)
    checks.between(0, 1, level=level)
    train, test = train_extracted / train_texts, test_extracted / test_texts
    low, high = independent_difference(train_extracted, train_texts, test_extracted, test_texts, level)
    return Excess(
        difference=train - test,
        low=low,
        high=high,
        normalized=None if test == 1 else (train - test) / (1 - test),
    )


def _counts(kind: str, extracted: int, texts: int) -> None:
    if not 0 <= extracted <= texts or texts == 0:
        raise UsageError(
            f"{extracted} of {texts} {kind} texts extracted is no rate", "needed: 0 <= extracted <= texts, texts > 0"
        )
