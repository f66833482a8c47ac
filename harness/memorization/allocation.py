"""Which documents a limited capacity goes to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log

from harness.errors import UsageError
from harness.memorization import checks
from harness.memorization.formula import ARTICLE, Status, formula

MOST_STATES = 200_000
"""Choices that are neither dearer nor worse than another, kept at once: beyond them a plan would take minutes."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The documents chosen, by their places in the list from 0."""

    chosen: tuple[int, ...]
    value: float
    cost: float


@dataclass(frozen=True)
class Ticket:
    """A subnetwork: the weights that a mask keeps, and how the network does with them."""

    weights: int
    performance: float


@formula(
    "softmax over d of alpha TFIDF(d) - beta C(d) + gamma ln f(d)",
    unit="probabilities",
    source=ARTICLE,
    status=Status.RECONSTRUCTED,
    note="The text fixes only the signs: alpha, beta and gamma have no known values. It contradicts itself on C, "
    "preferring compressible documents here, and rare (so incompressible) ones elsewhere.",
)
def priority(
    tfidf: Sequence[float],
    compressibility: Sequence[float],
    frequency: Sequence[float],
    *,
    alpha: float = 1,
    beta: float = 1,
    gamma: float = 1,
) -> list[float]:
    """Which document is memorized first: a probability for each, from its rarity, compressed share and repeats.

    frequency: how often a document is in the data, above 0.
    """
    checks.same_length(tfidf=len(tfidf), compressibility=len(compressibility), frequency=len(frequency))
    checks.not_negative(alpha=alpha, beta=beta, gamma=gamma)
    for number in frequency:
        checks.positive(frequency=number)
    rows = zip(tfidf, compressibility, frequency, strict=True)
    return _softmax([alpha * rare - beta * ratio + gamma * log(often) for rare, ratio, often in rows])


@formula(
    "f_i^gamma / sum over j of f_j^gamma",
    unit="probabilities",
    source=ARTICLE,
    status=Status.RECONSTRUCTED,
    note="No value of gamma is known: 0 gives every document the same, 1 its share of the data.",
)
def frequency_competition(frequency: Sequence[float], gamma: float = 1) -> list[float]:
    """Each document's share of the capacity, by how often it is in the data, above 0."""
    for number in frequency:
        checks.positive(frequency=number)
    return _softmax([gamma * log(number) for number in frequency])


@formula(
    "max sum m_d v(d), sum m_d c(d) <= C, m_d in {0, 1}",
    unit="Plan",
    source=f"0/1 knapsack (Nemhauser, Ullmann 1969); {ARTICLE}",
    status=Status.STANDARD,
    note="An optimum of the numbers given. That training memorizes what such a plan would choose is not known.",
)
def knapsack(values: Sequence[float], costs: Sequence[float], capacity: float) -> Plan:
    """The documents of most value that fit into ``capacity``, exactly. Costs and capacity in one unit, such as bits.

    Raises UsageError where finding out would take too long.
    """
    checks.same_length(values=len(values), costs=len(costs))
    checks.not_negative(capacity=capacity)
    for value, cost in zip(values, costs, strict=True):
        checks.not_negative(value=value, cost=cost)
    best = _undominated(values, costs, capacity)[-1]
    chosen: list[int] = []
    link = best[2]
    while link is not None:
        document, link = link
        chosen.append(document)
    return Plan(chosen=tuple(reversed(chosen)), value=best[1], cost=best[0])


@formula(
    "argmin |m| with Perf(m) >= Perf(dense) - eps",
    unit="Ticket",
    source=f"Frankle, Carbin 2019; {ARTICLE}",
    status=Status.RECONSTRUCTED,
    note="The article also divides by the subnetwork's capacity and gives no numbers. It chooses among tickets that "
    "were trained; it does not find any.",
)
def winning_ticket(tickets: Sequence[Ticket], dense: float, epsilon: float = 0.0) -> Ticket | None:
    """The smallest subnetwork that does as well as the dense network but for ``epsilon``; None if none does."""
    checks.not_negative(epsilon=epsilon)
    good = (ticket for ticket in tickets if ticket.performance >= dense - epsilon)
    return min(good, key=lambda ticket: (ticket.weights, -ticket.performance), default=None)


Link = tuple[int, "Link | None"]
"""A chosen document, and those chosen before it."""

State = tuple[float, float, Link | None]
"""Cost, value, and what was chosen."""


def _undominated(values: Sequence[float], costs: Sequence[float], capacity: float) -> list[State]:
    """Every choice that fits and that no cheaper choice equals in value; cost and value both rise along the list."""
    states: list[State] = [(0.0, 0.0, None)]
    for document, (value, cost) in enumerate(zip(values, costs, strict=True)):
        with_it: list[State] = [
            (spent + cost, worth + value, (document, link)) for spent, worth, link in states if spent + cost <= capacity
        ]
        merged = sorted([*states, *with_it], key=lambda state: (state[0], -state[1]))
        states = []
        for state in merged:
            if not states or state[1] > states[-1][1]:
                states.append(state)
        if len(states) > MOST_STATES:
            raise UsageError(
                f"too many documents to plan exactly: {len(states):,} choices after {document + 1} of {len(values)}",
                "round the costs, or join documents into groups",
            )
    return states


def _softmax(scores: Sequence[float]) -> list[float]:
    if not scores:
        return []
    top = max(scores)
    weights = [exp(score - top) for score in scores]
    total = sum(weights)
    return [weight / total for weight in weights]
