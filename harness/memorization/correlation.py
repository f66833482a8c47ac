"""Does success go with memorization? A test that keeps its level, of numbers alone.

    unit       one model at one variant of one puzzle: its outcome (a logit of success) and its score
    structure  one puzzle told in several ways: a kind and its disguises
    stratum    variants that are compared with one another, by the same models: those of one structure; or, of puzzles
               told in one way only, all of them

Units of one model, of one puzzle and of one variant go together whatever memorization does, so tests that take them
for independent reject a true null far too often. Here, within each stratum, what a model has in common over the
variants and what a variant has in common over the models are taken away (double centring), and the variants' labels
are permuted, the same way for all models, freely within each stratum (Winkler et al. 2015, Multi-level block
permutation, NeuroImage 123:253). ``benchmarks/correlation.py`` shows the level and the power.

Higher scores mean more memorized. Outcomes and slopes are in natural logits.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import permutations, product
from math import atanh, exp, factorial, inf, log, prod, sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from harness.analysis.power import smallest

Matrix = NDArray[np.float64]

LEVEL, POWER = 0.05, 0.8
FEWEST, BETTER = 6, 12
"""Variants below which no p-value is given, and so many as are advised."""
CLUSTERS = 10
"""Clusters below which a cluster bootstrap's interval is known to be too narrow."""
EXACT = 50_000
"""As many arrangements as are gone through one by one: those of 8 variants are 40,320."""
DRAWS = 10_000
ONE_MODEL = (
    "with one model, how hard a disguise is by itself cannot be told from how little it is memorized; ask and score a "
    "second model"
)
ALONE = "puzzles told in one way"
"""The stratum of all structures that have one variant."""

_TINY = 1e-9


@dataclass(frozen=True, kw_only=True)
class Unit:
    """One model at one variant of one structure."""

    model: str
    structure: str
    variant: str
    """A kind, or a kind and its disguise behind a dot."""
    outcome: float
    score: float

    @property
    def canonical(self) -> bool:
        return "." not in self.variant


@dataclass(frozen=True)
class Stratum:
    """Variants that are compared with one another: rows are models, columns variants, without a hole."""

    name: str
    models: tuple[str, ...]
    variants: tuple[str, ...]
    outcome: Matrix
    score: Matrix


@dataclass(frozen=True, kw_only=True)
class PValue:
    """A permutation's p-value (two-sided), or why there is none."""

    p: float | None
    refused: str | None
    carriers: int
    """Variants, or puzzles, whose arrangement makes a difference."""
    arrangements: int
    """How many were looked at: all there are, or as many as were drawn."""
    exact: bool
    smallest: float | None
    """The smallest p that these data could have given, however they were arranged."""


@dataclass(frozen=True, kw_only=True)
class Association:
    """How success goes with a score once the effects of models, puzzles and variants are taken away."""

    models: int
    variants: int
    spread: float
    """One standard deviation of what is left of the score."""
    slope: float | None
    """Logits for one standard deviation; None where nothing is left."""
    low: float | None
    high: float | None
    """A cluster bootstrap's 95 % interval of the slope, over variants."""
    correlation: float | None
    """Spearman's, of what is left."""
    test: PValue
    detectable_slope: float | None
    """The slope that is detected in 80 % of such studies, logits for one standard deviation."""
    detectable_correlation: float | None
    """The correlation that so many independent variants detect in 80 % of studies; None if no correlation is."""


@dataclass(frozen=True, kw_only=True)
class Contrast:
    """Canonical against disguised, within each structure: what the disguise takes from success and from the score."""

    structures: int
    pairs: int
    """Structures times models."""
    outcome_gap: float
    """Mean of logit(canonical) - mean logit(disguises)."""
    score_gap: float
    slope: float | None
    """Logits of gap in success for one standard deviation of gap in the score, both less the structure's mean."""
    correlation: float | None
    """Spearman's, of what is left of the two gaps."""
    test: PValue
    detectable_slope: float | None


@dataclass(frozen=True)
class View:
    """The same units seen with other effects taken away."""

    removed: str
    correlation: float | None


@dataclass(frozen=True)
class Odds:
    """Odds of success above the median score against below it: all attempts together, and within strata."""

    pooled: float | None
    stratified: float | None
    """Mantel-Haenszel's common odds ratio (1959, JNCI 22:719)."""

    @property
    def reversed(self) -> bool:
        """Whether the two point to different sides: Simpson's paradox."""
        both = self.pooled is not None and self.stratified is not None
        return both and signs_differ(log(self.pooled or 1), log(self.stratified or 1))


def empirical_logit(solved: float, attempts: float) -> float:
    """ln((solved + 1/2) / (failed + 1/2)), finite even where all or none are solved (Cox and Snell 1989)."""
    return log((solved + 0.5) / (attempts - solved + 0.5))


def ranks(values: Sequence[float] | Matrix) -> Matrix:
    """Ranks from 1; equal values share the mean of their ranks."""
    array = np.asarray(values, dtype=float)
    _, place, count = np.unique(array, return_inverse=True, return_counts=True)
    last = np.cumsum(count)
    return np.asarray((last - (count - 1) / 2)[place.reshape(array.shape)], dtype=float)


def partial_spearman(x: Sequence[float] | Matrix, y: Sequence[float] | Matrix, given: Matrix) -> float | None:
    """Spearman's correlation without what is linear in ``given``: ranks, then Pearson's correlation of what is left.

    given: a column for each thing held fixed (ranks of a number, 0 and 1 for a group); may have no column. None where
    nothing is left of one of the two.
    """
    design = np.column_stack([np.ones(len(x)), given]) if given.size else np.ones((len(x), 1))
    left = []
    for values in (ranks(x), ranks(y)):
        rest = values - design @ np.linalg.lstsq(design, values, rcond=None)[0]
        left.append(rest if np.linalg.norm(rest) > _TINY * np.linalg.norm(values) else rest * 0)
    return _cosine(*left)


def strata(units: Sequence[Unit]) -> tuple[list[Stratum], list[str]]:
    """The strata, each without a hole, and in words what had to be left out for that.

    A stratum is made of at least two variants. Of one model's units only those of structures with several variants
    tell something: over different puzzles, its scores cannot be told from how hard these are.
    """
    told = {structure: len({u.variant for u in units if u.structure == structure}) for structure in _names(units)}
    one_model = len({unit.model for unit in units}) < 2
    made, left_out = [], []
    groups: dict[str, list[Unit]] = {}
    for unit in units:
        groups.setdefault(unit.structure if told[unit.structure] > 1 else ALONE, []).append(unit)
    for name, members in sorted(groups.items()):
        if name == ALONE and one_model:
            left_out.append(f"{count(len(members), 'puzzle')} told in one way: one model cannot compare puzzles")
            continue
        stratum, lost = _complete(name, members)
        left_out += [f"{name}: {what}" for what in lost]
        if len(stratum.variants) < 2 or (len(stratum.models) < 2 and not one_model):
            left_out.append(f"{name}: {_size(stratum)} tell nothing by themselves")
        else:
            made.append(stratum)
    return made, left_out


def _names(units: Iterable[Unit]) -> list[str]:
    return sorted({unit.structure for unit in units})


def _size(stratum: Stratum) -> str:
    return f"{count(len(stratum.models), 'model')} at {count(len(stratum.variants), 'variant')}"


def count(number: int, what: str) -> str:
    """A number and its noun."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def _complete(name: str, units: Sequence[Unit]) -> tuple[Stratum, list[str]]:
    """Models by variants, less the rows and columns that have most holes."""
    label = {(u.structure, u.variant): f"{u.structure} {u.variant}" if name == ALONE else u.variant for u in units}
    cells = {(u.model, label[u.structure, u.variant]): u for u in units}
    models, variants = sorted({m for m, _ in cells}), sorted({v for _, v in cells})
    lost = []
    while holes := [(m, v) for m in models for v in variants if (m, v) not in cells]:
        by_model = max(models, key=lambda m: sum(m == row for row, _ in holes))
        by_variant = max(variants, key=lambda v: sum(v == column for _, column in holes))
        of_model = sum(m == by_model for m, _ in holes) / len(variants)
        of_variant = sum(v == by_variant for _, v in holes) / len(models)
        if of_model > of_variant:
            models.remove(by_model)
            lost.append(f"{by_model} was not measured at every variant and is left out")
        else:
            variants.remove(by_variant)
            lost.append(f"{by_variant} was not measured with every model and is left out")
    outcome, score = (
        np.array([[getattr(cells[m, v], what) for v in variants] for m in models], dtype=float).reshape(
            len(models), len(variants)
        )
        for what in ("outcome", "score")
    )
    return Stratum(name, tuple(models), tuple(variants), outcome, score), lost


def centred(values: Matrix) -> Matrix:
    """Without each model's (row's) mean and, with several models, each variant's (column's) mean."""
    rest = values - values.mean(axis=1, keepdims=True)
    rest = rest - rest.mean(axis=0) if len(values) > 1 else rest
    return np.where(np.abs(rest) > _TINY * max(1.0, float(np.abs(values).max(initial=0))), rest, 0.0)


def associate(made: Sequence[Stratum], *, differences: bool = False, seed: int = 0, draws: int = DRAWS) -> Association:
    """Slope, interval, rank correlation and permutation test of the outcome on the score, within strata.

    differences: whether outcomes are differences between two ways of asking about a variant, so that how hard it is by
    itself is taken away already, and one model's are enough for a test.
    """
    outcomes, scores = [centred(s.outcome) for s in made], [centred(s.score) for s in made]
    grams = [y.T @ x for y, x in zip(outcomes, scores, strict=True)]
    cells = sum(x.size for x in scores)
    squares = sum(float((x * x).sum()) for x in scores)
    spread = sqrt(squares / cells) if cells else 0.0
    moving = [gram for gram in grams if np.abs(gram).max(initial=0) > 0]
    carriers = sum(len(gram) for gram in moving)
    rng = np.random.default_rng(seed)
    null, exact = _arranged(moving, rng, draws)
    observed = sum(float(np.trace(gram)) for gram in grams)
    slope = observed / squares * spread if carriers else None
    low, high = _bootstrap(made, rng, draws) if carriers else (None, None)
    free = sum(len(gram) - 1 for gram in moving)
    models = len({model for s in made for model in s.models})
    return Association(
        models=models,
        variants=sum(len(s.variants) for s in made),
        spread=spread,
        slope=slope,
        low=None if low is None else low * spread,
        high=None if high is None else high * spread,
        correlation=_rank_correlation(made),
        test=_p_value(
            null,
            observed,
            carriers,
            exact=exact,
            what="variant",
            lacking="" if differences or models > 1 else ONE_MODEL,
        ),
        detectable_slope=_detectable_slope(null, squares, spread) if carriers else None,
        detectable_correlation=detectable_correlation(free + 1) if carriers else None,
    )


def _arranged(grams: Sequence[Matrix], rng: np.random.Generator, draws: int) -> tuple[Matrix, bool]:
    """The sum of products under every joint arrangement of the columns, or under so many drawn ones; and which.

    grams: for each stratum the products of outcomes of a variant with scores of another, summed over models.
    """
    if prod(factorial(len(gram)) for gram in grams) <= EXACT:
        each = [np.array([gram[np.arange(len(gram)), p].sum() for p in _orders(len(gram))]) for gram in grams]
        return reduce(lambda one, other: np.add.outer(one, other).ravel(), each, np.zeros(1)), True
    null = np.zeros(draws)
    for gram in grams:
        orders = rng.permuted(np.tile(np.arange(len(gram)), (draws, 1)), axis=1)
        null += gram[np.arange(len(gram)), orders].sum(axis=1)
    return null, False


def _orders(length: int) -> Iterable[list[int]]:
    return map(list, permutations(range(length)))


def _p_value(null: Matrix, observed: float, carriers: int, *, exact: bool, what: str, lacking: str) -> PValue:
    """How often an arrangement is as far from zero as what was observed; drawn ones count the observed as one more
    (Phipson and Smyth 2010, Stat. Appl. Genet. Mol. Biol. 9:39)."""
    size = np.abs(null)
    far = max(float(size.max(initial=0)), abs(observed))
    slack = 1e-9 * max(far, 1e-300)

    def share(bound: float) -> float:
        beyond = int((size >= bound - slack).sum())
        return beyond / len(size) if exact else (beyond + 1) / (len(size) + 1)

    smallest = share(far) if exact else 1 / (len(size) + 1)
    refused = f"no p-value: {lacking}" if lacking else None
    if carriers < FEWEST:
        refused = (
            f"no p-value: {count(carriers, what)} can carry one, {FEWEST} are needed and {BETTER} are better; "
            f"add {FEWEST - carriers} at least"
        )
    elif not refused and smallest > LEVEL:
        refused = f"no p-value: {count(carriers, what)} could give none below {smallest:.3f}; add more"
    return PValue(
        p=None if refused else share(abs(observed)),
        refused=refused,
        carriers=carriers,
        arrangements=len(null),
        exact=exact,
        smallest=smallest if carriers else None,
    )


def _bootstrap(made: Sequence[Stratum], rng: np.random.Generator, draws: int) -> tuple[float | None, float | None]:
    """The slope's 95 % percentile interval: variants drawn with replacement within each stratum, then centred anew.

    With how often each is drawn as weights, models' means are taken away by a sum over models, not draw by draw.
    """
    products, squares = np.zeros(draws), np.zeros(draws)
    for stratum in made:
        y, x = centred(stratum.outcome), centred(stratum.score)
        number = len(stratum.variants)
        times = rng.multinomial(number, np.full(number, 1 / number), size=draws).astype(float)
        of_y, of_x = times @ y.T, times @ x.T
        products += times @ (y * x).sum(axis=0) - (of_y * of_x).sum(axis=1) / number
        squares += times @ (x * x).sum(axis=0) - (of_x * of_x).sum(axis=1) / number
    told = squares > _TINY * max(float(squares.max(initial=0)), 1e-300)
    if not told.any():
        return None, None
    low, high = np.quantile(products[told] / squares[told], [LEVEL / 2, 1 - LEVEL / 2])
    return float(low), float(high)


def _rank_correlation(made: Sequence[Stratum]) -> float | None:
    """Spearman's correlation of what ``centred`` leaves. Ranking first, as ``partial_spearman`` does, would bend the
    effects that are to be taken away, and so leave some of them."""
    if not made:
        return None
    y, x = (np.concatenate([centred(getattr(s, what)).ravel() for s in made]) for what in ("outcome", "score"))
    return _spearman(x, y)


def _spearman(x: Matrix, y: Matrix) -> float | None:
    return partial_spearman(x, y, np.empty((len(x), 0)))


def _cosine(x: Matrix, y: Matrix) -> float | None:
    size = float(np.linalg.norm(x) * np.linalg.norm(y))
    return float(np.clip(x @ y / size, -1, 1)) if size > 0 else None


def _detectable_slope(null: Matrix, squares: float, spread: float) -> float | None:
    """(z_0.975 + z_0.8) standard errors, which the permutations' own spread gives."""
    z = NormalDist().inv_cdf
    return (z(1 - LEVEL / 2) + z(POWER)) * float(null.std()) / squares * spread if squares else None


def detectable_correlation(number: int, level: float = LEVEL, power: float = POWER) -> float | None:
    """The rank correlation that so many independent pairs detect, by n = (1 + r^2/2) ((z_a + z_b) / atanh r)^2 + 3
    (Bonett and Wright 2000, Psychometrika 65:23); None if not even 0.99 is."""
    z = NormalDist().inv_cdf
    total = z(1 - level / 2) + z(power)

    def enough(r: float) -> bool:
        return (1 + r * r / 2) * (total / atanh(r)) ** 2 + 3 <= number

    return smallest(enough, _TINY, 0.99, 1e-9)


def contrast(units: Sequence[Unit], *, seed: int = 0, draws: int = DRAWS) -> Contrast | None:
    """The canonical variant against the mean of the others, in each structure and model that has both.

    With several models, what a disguise costs all of them alike is taken away, since it may be harder by itself: do the
    models lose most success whose score falls most? The test flips the signs of whole structures. Without either, and
    flipping structure by model, a true null is rejected in most studies in which less memorized disguises are harder
    (``benchmarks/correlation.py``).
    """
    gaps = _gaps(units)
    if not gaps:
        return None
    raw = np.concatenate([*gaps.values()])
    several = len({unit.model for unit in units}) > 1
    left = [of - of.mean(axis=0) if several else of for of in gaps.values()]
    products = np.array([float(of[:, 0] @ of[:, 1]) for of in left])
    y, x = np.concatenate(left).T
    moving = products[np.abs(products) > _TINY]
    null, exact = _flipped(moving, np.random.default_rng(seed), draws)
    squares = float(x @ x)
    spread = sqrt(squares / len(x))
    return Contrast(
        structures=len(gaps),
        pairs=len(x),
        outcome_gap=float(raw[:, 0].mean()),
        score_gap=float(raw[:, 1].mean()),
        slope=float(products.sum()) / squares * spread if len(moving) else None,
        correlation=_spearman(x, y) if len(moving) else None,
        test=_p_value(
            null, float(products.sum()), len(moving), exact=exact, what="puzzle", lacking="" if several else ONE_MODEL
        ),
        detectable_slope=_detectable_slope(null, squares, spread) if len(moving) else None,
    )


def _gaps(units: Sequence[Unit]) -> dict[str, Matrix]:
    """By structure: a row a model, its gaps in outcome and in score."""
    gaps: dict[str, list[tuple[float, float]]] = {}
    cells: dict[tuple[str, str], list[Unit]] = {}
    for unit in units:
        cells.setdefault((unit.structure, unit.model), []).append(unit)
    for (structure, _), members in sorted(cells.items()):
        bare = [(u.outcome, u.score) for u in members if u.canonical]
        worn = [(u.outcome, u.score) for u in members if not u.canonical]
        if bare and worn:
            gaps.setdefault(structure, []).append(np.subtract(bare[0], np.mean(worn, axis=0)).tolist())
    return {structure: np.array(of) for structure, of in gaps.items()}


def _flipped(products: Matrix, rng: np.random.Generator, draws: int) -> tuple[Matrix, bool]:
    """The sum under every choice of signs, or under so many drawn ones; and which."""
    if 2 ** len(products) <= EXACT:
        return np.array([np.dot(signs, products) for signs in product((1, -1), repeat=len(products))]), True
    return rng.choice([-1.0, 1.0], (draws, len(products))) @ products, False


def views(units: Sequence[Unit]) -> list[View]:
    """Spearman's correlation with more and more taken away, to see where a sign comes from; last as it is tested."""
    x, y = ranks([u.score for u in units]), ranks([u.outcome for u in units])
    shown: dict[str, list[object]] = {
        "nothing": [() for _ in units],
        "models": [u.model for u in units],
        "structures": [u.structure for u in units],
        "models x structures": [(u.model, u.structure) for u in units],
    }
    seen = [View(name, _cosine(_within(x, groups), _within(y, groups))) for name, groups in shown.items()]
    return [*seen, View("as tested", _rank_correlation(strata(units)[0]))]


def _within(values: Matrix, groups: Sequence[object]) -> Matrix:
    """Values less the mean of their group: what is left beside a column of 0 and 1 for each group."""
    place = {group: number for number, group in enumerate(dict.fromkeys(groups))}
    index = np.array([place[group] for group in groups], dtype=int)
    means = np.bincount(index, weights=values) / np.maximum(np.bincount(index), 1)
    left = values - means[index]
    return np.where(np.abs(left) > _TINY * len(values), left, 0.0)


def odds(tables: Iterable[tuple[float, float, float, float]]) -> Odds:
    """Pooled and Mantel-Haenszel odds ratios of (solved above, failed above, solved below, failed below) by stratum."""
    rows = np.array([*tables], dtype=float).reshape(-1, 4)
    a, b, c, d = rows.sum(axis=0)
    total = rows.sum(axis=1)
    rows, total = rows[total > 0], total[total > 0]
    above, below = ((rows[:, i] * rows[:, j] / total).sum() for i, j in ((0, 3), (1, 2)))
    return Odds(_ratio(a * d, b * c), _ratio(above, below))


def _ratio(above: float, below: float) -> float | None:
    return float(above / below) if above > 0 and below > 0 else None


def signs_differ(one: float | None, other: float | None) -> bool:
    return bool(one and other and abs(one) > _TINY and abs(other) > _TINY and (one > 0) != (other > 0))


def as_odds(logits: float | None) -> float | None:
    """A factor of the odds; None for None, infinity beyond what a float holds."""
    if logits is None:
        return None
    return exp(logits) if logits < 700 else inf
