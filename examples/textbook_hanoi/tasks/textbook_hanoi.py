"""Tower of Hanoi as textbooks ask it: a whole tower, from one peg to another. It imports nothing but what a task may.

Three pegs 0, 1, 2 and n disks, 1 the smallest. A move takes the top disk of one peg to another peg, never onto a
smaller disk. The bundled tower_of_hanoi is the harder question: its programs must solve any legal start.

    state      the disks on each peg, from bottom to top
    move       [disk, from peg, to peg]
    optimum    2^n - 1 (Lucas, 1883)
"""

import re
from collections.abc import Iterator
from itertools import permutations

from harness import Arguments, Certificate, IllegalMove, Instance, Json, MalformedMove, Puzzle

PEGS = (0, 1, 2)
WAYS = ((0, 2), *(way for way in permutations(PEGS, 2) if way != (0, 2)))
"""From which peg to which, the well-known way first; the seed chooses."""

State = tuple[tuple[tuple[int, ...], ...], int]
"""The pegs, and the one that is the goal."""

Move = tuple[int, int, int]


def pose(size: int, seed: int, variant: str) -> Instance:
    if size < 1:
        raise ValueError("there is no tower of fewer than 1 disk")
    source, goal = WAYS[seed % len(WAYS)]
    arguments: dict[str, Json] = {"disks": size, "source": source, "goal": goal}
    return Instance(arguments, Certificate("solvable", 2**size - 1, "closed form 2^n - 1"))


def start(arguments: Arguments) -> State:
    tower = tuple(range(arguments["disks"], 0, -1))
    return tuple(tower if peg == arguments["source"] else () for peg in PEGS), arguments["goal"]


def parse(item: Json) -> Move:
    if not isinstance(item, list) or len(item) != 3 or any(type(part) is not int for part in item):
        raise MalformedMove("a move is [disk, from peg, to peg], three whole numbers")
    return item[0], item[1], item[2]


def concerns(arguments: Arguments, move: Move) -> bool:
    """Whether the move names a disk and pegs that there are."""
    disk, source, target = move
    return 1 <= disk <= arguments["disks"] and source in PEGS and target in PEGS


def apply(state: State, move: Move) -> State:
    (pegs, goal), (disk, source, target) = state, move
    if source not in PEGS or target not in PEGS:
        raise IllegalMove("unknown_peg", f"there is no peg {source if source not in PEGS else target}")
    if source == target:
        raise IllegalMove("same_peg", f"peg {source} is both where the disk is taken and where it is put")
    if not pegs[source]:
        raise IllegalMove("empty_peg", f"peg {source} is empty")
    if pegs[source][-1] != disk:
        raise IllegalMove("not_on_top", f"disk {disk} is not on top of peg {source}, disk {pegs[source][-1]} is")
    if pegs[target] and pegs[target][-1] < disk:
        raise IllegalMove("larger_on_smaller", f"disk {disk} may not lie on the smaller disk {pegs[target][-1]}")
    after = list(pegs)
    after[source], after[target] = pegs[source][:-1], (*pegs[target], disk)
    return tuple(after), goal


def solved(state: State) -> bool:
    pegs, goal = state
    return all(peg == goal or not pegs[peg] for peg in PEGS)


def distance(state: State) -> int:
    """Fewest moves to the goal: from the largest disk down, one that is not on its target costs 2^(disk-1), and the
    smaller ones must first gather on the third peg."""
    pegs, target = state
    total = 0
    peg_of = {disk: peg for peg, disks in enumerate(pegs) for disk in disks}
    for disk in sorted(peg_of, reverse=True):
        if peg_of[disk] != target:
            total += 2 ** (disk - 1)
            target = 3 - target - peg_of[disk]
    return total


_SENTENCE = re.compile(r"\bdisk\s+(\d+)\s+from\s+(?:peg\s+)?([0-2])\s+to\s+(?:peg\s+)?([0-2])\b", re.IGNORECASE)


def prose(text: str, _arguments: Arguments) -> Iterator[Json]:
    """ "Move disk 1 from peg 0 to peg 2", for answers that write no list."""
    for match in _SENTENCE.finditer(re.sub(r"[*`$]", "", text)):
        yield [int(part) for part in match.groups()]


puzzle = Puzzle(
    name="textbook_hanoi",
    title="Tower of Hanoi, as textbooks ask it",
    version=1,
    sizes=range(1, 13),
    variants=("tower",),
    pose=pose,
    start=start,
    parse=parse,
    apply=apply,
    solved=solved,
    distance=distance,
    concerns=concerns,
    prose=prose,
    drawn_as="pegs",
    scene=lambda state: [[*disks] for disks in state[0]],
    tokens_per_move=6.0,
)
