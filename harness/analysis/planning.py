"""What a number of attempts will tell: how wide the intervals will be, which differences are found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from harness.analysis.contrasts import DISCORDANT
from harness.analysis.power import attempts_per_arm, detectable_shift, minimum_detectable, pairs_needed
from harness.analysis.rates import score_interval
from harness.plan import Cell

CORRELATION = 0.2
"""Between attempts at one instance, where nothing is known yet."""

NORMAL = 1.959964
SLOPES = {"gradual": 1.0, "steep": 3.0}
"""Of the logit of success by size: falling over many sizes, or within two."""


def design_effect(repeats: float, correlation: float) -> float:
    """How many attempts, so many an instance, are worth an independent one (Kish)."""
    return 1 + (repeats - 1) * correlation


@dataclass(frozen=True, kw_only=True)
class Prospect:
    """What is to be expected of a block of attempts at one task, variant and mode, by one model."""

    task: str
    variant: str
    mode: str
    sizes: int
    instances: int
    attempts: int
    correlation: float
    spacing: float
    """Between the sizes, on average; 0 where there is one."""

    @property
    def effective(self) -> float:
        """Independent attempts that they are worth."""
        return self.attempts / design_effect(self.attempts / self.instances, self.correlation)

    @property
    def width(self) -> float:
        """Half the width of the 95 % interval of a rate of one half, all sizes together."""
        return _half_width(self.effective)

    @property
    def width_a_size(self) -> float:
        """The same, of one size."""
        return _half_width(self.effective / self.sizes)

    @property
    def difference(self) -> float | None:
        """The difference between two models that is found in 80 % of such runs, paired, all sizes together."""
        return minimum_detectable(self.effective, DISCORDANT)

    def shift(self, slope: float) -> float | None:
        """The difference in N50, in sizes, between two models that is found in 80 % of such runs; None for one size."""
        if not self.spacing:
            return None
        return detectable_shift(self.spacing, self.effective / self.sizes, slope)


def _half_width(attempts: float) -> float:
    low, high = score_interval(0.5, attempts, NORMAL)
    return (high - low) / 2


def prospects(cells: Sequence[Cell], correlation: float = CORRELATION) -> Iterator[Prospect]:
    """Of one model's cells that are asked and feasible, one a task, variant and mode."""
    blocks: dict[tuple[str, str, str], list[Cell]] = {}
    for cell in cells:
        if cell.asked and cell.infeasible is None:
            _, task, _, _, variant, mode = cell.name
            blocks.setdefault((task, variant, mode), []).append(cell)
    for (task, variant, mode), block in blocks.items():
        sizes = sorted({cell.question.size for cell in block})
        yield Prospect(
            task=task,
            variant=variant,
            mode=mode,
            sizes=len(sizes),
            instances=len({(cell.question.size, cell.question.seed) for cell in block}),
            attempts=sum(cell.repeats for cell in block),
            correlation=correlation,
            spacing=(sizes[-1] - sizes[0]) / (len(sizes) - 1) if len(sizes) > 1 else 0.0,
        )


@dataclass(frozen=True)
class Need:
    """Attempts that it takes to find a difference in 80 % of such comparisons at the level of 5 %."""

    difference: float
    independent: float
    """Of each model, at questions that share nothing: rates around one half."""
    paired: float
    """Pairs, if the share ``DISCORDANT`` of them differs, or as many as the difference takes."""


def needs(differences: Sequence[float]) -> Iterator[Need]:
    for difference in differences:
        share = max(DISCORDANT, difference)
        yield Need(
            difference,
            attempts_per_arm(0.5 + difference / 2, 0.5 - difference / 2),
            pairs_needed((share + difference) / 2, (share - difference) / 2),
        )
