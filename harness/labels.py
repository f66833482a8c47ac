"""Names for the things of a puzzle in a disguise: what ``Disguise.labels`` is made of.

Each takes the things of one sort, in order, and a random source of the instance's own, and gives as many names. Names
hold no spaces, so that a move can be written on a line.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from harness.task import Json, Labels

CONSONANTS, VOWELS = "bdfgklmnprstvz", "aeiou"
LETTERS = "bcdfghjklmnpqrstvwxz"


def named(*pool: str) -> Labels:
    """Names drawn from a pool, in an order that says nothing. Raises ValueError for more things than it holds."""

    def names(things: Sequence[Json], random: Random) -> Sequence[Json]:
        if len(things) > len(pool):
            raise _too_few(len(pool), len(things))
        return random.sample(pool, len(things))

    return names


def in_order(*pool: Json) -> Labels:
    """The first of these names, as they stand. Raises ValueError for more things than there are."""

    def names(things: Sequence[Json], _random: Random) -> Sequence[Json]:
        if len(things) > len(pool):
            raise _too_few(len(pool), len(things))
        return pool[: len(things)]

    return names


def mirrored(things: Sequence[Json], _random: Random) -> Sequence[Json]:
    """The things' own names, from the last to the first."""
    return things[::-1]


def words(things: Sequence[Json], random: Random) -> Sequence[Json]:
    """Pronounceable words of two syllables without meaning, such as "Tavo". Raises ValueError for more than 4,900."""
    there_are = (len(CONSONANTS) * len(VOWELS)) ** 2
    return _distinct(
        len(things), there_are, lambda: "".join(random.choice(CONSONANTS) + random.choice(VOWELS) for _ in "ab").title()
    )


def codes(things: Sequence[Json], random: Random) -> Sequence[Json]:
    """Symbols without meaning: a letter and two digits, such as "q47". Raises ValueError for more than 1,800."""
    return _distinct(len(things), len(LETTERS) * 90, lambda: f"{random.choice(LETTERS)}{random.randint(10, 99)}")


def _distinct(count: int, there_are: int, draw: Callable[[], str]) -> list[Json]:
    if count > there_are:
        raise _too_few(there_are, count)
    drawn: dict[str, None] = {}
    while len(drawn) < count:
        drawn[draw()] = None
    return [*drawn]


def _too_few(names: int, things: int) -> ValueError:
    return ValueError(f"this disguise has names for {names:,}, not for {things:,}")
