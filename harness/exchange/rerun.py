"""Whether a run of one's own agrees with a submission: an equivalence test of their mean rates over common cells."""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt

import pandas as pd

from harness.analysis import frames
from harness.analysis.estimate import Estimate
from harness.exchange.standings import CELL, mean_of_rates
from harness.exchange.verify import Finding
from harness.outcome import Outcome
from harness.store import RunFolder

MARGIN = 0.15
"""Largest difference of mean rates, as a share of 1, that counts as none."""

LEVEL = 0.9
"""Of the interval that must lie within the margin: two one-sided tests at 5 %."""

SAME = ("model", "max_tokens", "temperature", "thinking_budget", "reasoning_effort")

Counts = Mapping[tuple[object, ...], tuple[int, int]]
"""Each cell's (solved, attempts)."""


def compare(submitted: RunFolder, rerun: RunFolder, margin: float = MARGIN) -> Finding:
    """The finding on a rerun. Raises what reading the two raises."""
    theirs, ours = frames.verdicts([submitted]), frames.verdicts([rerun])
    if theirs.empty or ours.empty:
        return Finding("rerun", "fail", "one of the two holds no verdict")
    for name in SAME:
        other = {*theirs[name].astype(str)} ^ {*ours[name].astype(str)}
        if other:
            return Finding("rerun", "fail", f"asked with another {name}: {', '.join(sorted(other))}")
    estimate = difference(_counts(theirs), _counts(ours))
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return Finding("rerun", "fail", "the two have no cell in common")
    told = (
        f"claimed minus asked anew {100 * estimate.value:+.1f} points, {estimate.level:.0%} interval "
        f"{100 * estimate.low:+.1f} to {100 * estimate.high:+.1f}, {estimate.n} attempts anew"
    )
    if -margin < estimate.low and estimate.high < margin:
        return Finding("rerun", "pass", f"equivalent within {100 * margin:g} points: {told}")
    if estimate.low > 0 or estimate.high < 0:
        return Finding("rerun", "fail", f"the two differ: {told}")
    return Finding("rerun", "fail", f"not decided, ask more: {told}; it must lie within {100 * margin:g} points")


def difference(theirs: Counts, ours: Counts, level: float = LEVEL) -> Estimate:
    """Mean rate claimed minus mean rate asked anew, over the cells of both.

    Limits from those of the two means (Newcombe 1998, method 10), attempts taken as independent.
    """
    common = [cell for cell in theirs if cell in ours]
    number = sum(ours[cell][1] for cell in common)
    method = "difference of means over common cells; Newcombe's method 10"
    if not common:
        return Estimate(value=None, level=level, method=method, n=0, warnings=("no cell in common",))
    first, first_low, first_high = mean_of_rates([theirs[cell] for cell in common], level)
    second, second_low, second_high = mean_of_rates([ours[cell] for cell in common], level)
    value = first - second
    low = value - sqrt((first - first_low) ** 2 + (second_high - second) ** 2)
    high = value + sqrt((first_high - first) ** 2 + (second - second_low) ** 2)
    return Estimate(value=value, low=low, high=high, level=level, method=method, n=number)


def _counts(judged: pd.DataFrame) -> dict[tuple[object, ...], tuple[int, int]]:
    scored = judged[judged["infeasible"].isna()]
    return {
        tuple(name): (int((block["outcome"] == Outcome.SOLVED).sum()), len(block))
        for name, block in scored.groupby(CELL)
    }
