"""River Crossing, the jealous husbands' puzzle (Propositiones ad Acuendos Juvenes, about 800) for N pairs.

N actors and their N agents cross a river in a boat for k people. No actor may be in the company of another's agent
unless his own agent is there too: on either bank after each landing (whoever has just landed counts), and in the boat.

    state      who is on the left bank, on which side the boat is, and the crew
    move       the list of names in the boat; the boat starts on the left and changes sides with every move
    optimum    breadth-first search over symmetry classes: pairs are interchangeable, so only the number of pairs
               in each of four situations counts, and a hundred pairs are searched in a moment
"""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from random import Random
from typing import NamedTuple

from harness import Arguments, Certificate, IllegalMove, Instance, Json, MalformedMove, Puzzle

CAPACITIES = {f"boat{k}": k for k in range(2, 7)}
"""Variants that fix the boat; "paper" takes the 2025 paper's: 2 up to three pairs, 3 above."""


@dataclass(frozen=True, eq=False)
class Crew:
    """What does not change during a crossing. ``agent_of`` maps each actor to his agent, ``called`` everybody to the
    name that the prompt has."""

    agent_of: dict[str, str]
    capacity: int
    called: dict[str, str]

    @property
    def people(self) -> frozenset[str]:
        return frozenset(self.called)

    def meant(self, name: str) -> str:
        """Whoever is called so, in whatever letters, if only one person can be meant."""
        alike = [one for one in self.called if one.casefold() == name.casefold()] if name not in self.called else []
        return alike[0] if len(alike) == 1 else name


class State(NamedTuple):
    left: frozenset[str]
    boat_left: bool
    crew: Crew


Move = tuple[str, ...]


def pose(size: int, seed: int, variant: str) -> Instance:
    if size < 1:
        raise ValueError("a crossing needs at least 1 pair")
    capacity = CAPACITIES.get(variant) or (2 if size <= 3 else 3)
    actors, agents = _names(size, seed)
    arguments: dict[str, Json] = {"pairs": size, "capacity": capacity, "actors": [*actors], "agents": [*agents]}
    return Instance(arguments, certify(size, capacity))


def certify(pairs: int, capacity: int) -> Certificate:
    """Fewest crossings, or the proof that there are none: every class that can be reached was visited."""
    fewest, visited = search_classes(pairs, capacity)
    solvable = "unsolvable" if fewest is None else "solvable"
    return Certificate(solvable, fewest, "exhausted search over symmetry classes of pairs", visited)  # type: ignore[arg-type]


def _names(size: int, seed: int) -> tuple[list[str], list[str]]:
    """Seed 0 names people as the 2025 paper does; any other seed draws names without order or meaning."""
    if seed == 0:
        return [f"a_{i}" for i in range(1, size + 1)], [f"A_{i}" for i in range(1, size + 1)]
    random = Random(f"river_crossing names {size} {seed}")
    syllables = [consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in "aeiou"]
    drawn: dict[str, None] = {}
    while len(drawn) < 2 * size:
        drawn[(random.choice(syllables) + random.choice(syllables)).capitalize()] = None
    names = list(drawn)
    return names[:size], names[size:]


def start(arguments: Arguments) -> State:
    agent_of = {_plain(actor): _plain(agent) for actor, agent in _pairs(arguments)}
    called = {_plain(name): name for pair in _pairs(arguments) for name in pair}
    crew = Crew(agent_of, arguments["capacity"], called)
    return State(crew.people, boat_left=True, crew=crew)


def _pairs(arguments: Arguments) -> list[tuple[str, str]]:
    return list(zip(arguments["actors"], arguments["agents"], strict=True))


DIRECTIONS = frozenset({"", "left", "right", "→", "←", "->", "<-"})
"""Which way the boat goes is no name, though answers put it beside them."""

_KIND = re.compile(r"^\s*(?:actor|agent)\s+(?=\S)", re.IGNORECASE)
_DECORATION = str.maketrans("", "", "_\\{}$`*\"' ")


def _plain(name: str) -> str:
    """A name without what Markdown and LaTeX put around and into it: a_1, a\\_1, a_{1} and a1 are one person."""
    return name.translate(_DECORATION)


def parse(item: Json) -> Move:
    """The names in the boat as a list, or an object with one such list in it."""
    if isinstance(item, dict):
        lists = [part for part in item.values() if isinstance(part, list)]
        item = lists[0] if len(lists) == 1 else None
    if not isinstance(item, list) or not all(isinstance(name, str) for name in item):
        raise MalformedMove("a move is the list of the names in the boat")
    return tuple(plain for name in item if (plain := _plain(_KIND.sub("", str(name)))) not in DIRECTIONS)


def concerns(arguments: Arguments, move: Move) -> bool:
    """Whether the move names anybody who is there."""
    names = {name.casefold() for name in move}
    return any(_plain(name).casefold() in names for pair in _pairs(arguments) for name in pair)


def apply(state: State, move: Move) -> State:
    left, boat_left, crew = state
    move = tuple(map(crew.meant, move))
    load = frozenset(move)
    _check_load(state, move, load)
    _check_company(load, crew, "in the boat")
    after = left - load if boat_left else left | load
    right = crew.people - after
    _check_company(after, crew, "on the left bank")
    _check_company(right, crew, "on the right bank")
    return State(after, not boat_left, crew)


def _check_load(state: State, move: Move, load: frozenset[str]) -> None:
    if not move:
        raise IllegalMove("empty_boat", "the boat may not cross empty")
    for name in move:
        if name not in state.crew.people:
            raise IllegalMove("unknown_person", f"there is nobody called {name or repr(name)}")
    if len(load) < len(move):
        raise IllegalMove("person_twice", "somebody is named twice in one boat")
    if len(load) > state.crew.capacity:
        raise IllegalMove("overfull_boat", f"the boat holds {state.crew.capacity}, not {len(load)}")
    side = "left" if state.boat_left else "right"
    for name in move:
        if (name in state.left) != state.boat_left:
            raise IllegalMove("wrong_bank", f"{state.crew.called[name]} is not on the {side} bank, where the boat is")


def _check_company(group: frozenset[str], crew: Crew, where: str) -> None:
    agents = group.difference(crew.agent_of)
    if not agents:
        return
    for actor, agent in crew.agent_of.items():
        if actor in group and agent not in agents:
            names = [crew.called[name] for name in (actor, min(agents), agent)]
            raise IllegalMove("unsafe_company", "{0} is with {1} {3}, without {2}".format(*names, where))


def solved(state: State) -> bool:
    return not state.left


def moves(state: State) -> Iterator[Move]:
    here = sorted(state.left if state.boat_left else state.crew.people - state.left)
    for size in range(1, state.crew.capacity + 1):
        for load in combinations(here, size):
            try:
                apply(state, load)
            except IllegalMove:
                continue
            yield load


def distance(state: State) -> int | None:
    crew = state.crew
    counts = [0, 0, 0, 0]
    for actor, agent in crew.agent_of.items():
        counts[2 * (actor not in state.left) + (agent not in state.left)] += 1
    both, actor_left, actor_right, neither = counts
    cls = Class(both, actor_left, actor_right, neither, state.boat_left)
    return _distances(len(crew.agent_of), crew.capacity).get(cls)


_STEP = re.compile(r"^\W{0,9}(?:(?:step|move|crossing|trip)\s{0,9})?#?\d{1,4}\s{0,4}[.):|,-]", re.IGNORECASE)
_AFTERWARDS = re.compile(r"[.;(]\s|\b(?:now|leaving|left bank|right bank|remaining|while|with)\b", re.IGNORECASE)


def prose(text: str, arguments: Arguments) -> Iterator[Json]:
    """ "3. a_1 and A_1 cross": of each numbered line, the people named before it turns to who is where. In a table,
    those in the first cell that names anybody."""
    names = {_plain(name): name for pair in _pairs(arguments) for name in pair}
    longest_first = sorted(names, key=len, reverse=True)
    anybody = re.compile(rf"(?<![A-Za-z0-9])(?:{'|'.join(map(re.escape, longest_first))})(?![A-Za-z0-9])")
    for line in re.finditer(r"[^\n]+", text):
        step = _STEP.match(line.group())
        if step is None:
            continue
        for part in line.group()[step.end() :].split("|"):
            told = _AFTERWARDS.split(f"{part} ", maxsplit=1)[0]
            load = dict.fromkeys(anybody.findall(re.sub(r"[_\\{}$`*]", "", told)))
            if load:
                yield [names[name] for name in load]
                break


class Class(NamedTuple):
    """Pairs by situation: both left; actor left, agent right; actor right, agent left; both right; and the boat."""

    both: int
    actor_left: int
    actor_right: int
    neither: int
    boat_left: bool


def search_classes(pairs: int, capacity: int) -> tuple[int | None, int]:
    """(fewest crossings or None, classes visited: all that can be reached)."""
    depth = _depths(Class(pairs, 0, 0, 0, boat_left=True), capacity)
    return depth.get(Class(0, 0, 0, pairs, boat_left=False)), len(depth)


@lru_cache(maxsize=64)
def _distances(pairs: int, capacity: int) -> dict[Class, int]:
    """Crossings to the goal from every class that reaches it: crossings can be undone, so search from the goal."""
    return _depths(Class(0, 0, 0, pairs, boat_left=False), capacity)


def _depths(first: Class, capacity: int) -> dict[Class, int]:
    """Every class that can be reached from the first, with the crossings that it takes."""
    depth = {first: 0}
    queue = deque([first])
    while queue:
        cls = queue.popleft()
        for after in _crossings(cls, capacity):
            if after not in depth:
                depth[after] = depth[cls] + 1
                queue.append(after)
    return depth


def _crossings(cls: Class, capacity: int) -> Iterator[Class]:
    """All classes one safe crossing away. From the right the picture is mirrored, so only one side is written out."""
    here = cls if cls.boat_left else _mirrored(cls)
    both, actor_left, actor_right, neither, _ = here
    for pairs in range(min(both, capacity // 2) + 1):
        for actors in range(min(both - pairs, capacity - 2 * pairs) + 1):
            for agents in range(min(both - pairs - actors, capacity - 2 * pairs - actors) + 1):
                for lone_actors in range(min(actor_left, capacity - 2 * pairs - actors - agents) + 1):
                    room = capacity - 2 * pairs - actors - agents - lone_actors
                    for lone_agents in range(min(actor_right, room) + 1):
                        if not pairs + actors + agents + lone_actors + lone_agents:
                            continue
                        after = Class(
                            both - pairs - actors - agents,
                            actor_left - lone_actors + agents,
                            actor_right - lone_agents + actors,
                            neither + pairs + lone_actors + lone_agents,
                            boat_left=False,
                        )
                        if _safe(after):
                            yield after if cls.boat_left else _mirrored(after)


def _mirrored(cls: Class) -> Class:
    return Class(cls.neither, cls.actor_right, cls.actor_left, cls.both, not cls.boat_left)


def _safe(cls: Class) -> bool:
    """On neither bank is an actor without his agent beside somebody else's. The boat's own rule follows from this."""
    left_agents = cls.both + cls.actor_right
    right_agents = cls.neither + cls.actor_left
    return not (cls.actor_left and left_agents) and not (cls.actor_right and right_agents)


puzzle = Puzzle(
    name="river_crossing",
    title="River Crossing",
    version=1,
    sizes=range(1, 11),
    variants=("paper", *CAPACITIES),
    pose=pose,
    start=start,
    parse=parse,
    apply=apply,
    solved=solved,
    moves=moves,
    distance=distance,
    concerns=concerns,
    prose=prose,
    tokens_per_move=5.0,  # one person in the boat, such as ["a_1"], without spaces; an estimate
)
