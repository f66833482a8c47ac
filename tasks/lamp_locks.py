"""Lamp Locks: lamps that can be switched only while certain other lamps are on and others are off.

Made for Pegboard: which lamp is locked by which is drawn by the seed. A "tangle" has no name and no known method. The
locks of a "chain" are those of the Chinese rings, behind drawn names, order and signs: whoever recognizes them can
recall how these are solved, but not the moves.

    state      which lamps are on, as bits (lamp i of the guards is bit i), and the locks
    move       the name of the lamp that is switched; whatever was switched can be switched back at once
    optimum    "chain": all 2^n states are one path in the order of a Gray code (Gray, 1953), whose ranks give every
               distance; in other kinds, breadth-first search over all states that can be reached
"""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from random import Random
from typing import NamedTuple

from harness import Arguments, Certificate, Disguise, IllegalMove, Instance, Json, MalformedMove, Puzzle
from harness.labels import codes, words

NAMES = "BCDEFGHJKLMNPQRSTUVWXYZ"
"""What lamps are called: all letters but those that are taken for words or digits."""

SEARCHED_LAMPS = 16
"""More lamps have more states than are searched while an instance is posed."""


class Guard(NamedTuple):
    """The lamps that must be on, and those that must be off, for one lamp to be switched: as bits."""

    on: int
    off: int


class Chain(NamedTuple):
    """Guards under which all states are one path. ``order`` has the lamps from the one that is always free to the one
    that locks none; ``flipped`` the lamps, as bits, for which off counts as 1 in the Gray code."""

    order: tuple[int, ...]
    flipped: int


@dataclass(frozen=True, eq=False)
class Locks:
    """What does not change while lamps are switched. ``chain`` is None where the states are no single path."""

    lamps: dict[str, int]
    guards: tuple[Guard, ...]
    goal: int
    chain: Chain | None


class State(NamedTuple):
    lit: int
    locks: Locks


def pose(size: int, seed: int, variant: str) -> Instance:
    """ "chain": every state has at most two legal moves, the goal is three quarters of all states away or more.
    "tangle": guards drawn freely, the goal 3n/2 moves away. "stuck": those same guards and that start, but a goal that
    cannot be reached."""
    if not 3 <= size <= len(NAMES):
        raise ValueError(f"there are 3 to {len(NAMES)} lamps")
    if variant == "chain":
        return _chained(size, Random(f"lamp_locks chain {size} {seed}"))
    if size > SEARCHED_LAMPS:
        raise ValueError(f"only a chain has more than {SEARCHED_LAMPS} lamps")
    return _tangled(size, Random(f"lamp_locks tangle {size} {seed}"), stuck=variant == "stuck")


def _chained(size: int, random: Random) -> Instance:
    chain = Chain(tuple(random.sample(range(size), size)), random.getrandbits(size))
    states, edge = 1 << size, 1 << size - 3
    ends = [random.randrange(edge), states - 1 - random.randrange(edge)]
    random.shuffle(ends)
    lit, goal = (_at(rank, chain) for rank in ends)
    certificate = Certificate("solvable", abs(ends[1] - ends[0]), "closed form: difference of ranks in a Gray code")
    return Instance(_arguments(random, _guards(chain), lit, goal), certificate)


def _guards(chain: Chain) -> tuple[Guard, ...]:
    """Each lamp needs the one just before it to count as 1, and all before that as 0."""
    guards = [Guard(0, 0)] * len(chain.order)
    for place, lamp in enumerate(chain.order):
        earlier = [1 << before for before in chain.order[:place]]
        needed = sum(earlier[-1:]) ^ chain.flipped
        guards[lamp] = Guard(sum(earlier) & needed, sum(earlier) & ~needed)
    return tuple(guards)


def _tangled(size: int, random: Random, *, stuck: bool) -> Instance:
    """Drawn anew until some goal is as far as it is to be, and another that looks like it beyond reach."""
    fewest = 3 * size // 2
    while True:
        guards = [_drawn_guard(lamp, size, random) for lamp in range(size)]
        lit = random.getrandbits(size)
        depth = _depths(lit, tuple(guards))
        far = [state for state, moves in depth.items() if moves == fewest]
        if not far:
            continue
        goal = random.choice(far)
        beyond = _beyond(depth, lit, goal, guards)
        if not beyond:
            continue
        other = random.choice(beyond)
        if stuck:
            certificate = Certificate("unsolvable", None, "exhausted search", len(depth))
        else:
            certificate = Certificate("solvable", fewest, "exhausted search", len(depth))
        return Instance(_arguments(random, guards, lit, other if stuck else goal), certificate)


def _drawn_guard(lamp: int, size: int, random: Random) -> Guard:
    others = random.sample([other for other in range(size) if other != lamp], random.randint(1, min(3, size - 1)))
    bits = [1 << other for other in others]
    on = sum(bit for bit in bits if random.random() < 0.5)
    return Guard(on, sum(bits) - on)


def _beyond(depth: dict[int, int], lit: int, goal: int, guards: Sequence[Guard]) -> list[int]:
    """States that cannot be reached and look like the goal: each lamp that differs can be switched, as many differ, and
    in it as many lamps are free to be switched, so that a look at the last move does not tell."""
    movable = 0
    for state in depth:
        movable |= state ^ lit
    changes, free = (goal ^ lit).bit_count(), _free(goal, guards)
    return [
        state
        for state in range(1 << len(guards))
        if (state ^ lit).bit_count() == changes
        and not (state ^ lit) & ~movable
        and state not in depth
        and _free(state, guards) == free
    ]


def _free(state: int, guards: Sequence[Guard]) -> int:
    return sum(state & on == on and not state & off for on, off in guards)


def _arguments(random: Random, guards: Sequence[Guard], lit: int, goal: int) -> Arguments:
    """Plain data, in names drawn for it. Within a guard, the order of the lamps says nothing."""
    names = random.sample(NAMES, len(guards))

    def named(bits: int) -> list[Json]:
        found: list[Json] = [*_named(bits, names)]
        return random.sample(found, len(found))

    told: list[Json] = [[name, named(guard.on), named(guard.off)] for name, guard in zip(names, guards, strict=True)]
    return {"guards": told, "lit": _named(lit, names), "goal": _named(goal, names)}


def _named(bits: int, names: Sequence[str]) -> list[Json]:
    return [name for lamp, name in enumerate(names) if bits >> lamp & 1]


def start(arguments: Arguments) -> State:
    guards = tuple((lamp, tuple(on), tuple(off)) for lamp, on, off in arguments["guards"])
    locks = _locks(guards, frozenset(arguments["goal"]))
    return State(_bits(arguments["lit"], locks.lamps), locks)


@lru_cache(maxsize=64)
def _locks(told: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...], goal: frozenset[str]) -> Locks:
    """The same value for the same guards and goal, so that what was searched for it is found again."""
    lamps = {lamp: number for number, (lamp, _, _) in enumerate(told)}
    guards = tuple(Guard(_bits(on, lamps), _bits(off, lamps)) for _, on, off in told)
    return Locks(lamps, guards, _bits(goal, lamps), _chain(guards))


def _bits(names: Sequence[str] | frozenset[str], lamps: dict[str, int]) -> int:
    return sum(1 << lamps[name] for name in names)


def parse(item: Json) -> str:
    """A name, or a list of just one."""
    if isinstance(item, list) and len(item) == 1:
        item = item[0]
    if not isinstance(item, str):
        raise MalformedMove("a move is the name of a lamp")
    return item


def concerns(arguments: Arguments, move: str) -> bool:
    return move in _lamps(arguments)


def _lamps(arguments: Arguments) -> list[Json]:
    return [lamp for lamp, _, _ in arguments["guards"]]


def apply(state: State, move: str) -> State:
    lit, locks = state
    lamp = locks.lamps.get(move)
    if lamp is None:
        raise IllegalMove("unknown_lamp", f"there is no lamp {move or repr(move)}")
    guard = locks.guards[lamp]
    if guard.on & ~lit or guard.off & lit:
        raise IllegalMove("locked_lamp", f"lamp {move} is locked: {_why(state, guard)}")
    return State(lit ^ 1 << lamp, locks)


def _why(state: State, guard: Guard) -> str:
    """The first lamp that is not as the guard needs it."""
    wrong = guard.on & ~state.lit or guard.off & state.lit
    name = [*state.locks.lamps][(wrong & -wrong).bit_length() - 1]
    return f"lamp {name} is {'off' if guard.on & wrong else 'on'}"


def solved(state: State) -> bool:
    return state.lit == state.locks.goal


def moves(state: State) -> Iterator[str]:
    for name, guard in zip(state.locks.lamps, state.locks.guards, strict=True):
        if state.lit & guard.on == guard.on and not state.lit & guard.off:
            yield name


def resume(arguments: Arguments, state: State) -> Arguments:
    return {**arguments, "lit": _named(state.lit, [*state.locks.lamps])}


def scene(state: State) -> Json:
    return {name: "on" if state.lit >> lamp & 1 else "off" for name, lamp in state.locks.lamps.items()}


def distance(state: State) -> int | None:
    lit, locks = state
    if locks.chain is not None:
        return abs(_rank(lit, locks.chain) - _rank(locks.goal, locks.chain))
    return _distances(locks).get(lit)


@lru_cache(maxsize=16)
def _distances(locks: Locks) -> dict[int, int]:
    """Moves to the goal from every state that reaches it: moves can be undone, so search from the goal."""
    return _depths(locks.goal, locks.guards)


def _depths(first: int, guards: tuple[Guard, ...]) -> dict[int, int]:
    """Every state that can be reached from the first, with the moves that it takes."""
    switches = [(1 << lamp, on, off) for lamp, (on, off) in enumerate(guards)]
    depth = {first: 0}
    queue = deque([first])
    while queue:
        state = queue.popleft()
        for bit, on, off in switches:
            if state & on == on and not state & off and state ^ bit not in depth:
                depth[state ^ bit] = depth[state] + 1
                queue.append(state ^ bit)
    return depth


def _chain(guards: tuple[Guard, ...]) -> Chain | None:
    """The chain that has these guards, each by one lamp longer than the last; None where there is none."""
    order = sorted(range(len(guards)), key=lambda lamp: (guards[lamp].on | guards[lamp].off).bit_count())
    flipped = sum(guards[after].off & 1 << lamp for lamp, after in pairwise(order))
    chain = Chain(tuple(order), flipped)
    return chain if _guards(chain) == guards else None


def _rank(lit: int, chain: Chain) -> int:
    """Where a state stands on the path. A binary digit is the sum of the Gray code's digits from there upwards."""
    counted, rank, digit = lit ^ chain.flipped, 0, 0
    for lamp in reversed(chain.order):
        digit ^= counted >> lamp & 1
        rank = 2 * rank + digit
    return rank


def _at(rank: int, chain: Chain) -> int:
    """The state that stands there."""
    gray = rank ^ rank >> 1
    return chain.flipped ^ sum(1 << lamp for place, lamp in enumerate(chain.order) if gray >> place & 1)


_NUMBERED = r"^[^\w\n]{0,9}(?:(?i:step|move)\s{0,9})?#?\d{1,7}\s{0,4}[.):,-]"


_SWITCH = r"\b(?i:switch|turn|toggle|flip)\s{1,9}(?:(?i:on|off|the|lamp)\s{1,9}){0,3}[*`]{0,3}"


def prose(text: str, arguments: Arguments) -> Iterator[Json]:
    """ "3. As T is on, switch K on": of each numbered line, the first lamp that is told to be switched, else the first
    that it names."""
    names = rf"({'|'.join(map(re.escape, map(str, _lamps(arguments))))})(?!\w)"
    told = rf"{_NUMBERED}(?:[^\n]{{0,200}}?{_SWITCH}{names}|[^\n]{{0,200}}?(?<!\w){names})"
    for line in re.finditer(told, text, re.MULTILINE):
        yield line[1] or line[2]


DISGUISES = {
    "valves": Disguise(
        kind="story",
        labels={"lamp": words},
        called={"guards": "interlocks", "lit": "open_now", "goal": "wanted"},
    ),
    "symbols": Disguise(
        kind="symbols",
        labels={"lamp": codes},
        called={"guards": "conditions", "lit": "members", "goal": "target"},
    ),
}

puzzle = Puzzle(
    name="lamp_locks",
    title="Lamp Locks",
    version=1,
    sizes=range(3, 15),
    variants=("chain", "tangle", "stuck"),
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
    sorts={"lamp": _lamps},
    shapes={"guards": [("lamp", ["lamp"], ["lamp"])], "lit": ["lamp"], "goal": ["lamp"]},
    move_shape="lamp",
    disguises=DISGUISES,
    twins={"stuck": "tangle"},
    drawn_as="table",
    scene=scene,
    tokens_per_move=2.0,  # a letter, and what parts it from the next
)
