"""Which sizes of a model fit a data set: an interval, which may be empty."""

from __future__ import annotations

from dataclasses import dataclass

from harness.memorization import checks
from harness.memorization.capacity import ALPHA
from harness.memorization.formula import ARTICLE, Status, formula


@dataclass(frozen=True, kw_only=True)
class Sizing:
    """Parameters from ``lowest`` (room for all the data) to ``highest`` (enough data a parameter)."""

    lowest: float
    highest: float

    @property
    def empty(self) -> bool:
        """Whether no size meets both bounds."""
        return self.lowest > self.highest

    @property
    def told(self) -> str:
        if not self.empty:
            return f"{self.lowest:,.0f} to {self.highest:,.0f} parameters meet both bounds"
        return (
            f"no size meets both bounds: {self.lowest:,.0f} parameters are needed to hold the data, and more than "
            f"{self.highest:,.0f} have too few tokens each. Give up one of them, or lower what is asked"
        )


@formula(
    "safety H / alpha <= P <= tokens / tokens a parameter",
    unit="parameters, an interval",
    source=ARTICLE,
    status=Status.HEURISTIC,
    note="The source article takes the larger of the two bounds, so that the second never binds; it is an upper bound. "
    "Both scale with the data: whether the interval is empty does not depend on how much data there are.",
)
def size(
    dataset_bits: float, tokens: float, *, safety: float = 1.0, tokens_per_param: float, alpha: float = ALPHA
) -> Sizing:
    """Sizes that hold all of the data with a factor of ``safety``, and still see enough of it to generalize.

    dataset_bits: of all the data; for text, the code length under a reference model. tokens_per_param: as many as each
    parameter shall have at least.
    """
    checks.positive(dataset_bits=dataset_bits, tokens=tokens, safety=safety, alpha=alpha)
    checks.positive(tokens_per_param=tokens_per_param)
    return Sizing(lowest=safety * dataset_bits / alpha, highest=tokens / tokens_per_param)
