"""Shuffle: a row of tokens, and a few operations that each send all tokens to other places.

Made for Pegboard, so that there is nothing to recall: the operations are permutations drawn by the seed.

    state      for each token, in the goal's order, the place where it lies; and what does not change
    move       the name of an operation; every operation is always legal, and none undoes another
    optimum    breadth-first search over all rows that can be reached
    size       the optimum: how many moves a shortest solution has
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from random import Random
from typing import NamedTuple

from harness import Arguments, Certificate, Disguise, IllegalMove, Instance, Json, MalformedMove, Puzzle
from harness.labels import codes, named, words

LETTERS = "BCDEFGHJKLMNPQRSTUVWXYZ"
"""What tokens are called: all letters but those that are taken for words or digits."""

OPERATIONS = 3
TOKENS = {5: range(1, 4), 6: range(4, 7), 7: range(7, 10), 8: range(10, 12)}
"""How many tokens there are at which sizes. Eight of them have 40,320 orders, the most that are searched."""

Permutation = tuple[int, ...]
"""For each place, counted from 0, the place to which the token there goes."""

Places = bytes
"""Where each token lies, counted from 0. Bytes, because a table translates them all at once."""


@dataclass(frozen=True, eq=False)
class Rules:
    """What does not change. ``steps`` are the operations as tables from place to place, ``back`` what undoes them."""

    steps: dict[str, bytes]
    back: tuple[bytes, ...]
    goal: tuple[str, ...]


class State(NamedTuple):
    places: Places
    rules: Rules


def pose(size: int, seed: int, variant: str) -> Instance:
    """ "mixed": any operations. "even": each of them is an even permutation. "odd": those same operations and that
    start, but two tokens of the goal have changed places, so that no sequence of even permutations leads to it."""
    tokens = next((tokens for tokens, sizes in TOKENS.items() if size in sizes), None)
    if tokens is None:
        raise ValueError("a shortest solution has 1 to 11 moves")
    kind = "mixed" if variant == "mixed" else "even"
    random = Random(f"shuffle {kind} {size} {seed}")
    row = random.sample(LETTERS, tokens)
    while True:
        operations = _drawn(tokens, random, even=kind == "even")
        depth = _depths(tokens, map(_table, operations))
        far = sorted(places for places, moves in depth.items() if moves == size)
        if far:
            break
    goal = _laid_out(row, random.choice(far))
    names = words([None] * OPERATIONS, random)
    certificate = Certificate("solvable", size, "exhausted search", len(depth))
    if variant == "odd":
        goal = _with_two_swapped(goal, random)
        certificate = Certificate("unsolvable", None, "exhausted search", len(depth))
    told: list[Json] = [[name, [place + 1 for place in to]] for name, to in zip(names, operations, strict=True)]
    return Instance({"operations": told, "row": [*row], "goal": [*goal]}, certificate)


def _drawn(tokens: int, random: Random, *, even: bool) -> list[Permutation]:
    """Different operations, none of which undoes itself or another."""
    operations: list[Permutation] = []
    while len(operations) < OPERATIONS:
        to = tuple(random.sample(range(tokens), tokens))
        if even and not _is_even(to):
            continue
        if _inverse(to) != to and not {to, _inverse(to)} & {*operations}:
            operations.append(to)
    return operations


def _is_even(to: Permutation) -> bool:
    return sum(one > other for one, other in combinations(to, 2)) % 2 == 0


def _inverse(to: Permutation) -> Permutation:
    return tuple(sorted(range(len(to)), key=to.__getitem__))


def _table(to: Permutation) -> bytes:
    """What ``bytes.translate`` takes to send every place to where a permutation sends it."""
    return bytes.maketrans(bytes(range(len(to))), bytes(to))


def _laid_out(tokens: Sequence[str], places: Places) -> list[str]:
    """The row in which each of the tokens lies at its place."""
    return [token for _, token in sorted(zip(places, tokens, strict=True))]


def _with_two_swapped(row: list[str], random: Random) -> list[str]:
    after, (one, other) = [*row], random.sample(range(len(row)), 2)
    after[one], after[other] = row[other], row[one]
    return after


def start(arguments: Arguments) -> State:
    operations = tuple((name, tuple(to)) for name, to in arguments["operations"])
    rules = _rules(operations, tuple(arguments["goal"]))
    return State(bytes(map(arguments["row"].index, rules.goal)), rules)


@lru_cache(maxsize=64)
def _rules(operations: tuple[tuple[str, tuple[int, ...]], ...], goal: tuple[str, ...]) -> Rules:
    """The same value for the same operations and goal, so that what was searched for it is found again."""
    from_zero = {name: tuple(place - 1 for place in to) for name, to in operations}
    steps = {name: _table(to) for name, to in from_zero.items()}
    return Rules(steps, tuple(_table(_inverse(to)) for to in from_zero.values()), goal)


def parse(item: Json) -> str:
    """A name, or a list of just one."""
    if isinstance(item, list) and len(item) == 1:
        item = item[0]
    if not isinstance(item, str):
        raise MalformedMove("a move is the name of an operation")
    return item


def concerns(arguments: Arguments, move: str) -> bool:
    return move in _operations(arguments)


def _operations(arguments: Arguments) -> list[Json]:
    return [name for name, _ in arguments["operations"]]


def apply(state: State, move: str) -> State:
    step = state.rules.steps.get(move)
    if step is None:
        raise IllegalMove("unknown_operation", f"there is no operation {move or repr(move)}")
    return State(state.places.translate(step), state.rules)


def solved(state: State) -> bool:
    return state.places == bytes(range(len(state.places)))


def moves(state: State) -> Iterator[str]:
    yield from state.rules.steps


def resume(arguments: Arguments, state: State) -> Arguments:
    return {**arguments, "row": scene(state)}


def scene(state: State) -> Json:
    return [*_laid_out(state.rules.goal, state.places)]


def distance(state: State) -> int | None:
    return _distances(state.rules).get(state.places)


@lru_cache(maxsize=8)
def _distances(rules: Rules) -> dict[Places, int]:
    """Moves to the goal from all places that reach it."""
    return _depths(len(rules.goal), rules.back)


def _depths(tokens: int, tables: Iterable[bytes]) -> dict[Places, int]:
    """All places to which tokens come that lie in order, with the moves that it takes."""
    tables = [*tables]
    newest = {bytes(range(tokens))}
    depth = dict.fromkeys(newest, 0)
    while newest:
        moves = depth[next(iter(newest))] + 1
        newest = {places.translate(table) for places in newest for table in tables}.difference(depth)
        depth.update(dict.fromkeys(newest, moves))
    return depth


_NUMBERED = r"^[^\w\n]{0,9}(?:(?i:step|move)\s{0,9})?#?\d{1,7}\s{0,4}[.):,-]"


def prose(text: str, arguments: Arguments) -> Iterator[Json]:
    """ "3. Carry out Tavo": of each numbered line, the first operation that it names."""
    names = "|".join(map(re.escape, map(str, _operations(arguments))))
    for line in re.finditer(rf"{_NUMBERED}[^\n]{{0,200}}?(?<!\w)({names})(?!\w)", text, re.MULTILINE):
        yield line[1]


DISGUISES = {
    "dance": Disguise(
        kind="story",
        labels={
            "token": named("Anna", "Bertram", "Clara", "Dietmar", "Emilia", "Frida", "Gustav", "Henriette", "Ivan"),
            "operation": words,
        },
        called={"operations": "figures", "row": "line_up", "goal": "final_line_up"},
    ),
    "symbols": Disguise(
        kind="symbols",
        labels={"token": codes, "operation": named("u1", "u2", "u3", "u4", "u5")},
        called={"operations": "rules", "row": "word", "goal": "target"},
    ),
}

puzzle = Puzzle(
    name="shuffle",
    title="Shuffle",
    version=1,
    sizes=range(1, 12),
    variants=("mixed", "even", "odd"),
    pose=pose,
    start=start,
    parse=parse,
    apply=apply,
    solved=solved,
    moves=moves,
    distance=distance,
    concerns=concerns,
    prose=prose,
    resume=resume,
    sorts={
        "token": lambda arguments: [*arguments["row"]],
        "operation": _operations,
    },
    shapes={"operations": [("operation", None)], "row": ["token"], "goal": ["token"]},
    move_shape="operation",
    disguises=DISGUISES,
    twins={"odd": "even"},
    drawn_as="line",
    scene=scene,
    tokens_per_move=2.0,  # a name, and what parts it from the next
)
