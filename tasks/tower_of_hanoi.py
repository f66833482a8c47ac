"""Tower of Hanoi (Edouard Lucas, 1883).

Three pegs 0, 1, 2 and n disks, 1 the smallest. A move takes the top disk of one peg to another peg, never onto a
smaller disk; the goal is the whole tower on one given peg.

    state      the set of disks on each peg, as bits (disk d is bit d - 1), and the goal peg
    move       [disk, from peg, to peg]
    optimum    2^n - 1 for a whole tower (Lucas); for any legal state the distance formula below
"""

import re
from collections.abc import Iterator
from itertools import islice, permutations
from operator import itemgetter
from random import Random

from harness import Arguments, Certificate, Disguise, IllegalMove, Instance, Json, MalformedMove, Puzzle
from harness.labels import codes, in_order, mirrored, named, words

PEGS = (0, 1, 2)
OTHER_PEGS = ((1, 2), (0, 2), (0, 1))

TOWERS = ((0, 2), *(pair for pair in permutations(PEGS, 2) if pair != (0, 2)))
"""The six (start peg, goal peg) pairs, the well-known one first: seed s takes number s mod 6, so that any six
consecutive seeds are balanced and no fixed first move is right for all even or all odd sizes."""

State = tuple[int, int, int, int]
"""Sets of bits, because a long answer has a million states: the top disk of a peg is its lowest bit."""

Move = tuple[int | None, int, int]
"""The disk is None where an answer names only the pegs: then it is whatever lies on top."""


def pose(size: int, seed: int, variant: str) -> Instance:
    """ "tower": all disks on one peg. "scattered": any legal arrangement, drawn by the seed, that is not the goal."""
    if size < 1:
        raise ValueError("there is no tower of fewer than 1 disk")
    peg_of, goal = _tower(size, seed) if variant == "tower" else _scattered(size, seed)
    pegs: list[Json] = [[disk for disk in range(size, 0, -1) if peg_of[disk - 1] == peg] for peg in PEGS]
    arguments: dict[str, Json] = {"disks": size, "start": pegs, "goal": goal}
    method = "closed form 2^n - 1" if variant == "tower" else "closed form by descending disks"
    return Instance(arguments, Certificate("solvable", distance(start(arguments)), method))


def _tower(size: int, seed: int) -> tuple[list[int], int]:
    """For each disk, from the smallest, the peg on which it lies; and the goal."""
    source, goal = TOWERS[seed % len(TOWERS)]
    return [source] * size, goal


def _scattered(size: int, seed: int) -> tuple[list[int], int]:
    random = Random(f"tower_of_hanoi scattered {size} {seed}")
    goal = seed % len(PEGS)
    while True:
        peg_of = [random.choice(PEGS) for _ in range(size)]
        if any(peg != goal for peg in peg_of):
            return peg_of[::-1], goal


def start(arguments: Arguments) -> State:
    zero, one, two = (sum(1 << disk - 1 for disk in peg) for peg in arguments["start"])
    return zero, one, two, arguments["goal"]


def parse(item: Json) -> Move:
    """[disk, from, to], [from, to], or an object with these names; whole numbers and nothing that resembles them."""
    if isinstance(item, dict):
        item = _named(item)
    if not isinstance(item, list) or len(item) not in (2, 3):
        raise MalformedMove("a move is [disk, from peg, to peg]")
    if any(type(part) is not int for part in item):
        raise MalformedMove("disks and pegs are whole numbers")
    return tuple(item) if len(item) == 3 else (None, *item)  # type: ignore[return-value] # two or three numbers


def _named(item: dict[str, Json]) -> list[Json]:
    """{"disk": 1, "from": 0, "to": 2} or {"from_peg": 0, "to_peg": 2} as a list."""
    parts = {name.partition("_")[0].lower(): part for name, part in item.items()}
    return [parts[name] for name in ("disk", "from", "to") if name in parts]


def concerns(arguments: Arguments, move: Move) -> bool:
    """Whether the move names a disk and pegs that there are."""
    disk, source, target = move
    return disk in (None, *range(1, arguments["disks"] + 1)) and source in PEGS and target in PEGS


def apply(state: State, move: Move) -> State:
    disk, source, target = move
    if source == target or not (0 <= source <= 2 and 0 <= target <= 2):
        raise IllegalMove(*_no_such_way(source, target))
    here, there = state[source], state[target]
    top = here & -here
    if not top:
        raise IllegalMove("empty_peg", f"peg {source} is empty")
    if disk is not None and disk != top.bit_length():
        raise IllegalMove(*_not_on_top(state, disk, source))
    if there & top - 1:
        raise IllegalMove("larger_on_smaller", f"disk {_top(here)} may not lie on the smaller disk {_top(there)}")
    after = [*state]
    after[source] = here - top
    after[target] = there + top
    return tuple(after)  # type: ignore[return-value] # four numbers went in


def _top(disks: int) -> int:
    return (disks & -disks).bit_length()


def _no_such_way(source: int, target: int) -> tuple[str, str]:
    unknown = [peg for peg in (source, target) if peg not in PEGS]
    if unknown:
        return "unknown_peg", f"there is no peg {unknown[0]}"
    return "same_peg", f"peg {source} is both where the disk is taken and where it is put"


def _not_on_top(state: State, disk: int, source: int) -> tuple[str, str]:
    where = [peg for peg in PEGS if 1 <= disk <= state[peg].bit_length() and state[peg] >> disk - 1 & 1]
    if not where:
        return "unknown_disk", f"there is no disk {disk}"
    if where[0] == source:
        return "not_on_top", f"disk {disk} lies under disk {_top(state[source])} on peg {source}"
    return "not_on_peg", f"disk {disk} is on peg {where[0]}, not on peg {source}"


def resume(arguments: Arguments, state: State) -> Arguments:
    return {**arguments, "start": _stacks(state)}


def _stacks(state: State) -> list[Json]:
    """The disks of each peg, from bottom to top."""
    return [[disk for disk in range(disks.bit_length(), 0, -1) if disks >> disk - 1 & 1] for disks in state[:3]]


def solved(state: State) -> bool:
    one, other = OTHER_PEGS[state[3]]
    return not state[one] and not state[other]


def goal_permuted(state: State) -> bool:
    """The whole tower on a peg that is not the goal."""
    return not solved(state) and sum(bool(state[peg]) for peg in PEGS) == 1


def moves(state: State) -> Iterator[Move]:
    for source in PEGS:
        for target in PEGS:
            top = state[source] & -state[source]
            if source != target and top and not state[target] & top - 1:
                yield _top(top), source, target


def distance(state: State) -> int:
    """Fewest moves to the whole tower on the goal: from the largest disk down, a disk that is not on its target costs
    2^(disk-1), and the smaller ones must first gather on the third peg. Checked against search in the tests."""
    zero, one, two, target = state
    total, bit = 0, 1 << max(zero.bit_length(), one.bit_length(), two.bit_length()) >> 1
    while bit:
        peg = 0 if zero & bit else 1 if one & bit else 2
        if peg != target:
            total += bit
            target = 3 - target - peg
        bit >>= 1
    return total


_DISK = r"(?:dis[ck]s?|disques?|discos?|scheibe|圆盘|盘子|D)"
_PLACE = r"(?:pegs?|rods?|towers?|poles?|needles?|stacks?|stab|stange|tige|piquet|varilla|poste|柱子?|杆)"
_IN_A_ROW = {"left": 0, "middle": 1, "center": 1, "centre": 1, "right": 2}
_BY_USE = {"source": "from", "auxiliary": "via", "aux": "via", "spare": "via", "target": "to", "destination": "to"}
_NAME = rf"(?:[A-C]|\d|{'|'.join([*_IN_A_ROW, *_BY_USE])})"
_PEG = rf"(?:(?:the|la|le|el|den)\s{{1,9}})?(?:{_PLACE}\s{{0,9}}[#_]?)?\s{{0,9}}({_NAME})\b(?:\s{{1,9}}{_PLACE}\b)?"
_PROSE = re.compile(
    rf"\b{_DISK}\s{{0,9}}[#_]?(\d{{1,4}})\b(?:\s{{0,3}}\([^()\n]{{0,30}}\))?[)\s:,-]{{0,9}}"
    rf"(?:(?:is|moved|moves|goes|again|top|off|from|von|du|de|desde)\s{{1,9}}|从\s{{0,9}}){{0,3}}\(?{_PEG}"
    rf"\s{{0,9}},?(?:\s{{0,9}}and\s{{1,9}}(?:place|put)\s{{1,9}}it)?\s{{0,9}}"
    rf"(?:(?:(?:on)?to|on|nach|auf|vers|sur|a|hasta)\s|--?>|→|⟶|=>|移动?到|\\to\b|\\rightarrow\b)\s{{0,9}}{_PEG}"
    rf"|^\W{{0,9}}\d{{1,7}}[.):]\W{{0,9}}(?:(?:move|the|top|disk|disc|from)\s{{1,9}}){{0,5}}{_PEG}"
    rf"\s{{0,9}}(?:to\s|--?>|→|⟶|=>)\s{{0,9}}{_PEG}\W{{0,9}}$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^\W{0,9}(?:(?:step|move)\s{0,9})?#?\d{1,7}\W", re.IGNORECASE)


def prose(text: str, arguments: Arguments) -> Iterator[Json]:
    """ "Move disk 1 from peg A to peg C", once a line if there are several. Letters are pegs 0, 1, 2, and so are left,
    middle and right; digits are meant as the prompt numbers them, source, auxiliary and target as this case has them.
    Where two or more of the lines are numbered, only those count: a plan or a summary is no move."""
    pegs = _names(arguments)
    several_lines = sum(1 for _ in islice(_told(text, pegs), 2)) == 2
    numbered = sum(1 for _ in islice(filter(itemgetter(0), _told(text, pegs)), 2)) == 2
    for is_numbered, moves_told in _told(text, pegs):
        if is_numbered or not numbered:
            yield from moves_told[: 1 if several_lines else None]


def _names(arguments: Arguments) -> dict[str, int]:
    """What pegs may be called. Which is the source can be said only of a whole tower that is not at the goal."""
    names = {"a": 0, "b": 1, "c": 2, **_IN_A_ROW}
    sources, goal = [peg for peg, disks in enumerate(arguments["start"]) if disks], arguments["goal"]
    if len(sources) == 1 and sources != [goal]:
        role = {"from": sources[0], "via": sum(PEGS) - sources[0] - goal, "to": goal}
        names |= {name: role[use] for name, use in _BY_USE.items()}
    return names


def _told(text: str, pegs: dict[str, int]) -> Iterator[tuple[bool, list[Json]]]:
    """Each line that tells moves: whether it is numbered, and the moves."""
    for line in re.finditer(r"[^\n]+", text):
        plain = line.group().translate(_TYPOGRAPHY)
        told: list[Json] = [move for match in _PROSE.finditer(plain) if (move := _move_of(match, pegs))]
        if told:
            yield _NUMBERED.match(plain) is not None, told


def _move_of(match: re.Match[str], pegs: dict[str, int]) -> Json:
    """None where a name of a peg is nothing here."""
    disk, *ends = match[1], (match[2] or match[4]).lower(), (match[3] or match[5]).lower()
    places: list[Json] = [int(end) if end.isdigit() else pegs.get(end) for end in ends]
    if None in places:
        return None
    return [int(disk), *places] if disk else places


_TYPOGRAPHY = str.maketrans("", "", "*`$\"'")


DISGUISES = {
    "renamed": Disguise(
        kind="renamed",
        labels={"disk": words, "peg": named("Birch", "Cedar", "Larch", "Maple", "Poplar", "Willow")},
        listed={"smallest_first": "disk", "pegs": "peg"},
    ),
    "mirrored": Disguise(
        kind="mirrored",
        labels={"peg": in_order("right", "middle", "left")},
        listed={"pegs": "peg"},
    ),
    "depot": Disguise(
        kind="story",
        labels={"disk": words, "peg": named("Kiel", "Oslo", "Riga", "Genoa", "Cadiz", "Split", "Turku", "Malmo")},
        listed={"lightest_first": "disk", "places": "peg"},
        called={"disks": "crates", "start": "stacked", "goal": "destination"},
    ),
    "symbols": Disguise(
        kind="symbols",
        labels={"disk": codes, "peg": named("u1", "u2", "u3", "u4")},
        listed={"ranking": "disk", "lists": "peg"},
        called={"disks": "count", "start": "content", "goal": "target"},
    ),
    "inverted": Disguise(
        kind="changed rule",
        labels={"disk": mirrored, "peg": in_order("A", "B", "C")},
        listed={"largest_first": "disk", "pegs": "peg"},
    ),
}

puzzle = Puzzle(
    name="tower_of_hanoi",
    title="Tower of Hanoi",
    version=2,
    sizes=range(1, 21),
    variants=("tower", "scattered"),
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
    sorts={"disk": lambda arguments: [*range(1, arguments["disks"] + 1)], "peg": lambda _: [*PEGS]},
    shapes={"start": [["disk"]], "goal": "peg"},
    move_shape=("disk", "peg", "peg"),
    disguises=DISGUISES,
    drawn_as="pegs",
    scene=_stacks,
    tokens_per_move=6.0,  # without spaces, measured; as models like to write it 9.5 to 11.7
)
