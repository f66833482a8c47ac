"""The files of a new task: complete but for its rules, its statements and its reference programs."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator
from pathlib import Path

from harness.errors import UsageError
from harness.plugins import discover

RULES = '''"""NAME: FILL IN what the puzzle is and where it comes from. As it stands, things in a row are put in order.

state      FILL IN, any hashable value; as it stands, the things from left to right
move       FILL IN what one item of an answer is; as it stands, a thing
"""

from collections.abc import Iterator
from random import Random

from harness import Arguments, Disguise, IllegalMove, Instance, Json, MalformedMove, Puzzle, certify
from harness.labels import codes

State = tuple[int, ...]


def pose(size: int, seed: int, variant: str) -> Instance:
    """FILL IN: the instance of this size and seed. The arguments fill the statement and are handed to a function."""
    raise NotImplementedError("pose")  # FILL IN what follows, and remove this line
    if size < 2:
        raise ValueError("one thing is always in order")
    random = Random(f"NAME {size} {seed}")
    row = list(range(1, size + 1))
    while row == sorted(row):
        random.shuffle(row)
    arguments = {"row": row}
    return Instance(arguments, certify(puzzle, arguments))


def start(arguments: Arguments) -> State:
    """The first state."""
    return tuple(arguments["row"])


def parse(item: Json) -> int:
    """One item of an answer as a move; exact types, since True is not 1."""
    if type(item) is not int:
        raise MalformedMove("a move is a whole number")
    return item


def apply(state: State, move: int) -> State:
    """FILL IN: the state after a legal move; refuse every other with IllegalMove(rule, reason)."""
    if move not in state:
        raise IllegalMove("unknown_thing", f"there is no thing {move}")
    raise NotImplementedError("apply")


def solved(state: State) -> bool:
    """FILL IN: whether this is the goal."""
    raise NotImplementedError("solved")


def moves(state: State) -> Iterator[int]:
    """FILL IN: every legal move. certify and the check search with it."""
    raise NotImplementedError("moves")


def resume(arguments: Arguments, state: State) -> Arguments:
    """The arguments of the same puzzle begun at this state."""
    return {**arguments, "row": [*state]}


puzzle = Puzzle(
    name="NAME",
    title="TITLE",
    version=1,
    sizes=range(2, 7),
    variants=("standard",),  # FILL IN "unsolvable" too, if some instances have no solution, and ...
    # twins={"unsolvable": "standard"},  # ... pair it with the variant that looks like it
    pose=pose,
    start=start,
    parse=parse,
    apply=apply,
    solved=solved,
    moves=moves,
    resume=resume,
    sorts={"thing": lambda arguments: sorted(arguments["row"])},  # what arguments and moves name, in order
    shapes={"row": ["thing"]},  # what each argument names
    move_shape="thing",
    disguises={
        "symbols": Disguise(
            kind="symbols",
            labels={"thing": codes},
            listed={"order": "thing"},  # a further argument, which tells what the names stand for
            called={"row": "content"},
        ),
    },
    drawn_as="line",
    scene=lambda state: [*state],
)
'''

STATEMENT = """FILL IN: what there is.

**Rules.**

- FILL IN: what a move does, and when it is legal.

**Goal.** FILL IN.

**This case.** `row` has FILL IN.

    row = $row

**Moves.** A move is FILL IN. A list of moves looks like this; it only shows the form, and there are
no such numbers here:

    moves = [99, 98]
"""

DISGUISED = """FILL IN: the same in other words, with nothing that tells which puzzle it is.

**Rules.**

- FILL IN.

**Goal.** FILL IN.

**This case.** `content` has FILL IN. `order` has all symbols, FILL IN.

    content = $content
    order = $order

**Moves.** A move is FILL IN. A list of moves looks like this; it only shows the form, and there are
no such symbols here:

    moves = ["z1", "z2"]
"""

SOLVERS = {
    "lua": "-- FILL IN: the program that a perfect model would write.\nfunction solve(row)\n  return {}\nend\n",
    "py": '"""FILL IN: the program that a perfect model would write."""\n\n\ndef solve(row):\n    return []\n',
}


def write(name: str, root: Path) -> Iterator[Path]:
    """Write a new task's files into a root. Raises UsageError for a name that cannot be used or a file that exists."""
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or keyword.iskeyword(name):
        raise UsageError(
            f"{name!r} cannot be a task's name",
            "use lower-case letters, digits and _, a letter first and no word of Python, such as frog_jump",
        )
    known = discover()
    if name in known:
        raise UsageError(f"there is a task called {name} already: {known[name].rules}", "choose another name")
    title = name.replace("_", " ").capitalize()
    files = {
        root / "tasks" / f"{name}.py": RULES.replace("NAME", name).replace("TITLE", title),
        root / "prompts" / f"{name}.md": STATEMENT,
        root / "prompts" / f"{name}.symbols.md": DISGUISED,
        **{root / "solvers" / f"{name}.{suffix}": source for suffix, source in SOLVERS.items()},
    }
    for file in files:
        if file.exists():
            raise UsageError(f"{file} exists already", "choose another name, or remove it")
    for file, text in files.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        yield file
