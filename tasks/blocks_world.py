"""Blocks World on three stacks (Winograd, 1971; on stacks that are counted, as in the 2025 paper).

Three stacks 0, 1, 2 hold blocks that all have names. A move takes the top block of one stack to the top of another
that is not full; the goal is one given arrangement of all blocks.

    state      the blocks of each stack from bottom to top, with the goal and the heights
    move       [block, from stack, to stack]
    solvable   if and only if start and goal agree in the blocks that no move can reach: see ``solvable``
    optimum    proved for the paper's instances: see ``paper_optimum``; else best-first search
"""

import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from functools import lru_cache
from heapq import heappop, heappush
from itertools import accumulate, islice, permutations, product, zip_longest
from random import Random
from string import ascii_uppercase
from typing import NamedTuple

from harness import (
    Arguments,
    Certificate,
    Disguise,
    IllegalMove,
    Instance,
    Json,
    MalformedMove,
    Puzzle,
    UnknownDistance,
)
from harness.labels import codes, in_order, named, words

STACKS = (0, 1, 2)
ROLES = (*permutations(STACKS),)
"""Seed s puts the paper's stacks 0, 1 and 2 where number s mod 6 says, the paper's own order first."""
WAYS = (*permutations(STACKS, 2),)

SEARCHED_SIZE = 10
"""Where more blocks than these can be moved, no optimum is searched for."""

SEARCHED_STATES = 30_000
"""A search for an optimum is given up after so many states, about a second."""

DRAWS = 50
"""At most so many instances are drawn until the optimum of one is found."""

MOST_FREE = 4
"""Most free places of a tight instance, of which 2 * 4 blocks can be moved: what a search decides at any size."""

Stacks = tuple[tuple[str, ...], ...]
Heights = tuple[int, ...]


class State(NamedTuple):
    stacks: Stacks
    goal: Stacks
    heights: Heights


Move = tuple[str, int, int]


def pose(size: int, seed: int, variant: str) -> Instance:
    """ "paper": half of the blocks on each of two stacks, the goal on the first of these, interleaved from the tops.
    "random": any start and any goal. "tight": few places are free, and the blocks deep down, which no move can reach,
    are where they belong. "cramped": two blocks of a tight goal have changed places, one of them down there."""
    if size < 2 or (size < 3 and variant in ("tight", "cramped")):
        raise ValueError(f"there is no such case of {size} blocks, the smallest has {2 if size < 2 else 3}")
    if variant == "paper":
        return _instance(_paper(size, seed), Certificate("solvable", paper_optimum(size), PAPER_METHOD))
    state = _cramped(size, seed) if variant == "cramped" else _drawn(size, seed, variant)
    return _instance(state, _certified(state))


def _instance(state: State, certificate: Certificate) -> Instance:
    arguments = {"start": _lists(state.stacks), "goal": _lists(state.goal), "heights": [*state.heights]}
    return Instance(arguments, certificate)


def _certified(state: State) -> Certificate:
    if not solvable(state):
        return Certificate("unsolvable", None, "proved: a place that no move can reach holds another block in the goal")
    fewest, states = fewest_moves(state)
    if fewest is None:
        return Certificate("solvable", None, "proved: the goal can be built from the bottom; its optimum is not known")
    return Certificate("solvable", fewest, "best-first search with an admissible estimate", states)


def _lists(stacks: Stacks) -> list[Json]:
    return [[*stack] for stack in stacks]


def _named(size: int, seed: int) -> list[str]:
    """The alphabet for seed 0, else letters drawn from all of it; more letters each where there are too few."""
    length = next(length for length in range(1, 9) if len(ascii_uppercase) ** length >= size)
    every = ("".join(letters) for letters in product(ascii_uppercase, repeat=length))
    if seed == 0:
        return [*islice(every, size)]
    return Random(f"blocks_world names {size} {seed}").sample([*every], size)


PAPER_METHOD = "proved: 3 moves for each block of the goal's stack and 1 for each other, less 1"


def _paper(size: int, seed: int) -> State:
    """The paper says nothing of odd sizes; here the larger half is on the goal's stack."""
    names = _named(size, seed)
    lower, upper = names[: (size + 1) // 2], names[(size + 1) // 2 :]
    goal: list[str] = []
    for level in range(len(lower)):
        goal += [*upper[::-1][level : level + 1], lower[::-1][level]]
    roles = ROLES[seed % len(ROLES)]
    stacks = {roles[0]: (*lower,), roles[1]: (*upper,)}
    return State(
        tuple(stacks.get(stack, ()) for stack in STACKS),
        tuple((*goal,) if stack == roles[0] else () for stack in STACKS),
        (size,) * 3,
    )


def paper_optimum(size: int) -> int:
    """3a + b - 1 for a blocks on the goal's stack G and b on the other, B: 2N - 1 for an even N, 2N for an odd one.

    It is enough: take all but the last block of G to B, the last to the third stack C and the others from B to C; then
    build the goal from the tops of B and C. It is needed: at the time T when the goal's lowest block, which is from B,
    comes to stay, G is empty. So each block of G moves twice at least, out before T and in after it, and each of B
    once. Call a block thrifty if it moves no more than that. Of thrifty blocks of G no two are on the same stack at T:
    the upper of them in G would leave first, lie below the other, and have to return first. If none is on B at T, there
    are at most b thrifty blocks from B and 1 from G. If one is, all thrifty blocks of B lie below it and are placed
    after it: with it and one on C they are b + 1 at most again. The other a - 1 or more blocks move once more each.
    """
    lower = (size + 1) // 2
    return 3 * lower + (size - lower) - 1


def _drawn(size: int, seed: int, variant: str) -> State:
    """A start and a goal, drawn again where they are the same or where no search decides how far apart they are."""
    random = Random(f"blocks_world {variant} {size} {seed}")
    draw = _random if variant == "random" else _tight
    for _ in range(DRAWS):
        state = draw(random, _named(size, seed))
        if fewest_moves(state)[0]:
            break
    return state


def _random(random: Random, names: list[str]) -> State:
    size = len(names)
    start, goal = (_stacked(random.sample(names, size), _lengths(random, size, [size] * 3)) for _ in "sg")
    return State(start, goal, (size,) * 3)


def _tight(random: Random, names: list[str]) -> State:
    """Heights drawn so that a few places are free and some stack has blocks deep down, out of reach, which are the same
    in start and goal; some other stack has none such, so that equal lowest blocks are not what makes it solvable."""
    free = max(2, min(len(names) // 3, MOST_FREE))
    heights = _heights(random, len(names), free)
    deep = out_of_reach(heights, len(names))
    blocks = random.sample(names, len(names))
    bottoms = _stacked(blocks, deep)
    upper = blocks[sum(deep) :]
    room = [height - places for height, places in zip(heights, deep, strict=True)]

    def arrangement() -> Stacks:
        tops = _stacked(random.sample(upper, len(upper)), _lengths(random, len(upper), room))
        return tuple((*bottom, *top) for bottom, top in zip(bottoms, tops, strict=True))

    return State(arrangement(), arrangement(), heights)


def _heights(random: Random, size: int, free: int) -> Heights:
    """All ways to have so many places free are equally likely, of those in which one stack or two have blocks out of
    reach."""
    while True:
        one, two = sorted(random.sample(range(1, size + free), 2))
        heights = one, two - one, size + free - two
        if 0 < sum(places > 0 for places in out_of_reach(heights, size)) < 3:
            return heights


def _cramped(size: int, seed: int) -> State:
    """The tight instance of the same seed, with two blocks of its goal exchanged: on some stack the uppermost of those
    out of reach, so that what lies under it is as it was, and one that is not where it was anyhow."""
    tight = _drawn(size, seed, "tight")
    random = Random(f"blocks_world cramped {size} {seed}")
    deep = out_of_reach(tight.heights, size)
    one = random.choice([stack[places - 1] for stack, places in zip(tight.goal, deep, strict=True) if places])
    pairs = [pair for stacks in zip(tight.stacks, tight.goal, strict=True) for pair in zip_longest(*stacks)]
    other = random.choice([there for here, there in pairs if there not in (here, None)])
    exchanged = {one: other, other: one}
    return tight._replace(goal=tuple(tuple(exchanged.get(block, block) for block in stack) for stack in tight.goal))


def _lengths(random: Random, size: int, most: Sequence[int]) -> list[int]:
    """How many of the blocks are on each stack, at most so many; all ways that fit are equally likely."""
    while True:
        one, two = sorted(random.sample(range(size + 2), 2))
        lengths = [one, two - one - 1, size + 1 - two]
        if all(length <= limit for length, limit in zip(lengths, most, strict=True)):
            return lengths


def _stacked(blocks: Sequence[str], lengths: Sequence[int]) -> Stacks:
    one, two, three = accumulate(lengths)
    return (*blocks[:one],), (*blocks[one:two],), (*blocks[two:three],)


def out_of_reach(heights: Heights, size: int) -> Heights:
    """How many of the lowest blocks of each stack can never be moved: so many as its height exceeds the free places by.

    With one of them on top, all free places would be above it, and none on another stack."""
    free = sum(heights) - size
    return tuple(max(0, height - free) for height in heights)


def solvable(state: State) -> bool:
    """Whether start and goal agree in the blocks that are out of reach.

    That is enough where every stack can hold a block: the reference program builds the goal from the bottom, and never
    lacks a free place. The tests hold both halves against search."""
    deep = out_of_reach(state.heights, sum(map(len, state.stacks)))
    return all(
        here[:places] == there[:places] for here, there, places in zip(state.stacks, state.goal, deep, strict=True)
    )


def distance(state: State) -> int | None:
    if not solvable(state):
        return None
    fewest, _ = fewest_moves(state)
    if fewest is None:
        raise UnknownDistance
    return fewest


@lru_cache(maxsize=1024)
def fewest_moves(state: State) -> tuple[int | None, int]:
    """(fewest moves to the goal, states visited) of a solvable state; None where it is not searched or given up.

    Best-first search (A*): whatever it finds is shortest, because the estimate never exceeds what is left."""
    first, goal, heights = _reachable_part(state)
    place = {block: (stack, level) for stack in STACKS for level, block in enumerate(goal[stack])}
    if len(place) > SEARCHED_SIZE:
        return None, 0
    made = {first: 0}
    queue = [(_estimate(first, goal, place), 0, first)]
    while queue and len(made) <= SEARCHED_STATES:
        _, still, stacks = heappop(queue)
        if stacks == goal:
            return -still, len(made)
        if -still > made[stacks]:
            continue
        for move in moves(State(stacks, goal, heights)):
            after = _moved(stacks, move)
            if after not in made or made[after] > 1 - still:
                made[after] = 1 - still
                heappush(queue, (1 - still + _estimate(after, goal, place), still - 1, after))
    return None, len(made)


def _reachable_part(state: State) -> State:
    deep = out_of_reach(state.heights, sum(map(len, state.stacks)))
    start, goal = (tuple(stack[places:] for stack, places in zip(stacks, deep, strict=True)) for stacks in state[:2])
    return State(start, goal, tuple(height - places for height, places in zip(state.heights, deep, strict=True)))


def _estimate(stacks: Stacks, goal: Stacks, place: dict[str, tuple[int, int]]) -> int:
    """Moves that are needed at least, block by block. Above the lowest blocks of a stack that are as in the goal, each

    - moves once;
    - moves twice if it belongs to this very stack: all of these must leave before any comes to stay;
    - moves twice if it stands on one that must come to stay before it, lower in the same stack;
    - moves three times, of those that belong to this very stack, if it is not among the most that can wait on the two
      other stacks meanwhile. Those that wait on one stack come back in the reverse of the order in which they left.
    """
    total = 0
    for stack in STACKS:
        here, there = stacks[stack], goal[stack]
        built = _built(here, there)
        lowest = [len(place)] * 3
        returning: list[int] = []
        for block in here[built:]:
            target, level = place[block]
            total += 2 if target == stack or lowest[target] < level else 1
            lowest[target] = min(lowest[target], level)
            if target == stack:
                returning.append(level)
        total += len(returning) - _two_increasing(returning)
    return total


def _built(here: Sequence[str], there: Sequence[str]) -> int:
    """How many of the lowest blocks are as in the goal."""
    pairs = zip(here, there, strict=False)
    return next((level for level, (one, other) in enumerate(pairs) if one != other), min(len(here), len(there)))


def _two_increasing(numbers: Sequence[int]) -> int:
    """The most of these numbers that two increasing subsequences hold together: the length of the first two rows of
    their Young tableau (Greene, 1974)."""
    first: list[int] = []
    second: list[int] = []
    for number in numbers:
        bumped = _inserted(first, number)
        if bumped is not None:
            _inserted(second, bumped)
    return len(first) + len(second)


def _inserted(row: list[int], number: int) -> int | None:
    """Puts a number into an ascending row, in place of the next larger one, which is returned."""
    at = bisect(row, number)
    bumped = row[at] if at < len(row) else None
    row[at : at + 1] = [number]
    return bumped


def start(arguments: Arguments) -> State:
    stacks, goal = (tuple(map(tuple, arguments[name])) for name in ("start", "goal"))
    return State(stacks, goal, tuple(arguments["heights"]))


def parse(item: Json) -> Move:
    """[block, from, to], or an object with these names, in a disguise with another word for a block; stacks are whole
    numbers and nothing that resembles them."""
    if isinstance(item, dict):
        parts = {name.partition("_")[0].lower(): part for name, part in item.items()}
        if len(parts) == 3 and "block" not in parts:
            parts = {name if name in ("from", "to") else "block": part for name, part in parts.items()}
        item = [parts[name] for name in ("block", "from", "to") if name in parts]
    if not isinstance(item, list) or len(item) != 3:
        raise MalformedMove("a move is [block, from stack, to stack]")
    block, source, target = item
    if type(block) is not str:
        raise MalformedMove("a block is named by its letters")
    if type(source) is not int or type(target) is not int:
        raise MalformedMove("stacks are whole numbers")
    return block, source, target


def concerns(arguments: Arguments, move: Move) -> bool:
    """Whether the move names a block and stacks that there are."""
    block, source, target = move
    return source in STACKS and target in STACKS and any(block in stack for stack in arguments["start"])


def apply(state: State, move: Move) -> State:
    block, source, target = move
    for stack in (source, target):
        if stack not in STACKS:
            raise IllegalMove("unknown_stack", f"there is no stack {stack}")
    if source == target:
        raise IllegalMove("same_stack", f"stack {source} is both where the block is taken and where it is put")
    here, there = state.stacks[source], state.stacks[target]
    if not here:
        raise IllegalMove("empty_stack", f"stack {source} is empty")
    if here[-1] != block:
        raise IllegalMove(*_not_on_top(state, block, source))
    if len(there) >= state.heights[target]:
        raise IllegalMove("full_stack", f"stack {target} holds {len(there)} blocks and cannot hold more")
    return state._replace(stacks=_moved(state.stacks, move))


def _moved(stacks: Stacks, move: Move) -> Stacks:
    block, source, target = move
    after = [*stacks]
    after[source] = after[source][:-1]
    after[target] = (*after[target], block)
    return tuple(after)


def _not_on_top(state: State, block: str, source: int) -> tuple[str, str]:
    where = [stack for stack in STACKS if block in state.stacks[stack]]
    if not where:
        return "unknown_block", f"there is no block {block}"
    if where[0] == source:
        return "not_on_top", f"block {block} lies under block {state.stacks[source][-1]} on stack {source}"
    return "not_on_stack", f"block {block} is on stack {where[0]}, not on stack {source}"


def solved(state: State) -> bool:
    return state.stacks == state.goal


def goal_permuted(state: State) -> bool:
    """The goal's stacks, but not all where they should be."""
    return not solved(state) and sorted(state.stacks) == sorted(state.goal)


def moves(state: State) -> Iterator[Move]:
    for source, target in WAYS:
        here = state.stacks[source]
        if here and len(state.stacks[target]) < state.heights[target]:
            yield here[-1], source, target


def resume(arguments: Arguments, state: State) -> Arguments:
    return {**arguments, "start": scene(state)}


def scene(state: State) -> list[Json]:
    """The blocks of each stack, from bottom to top."""
    return _lists(state.stacks)


_STACK = r"(?:(?:the|stack|pile|tower|position)\s{1,9}){0,2}#?([0-2])\b"
_PROSE = re.compile(
    rf"\b(?:move|put|place|take)\s{{1,9}}(?:the\s{{1,9}})?(?:block\s{{1,9}})?(?-i:([A-Z]{{1,3}}))\s{{1,9}}"
    rf"from\s{{1,9}}{_STACK}[\s,]{{0,9}}(?:(?:on)?to\s|->|→)\s{{0,9}}{_STACK}",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^\W{0,9}(?:(?:step|move)\s{0,9})?#?\d{1,7}\W", re.IGNORECASE)
_TYPOGRAPHY = str.maketrans("", "", "*`$\"'")


def prose(text: str, _arguments: Arguments) -> Iterator[Json]:
    """ "Move block B from stack 0 to stack 1", once a line if there are several. Where two or more of the lines are
    numbered, only those count: a plan or a summary is no move."""
    told = [line for line in map(_told, text.splitlines()) if line[1]]
    numbered = sum(is_numbered for is_numbered, _ in told) > 1
    for is_numbered, moves_told in told:
        if is_numbered or not numbered:
            yield from moves_told[: 1 if len(told) > 1 else None]


def _told(line: str) -> tuple[bool, list[Json]]:
    """Whether a line is numbered, and the moves that it tells."""
    plain = line.translate(_TYPOGRAPHY)
    told: list[Json] = [[match[1], int(match[2]), int(match[3])] for match in _PROSE.finditer(plain)]
    return _NUMBERED.match(plain) is not None, told


def crossed(stacks: Sequence[Json], random: Random) -> Sequence[Json]:
    """The stacks' own names, each for another stack."""
    turn = random.choice((1, 2))
    return [*stacks[turn:], *stacks[:turn]]


DISGUISES = {
    "sidings": Disguise(
        kind="story",
        labels={
            "block": words,
            "stack": named("North", "South", "East", "West", "Mill", "Quay", "Foundry", "Brewery", "Sawmill"),
        },
        listed={"tracks": "stack"},
        called={"start": "standing", "goal": "wanted", "heights": "room"},
    ),
    "symbols": Disguise(
        kind="symbols",
        labels={"block": codes, "stack": named("u1", "u2", "u3", "u4")},
        listed={"lists": "stack"},
        called={"start": "content", "goal": "target", "heights": "limits"},
    ),
    "books": Disguise(
        kind="renamed",
        labels={"block": words, "stack": in_order("P", "Q", "R")},
        listed={"desks": "stack"},
        called={"start": "now", "goal": "later", "heights": "most"},
    ),
    "crossed": Disguise(
        kind="changed rule",
        labels={"stack": crossed},
        listed={"wired": "stack"},
    ),
}

puzzle = Puzzle(
    name="blocks_world",
    title="Blocks World",
    version=1,
    sizes=(*range(3, 11), 12, 15, 20, 40),
    variants=("paper", "random", "tight", "cramped"),
    pose=pose,
    start=start,
    parse=parse,
    apply=apply,
    solved=solved,
    moves=moves,
    distance=distance,
    goal_permuted=goal_permuted,
    concerns=concerns,
    prose=prose,
    resume=resume,
    sorts={
        "block": lambda arguments: sorted(block for stack in arguments["goal"] for block in stack),
        "stack": lambda _: [*STACKS],
    },
    shapes={"start": [["block"]], "goal": [["block"]]},
    move_shape=("block", "stack", "stack"),
    disguises=DISGUISES,
    twins={"cramped": "tight"},
    drawn_as="stacks",
    scene=scene,
    tokens_per_move=4.0,  # a token for the block, for each stack, and to end the line
)
