"""Where success collapses with size: N50 and N80, whether the estimates agree, and what they take for granted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from harness.analysis import glm, isotonic
from harness.analysis.crossing import (
    DRAWS,
    SEED,
    Crossing,
    fewest_moves,
    in_moves,
    in_size,
    mean_threshold,
    shown,
    without_shape,
)
from harness.analysis.curve import Curve, Point
from harness.analysis.estimate import Estimate

UNLIKELY = 0.01
"""The p-value below which a check warns: there are two a curve, and many curves."""


@dataclass(frozen=True, kw_only=True)
class Check:
    """A test of something that the estimates take for granted."""

    statistic: float
    p_value: float
    method: str
    seed: int | None = None


@dataclass(frozen=True, kw_only=True)
class Parity:
    """Whether odd and even sizes are two puzzles: the Tower of Hanoi's first move depends on it."""

    check: Check
    odd: float | None
    even: float | None
    """N50 of either, by logistic regression; None off the grid."""


@dataclass(frozen=True, kw_only=True)
class Collapse:
    """All that is said about one curve."""

    n50: Crossing
    n80: Crossing
    firth50: Crossing
    firth80: Crossing
    moves50: Crossing
    moves80: Crossing
    fewest_moves50: Estimate
    """The fewest moves of an instance that is solved half the time, by the curve in log moves."""
    spearman_karber: Crossing
    if_cut_were_right: Crossing
    """N50 if every answer that the token limit cut had been right: with N50, its bounds."""
    gap: tuple[int, int] | None
    """The sizes between which all is lost at once, where there is nothing in between."""
    aic_size: float | None
    aic_moves: float | None
    shape_dependent: bool | None
    """Whether the estimates of N50 differ by more than half a step; None where fewer than two are known."""
    falling: Check
    parity: Parity | None
    warnings: tuple[str, ...]

    def as_record(self) -> dict[str, Any]:
        """Plain data, for JSON."""
        return {name: _plain(getattr(self, name)) for name in self.__dataclass_fields__}


def _plain(part: Any) -> Any:
    if isinstance(part, (Crossing, Estimate)):
        return part.as_record()
    return asdict(part) if isinstance(part, (Check, Parity)) else part


def collapse(points: Sequence[Point], *, draws: int = DRAWS, seed: int = SEED) -> Collapse:
    """Everything about a curve. At least one point must have attempts."""
    curve = Curve.of(points)
    n50, firth50, moves50 = without_shape(curve, 0.5, draws=draws, seed=seed), in_size(curve, 0.5), in_moves(curve, 0.5)
    cut = without_shape(curve.with_cut_as_right(), 0.5, draws=draws, seed=seed)
    falls, parity = check_falling(curve, draws=draws, seed=seed), check_parity(curve)
    apart = _differ([n50, firth50, moves50], curve.step / 2)
    return Collapse(
        n50=n50,
        n80=without_shape(curve, 0.8, draws=draws, seed=seed),
        firth50=firth50,
        firth80=in_size(curve, 0.8),
        moves50=moves50,
        moves80=in_moves(curve, 0.8),
        fewest_moves50=fewest_moves(curve, 0.5),
        spearman_karber=mean_threshold(curve),
        if_cut_were_right=cut,
        gap=curve.gap,
        aic_size=_aic(curve, in_log_moves=False),
        aic_moves=_aic(curve, in_log_moves=True),
        shape_dependent=apart,
        falling=falls,
        parity=parity,
        warnings=tuple(_warnings(curve, n50, cut, falls, parity, apart)),
    )


def check_falling(curve: Curve, *, draws: int = DRAWS, seed: int = SEED) -> Check:
    """Whether success falls with size: the likelihood of free rates against falling ones."""
    statistic, p_value = isotonic.departure_p_value(
        curve.solved, curve.attempts, draws=draws, seed=seed, design_effect=curve.design_effect
    )
    method = "likelihood ratio of free to isotonic rates, parametric bootstrap"
    return Check(statistic=statistic, p_value=p_value, method=method, seed=seed)


def check_parity(curve: Curve) -> Parity | None:
    """Whether even sizes are another puzzle than odd ones; None with fewer than two sizes of either."""
    from scipy.special import chdtrc

    even = curve.sizes % 2 == 0
    if min(np.count_nonzero(even), np.count_nonzero(~even)) < 2:
        return None
    alone = glm.binomial(glm.line(curve.sizes), curve.solved, curve.attempts)
    both = glm.binomial(np.column_stack([glm.line(curve.sizes), even]), curve.solved, curve.attempts)
    statistic = max(alone.deviance - both.deviance, 0.0) / curve.design_effect
    check = Check(
        statistic=statistic,
        p_value=float(chdtrc(1, statistic)),
        method="likelihood ratio of logistic regressions with and without parity",
    )
    start, slope, shift = both.coefficients
    if not both.converged or slope >= 0:
        return Parity(check=check, odd=None, even=None)

    def inside(at: float) -> float | None:
        return float(at) if curve.sizes[0] <= at <= curve.sizes[-1] else None

    return Parity(check=check, odd=inside(-start / slope), even=inside(-(start + shift) / slope))


def _differ(crossings: Sequence[Crossing], most: float) -> bool | None:
    """Whether those that are known differ by more than ``most``; None if fewer than two are."""
    values = [one.estimate.value for one in crossings if one.estimate.value is not None]
    return max(values) - min(values) > most if len(values) > 1 else None


def _aic(curve: Curve, *, in_log_moves: bool) -> float | None:
    """Akaike's criterion of a regression of failure; None where it has no maximum."""
    predictor = curve.rows.log_moves if in_log_moves else curve.rows.size
    if np.isnan(predictor).any() or len(set(predictor.tolist())) < 2:
        return None
    lost = curve.rows.attempts - curve.rows.solved
    fit = glm.binomial(glm.line(predictor), lost, curve.rows.attempts, "cloglog" if in_log_moves else "logit")
    return fit.aic if fit.converged else None


def _warnings(
    curve: Curve, n50: Crossing, cut: Crossing, falls: Check, parity: Parity | None, apart: bool | None
) -> list[str]:
    told = list(n50.estimate.warnings)
    if curve.gap is not None:
        told.append(f"all is solved up to size {curve.gap[0]} and nothing from {curve.gap[1]} on: ask sizes in between")
    if apart:
        told.append("shape-dependent: the estimates of N50 differ by more than half a step")
    if falls.p_value < UNLIKELY:
        told.append(f"success does not fall steadily with size (p = {falls.p_value:.2g}): N50 is no single size")
    if parity is not None and parity.check.p_value < UNLIKELY:
        told.append(f"odd and even sizes differ (p = {parity.check.p_value:.2g}): look at them apart")
    if (cut.relation, cut.estimate.value) != (n50.relation, n50.estimate.value):
        told.append(f"answers were cut: had they been right, N50 would be {shown(cut)}")
    return told
