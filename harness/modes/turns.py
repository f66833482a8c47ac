"""A game of many turns: a few moves at a time, each time from where the game really stands.

Every turn is a question of its own, with the state supplied and nothing of the turns before it: what is measured is
planning a few moves, without the burden of keeping track of many.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from harness.completion import Completion, Stop
from harness.errors import UsageError
from harness.extract.reading import Reading
from harness.item import Item
from harness.modes.listed import listed, tell_list
from harness.modes.mode import Answer
from harness.question import Question
from harness.sandbox.protocol import Sandbox
from harness.task import IllegalMove, Instance, Json

PATIENCE = 2
"""A game may take so many times as many turns as the shortest way needs."""


@dataclass(frozen=True)
class Standing:
    """How a game stands after some turns."""

    state: Any
    turns: int = 0
    ended: bool = False
    """Whether the last turn ended it: no move, or one that is none or illegal, or the goal."""
    reading: Reading = field(default=Reading(kind="empty"))
    """What was read of the last turn."""
    items: Sequence[Item] = ()
    """The moves of the last turn, the most that count."""


def begun(question: Question) -> Standing:
    """Before the first turn. Raises UsageError for a task that cannot be begun in the middle."""
    if question.puzzle.resume is None:
        raise UsageError(f"{question.plugin.name} cannot be begun in the middle", "give its Puzzle a resume")
    return Standing(question.puzzle.start(question.instance.arguments))


def after(question: Question, standing: Standing, completion: Completion, most: int, sandbox: Sandbox) -> Standing:
    """After one more answer, read as one about the state to which those before it led."""
    reading = listed(_from(question, standing.state), completion, sandbox).reading or Reading(kind="nothing")
    items = [*islice(reading.items, most)]
    state = _played(question, standing.state, items) if reading.kind == "moves" and items else None
    ended = state is None or question.puzzle.solved(state)
    return Standing(standing.state if state is None else state, standing.turns + 1, ended, reading, items)


def next_turn(question: Question, standing: Standing, most: int) -> Question | None:
    """What is asked next: the instance from where the game stands; None when it is over. Raises UsageError."""
    if standing.ended or standing.turns >= most_turns(question, most):
        return None
    return _from(question, standing.state)


def most_turns(question: Question, most: int) -> int:
    """Turns after which a game is over, whether the goal is reached or not. Raises UsageError where nobody knows."""
    fewest = question.instance.certificate.fewest_moves
    if fewest is None:
        asked = f"{question.plugin.name} size {question.size} {question.variant}"
        raise UsageError(f"the fewest moves of {asked} are not known, so that no game has an end", "ask smaller sizes")
    return PATIENCE * -(-fewest // most)


def played(question: Question, completion: Completion, sandbox: Sandbox, *, most: int) -> Answer:
    """The moves of all turns, as one list; how it ends is how the last turn was read."""
    standing = begun(question)
    items: list[Item] = []
    strict = True
    for answer in completion.turns:
        standing = after(question, standing, answer, most, sandbox)
        items += standing.items
        strict = strict and standing.reading.strict
    last = standing.reading
    if last.kind == "impossible" or not items:
        return Answer(reading=last, strict=last.strict)
    if last.kind == "declined":
        return Answer(reading=replace(last, kind="moves", items=items, abbreviated=True))
    if last.kind != "moves" and completion.stop is Stop.LENGTH:
        return Answer(reading=replace(last, kind="moves", items=items, closed=False))
    if last.kind != "moves":
        items.append(Item(None, None, f"turn {standing.turns} holds no move"))
    return Answer(reading=replace(last, kind="moves", items=items), strict=strict)


def tell_turn(question: Question, items: Sequence[Json] | None, *, most: int) -> str:
    return tell_list(question, items if items is None else items[:most])


def _from(question: Question, state: Any) -> Question:
    assert question.puzzle.resume is not None  # noqa: S101 - ``begun`` has looked
    arguments = question.puzzle.resume(question.instance.arguments, state)
    return question.at(Instance(arguments, question.instance.certificate))


def _played(question: Question, state: Any, items: Sequence[Item]) -> Any | None:
    """The state after these moves, or after the first that reaches the goal; None where one is none or illegal."""
    for one in items:
        if one.malformed is not None:
            return None
        try:
            state = question.puzzle.apply(state, one.move)
        except IllegalMove:
            return None
        if question.puzzle.solved(state):
            break
    return state
