"""The ways of asking. A mode is a prompt and the way from a completion to moves; the referee never knows which it was.

enumerate         completion -> the list of moves in its text
function/lua      completion -> a program -> what it returns or prints when called -> moves
function/python   the same
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from string import Template

from harness.completion import Completion, Stop
from harness.errors import PegboardError, UnknownName
from harness.extract.moves import read_moves
from harness.extract.printed import MOST_READ, read_printed, read_value
from harness.extract.program import FoundProgram, read_program
from harness.extract.reading import Reading
from harness.extract.visible import visible
from harness.outcome import Outcome, Verdict
from harness.plugins import Plugin
from harness.sandbox.protocol import ENTRY_POINT, Execution, Language, Program, Sandbox
from harness.task import Arguments, Instance, Json, Puzzle

TITLES: dict[Language, str] = {"lua": "Lua", "python": "Python"}


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a completion came to: moves for the referee, or the verdict that ended the way to them."""

    reading: Reading | None = None
    ended: Verdict | None = None
    execution: Execution | None = None
    """How the program ran, for a mode that asks for one."""
    strict: bool = False
    """Whether the answer has exactly the form that the prompt asks for."""
    unfinished: bool = False
    """Whether a token limit ended the answer inside the program that was run."""


@dataclass(frozen=True)
class Mode:
    name: str
    prompt: str
    """The stem of the prompt file: ``prompts/<task>.<prompt>.md``."""
    answer: Callable[[Puzzle, Arguments, Completion, Sandbox], Answer] = field(repr=False)
    """The way from a completion to moves."""
    language: Language | None = None
    """The language of the program that is asked for; None when moves are."""

    def ask(self, plugin: Plugin, instance: Instance) -> str:
        """The prompt's text for one instance. Raises PegboardError naming the prompt and the placeholder at fault."""
        filling = {name: _shown(value) for name, value in instance.arguments.items()}
        if self.language is not None:
            filling["language"] = TITLES[self.language]
            filling["signature"] = f"{ENTRY_POINT}({', '.join(instance.arguments)})"
        try:
            return Template(plugin.prompt(self.prompt)).substitute(filling)
        except (KeyError, ValueError) as error:
            raise PegboardError(
                f"the {self.prompt} prompt of {plugin.name} has a placeholder that nothing fills: {error}",
                f"it may use {', '.join(f'${name}' for name in filling)}; write a dollar sign as $$",
            ) from error


def _shown(value: Json) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _listed(puzzle: Puzzle, arguments: Arguments, completion: Completion, _sandbox: Sandbox) -> Answer:
    text, cut = visible(completion.text), completion.stop is Stop.LENGTH
    reading = read_moves(text, cut=cut, puzzle=puzzle, arguments=arguments)
    return Answer(reading=reading, strict=reading.strict)


def _written(
    puzzle: Puzzle, arguments: Arguments, completion: Completion, sandbox: Sandbox, *, language: Language
) -> Answer:
    answer = visible(completion.text)
    cut = completion.stop is Stop.LENGTH
    program = read_program(answer, language, len(arguments))
    if program is None:
        return Answer(ended=_no_program(answer, cut=cut, language=language))
    execution = sandbox.run(Program(program.source, language), arguments)
    unfinished = cut and program.cut
    if execution.ending != "ok":
        return Answer(ended=_failed(execution), execution=execution, unfinished=unfinished)
    reading, strict = _came_out(puzzle, arguments, execution)
    if reading is None:
        return Answer(ended=_bad_return(execution), execution=execution, unfinished=unfinished)
    strict = strict and _as_asked(program, execution)
    return Answer(reading=reading, execution=execution, strict=strict, unfinished=unfinished)


def _came_out(puzzle: Puzzle, arguments: Arguments, execution: Execution) -> tuple[Reading | None, bool]:
    """The moves that a program returned or, if it returned none, printed; and whether in the form asked for."""
    returned = None
    if execution.value is not None:
        returned = read_value(execution.value, puzzle, arguments)
        if returned.kind == "impossible" or (returned.kind == "moves" and any(True for _ in returned.items)):
            return returned, returned.strict
    printed = read_printed(execution.printed, puzzle, arguments)
    if printed.kind in {"moves", "impossible"}:
        return printed, printed.strict or printed.form in {"items", "rows", "word"}
    return (returned, returned.strict) if returned is not None and returned.kind == "moves" else (None, False)


def _as_asked(program: FoundProgram, execution: Execution) -> bool:
    return program.candidates == 1 and execution.entry_point == ENTRY_POINT


def _no_program(answer: str, *, cut: bool, language: Language) -> Verdict:
    if not answer.strip():
        if cut:
            return Verdict(
                outcome=Outcome.TRUNCATED, detail="in_reasoning", reason="the token limit was reached before any answer"
            )
        return Verdict(outcome=Outcome.EMPTY_OUTPUT, reason="the model said nothing")
    if cut:
        return Verdict(
            outcome=Outcome.TRUNCATED, detail="in_answer", reason="the token limit was reached before any program"
        )
    return Verdict(outcome=Outcome.CODE_MISSING, reason=f"no {TITLES[language]} program was found in the answer")


_CODE_OUTCOMES: dict[str, Outcome] = {
    "syntax": Outcome.CODE_SYNTAX,
    "entry_point": Outcome.CODE_ENTRY_POINT,
    "forbidden": Outcome.CODE_FORBIDDEN,
    "runtime_error": Outcome.CODE_RUNTIME_ERROR,
    "timeout": Outcome.CODE_TIMEOUT,
    "resource": Outcome.CODE_RESOURCE,
    "bad_return": Outcome.CODE_BAD_RETURN,
}


def _failed(execution: Execution) -> Verdict:
    return Verdict(outcome=_CODE_OUTCOMES[execution.ending], detail=execution.limit, reason=execution.reason)


def _bad_return(execution: Execution) -> Verdict:
    called = f"{execution.entry_point}()" if execution.entry_point else "the program"
    if execution.value is None and not execution.printed.strip():
        return Verdict(outcome=Outcome.CODE_BAD_RETURN, reason=f"{called} returned nothing and printed nothing")
    what = f"returned {_clipped(execution.value)}" if execution.value is not None else "returned nothing"
    said = f" and printed {_clipped(repr(execution.printed[:100]))}" if execution.printed.strip() else ""
    long = f" (more than {MOST_READ:,} characters are read as one move a line only)" if _is_long(execution) else ""
    reason = f"{called} {what}{said}, in which no moves were found{long}"
    return Verdict(outcome=Outcome.CODE_BAD_RETURN, reason=reason)


def _is_long(execution: Execution) -> bool:
    return max(len(execution.printed), len(execution.value or "")) > MOST_READ


def _clipped(text: str, most: int = 80) -> str:
    return text if len(text) <= most else text[: most - 3] + "..."


MODES: dict[str, Mode] = {
    mode.name: mode
    for mode in (
        Mode("enumerate", prompt="enumerate", answer=_listed),
        Mode("function/lua", prompt="function", answer=partial(_written, language="lua"), language="lua"),
        Mode("function/python", prompt="function", answer=partial(_written, language="python"), language="python"),
    )
}


def find(name: str) -> Mode:
    """Raises UnknownName with near misses."""
    if name not in MODES:
        raise UnknownName("mode", name, MODES)
    return MODES[name]
