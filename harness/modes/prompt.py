"""The text that a model is given: a mode's wording around a task's statement of one instance."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from string import Template

from harness.errors import PegboardError, UsageError
from harness.modes.listed import as_rows, tell_list
from harness.modes.mode import Mode
from harness.modes.solution import shortest_solution
from harness.plugins import STATEMENT, Plugin
from harness.question import Question
from harness.reference import algorithm
from harness.sandbox.protocol import ENTRY_POINT, LANGUAGES
from harness.task import Json

ASKS = Path(__file__).parent / "asks"

_EXAMPLE = re.compile(r"moves = (\[.*\])")
"""The list by which a statement shows how moves are written."""


def prompt(mode: Mode, question: Question, example: Question | None = None) -> str:
    """The prompt's text for one instance, with another one solved beside it if ``example`` is given.

    Raises PegboardError naming the file and the placeholder at fault, UsageError naming a file to write.
    """
    asked = mode.question(question)
    own = question.plugin.prompts.get(mode.ask)
    if own is not None and question.disguise is None:
        if example is not None:
            raise UsageError(
                f"{question.plugin.name} words its {mode.ask} prompt itself, so that no example can be put into it",
                "leave examples out of the suite for this mode",
            )
        values = {name: _bare(value) for name, value in asked.instance.arguments.items()}
        return _filled(own, values | _of_program(mode, asked), f"the {mode.ask} prompt of {asked.plugin.name}")
    if not asks(question.plugin, mode, question.disguise):
        raise UsageError(
            f"{question.plugin.name} cannot be asked in the mode {mode.name}",
            f"write {question.plugin.files.root.path / 'prompts' / question.plugin.name}"
            f".{mode.ask if question.disguise is None else question.disguise}.md",
        )
    parts: dict[str, Callable[[], str]] = {
        "statement": lambda: statement(asked) + ("" if example is None else f"\n\n{_solved(mode, example)}"),
        "rows": lambda: _indented(as_rows(_shown_moves(asked))),
        "program": lambda: _program(asked),
        "most": lambda: str(mode.turns),
        **{name: partial(str, value) for name, value in _of_program(mode, asked).items()},
    }
    return _composed((ASKS / f"{mode.ask}.md").read_text("utf-8"), parts).strip() + "\n"


def asks(plugin: Plugin, mode: Mode, disguise: str | None = None) -> bool:
    """Whether a task has what a mode's prompt is made of."""
    if disguise is None and mode.ask in plugin.prompts:
        return True
    return (ASKS / f"{mode.ask}.md").is_file() and (disguise or STATEMENT) in plugin.prompts


def wording(mode: Mode, question: Question) -> str:
    """All that a prompt is made of, before an instance fills it: equal texts ask in equal words."""
    own = question.plugin.prompts.get(mode.ask)
    if own is not None and question.disguise is None:
        return own
    return question.plugin.statement(question.disguise) + (ASKS / f"{mode.ask}.md").read_text("utf-8")


def statement(question: Question) -> str:
    """What the puzzle is, its rules, and this case. Raises UsageError naming the file to write, PegboardError."""
    plugin = question.plugin
    where = f"the statement of {plugin.name}" + (f" as {question.disguise}" if question.disguise else "")
    values = {name: json.dumps(value, ensure_ascii=False) for name, value in question.instance.arguments.items()}
    return _filled(plugin.statement(question.disguise), values, where).strip()


def _of_program(mode: Mode, question: Question) -> dict[str, str]:
    signature = f"{ENTRY_POINT}({', '.join(question.instance.arguments)})"
    return {"signature": signature, **({"language": LANGUAGES[mode.language]} if mode.language else {})}


def _bare(value: Json) -> str:
    """A value as it stands in a sentence of a task's own prompt."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _filled(template: str, filling: Mapping[str, str], what: str) -> str:
    try:
        return Template(template).substitute(filling)
    except (KeyError, ValueError) as error:
        raise PegboardError(
            f"{what} has a placeholder that nothing fills: {error}",
            f"it may use {', '.join(f'${name}' for name in filling)}; write a dollar sign as $$",
        ) from error


def _composed(ask: str, parts: Mapping[str, Callable[[], str]]) -> str:
    template = Template(ask)
    return template.substitute({name: parts[name]() for name in template.get_identifiers()})


def _shown_moves(question: Question) -> list[Json]:
    """The moves by which the statement shows how moves are written."""
    shown = _EXAMPLE.search(statement(question))
    try:
        moves = json.loads(shown[1]) if shown else None
    except ValueError:
        moves = None
    if not isinstance(moves, list):
        raise PegboardError(
            f"the statement of {question.plugin.name} shows no list of moves",
            "give one in a line such as: moves = [[99, 1, 0], [98, 1, 0]]",
        )
    return moves


def _program(question: Question) -> str:
    source = algorithm(question)
    if source is None:
        raise UsageError(
            f"{question.plugin.name} has no reference program in Python, whose algorithm could be given",
            f"write {question.plugin.files.root.path / 'solvers' / question.plugin.name}.py",
        )
    return source.strip()


def _solved(mode: Mode, example: Question) -> str:
    """Another instance with its solution, in the form that the mode asks for; where that is a program, as a list."""
    case = "\n".join(
        f"    {name} = {json.dumps(value, ensure_ascii=False)}" for name, value in example.instance.arguments.items()
    )
    tell = mode.perfect if mode.language is None else tell_list
    answer = tell(example, shortest_solution(example)).replace("```\n", "").strip()
    return f"**Another case, solved.** For\n\n{case}\n\na right answer is\n\n{_indented(answer)}"


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines())
