"""The comparisons that a plan pairs: the same instances in two modes, or in a disguise and bare."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from harness.analysis.power import detectable
from harness.plan import Cell

DISCORDANT = 0.3
"""The share of pairs that is taken to differ in outcome, where nothing is known yet: the more of them, the less is
detected, and 0.3 is much."""

MOST_MODES = 4
"""Modes of a plan that are compared with one another; of more, each is compared with the first."""


@dataclass(frozen=True)
class Contrast:
    """Two ways of asking about the same instances, and how many pairs of attempts there are."""

    first: str
    second: str
    pairs: int
    instances: int

    @property
    def detectable(self) -> float | None:
        """The difference in success that is detected in 80 % of such runs at the level of 5 %, if attempts are
        independent: a share, or None."""
        return detectable(self.pairs, DISCORDANT)


def contrasts(cells: Sequence[Cell]) -> Iterator[Contrast]:
    """Of one model's feasible cells: modes against each other, then each disguise against the bare puzzle."""
    scored = [cell for cell in cells if cell.asked and cell.infeasible is None]
    modes = list(dict.fromkeys(cell.mode.name for cell in scored))
    pairs = list(combinations(modes, 2)) if len(modes) <= MOST_MODES else [(modes[0], other) for other in modes[1:]]
    for first, second in pairs:
        yield from _paired(first, second, *(_instances(scored, mode=mode) for mode in (first, second)))
    for kind in dict.fromkeys(_worn(cell) for cell in scored if cell.question.disguise):
        yield from _paired("bare", kind or "", _instances(scored, worn=None), _instances(scored, worn=kind))


def _worn(cell: Cell) -> str | None:
    """What kind of disguise a cell's question wears."""
    disguise = cell.question.disguise
    return None if disguise is None else cell.question.plugin.puzzle.disguises[disguise].kind


def _paired(
    first: str, second: str, one: Counter[tuple[object, ...]], other: Counter[tuple[object, ...]]
) -> Iterator[Contrast]:
    shared = one & other
    if shared:
        yield Contrast(first, second, shared.total(), len({name[:4] for name in shared}))


def _instances(
    cells: Sequence[Cell], *, mode: str | None = None, worn: str | None = "any"
) -> Counter[tuple[object, ...]]:
    """Attempts by what must be the same in a pair: the instance, and what is not compared."""
    counts: Counter[tuple[object, ...]] = Counter()
    for cell in cells:
        asked = cell.question
        if (mode is None or cell.mode.name == mode) and worn in ("any", _worn(cell)):
            beside = asked.disguise if mode is not None else cell.mode.name
            counts[asked.plugin.name, asked.kind, asked.size, asked.seed, beside] += cell.repeats
    return counts
