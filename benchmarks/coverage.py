"""How often the intervals hold the truth, and how often the tests cry out where nothing is: simulated, with seeds.

Printed as the tables of docs/statistics.md. Where a rate is near 0.05, 2,000 simulations give it to within 0.01.

    python benchmarks/coverage.py [simulations, default 2,000]
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from harness.analysis.paired import Pairs, chance_of_none, chance_of_worse, difference, mcnemar, newcombe, pairs, tango
from harness.analysis.pass_at_k import over_instances, pass_at_k, pass_hat_k
from harness.analysis.proportions import clopper_pearson, credible, independent_difference, success
from harness.analysis.ranks import rank_intervals
from harness.analysis.rates import wilson
from harness.analysis.shares import exact, goodman, sison_glaz

Rng = np.random.Generator
Outcomes = NDArray[np.bool_]


def instances(rng: Rng, skill: float, spread: float, sizes: int, each: int) -> NDArray[np.float64]:
    """The chance of success at each instance: a logit that falls with the size, and differs between instances."""
    steps = np.repeat(np.arange(sizes) - (sizes - 1) / 2, each)
    return logistic(skill - steps + rng.normal(0, spread, sizes * each))


def logistic(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    return 1 / (1 + np.exp(-np.clip(logits, -30, 30)))


def truth(skill: float, spread: float, sizes: int) -> float:
    """The mean of ``instances`` over instances that could have been drawn."""
    return float(instances(np.random.default_rng(0), skill, spread, sizes, 200_000).mean())


@dataclass(frozen=True)
class Design:
    """Attempts at some instances of some sizes."""

    sizes: int
    each: int
    repeats: int
    spread: float
    """Standard deviation of an instance's logit."""

    def __str__(self) -> str:
        sizes = "1 size" if self.sizes == 1 else f"{self.sizes} sizes"
        return f"{sizes} x {self.each} instances x {self.repeats} repeats, spread {self.spread:g}"

    def labels(self) -> tuple[NDArray[np.int_], NDArray[np.int_]]:
        """Instance and size of each attempt."""
        many = np.arange(self.sizes * self.each)
        return np.repeat(many, self.repeats), np.repeat(many // self.each, self.repeats)

    def asked(self, rng: Rng, chances: NDArray[np.float64]) -> Outcomes:
        return rng.random(len(chances) * self.repeats) < np.repeat(chances, self.repeats)


DESIGNS = [
    Design(1, 5, 2, 1.0),
    Design(1, 10, 5, 1.0),
    Design(1, 10, 5, 3.0),
    Design(1, 10, 5, 50.0),
    Design(8, 5, 2, 1.0),
    Design(8, 5, 2, 3.0),
    Design(4, 3, 5, 2.0),
    Design(8, 2, 5, 1.0),
]


def one_rate(simulations: int) -> Iterator[tuple[str, float]]:
    """Intervals of one rate of independent attempts: coverage averaged over the rate."""
    intervals: dict[str, Callable[[int, int], tuple[float, float]]] = {
        "Wilson": wilson,
        "Clopper-Pearson": clopper_pearson,
        "Beta(1,1)": credible,
        "Jeffreys": partial(credible, prior=0.5),
    }
    rng = np.random.default_rng(1)
    for n in (5, 10, 25):
        rates = rng.random(simulations)
        solved = rng.binomial(n, rates)
        for name, interval in intervals.items():
            bounds = [interval(k, n) for k in range(n + 1)]
            yield f"{name}, n = {n}, rate uniform", _held(bounds[k] for k in solved)(rates)
    for rate in (0.1, 0.3, 0.5):
        solved = rng.binomial(10, rate, simulations)
        bounds = [wilson(k, 10) for k in range(11)]
        yield f"Wilson, n = 10, rate {rate:g}", _held(bounds[k] for k in solved)(np.full(simulations, rate))


def _held(bounds: Iterator[tuple[float, float]]) -> Callable[[NDArray[np.float64]], float]:
    low, high = np.array(list(bounds)).T
    return lambda truths: float(((low <= truths) & (truths <= high)).mean())


def clustered_rate(simulations: int) -> Iterator[tuple[str, float, float]]:
    """The leaderboard's interval by instance, and beside it Wilson's that takes attempts as independent."""
    for design in DESIGNS:
        member, size = design.labels()
        for skill in (times * max(1.0, design.spread / 2) for times in (0, 2, 4)):
            rng, right = np.random.default_rng(2), truth(skill, design.spread, design.sizes)
            found, plain = 0, 0
            for _ in range(simulations):
                solved = design.asked(rng, instances(rng, skill, design.spread, design.sizes, design.each))
                estimate = success(solved, member, size)
                found += (estimate.low or 0) <= right <= (estimate.high or 0)
                low, high = wilson(int(solved.sum()), len(solved))
                plain += low <= right <= high
            yield f"{design}, rate {right:.2f}", found / simulations, plain / simulations


def differences(simulations: int) -> Iterator[tuple[str, float, float]]:
    """The paired difference by instance, with and without a difference; and how often the test cries out."""
    for design in DESIGNS:
        member, size = design.labels()
        for gap in (0.0, max(1.0, design.spread / 3)):
            rng = np.random.default_rng(3)
            right = truth(gap, design.spread, design.sizes) - truth(0, design.spread, design.sizes)
            held, cried = 0, 0
            for _ in range(simulations):
                easy = instances(rng, 0.0, design.spread, design.sizes, design.each)
                better = logistic(np.log(easy / (1 - easy)) + gap)
                first, second = design.asked(rng, better), design.asked(rng, easy)
                estimate = difference(first, second, member, size)
                held += (estimate.low or 0) <= right <= (estimate.high or 0)
                cried += chance_of_none(first, second, member, size) <= 0.05
            yield f"{design}, difference {right:.2f}", held / simulations, cried / simulations


def independent_pairs(simulations: int) -> Iterator[tuple[str, float, float]]:
    """Newcombe's and Tango's intervals of independent pairs."""
    for n in (10, 20, 50):
        for cells in ((0.4, 0.1, 0.1, 0.4), (0.5, 0.25, 0.05, 0.2), (0.85, 0.1, 0.0, 0.05)):
            rng, right = np.random.default_rng(4), cells[1] - cells[2]
            drawn: dict[tuple[int, ...], int] = {}
            for table in rng.multinomial(n, cells, simulations):
                drawn[tuple(map(int, table))] = drawn.get(tuple(map(int, table)), 0) + 1
            shares = [0.0, 0.0]
            for table, times in drawn.items():
                for place, interval in enumerate((newcombe, tango)):
                    low, high = interval(Pairs(*table))
                    shares[place] += times * (low <= right <= high) / simulations
            yield f"{n} pairs, only first {cells[1]:g}, only second {cells[2]:g}", shares[0], shares[1]


def shares(simulations: int) -> Iterator[tuple[str, float, float, float]]:
    """Simultaneous intervals of the shares of outcomes: all of them hold."""
    for n in (20, 100):
        for chances in ((0.4, 0.3, 0.2, 0.1), (0.7, 0.2, 0.08, 0.02), (1 / 7,) * 7):
            rng = np.random.default_rng(5)
            held = [0, 0, 0]
            for counts in rng.multinomial(n, chances, simulations // 2):
                for place, intervals in enumerate((goodman, exact, sison_glaz)):
                    bounds = intervals([int(count) for count in counts])
                    held[place] += all(low <= p <= high for (low, high), p in zip(bounds, chances, strict=True))
            told = ", ".join(f"{p:.2g}" for p in chances)
            yield f"n = {n}: {told}", *(count / (simulations // 2) for count in held)


def others(simulations: int) -> Iterator[tuple[str, float]]:
    """Independent samples, rank intervals, and the gate of ``diff``."""
    rng = np.random.default_rng(6)
    held = 0
    for one, other in rng.binomial(20, [0.7, 0.4], (simulations, 2)):
        low, high = independent_difference(int(one), 20, int(other), 20)
        held += low <= 0.3 <= high
    yield "independent difference (Newcombe), 20 against 20, 0.7 against 0.4: holds", held / simulations
    rates = np.array([0.8, 0.7, 0.6, 0.5, 0.3])
    held = 0
    for solved in rng.binomial(40, rates, (simulations, len(rates))):
        bounds = [wilson(int(k), 40) for k in solved]
        ranks = rank_intervals([low for low, _ in bounds], [high for _, high in bounds])
        held += all(best <= place <= worst for place, (best, worst) in enumerate(ranks, start=1))
    yield "rank intervals of five models, n = 40: all hold", held / simulations
    everybody = instances(np.random.default_rng(0), 0.0, 2.0, 1, 200_000)
    for name, chance, right in (
        ("pass@2", pass_at_k, 1 - (1 - everybody) ** 2),
        ("pass^2", pass_hat_k, everybody**2),
    ):
        held = 0
        for _ in range(simulations):
            solved = rng.binomial(5, instances(rng, 0.0, 2.0, 1, 10))
            estimate = over_instances(chance, [(5, int(count)) for count in solved], 2)
            held += (estimate.low or 0) <= right.mean() <= (estimate.high or 0)
        yield f"{name} over 10 instances x 5 repeats: holds", held / simulations
    for sizes, repeats in ((8, 10), (4, 5)):
        drawn = instances(rng, 0.0, 2.0, sizes, 1)
        right_gap = float((logistic(np.log(drawn / (1 - drawn)) + 1) - drawn).mean())
        held, held_gap = 0, 0
        for _ in range(simulations):
            second = rng.random(sizes * repeats) < np.repeat(drawn, repeats)
            first = rng.random(sizes * repeats) < np.repeat(logistic(np.log(drawn / (1 - drawn)) + 1), repeats)
            low, high = wilson(int(second.sum()), len(second))
            held += low <= drawn.mean() <= high
            low, high = newcombe(pairs(first, second))
            held_gap += low <= right_gap <= high
        told = f"{sizes} sizes, one instance of each x {repeats}, these instances"
        yield f"{told}: rate holds", held / simulations
        yield f"{told}: difference holds", held_gap / simulations
    for each, repeats in ((40, 1), (10, 5)):
        cried = 0
        for _ in range(simulations):
            drawn = instances(rng, 0.0, 2.0, 1, each)
            member = np.repeat(np.arange(each), repeats)
            before, after = (rng.random(each * repeats) < np.repeat(drawn, repeats) for _ in range(2))
            cried += chance_of_worse(before, after, member) <= 0.05
        yield f"diff: cries out where nothing changed, {each} instances x {repeats}", cried / simulations
    cried = 0
    for _ in range(simulations):
        drawn = instances(rng, 0.0, 2.0, 1, 40)
        cried += mcnemar(pairs(rng.random(40) < drawn, rng.random(40) < drawn), mid=True) <= 0.05
    yield "McNemar's mid-p: cries out where nothing is, 40 pairs", cried / simulations


def _print(heads: tuple[str, ...], rows: Iterator[tuple[str | float, ...]]) -> None:
    print("\n| " + " | ".join(heads) + " |\n|" + "--|" * len(heads))
    for row in rows:
        print("| " + " | ".join(f"{cell:.3f}" if isinstance(cell, float) else cell for cell in row) + " |", flush=True)


if __name__ == "__main__":
    asked = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    _print(("one rate, independent attempts", "holds"), one_rate(10 * asked))
    _print(("one rate, by instance", "by instance holds", "as if independent"), clustered_rate(asked))
    _print(("paired difference, by instance", "holds", "p <= 0.05"), differences(asked))
    _print(("independent pairs", "Newcombe 10 holds", "Tango holds"), independent_pairs(asked))
    _print(("shares of outcomes, all at once", "Goodman holds", "exact holds", "Sison-Glaz holds"), shares(asked))
    _print(("others", "rate"), others(asked))
