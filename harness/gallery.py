"""The page that shows every task: what it looks like, how it is asked in each disguise, how hard each size is.

Everything on it is read off the tasks themselves, so that it cannot say what they do not do.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence

from harness import modes
from harness.drawing import picture
from harness.errors import UsageError
from harness.modes.next_move import by_chance, one_step
from harness.modes.prompt import statement
from harness.modes.solution import shortest_solution, shortest_way
from harness.plan import token_floor
from harness.plugins import STATEMENT, Plugin
from harness.question import Question, pose, variants
from harness.task import IMPOSSIBLE, Certificate, Puzzle

ENOUGH_MOVES = 5
"""What is shown at one size is shown at one of the smallest three: the first with at least so many to its goal."""

LONGEST_SOLUTION = 20
"""Solutions of more moves are not written out."""

LONG_SEARCH = 50_000
"""Sizes are posed in order up to the first whose certificate took a search of more states: the next would take longer
than a reader waits."""

ROWS, ROWS_OF_OTHERS = 6, 9
"""Sizes in the table of a task's default kind; rows for its other kinds, as evenly as they can be shared out."""

ABOUT_PAGE = """This page is what `pegboard gallery` prints: `pegboard gallery > docs/tasks.md` makes it anew, and
`pegboard gallery TASK --plugins DIR` shows a task of your own. All instances on it are those of seed 0."""

ABOUT_VARIANTS = """A variant is a kind of instance, bare (`kind`) or in a disguise (`kind.disguise`): the same puzzle
behind other names and told by another statement, with the same solutions, move by move."""

ABOUT_MODES = "A mode is a way of asking. Those from the middle of a game need a variant that has a solution."


SEEDS = range(6)

MOST_PLAYED = 2_000
"""Moves of the longest game from whose middle one is asked for here."""


def gallery(plugins: Sequence[Plugin]) -> str:
    """The whole page as Markdown; the same tasks give the same text. Raises what posing raises."""
    return "\n\n".join([_head(plugins), *map(_section, plugins)])


def _head(plugins: Sequence[Plugin]) -> str:
    """How the page is made, all tasks in one table, and the ways of asking."""
    rows = [
        [
            f"[{plugin.puzzle.title}](#{_anchor(plugin.puzzle.title)})",
            _sizes(plugin.puzzle),
            _code(plugin.puzzle.variants),
            _code(plugin.puzzle.disguises),
            str(len(variants(plugin.puzzle))),
        ]
        for plugin in plugins
    ]
    total = sum(len(variants(plugin.puzzle)) for plugin in plugins)
    table = _table(["puzzle", "sizes", "kinds", "disguises", "variants"], [*rows, ["all", "", "", "", str(total)]])
    asking = _table(["mode", "what is asked", "what it takes"], _modes())
    return "\n\n".join(["# The tasks", ABOUT_PAGE, ABOUT_VARIANTS, table, ABOUT_MODES, asking])


def _modes() -> list[list[str]]:
    """The table in which the modes' own module explains them."""
    lines = [[*filter(None, map(str.strip, line.split("  ")))] for line in (modes.__doc__ or "").splitlines()]
    return [[f"`{name}`", asked, takes] for name, asked, takes in (line for line in lines if len(line) == 3)]


def _section(plugin: Plugin) -> str:
    puzzle = plugin.puzzle
    posed = [[*_posed(plugin, kind)] for kind in puzzle.variants]
    shown = _shown(posed[0])
    parts = [
        f"## {puzzle.title}",
        f"{_origin(plugin)}\n`{plugin.name}`, version {puzzle.version}, sizes {_sizes(puzzle)}.".strip(),
        _pictures(shown),
        _kinds(puzzle),
        _disguises(shown),
        *_statements(shown),
        *_answers(shown),
        *_optimum(posed),
    ]
    return "\n\n".join(filter(None, parts))


def _posed(plugin: Plugin, kind: str) -> Iterator[Question]:
    """The sizes of a kind, ascending, as far as posing them is quick. What is quick is told by counts, not by a clock,
    so that the page is the same everywhere."""
    for size in plugin.puzzle.sizes:
        question = pose(plugin, size, 0, kind)
        yield question
        if (question.instance.certificate.states or 0) > LONG_SEARCH:
            return


def _shown(posed: Sequence[Question]) -> Question:
    """The instance that stands for its task."""
    smallest = posed[:3]
    return next((each for each in smallest if _fewest(each) >= ENOUGH_MOVES), max(smallest, key=_fewest))


def _fewest(question: Question) -> int:
    return question.instance.certificate.fewest_moves or 0


def _origin(plugin: Plugin) -> str:
    """The first paragraph of the text that the task's file begins with."""
    told = ast.get_docstring(ast.parse(plugin.files.rules.read_bytes())) or ""
    return " ".join(told.partition("\n\n")[0].split())


def _pictures(question: Question) -> str:
    """A start, and where a shortest solution ends."""
    puzzle = question.puzzle
    state = puzzle.start(question.instance.arguments)
    start = picture(puzzle, state)
    if start is None:
        return ""
    if not _is_written_out(question):
        return _fenced(f"start of size {question.size}\n\n{start}")
    for move in shortest_way(puzzle, state):
        state = puzzle.apply(state, move)
    moves = "1 move" if _fewest(question) == 1 else f"{_fewest(question)} moves"
    return _fenced(f"start of size {question.size}\n\n{start}\n\nafter {moves}\n\n{picture(puzzle, state)}")


def _is_written_out(question: Question) -> bool:
    return question.puzzle.moves is not None and 0 < _fewest(question) <= LONGEST_SOLUTION


def _kinds(puzzle: Puzzle) -> str:
    first, *others = puzzle.variants
    told = [f"`{first}` (asked unless another is named)", *map(_code_of, others)]
    twins = [f"`{twin}` looks like `{beside}`, but has no solution." for twin, beside in puzzle.twins.items()]
    return " ".join([f"**Kinds.** {', '.join(told)}.", *twins])


def _disguises(shown: Question) -> str:
    disguises = shown.puzzle.disguises
    if not disguises:
        return ""
    rows = [[f"`{name}`", disguise.kind, _names(_in(shown, name))] for name, disguise in disguises.items()]
    return _table(["disguise", "what is changed", f"names, for example at size {shown.size}"], rows)


def _in(shown: Question, disguise: str) -> Question:
    return pose(shown.plugin, shown.size, shown.seed, f"{shown.kind}.{disguise}")


def _names(question: Question) -> str:
    """Of each renamed sort, what the first thing is called."""
    assert question.mask is not None  # noqa: S101 - asked of disguises only
    renamed = [(sort, told) for sort, told in question.mask.told.items() if sort in question.mask.disguise.labels]
    firsts = [(sort, *next(iter(told.items()))) for sort, told in renamed if told]
    return ", ".join(f"{sort} `{bare}` is `{name}`" for sort, bare, name in firsts)


def _statements(shown: Question) -> Iterator[str]:
    """How it is told, bare and in the first disguise."""
    asked = [shown, *(_in(shown, name) for name in [*shown.puzzle.disguises][:1])]
    for question in asked:
        if (question.disguise or STATEMENT) in question.plugin.prompts:
            yield _folded(
                f"As it is told: <code>{question.variant}</code>, size {question.size}",
                "\n".join(f"> {line}".rstrip() for line in statement(question).splitlines()),
            )


def _answers(shown: Question) -> Iterator[str]:
    if not _is_written_out(shown):
        return
    items = shortest_solution(shown)
    told = {name: modes.MODES[name].perfect(shown, items).strip() for name in ("enumerate", "compact")}
    blocks = [f"`{name}`\n\n{text if text.startswith('```') else _fenced(text)}" for name, text in told.items()]
    yield f"**A perfect answer** to size {shown.size}, in the modes"
    yield from blocks


def _optimum(posed: Sequence[Sequence[Question]]) -> Iterator[str]:
    """How hard each size is, of the default kind and then of the others."""
    share = max(1, min(3, ROWS_OF_OTHERS // max(1, len(posed) - 1)))
    rows = [_row(question) for place, kind in enumerate(posed) for question in _spread(kind, share if place else ROWS)]
    yield _table(["kind", "size", "fewest moves", "tokens", "next", "known by", "states searched"], rows)
    notes = ["Tokens are the fewest that a right answer takes in the mode `compact`."]
    notes.append(
        f"Next is the share of legal moves that are right in that mode, over seeds 0 to {SEEDS[-1]}: by chance."
    )
    if any(question.instance.certificate.solvable == "unsolvable" for kind in posed for question in kind):
        notes.append(f'Where there are no moves, the right answer is "{IMPOSSIBLE}".')
    last = [kind[-1] for kind in posed if kind[-1].size != kind[-1].plugin.puzzle.sizes[-1]]
    if last:
        above = ", ".join(f"`{each.kind}` above size {each.size}" for each in last)
        notes.append(f"Left out, because searching takes long: {above}.")
    yield " ".join(notes)


def _row(question: Question) -> list[str]:
    certificate = question.instance.certificate
    floor = token_floor(modes.MODES["compact"], question)
    states = "" if certificate.states is None else f"{certificate.states:,}"
    tokens = f"{floor:,}" if floor and certificate.fewest_moves else ""
    next_move = _next_by_chance(question)
    return [
        f"`{question.kind}`",
        str(question.size),
        _length(certificate),
        tokens,
        next_move,
        certificate.method,
        states,
    ]


def _next_by_chance(question: Question) -> str:
    if question.puzzle.resume is None or (question.instance.certificate.fewest_moves or MOST_PLAYED + 1) > MOST_PLAYED:
        return ""
    seeds = (pose(question.plugin, question.size, seed, question.variant) for seed in SEEDS)
    try:
        shares = [by_chance(one_step(each)) for each in seeds if each.instance.certificate.solvable == "solvable"]
    except UsageError:  # no shortest way is found in reasonable time
        return ""
    return f"{sum(shares) / len(shares):.0%}"


def _length(certificate: Certificate) -> str:
    known = certificate.fewest_moves
    return f"{known:,}" if known is not None else "none" if certificate.solvable == "unsolvable" else "not known"


def _spread(questions: Sequence[Question], most: int) -> list[Question]:
    """At most so many, from the first to the last as evenly as can be; the last, if only one."""
    last, steps = len(questions) - 1, min(most, len(questions)) - 1
    return [questions[last * step // steps] for step in range(steps + 1)] if steps else [questions[last]]


def _sizes(puzzle: Puzzle) -> str:
    sizes = [*puzzle.sizes]
    if len(sizes) > 2 and sizes == [*range(sizes[0], sizes[-1] + 1)]:
        return f"{sizes[0]} to {sizes[-1]}"
    return ", ".join(map(str, sizes))


def _code_of(name: str) -> str:
    return f"`{name}`"


def _code(names: Iterable[str]) -> str:
    return ", ".join(map(_code_of, names))


def _anchor(heading: str) -> str:
    """Where a heading is linked to, as GitHub has it."""
    kept = "".join(letter for letter in heading.lower() if letter.isalnum() or letter in " -_")
    return kept.replace(" ", "-")


def _fenced(text: str) -> str:
    return f"```\n{text}\n```"


def _folded(summary: str, text: str) -> str:
    return f"<details>\n<summary>{summary}</summary>\n\n{text}\n\n</details>"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [" | ".join(cell.replace("|", "\\|") for cell in line) for line in (head, ["---"] * len(head), *rows)]
    return "\n".join(f"| {line} |" for line in lines)
