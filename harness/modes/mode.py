"""What a mode is: a way of asking, and the way back from a completion to moves or to a claim."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from harness.completion import Completion
from harness.extract.reading import Reading
from harness.outcome import Verdict
from harness.question import Question
from harness.sandbox.protocol import Execution, Language, Sandbox
from harness.task import Json


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


def unchanged(question: Question) -> Question:
    return question


@dataclass(frozen=True, kw_only=True)
class Mode:
    """A way of asking, as a value. The referee never knows which it was."""

    name: str
    ask: str
    """The wording: ``asks/<ask>.md`` beside this module, around the task's statement; or, where a task has it, its own
    whole prompt, ``prompts/<task>.<ask>.md``."""
    answer: Callable[[Question, Completion, Sandbox], Answer] = field(repr=False)
    """The way from a completion to moves."""
    perfect: Callable[[Question, Sequence[Json] | None], str] = field(repr=False)
    """What a perfect model says, given the items of a solution; None when there is none."""
    question: Callable[[Question], Question] = field(default=unchanged, repr=False)
    """What of an instance is asked: all of it, or one move from its middle. Raises UsageError where there is no such
    question."""
    floor: Callable[[Sequence[Json]], str] | None = field(default=None, repr=False)
    """The shortest text of a right answer; None where nobody knows it, as for a program."""
    language: Language | None = None
    """The language of the program that is asked for; None when none is."""
    also: str | None = None
    """Another mode under which the same completion is judged too: a program that the model also carried out itself."""
    general: bool = True
    """Whether a program is asked for that must be right in other cases too."""
    needs_solution: bool = False
    """Whether it can only be asked of solvable instances."""
    about_solvability: bool = False
    """Whether "impossible" is one of two answers asked for, so that an unsolvable instance is as good as another."""
    turns: int | None = None
    """For a game of many turns: the most moves in one."""
