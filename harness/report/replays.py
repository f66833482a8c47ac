"""The states that an answer's moves lead through, as scenes for the page to draw one after another.

A task needs nothing for it but ``scene`` and ``drawn_as``. In a disguise, scenes have the bare puzzle's names, moves
those of the answer.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from harness.completion import Completion
from harness.disguise import Stranger
from harness.extract.program import read_program
from harness.extract.visible import visible
from harness.item import Item
from harness.modes.mode import Mode
from harness.question import Question
from harness.sandbox.protocol import Execution, Program
from harness.task import Arguments, IllegalMove, Json

HEAD, TAIL = 1_000, 1_000
"""Moves at the beginning and at the end of an answer that are drawn; those between them are left out."""


class NoPrograms:
    """Stands for a sandbox: what a program returned is not stored, and run again it might return something else."""

    def run(self, program: Program, arguments: Arguments) -> Execution:
        raise NotImplementedError(program, arguments)

    def close(self) -> None:
        """Nothing is held."""


@dataclass(frozen=True)
class Stage:
    """One question in one mode. Answers to it share the scenes drawn so far."""

    question: Question
    mode: Mode
    drawn: dict[Any, str] = field(default_factory=dict, repr=False)

    def scene(self, state: Any) -> str:
        """A state's scene as JSON text."""
        if state not in self.drawn:
            puzzle = self.question.plugin.puzzle
            self.drawn[state] = _text(puzzle.scene(state) if puzzle.scene is not None else None)
        return self.drawn[state]


@dataclass(frozen=True, kw_only=True)
class Performance:
    """What is to be seen. ``scenes[0]`` is the start; ``moves[i]`` leads to ``scenes[i + 1]``."""

    drawn_as: str
    scenes: Sequence[str]
    moves: Sequence[str]
    """Each as the answer has it, as JSON text."""
    left_out: int
    """Moves that are not drawn, after the first HEAD."""
    refused: dict[str, Json] | None
    """The move at which the referee stopped, if it did: its number from 1, text, reason and what it names."""


def runs_programs(mode: Mode) -> bool:
    """Whether the moves of an answer are those that its program returns."""
    return mode.language is not None and mode.floor is None


def perform(stage: Stage, completion: Completion) -> Performance | None:
    """Play an answer's moves from the start to its end or to the first that is refused; None where there is nothing to
    draw."""
    puzzle = stage.question.plugin.puzzle
    if puzzle.scene is None or puzzle.drawn_as is None or runs_programs(stage.mode):
        return None
    question = stage.question
    reading = stage.mode.answer(question, completion, NoPrograms()).reading
    apply = question.puzzle.apply
    state = question.puzzle.start(question.instance.arguments)
    head: list[tuple[str, str]] = []
    tail: deque[tuple[Json, Any]] = deque(maxlen=TAIL)
    first, made, refused = stage.scene(state), 0, None
    for one in reading.items if reading is not None else ():
        if one.malformed is not None:
            refused = _refused(made + 1, one, "malformed", one.malformed, question)
            break
        try:
            state = apply(state, one.move)
        except IllegalMove as error:
            refused = _refused(made + 1, one, error.rule, error.reason, question)
            break
        made += 1
        if made <= HEAD:
            head.append((_text(one.data), stage.scene(state)))
        else:
            tail.append((one.data, state))
    seen = [*head, *((_text(data), stage.scene(reached)) for data, reached in tail)]
    return Performance(
        drawn_as=puzzle.drawn_as,
        scenes=[first, *(scene for _, scene in seen)],
        moves=[move for move, _ in seen],
        left_out=made - len(seen),
        refused=refused,
    )


def program(question: Question, mode: Mode, completion: Completion) -> str | None:
    """The program that would be run."""
    if mode.language is None:
        return None
    found = read_program(visible(completion.text), mode.language, len(question.instance.arguments))
    return found.source if found is not None else None


def _refused(number: int, one: Item, rule: str, reason: str, question: Question) -> dict[str, Json]:
    names, places = _named(one, question)
    return {
        "number": number,
        "move": _text(one.data)[:200],
        "rule": rule,
        "reason": reason[:500],
        "names": names,
        "places": places,
    }


def _named(one: Item, question: Question) -> tuple[list[Json], list[Json]]:
    """Which things of the scene a refused move is about: by name or, in a line, by place."""
    if one.move is None or isinstance(one.move, Stranger):
        return [], []
    puzzle = question.plugin.puzzle
    item = puzzle.item(one.move)
    if puzzle.drawn_as == "line" and isinstance(item, list):
        return [], [part for part in item if type(part) is int]
    if isinstance(puzzle.move_shape, tuple) and isinstance(item, list):
        item = item[0]
    return [str(part) for part in (item if isinstance(item, list) else [item])], []


def _text(data: Json) -> str:
    return json.dumps(data, ensure_ascii=True, separators=(",", ":"))
