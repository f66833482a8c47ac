"""Does ``pegboard correlate`` reject as often as it says? Studies with a known truth, tested as a user's are.

Models (skill: standard deviation 1 logit), puzzles (difficulty: 1 logit), ten sizes, five attempts at each. Scores have
a part of the puzzle's and one of the model's at the puzzle; outcomes have a part of the model's at the puzzle of their
own, so that units of one model and puzzle go together whatever memorization does. The worlds:

    null           success does not depend on memorization
    easier known   nor here, but the puzzles that are memorized more are easier by themselves, for every model;
                   "disguises too": so are the disguises
    effect         one unit of the score adds 0.5 or 0.25 logits (to listing the moves, not to writing a program)

and the designs: models x puzzles x ways in which each is told (canonical and disguises). Rejections at the level of 5 %
of each test; "pooled" and "one by one" are naive ones beside them: Spearman over all units, and the contrast with signs
flipped by puzzle and model. "interval" is how often it holds 0 where that is the truth. "none": no p-value is given.

    python benchmarks/correlation.py [studies a row, default 200]
"""

from __future__ import annotations

import platform
import sys
import time
from dataclasses import dataclass
from functools import partial
from statistics import NormalDist

import numpy as np

from harness.memorization.correlation import (
    LEVEL,
    Matrix,
    Unit,
    associate,
    contrast,
    empirical_logit,
    partial_spearman,
    strata,
)

SIZES, ATTEMPTS, STEEPNESS = 10, 5, 0.8
DRAWS = 499


@dataclass(frozen=True)
class World:
    """How the truth is made. Standard deviations, in logits and in units of the score."""

    name: str
    effect: float = 0.0
    tied: float = 0.0
    """How much of a score's puzzle part is the puzzle's easiness: 0 none, 1 all."""
    own: float = 0.5
    """Of how hard a disguise is by itself, for all models."""
    tied_to_disguise: bool = False
    """Whether memorization goes with that as well."""


WORLDS = (
    World("null"),
    World("easier known", tied=0.8),
    World("easier known, disguises too", tied=0.8, tied_to_disguise=True),
    World("effect 0.5", effect=0.5),
    World("effect 0.25", effect=0.25),
)
DESIGNS = ((8, 12, 1), (8, 6, 3), (8, 12, 2), (8, 4, 3), (3, 6, 3), (1, 12, 3))
"""Models, puzzles, and ways in which each is told."""


def study(
    world: World, models: int, puzzles: int, ways: int, rng: np.random.Generator
) -> tuple[list[Unit], list[Unit]]:
    """Units of one simulated study; and those of its mode term: two modes, memorization helping only the first."""
    skill = rng.normal(0, 1, models)
    units, by_mode = [], []
    for puzzle in range(puzzles):
        easy = rng.normal(0, 1)
        own = rng.normal(0, world.own, ways) if ways > 1 else np.zeros(1)
        known = rng.normal(0, 1 if ways == 1 else 0.7, models)[:, None]
        fame = world.tied * easy + (1 - world.tied) * rng.normal(0, 1)
        worn = world.tied * own * 2 if world.tied_to_disguise else rng.normal(0, 0.3, ways)
        score = fame + worn + 0.7 * known + rng.normal(0, 0.7, (models, ways))
        there = rng.normal(0, 0.7, models)[:, None] + rng.normal(0, 0.5, (models, ways))
        base = skill[:, None] + easy + own + there
        listed = _outcomes(base + world.effect * score, rng)
        written = _outcomes(base + rng.normal(0, 0.5, ways), rng)
        for (model, way), value in np.ndenumerate(score):
            named = {"model": str(model), "structure": f"{puzzle:02}", "variant": "kind" if way == 0 else f"kind.{way}"}
            made = partial(Unit, **named, score=float(value))
            units.append(made(outcome=listed[model, way]))
            by_mode.append(made(outcome=listed[model, way] - written[model, way]))
    return units, by_mode


def _outcomes(logits: Matrix, rng: np.random.Generator) -> Matrix:
    """The empirical logits of attempts over all sizes."""
    places = np.arange(SIZES) - (SIZES - 1) / 2
    chance = 1 / (1 + np.exp(-(logits[..., None] - STEEPNESS * places)))
    solved = rng.binomial(ATTEMPTS, chance).sum(axis=-1)
    return np.vectorize(lambda k: empirical_logit(k, SIZES * ATTEMPTS), otypes=[float])(solved)


def naive(units: list[Unit]) -> bool:
    """Whether Spearman's test of units taken for independent rejects (Fisher's z)."""
    r = partial_spearman([u.score for u in units], [u.outcome for u in units], np.empty((len(units), 0))) or 0.0
    z = np.arctanh(r) * np.sqrt((len(units) - 3) / (1 + r * r / 2))
    return abs(float(z)) > NormalDist().inv_cdf(1 - LEVEL / 2)


def flipped_one_by_one(units: list[Unit], rng: np.random.Generator) -> bool:
    """Whether the bare contrast's test rejects if signs are flipped by puzzle and model."""
    cells: dict[tuple[str, str], list[Unit]] = {}
    for unit in units:
        cells.setdefault((unit.structure, unit.model), []).append(unit)
    gaps = [
        np.subtract((bare.outcome, bare.score), np.mean([(u.outcome, u.score) for u in worn], axis=0))
        for bare, *worn in cells.values()
    ]
    products = np.prod(gaps, axis=1)
    null = np.abs(rng.choice([-1.0, 1.0], (DRAWS, len(products))) @ products)
    return bool((1 + (null >= abs(products.sum())).sum()) / (DRAWS + 1) <= LEVEL)


def _rejects(p: float | None) -> bool | None:
    return None if p is None else p <= LEVEL


def row(world: World, design: tuple[int, int, int], studies: int) -> list[str]:
    rng = np.random.default_rng([20261125, *design, WORLDS.index(world)])
    found: dict[str, list[bool | None]] = {name: [] for name in COLUMNS}
    for seed in range(studies):
        units, by_mode = study(world, *design, rng)
        success = associate(strata(units)[0], seed=seed, draws=DRAWS)
        modes = associate(strata(by_mode)[0], differences=True, seed=seed, draws=DRAWS)
        gaps = contrast(units, seed=seed, draws=DRAWS)
        found["pooled"].append(naive(units))
        found["success"].append(_rejects(success.test.p))
        found["modes"].append(_rejects(modes.test.p))
        found["contrast"].append(_rejects(gaps.test.p) if gaps else None)
        found["one by one"].append(flipped_one_by_one(units, rng) if gaps else None)
        holds = success.low is not None and success.high is not None and success.low <= 0 <= success.high
        found["interval"].append(None if world.effect else holds)
    return [world.name, " x ".join(map(str, design)), *(_share(found[name]) for name in COLUMNS)]


COLUMNS = ("pooled", "success", "modes", "contrast", "one by one", "interval")


def _share(found: list[bool | None]) -> str:
    known = [each for each in found if each is not None]
    return f"{sum(known) / len(known):.3f}".lstrip("0") if known else "none"


def main() -> None:
    studies = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    began = time.monotonic()
    print(
        f"{studies} studies a row, {platform.machine()}, Python {platform.python_version()}, numpy {np.__version__}\n"
    )
    print(f"| world | models x puzzles x ways | {' | '.join(COLUMNS)} |")
    print("|---|---|" + "---|" * len(COLUMNS))
    for design in DESIGNS:
        for world in WORLDS:
            if design[2] > 1 or not world.tied_to_disguise:
                print(f"| {' | '.join(row(world, design, studies))} |", flush=True)
    print(f"\n{time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
