"""Peg solitaire on a line of holes: pegs jump over one another until one is left.

Which lines can be cleared is known (Cristopher Moore and David Eppstein, 2000); here a search finds it out.

    state      for each hole, the first one first, whether it holds a peg
    move       [from hole, to hole], the holes numbered from 1
    optimum    pegs - 1: each jump takes one peg off
"""

from collections.abc import Iterator
from functools import lru_cache
from random import Random

from harness import Arguments, Disguise, IllegalMove, Instance, Json, MalformedMove, Puzzle, certify
from harness.labels import words

State = tuple[bool, ...]
Move = tuple[int, int]


def pose(size: int, seed: int, variant: str) -> Instance:
    """ "line": as many pegs as the size, placed by undoing jumps. "stuck": the same with one peg elsewhere, so that a
    jump is legal and yet no sequence of jumps leaves one peg."""
    if size < 3:
        raise ValueError("fewer than 3 pegs are no puzzle")
    random = Random(f"peg_solitaire {size} {seed}")  # noqa: S311 - an instance, no secret
    state = _cleared_backwards(size, random)
    if variant == "stuck":
        state = random.choice([near for near in _one_peg_elsewhere(state) if distance(near) is None and [*moves(near)]])
    arguments: dict[str, Json] = {"holes": len(state), "pegs": [*_pegs(state)]}
    return Instance(arguments, certify(puzzle, arguments))


def _cleared_backwards(pegs: int, random: Random) -> State:
    holes = 2 * pegs
    while True:
        state = _line(holes, {random.randint(1, holes)})
        while sum(state) < pegs and (before := [*_before(state)]):
            state = random.choice(before)
        if sum(state) == pegs:
            return state


def _before(state: State) -> Iterator[State]:
    """Every state from which one jump leads to this one."""
    pegs = {*_pegs(state)}
    for hole in pegs:
        for over, source in ((hole - 1, hole - 2), (hole + 1, hole + 2)):
            if 1 <= source <= len(state) and not {over, source} & pegs:
                yield _line(len(state), pegs - {hole} | {over, source})


def _one_peg_elsewhere(state: State) -> Iterator[State]:
    pegs = {*_pegs(state)}
    for peg in sorted(pegs):
        for hole in range(1, len(state) + 1):
            if hole not in pegs:
                yield _line(len(state), pegs - {peg} | {hole})


def _line(holes: int, pegs: set[int]) -> State:
    return tuple(hole in pegs for hole in range(1, holes + 1))


def _pegs(state: State) -> list[int]:
    return [hole for hole, peg in enumerate(state, start=1) if peg]


def start(arguments: Arguments) -> State:
    return _line(arguments["holes"], {*arguments["pegs"]})


def parse(item: Json) -> Move:
    match item:
        case [int(source), int(target)] if bool not in (type(source), type(target)):
            return source, target
    raise MalformedMove("a move is [from hole, to hole], two whole numbers")


def apply(state: State, move: Move) -> State:
    source, target = move
    pegs = {*_pegs(state)}
    over = (source + target) // 2
    for hole in move:
        if not 1 <= hole <= len(state):
            raise IllegalMove("unknown_hole", f"there is no hole {hole}")
    if abs(source - target) != 2:
        raise IllegalMove("no_jump", f"from hole {source} no jump leads to hole {target}")
    if source not in pegs:
        raise IllegalMove("no_peg", f"there is no peg in hole {source}")
    if over not in pegs:
        raise IllegalMove("nothing_to_jump", f"there is no peg in hole {over} to jump over")
    if target in pegs:
        raise IllegalMove("occupied", f"there is a peg in hole {target} already")
    return _line(len(state), pegs - {source, over} | {target})


def solved(state: State) -> bool:
    return sum(state) == 1


def moves(state: State) -> Iterator[Move]:
    pegs = {*_pegs(state)}
    for peg in sorted(pegs):
        for over, target in ((peg - 1, peg - 2), (peg + 1, peg + 2)):
            if over in pegs and target not in pegs and 1 <= target <= len(state):
                yield peg, target


@lru_cache(maxsize=100_000)
def distance(state: State) -> int | None:
    clears = solved(state) or any(distance(apply(state, move)) is not None for move in moves(state))
    return sum(state) - 1 if clears else None


def resume(arguments: Arguments, state: State) -> Arguments:
    return {**arguments, "pegs": _pegs(state)}


def concerns(arguments: Arguments, move: Move) -> bool:
    """Whether the move names holes that there are."""
    return all(1 <= hole <= arguments["holes"] for hole in move)


puzzle = Puzzle(
    name="peg_solitaire",
    title="Peg solitaire",
    version=1,
    sizes=range(3, 11),
    variants=("line", "stuck"),
    pose=pose,
    start=start,
    parse=parse,
    apply=apply,
    solved=solved,
    moves=moves,
    distance=distance,
    concerns=concerns,
    resume=resume,
    sorts={"hole": lambda arguments: [*range(1, arguments["holes"] + 1)]},
    shapes={"pegs": ["hole"]},
    move_shape=("hole", "hole"),
    disguises={
        "camps": Disguise(
            kind="story",
            labels={"hole": words},
            listed={"trail": "hole"},
            called={"holes": "camps", "pegs": "occupied"},
        ),
    },
    twins={"stuck": "line"},
    drawn_as="line",
    scene=lambda state: ["o" if peg else None for peg in state],
    tokens_per_move=3.0,  # two numbers and what keeps them apart from the next move's
)
