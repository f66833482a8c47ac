"""What every task must hold, checked over any plugin: ``pegboard check``, and a test suite's one-liner.

from harness.testing import conformance
assert all(finding.good for finding in conformance(plugin, sandbox))
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from harness import modes
from harness.completion import Completion, Stop
from harness.errors import PegboardError
from harness.extract.candidates import candidates
from harness.judge import judge
from harness.outcome import Outcome
from harness.plugins import Plugin
from harness.question import Question, pose
from harness.referee import replay
from harness.sandbox.protocol import Language, Program, Sandbox
from harness.search import SearchTooLarge, shortest
from harness.task import IMPOSSIBLE, IllegalMove, Json, MalformedMove

SEEDS = (0, 1, 2)
SEARCHED_STATES = 20_000
"""Certificates are held against a search of at most so many states."""

SEARCHED_SIZES = 4
"""... and at so many of the smallest sizes."""

RUN_MOVES = 100_000
"""Reference programs are run where the shortest solution has at most so many moves."""

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
        "what is no move is refused, and an empty answer solves nothing": lambda: _refuses(plugin),
        "prompts are there for every mode and leave no placeholder": lambda: _prompts(plugin),
        "no example in a prompt is the beginning of an answer": lambda: _examples(plugin),
        "prompts say how to answer that an instance is impossible": lambda: _says_impossible(plugin),
        "silence is no solution": lambda: _silence(plugin, sandbox),
        "the reference program in Python solves every size": lambda: _solver(plugin, sandbox, "python"),
        "the reference program in Lua solves every size": lambda: _solver(plugin, sandbox, "lua"),
    }
    for what, check in checks.items():
        try:
            problems = tuple(islice(check(), MOST_PROBLEMS))
        except PegboardError as error:
            problems = (str(error),)
        except Exception as error:  # a task's own code may raise anything; its author is told what
            problems = (f"{type(error).__name__}: {error}",)
        yield Finding(what, problems)


def _questions(plugin: Plugin) -> Iterator[Question]:
    for variant in plugin.puzzle.variants:
        for size in plugin.puzzle.sizes:
            for seed in SEEDS:
                yield pose(plugin, size, seed, variant)


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
    for question in (question for question in _questions(plugin) if question.size in smallest):
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
    for item in NOT_MOVES:
        try:
            puzzle.apply(puzzle.start(question.instance.arguments), puzzle.parse(item))
        except (MalformedMove, IllegalMove):
            continue
        yield f"{json.dumps(item)} was taken for a move"
    for question in _questions(plugin):
        if replay(puzzle, question.instance, []).solved:
            yield f"{_named(question)}: solved before any move"


def _some_question(plugin: Plugin) -> Question:
    return pose(plugin, plugin.puzzle.sizes[0])


def _uses(template: str, name: str) -> bool:
    return re.search(rf"(?<!\$)\$(?:{name}\b|{{{name}}})", template) is not None


def _prompts(plugin: Plugin) -> Iterator[str]:
    arguments = _some_question(plugin).instance.arguments
    for stem, wanted in {"enumerate": [*arguments], "function": [*arguments, "signature", "language"]}.items():
        text = plugin.prompt(stem)
        yield from (f"the {stem} prompt never uses ${name}" for name in wanted if not _uses(text, name))
        if "FILL IN" in text:
            yield f"the {stem} prompt still says FILL IN"
    for mode in modes.MODES.values():
        for question in _questions(plugin):
            if not mode.ask(plugin, question.instance).strip():
                yield f"the {mode.prompt} prompt is empty"


def _examples(plugin: Plugin) -> Iterator[str]:
    puzzle = plugin.puzzle
    for question in _questions(plugin):
        prompt = modes.MODES["enumerate"].ask(plugin, question.instance)
        for candidate in candidates(prompt, puzzle):
            items = list(islice(candidate.items, 2))
            if candidate.labelled and items and replay(puzzle, question.instance, items).legal_moves == len(items):
                yield f"{_named(question)}: the example {[part.data for part in items]} begins with legal moves"


def _says_impossible(plugin: Plugin) -> Iterator[str]:
    for stem in ("enumerate", "function"):
        if IMPOSSIBLE not in plugin.prompt(stem):
            yield f"the {stem} prompt does not mention the word {IMPOSSIBLE}"


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
    program = Program(plugin.solvers[language], language)
    for question in _questions(plugin):
        if (question.instance.certificate.fewest_moves or 0) > RUN_MOVES:
            continue
        text = f"```{language}\n{program.source}\n```"
        answer = mode.answer(plugin.puzzle, question.instance.arguments, Completion(text=text, stop=Stop.END), sandbox)
        problem = _why_wrong(question, answer)
        if problem is not None:
            yield f"{_named(question)}: {problem}"


def _why_wrong(question: Question, answer: modes.Answer) -> str | None:
    if answer.reading is None:
        return answer.ended.reason if answer.ended else "no answer"
    unsolvable = question.instance.certificate.solvable == "unsolvable"
    if answer.reading.kind == "impossible" or unsolvable:
        return None if (answer.reading.kind == "impossible") == unsolvable else "says the wrong thing about solvability"
    played = replay(question.plugin.puzzle, question.instance, answer.reading.items)
    return None if played.solved else played.reason or "its moves do not reach the goal"
