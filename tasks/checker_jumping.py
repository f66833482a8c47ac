"""Checker Jumping, also known as Toads and Frogs or Sheep and Goats, played alone.

N pieces that move only to the right and N that move only to the left face each other in a row of 2N + 1 cells, with
one empty cell between them. A piece slides into the empty cell beside it or jumps into it over exactly one piece of the
other kind; the goal is that the two have changed places.

    row        what the cells hold, as one string: ">" moves to the right, "<" to the left, "." is the gap
    move       [colour, from cell, to cell], cells counted from 0
    optimum    n^2 + 2n from the full row; from any live position the way left to go less one for every jump left

Nothing here can be undone, so that the question is never how far it is but whether a position is still live. One that
is ``blocked`` never is, and search that enters none of them looks at little more than the n^2 + 2n positions of a game.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import permutations
from random import Random
from typing import NamedTuple

from harness import Arguments, Certificate, Disguise, IllegalMove, Instance, Json, MalformedMove, Puzzle
from harness.labels import codes, mirrored, named, words
from harness.task import Labels

LARGEST = 100
"""Pieces of a colour: a position of so many is searched in a second."""

COLOURS = {"R": "red", "B": "blue", "G": "green", "Y": "yellow"}

PAIRS = tuple(permutations(COLOURS, 2))
"""The colour that moves to the right and the one that moves to the left, those of the 2025 paper first: seed s takes
number s mod 12, so that in any twelve consecutive seeds every colour goes either way equally often."""

EMPTY = "_"

TURNED = str.maketrans("<>", "><")


class Board(NamedTuple):
    """What does not change during a game: what the two kinds of piece and the gap are called, and the goal's row."""

    right: str
    left: str
    empty: str
    goal: str

    def shown(self, row: str) -> list[Json]:
        names: dict[str, Json] = {">": self.right, "<": self.left, ".": self.empty}
        return [names[cell] for cell in row]


class State(NamedTuple):
    row: str
    board: Board


Move = tuple[str, int, int]


def pose(size: int, seed: int, variant: str) -> Instance:
    """ "row": all pieces where the game begins. "mid": a live position, drawn by the seed. "dead": one that a few legal
    moves make of a live position and from which there is no way to the goal, though there are legal moves."""
    fewest = 2 if variant == "dead" else 1
    if not fewest <= size <= LARGEST:
        raise ValueError(f"there are {fewest} to {LARGEST} pieces of a colour")
    right, left = PAIRS[seed % len(PAIRS)]
    board = Board(right, left, EMPTY, goal=_full(size).translate(TURNED))
    row = _full(size) if variant == "row" else _drawn(size, Random(f"checker_jumping {variant} {size} {seed}"), variant)
    arguments: dict[str, Json] = {
        "start": board.shown(row),
        "goal": board.shown(board.goal),
        "moves_right": right,
        "moves_left": left,
        "empty": EMPTY,
    }
    return Instance(arguments, certify(row, board.goal))


def certify(row: str, goal: str) -> Certificate:
    if row == goal.translate(TURNED):
        return Certificate("solvable", moves_left(row, goal), "closed form n^2 + 2n")
    live, looked_at = _search(row, goal, {})
    if live:
        method = "search that enters no blocked position; closed form: the way left less the jumps left"
        return Certificate("solvable", moves_left(row, goal), method, looked_at)
    return Certificate("unsolvable", None, "exhausted search that enters no blocked position", looked_at)


def _full(size: int) -> str:
    return ">" * size + "." + "<" * size


def _drawn(size: int, random: Random, variant: str) -> str:
    while True:
        row = _live(size, random)
        if variant == "mid":
            return row
        while (after := _rows_after(row)) and is_live(row, _full(size).translate(TURNED)):
            row = random.choice(after)
        if after:
            return row


def _live(size: int, random: Random) -> str:
    """A position of a whole game, and from there back by moves drawn at random: such a way need not have come from the
    full row, but it can be gone to the end."""
    full = _full(size)
    goal = full.translate(TURNED)
    while True:
        row = full
        for _ in range(random.randrange(1, moves_left(full, goal))):
            row = random.choice([after for after in _rows_after(row) if is_live(after, goal)])
        for _ in range(random.randrange(2 * size + 1)):
            before = [after.translate(TURNED) for after in _rows_after(row.translate(TURNED))]
            if not before:
                break
            row = random.choice(before)
        if row != full:
            return row


def start(arguments: Arguments) -> State:
    kinds = {arguments["moves_right"]: ">", arguments["moves_left"]: "<", arguments["empty"]: "."}
    row, goal = ("".join(kinds[cell] for cell in arguments[name]) for name in ("start", "goal"))
    return State(row, Board(arguments["moves_right"], arguments["moves_left"], arguments["empty"], goal))


def parse(item: Json) -> Move:
    """[colour, from, to] or an object with these names; whole numbers and nothing that resembles them."""
    if isinstance(item, dict):
        item = _named(item)
    if not isinstance(item, list) or len(item) != 3:
        raise MalformedMove("a move is [colour, from cell, to cell]")
    colour, source, target = item
    if type(source) is not int or type(target) is not int:
        raise MalformedMove("cells are whole numbers")
    if not isinstance(colour, str):
        raise MalformedMove("the colour of a piece comes first")
    return colour.strip(), source, target


_PIECE = frozenset({"color", "colour", "piece", "checker"})


def _named(item: dict[str, Json]) -> list[Json]:
    """{"color": "R", "from": 0, "to": 2} or {"checker_color": "R", "position_from": 0, "position_to": 2} as a list; a
    disguise may have another name for a piece."""
    told = [(frozenset(name.lower().split("_")), part) for name, part in item.items()]
    pieces = [part for words, part in told if words & _PIECE]
    pieces = pieces or [part for words, part in told if not words & {"from", "to"}]
    return pieces + [part for way in ("from", "to") for words, part in told if way in words]


def concerns(arguments: Arguments, move: Move) -> bool:
    """Whether the move names a colour and cells that there are."""
    colour, *cells = move
    known = {arguments["moves_right"].casefold(), arguments["moves_left"].casefold()}
    return colour.casefold() in known and all(0 <= cell < len(arguments["start"]) for cell in cells)


def apply(state: State, move: Move) -> State:
    row, board = state
    colour, source, target = move
    for cell in (source, target):
        if not 0 <= cell < len(row):
            raise IllegalMove("unknown_cell", f"there is no cell {cell}")
    kind = {board.right.casefold(): ">", board.left.casefold(): "<"}.get(colour.casefold())
    if kind is None:
        raise IllegalMove("unknown_colour", f"there is no piece called {colour}")
    if source == target:
        raise IllegalMove("same_cell", f"cell {source} is both where the piece is taken and where it is put")
    if row[source] == ".":
        raise IllegalMove("empty_cell", f"cell {source} is empty")
    if row[source] != kind:
        raise IllegalMove("wrong_colour", f"cell {source} holds {board.shown(row)[source]}, not {colour}")
    if row[target] != ".":
        raise IllegalMove("occupied_cell", f"cell {target} is not empty")
    _check_way(row, source, target, colour)
    return State(moved(row, source), board)


def _check_way(row: str, source: int, target: int, colour: str) -> None:
    way = "to the right" if row[source] == ">" else "to the left"
    if (target > source) != (row[source] == ">"):
        raise IllegalMove("backward", f"{colour} moves only {way}, not from {source} to {target}")
    distance_moved = abs(target - source)
    if distance_moved > 2:
        raise IllegalMove("too_far", f"from {source} to {target} there is more than one piece to jump over")
    if distance_moved == 2 and row[(source + target) // 2] == row[source]:
        raise IllegalMove("same_colour_jump", f"{colour} may not jump over a piece of its own kind")


def resume(arguments: Arguments, state: State) -> Arguments:
    return {**arguments, "start": state.board.shown(state.row)}


def solved(state: State) -> bool:
    return state.row == state.board.goal


def moves(state: State) -> Iterator[Move]:
    row, board = state
    for source in sources(row):
        yield board.right if row[source] == ">" else board.left, source, row.index(".")


def sources(row: str) -> list[int]:
    """The cells from which a piece can move: at most one on either side of the gap."""
    left, _, right = row.partition(".")
    gap = len(left)
    found = []
    if left.endswith((">", "><")):
        found.append(gap - 1 if left[-1] == ">" else gap - 2)
    if right.startswith(("<", "><")):
        found.append(gap + 1 if right[0] == "<" else gap + 2)
    return found


def moved(row: str, source: int) -> str:
    """The row after the piece in cell ``source`` has moved into the gap."""
    cells = [*row]
    gap = row.index(".")
    cells[gap], cells[source] = cells[source], "."
    return "".join(cells)


def _rows_after(row: str) -> list[str]:
    return [moved(row, source) for source in sources(row)]


def distance(state: State) -> int | None:
    """Fewest moves to the goal, and the only number of moves there is; None for a dead position."""
    return moves_left(state.row, state.board.goal) if is_live(state.row, state.board.goal) else None


def moves_left(row: str, goal: str) -> int:
    """The length of every way to the goal, if there is one. Pieces of a kind keep their order, so that the cells that
    all have left to go are known. Every piece that moves to the right must get past every one that moves to the left
    and stands beyond it, which takes just one jump of two cells; all else are slides of one cell."""
    way = sum(_cells(goal, ">")) - sum(_cells(row, ">")) + sum(_cells(row, "<")) - sum(_cells(goal, "<"))
    jumps = passed = 0
    for cell in row:
        passed += cell == ">"
        jumps += passed * (cell == "<")
    return way - jumps


def _cells(row: str, kind: str) -> Sequence[int]:
    return [cell for cell, held in enumerate(row) if held == kind]


def blocked(row: str) -> bool:
    """Whether two pieces that stand side by side, facing the gap with their backs, lock another one in behind them:
    ``> ... < <`` to the left of the gap, or ``> > ... <`` to its right.

    Such a position is dead. The gap goes to the left only where a ``>`` moves into it. So it changes places with
    neither of ``<<``, and past both at once it cannot get, as a jump is over one piece: they never move, ``>`` stays to
    their left for ever, and at the goal no ``>`` is to the left of a ``<``.
    """
    left, _, right = row.partition(".")
    return "<<" in left.lstrip("<") or ">>" in right.rstrip(">")


def is_live(row: str, goal: str) -> bool:
    """Whether the goal can be reached."""
    if len(_KNOWN) > MOST_KNOWN:
        _KNOWN.clear()
    return _search(row, goal, _KNOWN)[0]


MOST_KNOWN = 1 << 15

_KNOWN: dict[tuple[str, str], bool] = {}
"""(row, goal) to whether it is live, as far as was found: a game asks about its positions one after another."""


def _search(row: str, goal: str, known: dict[tuple[str, str], bool]) -> tuple[bool, int]:
    """Whether the goal can be reached, and at how many positions that was seen. Depth first, into no blocked position;
    ``known`` is used and added to."""
    came_from: dict[str, str | None] = {row: None}
    ahead = [row]
    while ahead:
        here = ahead.pop()
        if here == goal or known.get((here, goal)):
            way: str | None = here
            while way is not None:
                known[way, goal] = True
                way = came_from[way]
            return True, len(came_from)
        if blocked(here) or known.get((here, goal)) is False:
            continue
        for after in _rows_after(here):
            if after not in came_from and not blocked(after):
                came_from[after] = here
                ahead.append(after)
    known.update(dict.fromkeys(((seen, goal) for seen in came_from), False))
    return False, len(came_from)


def scene(state: State) -> Json:
    return [None if cell == state.board.empty else cell for cell in state.board.shown(state.row)]


_NUMBERED = re.compile(r"^\W{0,9}(?:(?:step|move)\s{0,9})?#?\d{1,7}\s{0,4}[.):]", re.IGNORECASE)
_CELL = r"(?:(?:the|an?|empty|cell|position|pos|space|square|index|spot)\b[\s#]{0,9}){0,4}(\d{1,4})\b"
_TYPOGRAPHY = str.maketrans("", "", "*`$\"'()[]")


def prose(text: str, arguments: Arguments) -> Iterator[Json]:
    """ "3. Move R from 1 to 2", "blue jumps from position 4 to 2": one move a line. Where two or more of the lines are
    numbered, only those count: a plan or a summary is no move."""
    called = {name.casefold(): name for name in (arguments["moves_right"], arguments["moves_left"])}
    called |= {COLOURS[name].casefold(): name for name in called.values() if name in COLOURS}
    told = re.compile(
        rf"(?<!\w)({'|'.join(map(re.escape, called))})(?!\w)(?:[^\S\n]|[a-z,:#-](?!>)){{0,60}}?{_CELL}"
        rf"[\s,]{{0,9}}(?:to|into|->|→|⟶|=>)\s{{0,9}}{_CELL}",
        re.IGNORECASE,
    )
    lines = [line.group().translate(_TYPOGRAPHY) for line in re.finditer(r"[^\n]+", text)]
    found = [(_NUMBERED.match(line) is not None, match) for line in lines if (match := told.search(line))]
    numbered = sum(is_numbered for is_numbered, _ in found) > 1
    for is_numbered, match in found:
        if is_numbered or not numbered:
            yield [called[match[1].casefold()], int(match[2]), int(match[3])]


def _marks(empty: str, *pool: str) -> Labels:
    """Names for the two kinds of piece, drawn from a pool, and one for the gap."""
    two = named(*pool)
    return lambda things, random: [*two(things[:2], random), empty]


def _exchanged(things: Sequence[Json], _random: Random) -> Sequence[Json]:
    """Each kind of piece by the other's name."""
    right, left, empty = things
    return [left, right, empty]


def _horseshoe(things: Sequence[Json], _random: Random) -> Sequence[Json]:
    """1, 3, 5, ... along one side and back along the other ..., 4, 2, 0."""
    return [*things[1::2], *things[::2][::-1]]


DISGUISES = {
    "canal": Disguise(
        kind="story",
        labels={"mark": _marks("free", "Heron", "Plover", "Avocet", "Dunlin", "Godwit"), "cell": words},
        listed={"berths": "cell"},
        called={"start": "moored", "goal": "wanted", "moves_right": "downstream", "moves_left": "upstream"},
    ),
    "symbols": Disguise(
        kind="symbols",
        labels={"mark": named("u1", "u2", "u3", "u4", "u5"), "cell": codes},
        listed={"slots": "cell"},
        called={
            "start": "content",
            "goal": "target",
            "moves_right": "ascending",
            "moves_left": "descending",
            "empty": "blank",
        },
    ),
    "mirrored": Disguise(kind="mirrored", labels={"cell": mirrored}, listed={"numbers": "cell"}),
    "horseshoe": Disguise(
        kind="changed rule",
        labels={"mark": _exchanged, "cell": _horseshoe},
        listed={"path": "cell"},
        called={"moves_right": "goes_forward", "moves_left": "goes_back"},
    ),
}

puzzle = Puzzle(
    name="checker_jumping",
    title="Checker Jumping",
    version=1,
    sizes=range(2, 11),  # from 2 on, since with one piece of a colour no position is dead
    variants=("row", "mid", "dead"),
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
        "mark": lambda arguments: [arguments["moves_right"], arguments["moves_left"], arguments["empty"]],
        "cell": lambda arguments: [*range(len(arguments["start"]))],
    },
    shapes={"start": ["mark"], "goal": ["mark"], "moves_right": "mark", "moves_left": "mark", "empty": "mark"},
    move_shape=("mark", "cell", "cell"),
    disguises=DISGUISES,
    twins={"dead": "mid"},
    drawn_as="line",
    scene=scene,
    tokens_per_move=6.0,  # of one digit a cell, without spaces, measured; as models like to write it 7 to 9
)
