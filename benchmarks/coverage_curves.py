"""How often the intervals of the collapse point and of the error rate per move hold the truth: 95 % is promised.

Curves: sizes 1 to 10, N50 drawn evenly from 4.5 to 6.5, success that is logistic in size with a slope, or right at
every move with the same chance (Tower of Hanoi, 2^N - 1 moves). Clustered: the same with instances that differ (normal,
sd 1 logit), two attempts each. Walks: the Tower of Hanoi at a constant rate per move that halves success every 800
moves, the output cut after 300 moves or never. Replicates without an estimate are counted apart. In brackets the median
width, in sizes (of L50 in moves), infinite where an end lies off the grid. The last columns are how often a check that
should find nothing does, at 5 %.

    python benchmarks/coverage_curves.py [replicates, default 1000]
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from math import exp, inf, log

import numpy as np

from harness.analysis.collapse import check_falling, check_parity
from harness.analysis.crossing import Crossing, fewest_moves, in_size, without_shape
from harness.analysis.curve import Curve, Instance, Point
from harness.analysis.estimate import Estimate
from harness.analysis.hazard import Walk, cut_as_failures, half_life, per_move, weibull

SIZES = np.arange(1, 11)
DRAWS = 1000
HALF_LIFE = 800

Held = dict[str, list[tuple[bool, float]]]


def logistic(n50: float, slope: float, shift: float | np.ndarray = 0.0) -> np.ndarray:
    return 1 / (1 + np.exp(slope * (SIZES - n50) - shift))


def every_move_right(n50: float) -> np.ndarray:
    return np.exp(-log(2) / (2**n50 - 1) * (2.0**SIZES - 1))


def curve(counts: np.ndarray, attempts: int) -> Curve:
    """From solved counts, one row an instance."""
    return Curve(
        tuple(
            Point(
                int(size),
                tuple(Instance(solved=int(k), attempts=attempts, moves=2.0 ** int(size) - 1) for k in counts[:, place]),
            )
            for place, size in enumerate(SIZES)
        )
    )


def note(held: Held, name: str, estimate: Estimate, truth: float) -> None:
    if estimate.low is None or estimate.high is None:
        held[name + " none"].append((False, inf))
    else:
        held[name].append((estimate.low <= truth <= estimate.high, estimate.high - estimate.low))


def told(held: Held, name: str) -> str:
    if not held[name]:
        return "-"
    right, width = np.mean([hit for hit, _ in held[name]]), np.median([width for _, width in held[name]])
    none = len(held[name + " none"])
    return f"{right:.3f} ({width:.2f})" + (f", {none} none" if none else "")


def curves(replicates: int) -> None:
    print("| truth | attempts a size | N50 | N80 | Firth N50 | L50 in moves | not falling | parity |")
    print("|---|---|---|---|---|---|---|---|")
    for kind, slope in (("logistic", 1.0), ("logistic", 3.0), ("per move", 0.0)):
        for attempts, instances in ((5, 1), (10, 1), (30, 1), (2, 5), (2, 10)):
            if kind == "logistic" or instances == 1:
                one_curve(kind, slope, attempts, instances, replicates)


def one_curve(kind: str, slope: float, attempts: int, instances: int, replicates: int) -> None:
    rng = np.random.default_rng([int(10 * slope), attempts, instances])
    held: Held = defaultdict(list)
    rejected: dict[str, list[bool]] = defaultdict(list)
    for replicate in range(replicates):
        n50 = rng.uniform(4.5, 6.5)
        spread = rng.normal(0, 1, (instances, len(SIZES))) if instances > 1 else np.zeros((1, len(SIZES)))
        rates = every_move_right(n50)[None, :] if kind == "per move" else logistic(n50, slope, spread)
        found = curve(rng.binomial(attempts, rates), attempts)
        n80 = (
            log(-log(0.8) * (2**n50 - 1) / log(2) + 1) / log(2) if kind == "per move" else n50 - shift(slope, instances)
        )
        truths: list[tuple[str, Crossing, float]] = [
            ("n50", without_shape(found, 0.5, draws=DRAWS, seed=replicate), n50),
            ("n80", without_shape(found, 0.8, draws=DRAWS, seed=replicate), n80),
            ("firth", in_size(found, 0.5), n50),
        ]
        for name, crossing, truth in truths:
            note(held, name, crossing.estimate, truth)
        note(held, "moves", fewest_moves(found, 0.5), 2**n50 - 1)
        rejected["falling"].append(check_falling(found, draws=200, seed=replicate).p_value < 0.05)
        parity = check_parity(found)
        rejected["parity"].append(parity is not None and parity.check.p_value < 0.05)
    names = ("n50", "n80", "firth", "moves")
    name = f"{kind}, slope {slope:g}" if kind == "logistic" else "per move"
    grouped = f"{instances} instances x {attempts}" if instances > 1 else f"{attempts}"
    print(
        f"| {name} | {grouped} | "
        + " | ".join(told(held, each) for each in names)
        + f" | {np.mean(rejected['falling']):.3f} | {np.mean(rejected['parity']):.3f} |",
        flush=True,
    )


def shift(slope: float, instances: int) -> float:
    """From N50 to N80; where instances differ, of the rate over instances."""
    if instances == 1:
        return log(4) / slope
    from scipy.optimize import brentq

    nodes, weights = np.polynomial.hermite_e.hermegauss(60)
    weights = weights / weights.sum()
    return float(brentq(lambda at: float(weights @ (1 / (1 + np.exp(-slope * at - nodes)))) - 0.8, 0, 20))


def walks(rng: np.random.Generator, attempts: int, cap: float) -> list[Walk]:
    rate = 1 - 0.5 ** (1 / HALF_LIFE)
    found = []
    for size in SIZES.tolist():
        needed = 2**size - 1
        end = int(min(needed, cap))
        for first in rng.geometric(rate, attempts).tolist():
            ending = "erred" if first <= end else "finished" if needed <= cap else "cut"
            found.append(Walk(moves=min(first, end), ending=ending, size=size, needed=needed))  # type: ignore[arg-type]
    return found


def hazards(replicates: int) -> None:
    print()
    print(
        "| output cut after | attempts a size | rate per move | half-life, median | shape k | k, median |"
        " not constant | cut as failures: half-life | k | not constant |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    for cap in (300.0, inf):
        for attempts in (5, 10, 20, 30):
            held: Held = defaultdict(list)
            lives, shapes, rejected, naive = [], [], [], []
            for replicate in range(replicates):
                asked = walks(np.random.default_rng([replicate, attempts]), attempts, cap)
                rate, shape, failing = per_move(asked), weibull(asked), cut_as_failures(asked)
                note(held, "rate", rate, 1 - 0.5 ** (1 / HALF_LIFE))
                lives.append(half_life(rate).value or inf)
                if shape is not None:
                    note(held, "k", shape.k, 1.0)
                    shapes.append(shape.k.value or inf)
                rejected.append(shape is not None and shape.p_value < 0.05)
                if failing is not None:
                    naive.append((failing.half_life, failing.k.value or inf, failing.p_value < 0.05))
            life, k, _ = np.median(np.array(naive, dtype=float), axis=0)
            cliffs = np.mean([bool(each[2]) for each in naive])
            print(
                f"| {'never' if cap == inf else f'{cap:.0f} moves'} | {attempts} | {told(held, 'rate').split()[0]} |"
                f" {np.median(lives):.0f} | {told(held, 'k').split()[0]} | {np.median(shapes):.2f} |"
                f" {np.mean(rejected):.3f} | {life:.0f} | {k:.2f} | {cliffs:.3f} |",
                flush=True,
            )


def main() -> None:
    replicates = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    began = time.monotonic()
    print(f"{replicates} replicates; read to about ±{2 * exp(0.5 * log(0.95 * 0.05 / replicates)):.3f}\n")
    curves(replicates)
    hazards(replicates)
    print(f"\n{time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
