"""A game of many turns: a few moves at a time, each time from where the game really stands.

Every turn is a question of its own, with the state supplied and nothing of the turns before it: what is measured is
planning a few moves, without the burden of keeping track of many.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
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
class _Turn:
    reading: Reading
    items: Sequence[Item]


def most_turns(question: Question, most: int) -> int:
    """Turns after which a game is over, whether the goal is reached or not. Raises UsageError where nobody knows."""
    fewest = question.instance.certificate.fewest_moves
    if fewest is None:
        asked = f"{question.plugin.name} size {question.size} {question.variant}"
        raise UsageError(f"the fewest moves of {asked} are not known, so that no game has an end", "ask smaller sizes")
    return PATIENCE * -(-fewest // most)


def turn(question: Question, completions: Sequence[Completion], most: int, sandbox: Sandbox) -> Question | None:
    """What is asked after these answers: the instance from where they have led; None when the game is over.

    Raises UsageError for a task that cannot be begun in the middle.
    """
    resume = question.puzzle.resume
    if resume is None:
        raise UsageError(f"{question.plugin.name} cannot be begun in the middle", "give its Puzzle a resume")
    state = question.puzzle.start(question.instance.arguments)
    for played in _turns(question, completions, most, sandbox):
        after = _after(question, state, played)
        if after is None:
            return None
        state = after
    if question.puzzle.solved(state) or len(completions) >= most_turns(question, most):
        return None
    return _from(question, state)


def played(question: Question, completion: Completion, sandbox: Sandbox, *, most: int) -> Answer:
    """The moves of all turns, as one list; how it ends is how the last turn was read."""
    turns = [*_turns(question, completion.turns, most, sandbox)]
    last = turns[-1].reading if turns else Reading(kind="empty")
    items = [item for each in turns for item in each.items]
    if last.kind == "impossible" or not items:
        return Answer(reading=last, strict=last.strict)
    if last.kind == "declined":
        return Answer(reading=replace(last, kind="moves", items=items, abbreviated=True))
    if last.kind != "moves" and completion.stop is Stop.LENGTH:
        return Answer(reading=replace(last, kind="moves", items=items, closed=False))
    if last.kind != "moves":
        items = [*items, Item(None, None, f"turn {len(turns)} holds no move")]
    strict = all(each.reading.strict for each in turns)
    return Answer(reading=replace(last, kind="moves", items=items), strict=strict)


def tell_turn(question: Question, items: Sequence[Json] | None, *, most: int) -> str:
    return tell_list(question, items if items is None else items[:most])


def _turns(question: Question, completions: Sequence[Completion], most: int, sandbox: Sandbox) -> Iterator[_Turn]:
    """Each answer read as one about the state to which those before it led."""
    state = question.puzzle.start(question.instance.arguments)
    for completion in completions:
        reading = listed(_from(question, state), completion, sandbox).reading or Reading(kind="nothing")
        one = _Turn(reading, [*islice(reading.items, most)])
        yield one
        after = _after(question, state, one)
        if after is None:
            return
        state = after


def _from(question: Question, state: Any) -> Question:
    assert question.puzzle.resume is not None  # noqa: S101 - ``turn`` has looked
    arguments = question.puzzle.resume(question.instance.arguments, state)
    return question.at(Instance(arguments, question.instance.certificate))


def _after(question: Question, state: Any, played: _Turn) -> Any | None:
    """The state after a turn; None when it ends the game: no move, or one that is none or illegal."""
    if played.reading.kind != "moves" or not played.items:
        return None
    for one in played.items:
        if one.malformed is not None:
            return None
        try:
            state = question.puzzle.apply(state, one.move)
        except IllegalMove:
            return None
        if question.puzzle.solved(state):
            break
    return state
