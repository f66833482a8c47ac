"""The files of a new task: complete but for its rules and its reference programs."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator
from pathlib import Path

from harness.errors import UsageError
from harness.plugins import discover

RULES = '''"""NAME: FILL IN what the puzzle is and where it comes from.

    state      FILL IN; any hashable value
    move       FILL IN; what one item of an answer is
"""

from harness import Arguments, Certificate, IllegalMove, Instance, Json, MalformedMove, Puzzle


def pose(size: int, seed: int, variant: str) -> Instance:
    """FILL IN: the instance of this size and seed. The arguments fill the prompt and are handed to a function."""
    raise NotImplementedError("pose")
    arguments = {"size": size}
    return Instance(arguments, Certificate("solvable", fewest_moves=size, method="closed form"))


def start(arguments: Arguments) -> int:
    """FILL IN: the first state."""
    raise NotImplementedError("start")


def parse(item: Json) -> int:
    """FILL IN: one item of an answer as a move; exact types, since True is not 1."""
    if type(item) is not int:
        raise MalformedMove("a move is a whole number")
    return item


def apply(state: int, move: int) -> int:
    """FILL IN: the state after a legal move; refuse every other with IllegalMove(rule, reason)."""
    raise NotImplementedError("apply")
    raise IllegalMove("too_far", f"{move} is more than one step")


def solved(state: int) -> bool:
    """FILL IN."""
    raise NotImplementedError("solved")


puzzle = Puzzle(
    name="NAME",
    title="NAME",
    version=1,
    sizes=range(1, 9),
    variants=("standard",),
    pose=pose,
    start=start,
    parse=parse,
    apply=apply,
    solved=solved,
)
'''

ENUMERATE = """FILL IN: the situation, with every argument as a placeholder such as $size.

**Rules.** FILL IN.

**Answer.** Write out every move, in order, without leaving any out. Any sequence of legal moves that ends at the goal
is right; it need not be the shortest. End your answer with the whole list as JSON after `moves =`, like this (FILL IN:
an example that only shows the format and begins no answer):

    moves = [99, 98]

If there is no solution, end your answer with this line instead:

    moves = impossible
"""

FUNCTION = """FILL IN: the situation and the rules.

Write a program in $language: a function

    $signature

that returns the list of all moves, in order. FILL IN: what each parameter is ($size in this case). It will be called
for other cases as well. If there is no solution, the function returns the string `"impossible"`. The program may
use only the standard library of $language. Give the whole program in one code block.
"""

SOLVERS = {
    "lua": "-- FILL IN: the program that a perfect model would write.\nfunction solve(size)\n  return {}\nend\n",
    "py": '"""FILL IN: the program that a perfect model would write."""\n\n\ndef solve(size):\n    return []\n',
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
    files = {
        root / "tasks" / f"{name}.py": RULES.replace("NAME", name),
        root / "prompts" / f"{name}.enumerate.md": ENUMERATE,
        root / "prompts" / f"{name}.function.md": FUNCTION,
        **{root / "solvers" / f"{name}.{suffix}": source for suffix, source in SOLVERS.items()},
    }
    for file in files:
        if file.exists():
            raise UsageError(f"{file} exists already", "choose another name, or remove it")
    for file, text in files.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        yield file
