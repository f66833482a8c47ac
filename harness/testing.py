"""What every task must hold, checked over any plugin: ``pegboard check``, and a test suite's one-liner.

from harness.testing import conformance
assert all(finding.good for finding in conformance(plugin, sandbox))
"""

from __future__ import annotations

import json
import re
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from harness import modes, plugins
from harness.completion import Completion, Stop, joined
from harness.drawing import picture
from harness.errors import PegboardError
from harness.extract.candidates import candidates
from harness.item import item
from harness.judge import judge
from harness.modes.next_move import middle
from harness.modes.prompt import ASKS, asks, prompt
from harness.modes.solution import distance, resumed, shortest_solution
from harness.modes.turns import game
from harness.outcome import Outcome
from harness.plugins import Plugin
from harness.question import Question, pose, variants
from harness.referee import replay
from harness.sandbox.protocol import Language, Sandbox
from harness.search import SearchTooLarge, reachable, shortest, shortest_from
from harness.task import IMPOSSIBLE, IllegalMove, Json, MalformedMove, UnknownDistance

SEEDS = (0, 1, 2)
SEARCHED_STATES = 20_000
"""Certificates are held against a search of at most so many states."""

SEARCHED_SIZES = 4
"""... and at so many of the smallest sizes."""

SAMPLED_STATES = 12
"""States of a small instance at which distances are held against a search."""

DISGUISED_SIZES = 3
"""Disguises are checked at so many of the smallest sizes: the rules behind them are the same."""

RUN_MOVES = 100_000
"""Reference programs are run where the shortest solution has at most so many moves."""

LISTED_MOVES = 5_000
"""Perfect answers are written out and judged where the shortest solution has at most so many moves."""

NOT_MOVES: tuple[Json, ...] = (None, True, 0.5, {}, {"move": 1}, [[[]]], [None], [True, False, True], [0.0, 1.0, 2.0])
MOST_PROBLEMS = 5


@dataclass(frozen=True)
class Finding:
    what: str
    problems: tuple[str, ...]

    @property
    def good(self) -> bool:
        return not self.problems


def conformance(plugin: Plugin, sandbox: Sandbox) -> Iterator[Finding]:
    """Every check's finding, one after another; a check that raises has found that."""
    checks: dict[str, Callable[[], Iterator[str]]] = {
        "the same size, seed and variant pose the same instance, as plain data": lambda: _deterministic(plugin),
        "certificates agree with a search over the rules": lambda: _certified(plugin),
        "the distance to the goal is what a search finds": lambda: _distances(plugin),
        "things of one instance have names of their own, and states can be drawn": lambda: _things(plugin),
        "instances beside solvable ones that are said to be unsolvable are": lambda: _twins(plugin),
        "what is no move is refused, and an empty answer solves nothing": lambda: _refuses(plugin),
        "every legal move can be written as an item of an answer and read again": lambda: _written_and_read(plugin),
        "a game can be taken up at any state, which is as far from the goal as before": lambda: _resumed(plugin),
        "statements are there, bare and in every disguise, and tell every argument": lambda: _statements(plugin),
        "prompts of a task's own say how to answer that an instance is impossible": lambda: _says_impossible(plugin),
        "no example in a prompt is the beginning of an answer": lambda: _examples(plugin),
        "a disguise gives every thing a name of its own, and its names away with none": lambda: _disguises(plugin),
        "silence is no solution": lambda: _silence(plugin, sandbox),
        "the reference program in Python solves every size": lambda: _solver(plugin, sandbox, "python"),
        "the reference program in Lua solves every size": lambda: _solver(plugin, sandbox, "lua"),
        "a perfect answer is judged right in every way of asking": lambda: _perfect(plugin, sandbox),
    }
    for what, check in checks.items():
        try:
            problems = tuple(islice(check(), MOST_PROBLEMS))
        except PegboardError as error:
            problems = (str(error),)
        except Exception as error:  # a task's own code may raise anything; its author is told what
            problems = (f"{type(error).__name__}: {error}{_place(error, plugin.files.rules)}",)
        yield Finding(what, problems)


def lacking(plugin: Plugin) -> Iterator[str]:
    """What a task could have besides, and what it does not get without it. None of it is a fault."""
    puzzle = plugin.puzzle
    waiting: dict[str, list[str]] = {}
    for mode in modes.MODES.values():
        need = _needs(plugin, mode)
        if need is not None:
            waiting.setdefault(need, []).append(mode.name)
    yield from (f"not asked in {', '.join(names)}: {need}" for need, names in waiting.items())
    if puzzle.moves is None:
        yield "certificates are not held against a search, and no perfect list is judged: give the Puzzle moves"
    if not puzzle.disguises:
        yield "no disguise: what is known by heart cannot be told from what is worked out"
    if not puzzle.twins:
        yield "no twins: no unsolvable instance is posed beside a solvable one that looks like it"
    if puzzle.drawn_as is None or puzzle.scene is None:
        yield "its states are not drawn: give the Puzzle drawn_as and scene"


def _needs(plugin: Plugin, mode: modes.Mode) -> str | None:
    """What to do so that a task can be asked in a mode; None where it can be, or where that takes words of its own."""
    if not asks(plugin, mode):
        return f"write prompts/{plugin.name}.md" if (ASKS / f"{mode.ask}.md").is_file() else None
    fields = {"moves": plugin.puzzle.moves, "resume": plugin.puzzle.resume} if mode.needs_solution else {}
    absent = [name for name, value in fields.items() if value is None]
    if absent:
        return f"give the Puzzle {' and '.join(absent)}"
    if mode.ask == "algorithm" and mode.ask not in plugin.prompts and "python" not in plugin.solvers:
        return f"write solvers/{plugin.name}.py"
    return None


def _place(error: Exception, file: Path) -> str:
    """In which function and line of the task's own file it was raised, if it was."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(file)]
    return f" (in {frames[-1].name}, {file}:{frames[-1].lineno})" if frames else ""


def _questions(plugin: Plugin, kinds: Sequence[str] | None = None) -> Iterator[Question]:
    """Every kind at every size; in a disguise, at the smallest."""
    for variant in variants(plugin.puzzle) if kinds is None else kinds:
        sizes = plugin.puzzle.sizes if "." not in variant else plugin.puzzle.sizes[:DISGUISED_SIZES]
        for size in sizes:
            for seed in SEEDS:
                yield pose(plugin, size, seed, variant)


def _small_questions(plugin: Plugin) -> Iterator[Question]:
    """Every kind and disguise, at the smallest sizes."""
    for question in _questions(plugin):
        if question.size in plugin.puzzle.sizes[:DISGUISED_SIZES]:
            yield question


def _named(question: Question) -> str:
    return f"size {question.size}, seed {question.seed}, {question.variant}"


def _deterministic(plugin: Plugin) -> Iterator[str]:
    for question in _questions(plugin):
        again = pose(plugin, question.size, question.seed, question.variant).instance
        if again != question.instance:
            yield f"{_named(question)}: posed differently the second time"
        arguments = dict(question.instance.arguments)
        if json.loads(json.dumps(arguments)) != arguments:
            yield f"{_named(question)}: the arguments are not plain JSON data"


def _certified(plugin: Plugin) -> Iterator[str]:
    if plugin.puzzle.moves is None:
        return
    smallest = plugin.puzzle.sizes[:SEARCHED_SIZES]
    for question in (each for each in _questions(plugin, plugin.puzzle.variants) if each.size in smallest):
        certificate = question.instance.certificate
        try:
            found = shortest(plugin.puzzle, question.instance.arguments, SEARCHED_STATES)
        except SearchTooLarge:
            continue
        solvable = "unsolvable" if found.fewest_moves is None else "solvable"
        if certificate.solvable not in (solvable, "unknown"):
            yield f"{_named(question)}: certified {certificate.solvable}, but search finds it {solvable}"
        elif certificate.fewest_moves not in (found.fewest_moves, None):
            yield f"{_named(question)}: certified {certificate.fewest_moves} moves, search finds {found.fewest_moves}"


def _refuses(plugin: Plugin) -> Iterator[str]:
    puzzle = plugin.puzzle
    question = pose(plugin, puzzle.sizes[-1])
    for data in NOT_MOVES:
        try:
            puzzle.apply(puzzle.start(question.instance.arguments), puzzle.parse(data))
        except (MalformedMove, IllegalMove):
            continue
        yield f"{json.dumps(data)} was taken for a move"
    for question in _questions(plugin):
        if replay(question.puzzle, question.instance, []).solved:
            yield f"{_named(question)}: solved before any move"


def _distances(plugin: Plugin) -> Iterator[str]:
    """At the start and at states on the way of a small instance of each kind."""
    puzzle = plugin.puzzle
    if puzzle.distance is None or puzzle.moves is None:
        return
    for question in _questions(plugin, puzzle.variants):
        if question.seed or question.size not in puzzle.sizes[:2]:
            continue
        first = puzzle.start(question.instance.arguments)
        for state in islice(reachable(puzzle, first, SEARCHED_STATES), 0, SAMPLED_STATES * 3, 3):
            with suppress(SearchTooLarge, UnknownDistance):
                told, found = puzzle.distance(state), shortest_from(puzzle, state, SEARCHED_STATES).fewest_moves
                if told != found:
                    yield f"{_named(question)}: distance says {told} at {state}, a search finds {found}"


def _things(plugin: Plugin) -> Iterator[str]:
    for question in _small_questions(plugin):
        if question.mask is not None:
            continue
        named: dict[Json, str] = {}
        for sort, of in plugin.puzzle.sorts.items():
            for name in of(question.instance.arguments):
                if isinstance(name, str) and name in named:
                    yield f"{_named(question)}: {name!r} is a {named[name]} and a {sort}"
                named[name] = sort
        picture(plugin.puzzle, plugin.puzzle.start(question.instance.arguments))


def _twins(plugin: Plugin) -> Iterator[str]:
    for question in _questions(plugin, [*plugin.puzzle.twins]):
        beside = pose(plugin, question.size, question.seed, plugin.puzzle.twins[question.variant]).instance
        if question.instance.certificate.solvable != "unsolvable":
            yield f"{_named(question)}: certified {question.instance.certificate.solvable}"
        if {*question.instance.arguments} != {*beside.arguments}:
            yield f"{_named(question)}: its arguments are not those of {plugin.puzzle.twins[question.variant]}"


def _written_and_read(plugin: Plugin) -> Iterator[str]:
    if plugin.puzzle.moves is None:
        return
    for question in _small_questions(plugin):
        state = question.puzzle.start(question.instance.arguments)
        for move in islice(plugin.puzzle.moves(state), MOST_PROBLEMS):
            written = question.puzzle.item(move)
            if question.puzzle.parse(json.loads(json.dumps(written))) != move:
                yield f"{_named(question)}: the move {move} is written as {written}, which is read as another"


def _resumed(plugin: Plugin) -> Iterator[str]:
    if plugin.puzzle.resume is None or plugin.puzzle.moves is None:
        return
    for question in _small_questions(plugin):
        if question.instance.certificate.solvable == "unsolvable" or question.mask is not None:
            continue
        state = middle(question)
        arguments = resumed(question, state)
        if distance(plugin.puzzle, plugin.puzzle.start(arguments)) != distance(plugin.puzzle, state):
            yield f"{_named(question)}: begun again at {state}, the goal is not as far as it was"


def _uses(template: str, name: str) -> bool:
    return re.search(rf"(?<!\$)\$(?:{name}\b|{{{name}}})", template) is not None


def _statements(plugin: Plugin) -> Iterator[str]:
    own = [mode for mode in modes.MODES.values() if mode.ask in plugin.prompts]
    for variant in [
        plugin.puzzle.variants[0],
        *(f"{plugin.puzzle.variants[0]}.{name}" for name in plugin.puzzle.disguises),
    ]:
        question = pose(plugin, plugin.puzzle.sizes[0], 0, variant)
        if plugins.STATEMENT not in plugin.prompts and own and question.disguise is None:
            texts = {f"the {mode.ask} prompt": plugin.prompts[mode.ask] for mode in own}
        else:
            texts = {f"the statement for {variant}": plugin.statement(question.disguise)}
        for what, text in texts.items():
            yield from (f"{what} never uses ${name}" for name in question.instance.arguments if not _uses(text, name))
            if "FILL IN" in text:
                yield f"{what} still says FILL IN"
    for question, mode in _asked(plugin):
        if not prompt(mode, question).strip():
            yield f"{_named(question)}: the {mode.name} prompt is empty"


def _asked(plugin: Plugin) -> Iterator[tuple[Question, modes.Mode]]:
    """Every question at the smallest sizes in every mode in which the task can be asked."""
    for question in _small_questions(plugin):
        unsolvable = question.instance.certificate.solvable == "unsolvable"
        for mode in modes.MODES.values():
            askable = asks(plugin, mode, question.disguise) and _needs(plugin, mode) is None
            if askable and not (mode.needs_solution and unsolvable):
                yield question, mode


def _says_impossible(plugin: Plugin) -> Iterator[str]:
    for mode in modes.MODES.values():
        if mode.general and IMPOSSIBLE not in plugin.prompts.get(mode.ask, IMPOSSIBLE):
            yield f"the {mode.ask} prompt does not mention the word {IMPOSSIBLE}"


def _examples(plugin: Plugin) -> Iterator[str]:
    for question in _questions(plugin):
        text = prompt(modes.MODES["enumerate"], question)
        for candidate in candidates(text, question.puzzle):
            items = list(islice(candidate.items, 2))
            played = replay(question.puzzle, question.instance, items)
            if candidate.labelled and items and played.legal_moves == len(items):
                yield f"{_named(question)}: the example {[part.data for part in items]} begins with legal moves"


def _disguises(plugin: Plugin) -> Iterator[str]:
    """Names are one-to-one or posing fails; a changed rule must break the bare solution; no statement tells the
    title."""
    for question in _questions(plugin, [f"{plugin.puzzle.variants[0]}.{name}" for name in plugin.puzzle.disguises]):
        bare = pose(plugin, question.size, question.seed, question.kind)
        if question.instance.certificate != bare.instance.certificate:
            yield f"{_named(question)}: its certificate is not that of the bare instance"
        text = prompt(modes.MODES["enumerate"], question).casefold()
        told = [name for name in (plugin.puzzle.title, plugin.name.replace("_", " ")) if name.casefold() in text]
        yield from (f"{_named(question)}: the statement tells what it disguises: {name}" for name in told)
        if plugin.puzzle.disguises[question.disguise or ""].kind == "changed rule" and plugin.puzzle.moves is not None:
            solution = [item(question.puzzle, part) for part in shortest_solution(bare, LISTED_MOVES) or []]
            if solution and replay(question.puzzle, question.instance, solution).solved:
                yield f"{_named(question)}: the rule is said to be changed, but the bare solution is right"


def _silence(plugin: Plugin, sandbox: Sandbox) -> Iterator[str]:
    silent = Completion(text="", stop=Stop.END)
    for question in _questions(plugin):
        verdict = judge(question, modes.MODES["enumerate"], silent, sandbox).verdict
        if verdict.outcome is not Outcome.EMPTY_OUTPUT:
            yield f"{_named(question)}: silence was judged {verdict.outcome}"


def _solver(plugin: Plugin, sandbox: Sandbox, language: Language) -> Iterator[str]:
    if language not in plugin.solvers:
        yield f"write {plugin.files.root.path / 'solvers' / plugin.name}{'.lua' if language == 'lua' else '.py'}"
        return
    mode = modes.MODES[f"function/{language}"]
    for question in _questions(plugin):
        if (question.instance.certificate.fewest_moves or 0) > RUN_MOVES:
            continue
        said = Completion(text=mode.perfect(question, None), stop=Stop.END)
        problem = _why_wrong(question, mode.answer(question, said, sandbox))
        if problem is not None:
            yield f"{_named(question)}: {problem}"


def _perfect(plugin: Plugin, sandbox: Sandbox) -> Iterator[str]:
    if plugin.puzzle.moves is None:
        return
    for question, mode in _asked(plugin):
        if mode.language is not None or question.size != plugin.puzzle.sizes[:DISGUISED_SIZES][-1] or question.seed:
            continue
        asked = mode.question(question)
        said = Completion(text=mode.perfect(asked, shortest_solution(asked, LISTED_MOVES)), stop=Stop.END)
        whole = said if mode.turns is None else _game(question, mode)
        verdict = judge(question, mode, whole, sandbox).verdict
        if verdict.outcome is not Outcome.SOLVED:
            yield f"{_named(question)}, {mode.name}: {verdict.outcome}: {verdict.reason}"


def _game(question: Question, mode: modes.Mode) -> Completion:
    """A game played perfectly, turn by turn."""
    answers: list[Completion] = []
    most = mode.turns or 1
    for asked in game(question, answers, most):
        text = mode.perfect(asked, shortest_solution(asked, most))
        answers.append(Completion(text=text, stop=Stop.END))
    return joined(answers)


def _why_wrong(question: Question, answer: modes.Answer) -> str | None:
    if answer.reading is None:
        return answer.ended.reason if answer.ended else "no answer"
    unsolvable = question.instance.certificate.solvable == "unsolvable"
    if answer.reading.kind == "impossible" or unsolvable:
        return None if (answer.reading.kind == "impossible") == unsolvable else "says the wrong thing about solvability"
    played = replay(question.puzzle, question.instance, answer.reading.items)
    return None if played.solved else played.reason or "its moves do not reach the goal"
