"""Modes whose answer is a program: it is run, and what it returns or prints are the moves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice

from harness.completion import Completion, Stop
from harness.extract.printed import MOST_READ, read_printed, read_value
from harness.extract.program import FoundProgram, read_program
from harness.extract.reading import Reading
from harness.extract.visible import visible
from harness.item import item
from harness.modes.listed import tell_list
from harness.modes.mode import Answer
from harness.outcome import Outcome, Verdict
from harness.question import Question
from harness.referee import replay
from harness.reference import reference
from harness.sandbox.protocol import ENTRY_POINT, LANGUAGES, Execution, Language, Program, Sandbox
from harness.task import Arguments, Json, Puzzle

MOST_LOOKED_AT = 1_000
"""Moves that are looked at to see how a program counts pegs."""

Call = Callable[[Arguments], Arguments]
"""An instance's arguments to those with which a function is called."""


def with_all(arguments: Arguments) -> Arguments:
    return arguments


def with_none(_arguments: Arguments) -> Arguments:
    return {}


def with_the_first(arguments: Arguments) -> Arguments:
    return dict([*arguments.items()][:1])


def with_letters(*letters: str) -> Call:
    """The first argument, and then these: the names of pegs, for a function that wants to be told them."""
    return lambda arguments: {**with_the_first(arguments), **dict(zip(("b", "c", "d"), letters, strict=True))}


REPLY_CALLS = (with_none, with_the_first, with_letters("A", "C", "B"), with_letters("A", "B", "C"))
"""The reply's prompt names no parameters: a function is called in every way that its authors may have meant."""


def programmed(question: Question, completion: Completion, sandbox: Sandbox, *, language: Language) -> Answer:
    """What the program in the text comes to when it is called as the prompt says."""
    return _called(question, completion, sandbox, language, with_all)


def programmed_freely(question: Question, completion: Completion, sandbox: Sandbox, *, language: Language) -> Answer:
    """What the program in the text comes to, called in one of several ways: the first that solves the instance;
    else the first that gives moves; else the first."""
    answers = []
    for call in REPLY_CALLS:
        answers.append(_called(question, completion, sandbox, language, call))
        reading = answers[-1].reading
        if reading is not None and reading.kind == "moves":
            reading = _from_nought(question.puzzle, reading)
            answers[-1] = replace(answers[-1], reading=reading)
        if reading is not None and replay(question.puzzle, question.instance, reading.items).solved:
            return answers[-1]
        if answers[-1].execution is None:
            break
    return next((answer for answer in answers if answer.reading is not None), answers[0])


def _called(question: Question, completion: Completion, sandbox: Sandbox, language: Language, call: Call) -> Answer:
    puzzle, arguments = question.puzzle, question.instance.arguments
    answer = visible(completion.text)
    cut = completion.stop is Stop.LENGTH
    program = read_program(answer, language, len(call(arguments)))
    if program is None:
        return Answer(ended=_no_program(answer, cut=cut, language=language))
    execution = sandbox.run(Program(program.source, language), call(arguments))
    unfinished = cut and program.cut
    if execution.ending != "ok":
        return Answer(ended=_failed(execution), execution=execution, unfinished=unfinished)
    reading, strict = _came_out(puzzle, arguments, execution)
    if reading is None:
        return Answer(ended=_bad_return(execution), execution=execution, unfinished=unfinished)
    strict = strict and _as_asked(program, execution)
    return Answer(reading=reading, execution=execution, strict=strict, unfinished=unfinished)


def any_goal(question: Question) -> Question:
    """The instance with its goal in all but its labels for the goal: the reply's prompt names no peg."""
    puzzle = question.puzzle
    permuted = puzzle.goal_permuted
    if permuted is None:
        return question
    return question.at(
        question.instance, replace(puzzle, solved=lambda state: puzzle.solved(state) or permuted(state), distance=None)
    )


def _from_nought(puzzle: Puzzle, reading: Reading) -> Reading:
    """The moves of a program that counts pegs from 1, which the reply's prompt leaves open, as if it counted from 0."""
    first = [one.data for one in islice(reading.items, MOST_LOOKED_AT)]
    rows = [data for data in first if isinstance(data, list) and len(data) == 3]
    pegs = {peg for row in rows for peg in row[1:] if isinstance(peg, int)}
    if len(rows) < len(first) or 3 not in pegs or 0 in pegs:
        return reading
    moves = ([one.data[0], *(peg - 1 for peg in one.data[1:])] for one in reading.items)  # type: ignore[index, union-attr, operator]
    return replace(reading, items=[item(puzzle, move) for move in moves])


def tell_program(question: Question, _items: Sequence[Json] | None, *, language: Language) -> str:
    return f"```{language}\n{reference(question, language)}```\n"


def tell_program_and_list(question: Question, items: Sequence[Json] | None, *, language: Language) -> str:
    return f"{tell_program(question, items, language=language)}\n{tell_list(question, items)}"


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
    return Verdict(outcome=Outcome.CODE_MISSING, reason=f"no {LANGUAGES[language]} program was found in the answer")


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
