"""Two models, or two runs, at the same questions: what differs beyond chance, and which questions flipped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import pandas as pd

from harness.analysis.estimate import Estimate
from harness.analysis.frames import SETTINGS
from harness.analysis.multiplicity import holm
from harness.analysis.paired import (
    Pairs,
    chance_of_better,
    chance_of_none,
    chance_of_worse,
    difference,
    effective_pairs,
    mcnemar,
    pairs,
)
from harness.analysis.power import minimum_detectable
from harness.analysis.standing import INSTANCE
from harness.errors import UsageError
from harness.outcome import Outcome

BLOCK = ["model", "task", "variant", "mode"]
QUESTION = [*BLOCK, "size", "seed", "version", "repeat"]
"""What must be the same in both attempts of a pair."""


@dataclass(frozen=True)
class Block:
    """What is compared together."""

    model: str
    """Empty where two models are compared, or all models together."""
    task: str
    variant: str
    mode: str


WHOLE = Block("", "all", "together", "")


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """The first against the second over the pairs of one block, or of all."""

    block: Block
    pairs: Pairs
    difference: Estimate
    """Success of the first less that of the second."""
    bounds: tuple[float, float]
    """Of the difference: every truncated answer of the one a failure and of the other a success, and the reverse."""
    p: float
    """By flipping whole instances, exact; where no size has two instances, at exactly these instances."""
    mcnemar: float
    """Mid-p, which takes pairs as independent."""
    adjusted: float
    """p after Holm's correction over the blocks."""
    first_better: float
    """How probable it is that the first is better, with pairs taken as independent (uniform Dirichlet beforehand)."""
    detectable: float | None
    """The smallest difference that would be found in 80 % of such comparisons, at the level of 5 %."""

    def better(self, level: float = 0.05) -> str:
        """ "first" or "second"; empty where they are not told apart, or truncated answers could reverse it."""
        if self.adjusted > level or self.bounds[0] <= 0 <= self.bounds[1]:
            return ""
        return "first" if self.bounds[0] > 0 else "second"

    def as_record(self) -> dict[str, Any]:
        """Plain data, for JSON."""
        return _flat(self) | {"difference": self.difference.as_record(), "better": self.better()}


def paired(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """One row a pair: scored attempts at the same feasible question with the same number. Both sides' columns that are
    not the question's end in _first and _second.

    Raises UsageError where a side has answered a question twice, and where there are no pairs.
    """
    sides = [_feasible(side) for side in (first, second)]
    for side in sides:
        if side.duplicated(QUESTION).any():
            runs = ", ".join(sorted(side["run"].unique()))
            raise UsageError(f"the same questions were answered in several runs: {runs}", "name the one that is meant")
    columns = [*QUESTION, "key", "outcome"]
    both = sides[0][columns].merge(sides[1][columns], on=QUESTION, suffixes=("_first", "_second"))
    if both.empty:
        raise UsageError(
            "no question was answered by both",
            "a pair is the same task, version, variant, size, seed, mode and repeat, feasible in both",
        )
    return both.sort_values(QUESTION, kind="stable", ignore_index=True)


def _feasible(side: pd.DataFrame) -> pd.DataFrame:
    if side.empty:
        return pd.DataFrame(columns=[*QUESTION, "key", "outcome", "run"])
    return side[side["infeasible"].isna()]


def unpaired(first: pd.DataFrame, second: pd.DataFrame, both: pd.DataFrame) -> tuple[int, int]:
    """Scored attempts of each side that have no partner."""
    return len(_feasible(first)) - len(both), len(_feasible(second)) - len(both)


def asked_differently(first: pd.DataFrame, second: pd.DataFrame) -> list[str]:
    """Settings in which two sides differ, in words: a difference in success may be owed to them."""
    told = []
    for name in SETTINGS:
        values = [
            side.groupby([*BLOCK[1:]])[name].agg(lambda each: ", ".join(sorted(set(each)))) for side in (first, second)
        ]
        one, other = values[0].align(values[1], join="inner")
        if differing := sorted({f"{a} against {b}" for a, b in zip(one, other, strict=True) if a != b}):
            told.append(f"{name} differs: {'; '.join(differing)}")
    return told


def comparisons(both: pd.DataFrame) -> list[Comparison]:
    """One a block of pairs, and of several blocks one over all."""
    found = [_compared(name, block) for name, block in _blocks(both)]
    adjusted = holm([one.p for one in found])
    found = [replace(one, adjusted=p) for one, p in zip(found, adjusted, strict=True)]
    return [*found, *([_compared(WHOLE, both)] if len(found) > 1 else [])]


def _blocks(both: pd.DataFrame) -> Iterator[tuple[Block, pd.DataFrame]]:
    for name, block in both.groupby(BLOCK, sort=False):
        yield Block(*map(str, name)), block


def _compared(name: Block, block: pd.DataFrame) -> Comparison:
    first, second = _solved(block, "first"), _solved(block, "second")
    instances = block.groupby(INSTANCE, sort=False).ngroup().to_numpy()
    strata = block.groupby(["task", "variant", "size"], sort=False).ngroup().to_numpy()
    table = pairs(first, second)
    p = chance_of_none(first, second, instances, strata)
    late = [_solved(block, side, truncated_solve=True) for side in ("first", "second")]
    return Comparison(
        block=name,
        pairs=table,
        difference=difference(first, second, instances, strata),
        bounds=(pairs(first, late[1]).difference, pairs(late[0], second).difference),
        p=p,
        mcnemar=mcnemar(table, mid=True),
        adjusted=p,
        first_better=chance_of_better(table),
        detectable=minimum_detectable(effective_pairs(first, second, instances, strata), table.discordant),
    )


def _solved(block: pd.DataFrame, side: str, *, truncated_solve: bool = False) -> Any:
    ends = [Outcome.SOLVED, *([Outcome.TRUNCATED] if truncated_solve else [])]
    return block[f"outcome_{side}"].isin([str(end) for end in ends]).to_numpy()


@dataclass(frozen=True, kw_only=True)
class Regression:
    """Whether the second is worse than the first at exactly these instances, over one block or all."""

    block: Block
    pairs: Pairs
    change: Estimate
    """Success of the second less that of the first; below 0 it is worse."""
    p: float
    """One-sided and exact: the second solves as few as it does though nothing has changed."""
    adjusted: float
    """After Holm's correction over the blocks and, of several, their whole."""
    detectable: float | None
    """The smallest fall that would be noticed in 80 % of such runs."""

    def as_record(self) -> dict[str, Any]:
        """Plain data, for JSON."""
        return _flat(self) | {"change": self.change.as_record()}


def regressions(both: pd.DataFrame, level: float = 0.05) -> list[Regression]:
    """One a block of pairs, and of several blocks one over all; ``level`` is what ``adjusted`` will be held against."""
    found = [_regressed(name, block, level) for name, block in _blocks(both)]
    if len(found) > 1:
        found.append(_regressed(WHOLE, both, level))
    return [replace(one, adjusted=p) for one, p in zip(found, holm([one.p for one in found]), strict=True)]


def _regressed(name: Block, block: pd.DataFrame, level: float) -> Regression:
    first, second = _solved(block, "first"), _solved(block, "second")
    questions = block.groupby([*BLOCK, "size", "seed"], sort=False).ngroup().to_numpy()
    instances = int(block.groupby(INSTANCE).ngroups)
    change = difference(second, first, range(len(block)))  # attempts at these instances are independent
    p = chance_of_worse(first, second, questions)
    table = pairs(first, second)
    return Regression(
        block=name,
        pairs=table,
        change=replace(change, target="these instances", clusters=instances, warnings=()),
        p=p,
        adjusted=p,
        detectable=minimum_detectable(table.n, table.discordant, 2 * level),
    )


def _flat(found: Comparison | Regression) -> dict[str, Any]:
    record = asdict(found)
    return {**record.pop("block"), **record}


@dataclass(frozen=True)
class Flip:
    """A question that one solved and the other did not."""

    question: dict[str, Any]
    outcomes: tuple[str, str]
    keys: tuple[str, str]
    """Of the two records."""

    @property
    def lost(self) -> bool:
        """Whether only the first solved it."""
        return self.outcomes[0] == Outcome.SOLVED

    def as_record(self) -> dict[str, Any]:
        """Plain data, for JSON."""
        return asdict(self)


def flips(both: pd.DataFrame) -> Iterator[Flip]:
    """Those that only the first solved, then those that only the second did."""
    lost, won = _solved(both, "first") & ~_solved(both, "second"), ~_solved(both, "first") & _solved(both, "second")
    for chosen in (both[lost], both[won]):
        for row in chosen.to_dict("records"):
            yield Flip(
                {str(name): row[name] for name in QUESTION},
                (str(row["outcome_first"]), str(row["outcome_second"])),
                (str(row["key_first"]), str(row["key_second"])),
            )


def of_models(verdicts: pd.DataFrame, first: str, second: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The attempts of two models, as the sides of a comparison."""
    return _nameless(verdicts[verdicts["model"] == first]), _nameless(verdicts[verdicts["model"] == second])


def of_runs(first: pd.DataFrame, second: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The attempts of two runs, as the sides of a comparison: each model with itself or, if each run has a single one,
    these. Raises UsageError where neither can be done."""
    models: Sequence[set[str]] = [set(side["model"]) if len(side) else set() for side in (first, second)]
    if models[0] & models[1]:
        return first, second
    if all(len(names) == 1 for names in models):
        return _nameless(first), _nameless(second)
    told = " and ".join(", ".join(sorted(names)) or "nobody" for names in models)
    raise UsageError(
        f"the runs have no model in common: {told}", "pegboard compare MODEL MODEL RUN RUN names two models"
    )


def _nameless(side: pd.DataFrame) -> pd.DataFrame:
    return side.assign(model="")
