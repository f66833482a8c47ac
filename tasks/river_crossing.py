"""River Crossing, the jealous husbands' puzzle (Propositiones ad Acuendos Juvenes, about 800) for N pairs.

N actors and their N agents cross a river in a boat for k people. No actor may be in the company of another's agent
unless his own agent is there too: on either bank after each landing (whoever has just landed counts), and in the boat.

    state      who is on the left bank, on which side the boat is, and the crew
    move       the list of names in the boat, which changes sides with every move
    optimum    breadth-first search over symmetry classes: pairs are interchangeable, so only the number of pairs
               in each of four situations counts, and a hundred pairs are searched in a moment
"""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain, combinations, product
from random import Random
from typing import NamedTuple

from harness import Arguments, Certificate, Disguise, IllegalMove, Instance, Json, MalformedMove, Puzzle
from harness.labels import codes, in_order, named, words

CAPACITIES = {f"boat{k}": k for k in range(2, 7)}
"""Variants that fix the boat."""

BANKS = ("left", "right")


@dataclass(frozen=True, eq=False)
class Crew:
    """What does not change during a crossing. ``agent_of`` maps each actor to his agent."""

    agent_of: dict[str, str]
    capacity: int

    @cached_property
    def people(self) -> frozenset[str]:
        return frozenset(self.agent_of) | frozenset(self.agent_of.values())

    @cached_property
    def _plainly(self) -> dict[str, str]:
        return {_plain(name): name for name in self.people}

    def meant(self, name: str) -> str:
        """Whoever is called so, with whatever decoration and in whatever letters, if only one person can be meant."""
        if name in self.people:
            return name
        plain = _plain(name)
        if plain in self._plainly:
            return self._plainly[plain]
        alike = [one for other, one in self._plainly.items() if other.casefold() == plain.casefold()]
        return alike[0] if len(alike) == 1 else name


class State(NamedTuple):
    left: frozenset[str]
    boat_left: bool
    crew: Crew


Move = tuple[str, ...]


class Class(NamedTuple):
    """Pairs by situation: both left; actor left, agent right; actor right, agent left; both right; and the boat."""

    both: int
    actor_left: int
    actor_right: int
    neither: int
    boat_left: bool


class Load(NamedTuple):
    """Who is in the boat: whole pairs; of pairs on its bank, only actors, only agents; those who are there alone."""

    pairs: int
    actors: int
    agents: int
    lone_actors: int
    lone_agents: int


def pose(size: int, seed: int, variant: str) -> Instance:
    """ "paper": the 2025 paper's boat, for 2 up to three pairs and for 3 above. "smallest": the smallest boat that will
    do. "midway": the same from any position on the way, drawn by the seed. "too_small": never to be solved."""
    if size < 1:
        raise ValueError("a crossing needs at least 1 pair")
    pairs, capacity = _measures(size, variant)
    actors, agents = _names(pairs, seed)
    first = Class(pairs, 0, 0, 0, boat_left=True)
    random = Random(f"river_crossing midway {size} {seed}")
    if variant == "midway":
        goal = _goal(pairs)
        first = random.choice([cls for cls in _distances(pairs, capacity) if cls not in (first, goal)])
    arguments: dict[str, Json] = {
        "pair_count": pairs,  # a parameter called pairs would hide Lua's own
        "capacity": capacity,
        "actors": [*actors],
        "agents": [*agents],
        "banks": [*BANKS],
        "left": [*_on_the_left(first, actors, agents, random)],
        "boat": BANKS[0] if first.boat_left else BANKS[1],
    }
    return Instance(arguments, certify(first, capacity))


def _measures(size: int, variant: str) -> tuple[int, int]:
    """(pairs, capacity). One seat too few is no riddle where it leaves one seat: there, two pairs too many."""
    if variant in CAPACITIES:
        return size, CAPACITIES[variant]
    if variant == "paper":
        return size, 2 if size <= 3 else 3
    if variant == "too_small":
        pairs = size if size > 3 else size + 2
        return pairs, smallest_boat(pairs) - 1
    return size, smallest_boat(size)


def smallest_boat(pairs: int) -> int:
    """The smallest boat in which so many pairs can cross (OEIS A356480)."""
    return 2 if pairs <= 3 else 3 if pairs <= 5 else 4


def certify(first: Class, capacity: int) -> Certificate:
    """Fewest crossings, or the proof that there are none: every class that can be reached was visited."""
    depth = _depths(first, capacity)
    fewest = depth.get(_goal(sum(first[:4])))
    solvable = "unsolvable" if fewest is None else "solvable"
    return Certificate(solvable, fewest, "exhausted search over symmetry classes of pairs", len(depth))  # type: ignore[arg-type]


def _names(pairs: int, seed: int) -> tuple[list[str], list[str]]:
    """Seed 0 names people as the 2025 paper does; any other seed draws names without order or meaning."""
    if seed == 0:
        return [f"a_{i}" for i in range(1, pairs + 1)], [f"A_{i}" for i in range(1, pairs + 1)]
    random = Random(f"river_crossing names {pairs} {seed}")
    syllables = [consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in "aeiou"]
    drawn: dict[str, None] = {}
    while len(drawn) < 2 * pairs:
        drawn[(random.choice(syllables) + random.choice(syllables)).capitalize()] = None
    names = list(drawn)
    return names[:pairs], names[pairs:]


def _on_the_left(cls: Class, actors: Sequence[str], agents: Sequence[str], random: Random) -> Iterator[str]:
    """Everybody on the left bank, where chance says which pairs are in which situation."""
    order = random.sample(range(len(actors)), len(actors))
    left_alone = cls.both + cls.actor_left
    yield from (actors[i] for i in sorted(order[:left_alone]))
    yield from (agents[i] for i in sorted(order[: cls.both] + order[left_alone : left_alone + cls.actor_right]))


def start(arguments: Arguments) -> State:
    agent_of = dict(zip(arguments["actors"], arguments["agents"], strict=True))
    boat_left = arguments["boat"] == arguments["banks"][0]
    return State(frozenset(arguments["left"]), boat_left, Crew(agent_of, arguments["capacity"]))


def resume(arguments: Arguments, state: State) -> Arguments:
    left = [name for name in _people(arguments) if name in state.left]
    return {**arguments, "left": left, "boat": arguments["banks"][0 if state.boat_left else 1]}


def _people(arguments: Arguments) -> list[str]:
    return [*arguments["actors"], *arguments["agents"]]


DIRECTIONS = frozenset({"", *BANKS, "→", "←", "->", "<-"})
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
    load = tuple(_KIND.sub("", str(name)) for name in item if _plain(str(name)) not in DIRECTIONS)
    if item and not load:
        raise MalformedMove("a move is the list of the names in the boat, not where it goes")
    return load


def concerns(arguments: Arguments, move: Move) -> bool:
    """Whether the move names anybody who is there."""
    names = {_plain(name).casefold() for name in move}
    return any(_plain(name).casefold() in names for name in _people(arguments))


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
            raise IllegalMove("wrong_bank", f"{name} is not on the {side} bank, where the boat is")


def _check_company(group: frozenset[str], crew: Crew, where: str) -> None:
    agents = group.difference(crew.agent_of)
    if not agents:
        return
    for actor, agent in crew.agent_of.items():
        if actor in group and agent not in agents:
            reason = f"{actor} is with {min(agents)} {where}, without {agent}"
            raise IllegalMove("unsafe_company", reason)


def solved(state: State) -> bool:
    return not state.left


def moves(state: State) -> Iterator[Move]:
    """Every safe load, once: of each kind that leads to a safe class, everybody who can be in it."""
    crew = state.crew
    here = state.left if state.boat_left else crew.people - state.left
    together = [pair for pair in crew.agent_of.items() if here.issuperset(pair)]
    lone_actors = [actor for actor, agent in crew.agent_of.items() if actor in here and agent not in here]
    lone_agents = [agent for actor, agent in crew.agent_of.items() if agent in here and actor not in here]
    for load, _ in _crossings(_class_of(state), crew.capacity):
        for pairs in combinations(together, load.pairs):
            others = [pair for pair in together if pair not in pairs]
            # No safe load holds both actors and agents of these, so nobody is chosen twice over.
            singles = product(
                combinations([actor for actor, _ in others], load.actors),
                combinations([agent for _, agent in others], load.agents),
                combinations(lone_actors, load.lone_actors),
                combinations(lone_agents, load.lone_agents),
            )
            yield from (tuple(chain(*pairs, *chosen)) for chosen in singles)


def distance(state: State) -> int | None:
    return _distances(len(state.crew.agent_of), state.crew.capacity).get(_class_of(state))


def scene(state: State) -> Json:
    everybody = [name for pair in state.crew.agent_of.items() for name in pair]
    left: list[Json] = [name for name in everybody if name in state.left]
    right: list[Json] = [name for name in everybody if name not in state.left]
    return {"left": left, "right": right, "boat": BANKS[0] if state.boat_left else BANKS[1]}


_STEP = re.compile(r"^\W{0,9}(?:(?:step|move|crossing|trip)\s{0,9})?#?\d{1,4}\s{0,4}[.):|,-]", re.IGNORECASE)
_AFTERWARDS = re.compile(r"[.;(]\s|\b(?:now|leaving|left bank|right bank|remaining|while|with)\b", re.IGNORECASE)


def prose(text: str, arguments: Arguments) -> Iterator[Json]:
    """ "3. a_1 and A_1 cross": of each numbered line, the people named before it turns to who is where. In a table,
    those in the first cell that names anybody."""
    names = {_plain(name): name for name in _people(arguments)}
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


def _goal(pairs: int) -> Class:
    return Class(0, 0, 0, pairs, boat_left=False)


def _class_of(state: State) -> Class:
    counts = [0, 0, 0, 0]
    for actor, agent in state.crew.agent_of.items():
        counts[2 * (actor not in state.left) + (agent not in state.left)] += 1
    both, actor_left, actor_right, neither = counts
    return Class(both, actor_left, actor_right, neither, state.boat_left)


@lru_cache(maxsize=64)
def _distances(pairs: int, capacity: int) -> dict[Class, int]:
    """Crossings to the goal from every class that reaches it: crossings can be undone, so search from the goal."""
    return _depths(_goal(pairs), capacity)


def _depths(first: Class, capacity: int) -> dict[Class, int]:
    """Every class that can be reached from the first, with the crossings that it takes."""
    depth = {first: 0}
    queue = deque([first])
    while queue:
        cls = queue.popleft()
        for _, after in _crossings(cls, capacity):
            if after not in depth:
                depth[after] = depth[cls] + 1
                queue.append(after)
    return depth


def _crossings(cls: Class, capacity: int) -> Iterator[tuple[Load, Class]]:
    """All safe crossings, with the classes to which they lead. From the right the picture is mirrored, so only one
    side is written out."""
    here = cls if cls.boat_left else _mirrored(cls)
    both, actor_left, actor_right, neither, _ = here
    for load in _loads(both, actor_left, actor_right, capacity):
        after = Class(
            both - load.pairs - load.actors - load.agents,
            actor_left - load.lone_actors + load.agents,
            actor_right - load.lone_agents + load.actors,
            neither + load.pairs + load.lone_actors + load.lone_agents,
            boat_left=False,
        )
        if _safe(after):
            yield load, after if cls.boat_left else _mirrored(after)


def _loads(both: int, lone_actors: int, lone_agents: int, capacity: int) -> Iterator[Load]:
    """Every way to fill the boat with 1 to ``capacity`` of those on its bank, most whole pairs first."""
    for pairs in range(min(both, capacity // 2), -1, -1):
        for actors in range(min(both - pairs, capacity - 2 * pairs) + 1):
            for agents in range(min(both - pairs - actors, capacity - 2 * pairs - actors) + 1):
                room = capacity - 2 * pairs - actors - agents
                for alone in range(min(lone_actors, room) + 1):
                    for left_behind in range(min(lone_agents, room - alone) + 1):
                        load = Load(pairs, actors, agents, alone, left_behind)
                        if any(load):
                            yield load


def _mirrored(cls: Class) -> Class:
    return Class(cls.neither, cls.actor_right, cls.actor_left, cls.both, not cls.boat_left)


def _safe(cls: Class) -> bool:
    """On neither bank is an actor without his agent beside somebody else's. The boat's own rule follows from this."""
    left_agents = cls.both + cls.actor_right
    right_agents = cls.neither + cls.actor_left
    return not (cls.actor_left and left_agents) and not (cls.actor_right and right_agents)


def _exchanged(people: Sequence[Json], _random: Random) -> Sequence[Json]:
    """Actors' names for agents and agents' names for actors."""
    return [*people[len(people) // 2 :], *people[: len(people) // 2]]


GIVEN_NAMES = (
    "Ada Alma Amos Anton Bela Boris Bruno Clara Cyril Dora Edith Egon Elena Emil Enzo Esther Felix Flora Greta Hanna "
    "Henry Hugo Ida Igor Irma Ivan Jonas Judith Julia Karl Laura Leon Lydia Marta Milo Nadia Nina Olga Oscar Paula "
    "Peter Ralph Rita Rosa Ruth Simon Sonja Theo Ursula Vera Victor Xenia"
)
LANDINGS = ("Aspley", "Corton", "Denby", "Elstow", "Malvern", "Thirsk")

DISGUISES = {
    "renamed": Disguise(
        kind="renamed",
        labels={"person": named(*GIVEN_NAMES.split()), "bank": named(*LANDINGS)},
        called={"actors": "divers", "agents": "guides", "banks": "landings", "left": "not_across", "boat": "canoe"},
    ),
    "laboratory": Disguise(
        kind="story",
        labels={"person": words, "bank": in_order("store", "vault")},
        called={
            "pair_count": "sample_count",
            "capacity": "tray_places",
            "actors": "samples",
            "agents": "stabilisers",
            "banks": "rooms",
            "left": "in_store",
            "boat": "tray",
        },
    ),
    "symbols": Disguise(
        kind="symbols",
        labels={"person": codes, "bank": in_order("P", "Q")},
        called={
            "pair_count": "count",
            "capacity": "limit",
            "actors": "first_kind",
            "agents": "second_kind",
            "banks": "regions",
            "left": "in_first_region",
            "boat": "active",
        },
    ),
    # With a boat for four or more, a way that takes nothing but whole pairs is right under both rules.
    "swapped": Disguise(
        kind="changed rule",
        labels={"person": _exchanged},
        called={"actors": "agents", "agents": "actors"},
    ),
}

puzzle = Puzzle(
    name="river_crossing",
    title="River Crossing",
    version=2,
    sizes=range(2, 11),
    variants=("paper", *CAPACITIES, "smallest", "midway", "too_small"),
    pose=pose,
    start=start,
    parse=parse,
    apply=apply,
    solved=solved,
    moves=moves,
    distance=distance,
    concerns=concerns,
    resume=resume,
    prose=prose,
    sorts={"person": _people, "bank": lambda _: [*BANKS]},
    shapes={"actors": ["person"], "agents": ["person"], "banks": ["bank"], "left": ["person"], "boat": "bank"},
    move_shape=["person"],
    disguises=DISGUISES,
    twins={"too_small": "smallest"},
    drawn_as="river",
    scene=scene,
    tokens_per_move=2.0,  # a name is a token at least, and so is whatever parts it from the next move
)
