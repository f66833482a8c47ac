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
from harness.modes.listed import read_list, tell_list
from harness.modes.mode import Answer
from harness.modes.solution import resumed
from harness.question import Question
from harness.sandbox.protocol import Sandbox
from harness.task import IllegalMove, Instance, Json, Puzzle

PATIENCE = 2
"""A game may take so many times as many turns as the shortest way needs."""


@dataclass(frozen=True)
class _Turn:
    reading: Reading
    items: Sequence[Item]
    state: Any
    """Where its moves lead; None when it ends the game: no move, or one that is none or illegal."""


def in_turns(question: Question) -> Question:
    """The question, if a game can be made of it. Raises UsageError for a task that cannot be begun in the middle, and
    for an instance of which nobody knows when a game has gone on for too long."""
    certificate = question.instance.certificate
    if certificate.solvable == "unsolvable":
        return question
    if question.puzzle.resume is None:
        raise UsageError(f"{question.plugin.name} cannot be begun in the middle", "give its Puzzle a resume")
    if not certificate.fewest_moves:
        asked = f"{question.plugin.name} size {question.size} seed {question.seed} {question.variant}"
        raise UsageError(f"the fewest moves of {asked} are not known, so that no game has an end", "ask smaller sizes")
    return question


def fewest_turns(question: Question, most: int) -> int:
    """Turns that the shortest way takes."""
    return -(-(question.instance.certificate.fewest_moves or 0) // most)


def most_turns(question: Question, most: int) -> int:
    """Turns after which a game is over, whether the goal is reached or not."""
    return PATIENCE * fewest_turns(question, most)


def game(question: Question, answers: Sequence[Completion], most: int) -> Iterator[Question]:
    """What is asked turn by turn, each from where the moves so far have led, until the game is over.

    ``answers`` grows beside it: by the time that a turn is taken from here, those to all before must be there.
    """
    state = question.puzzle.start(question.instance.arguments)
    for number in range(most_turns(question, most)):
        yield _from(question, state)
        state = _turn(question, state, answers[number], most).state
        if state is None or question.puzzle.solved(state):
            return


def played(question: Question, completion: Completion, _sandbox: Sandbox, *, most: int) -> Answer:
    """The moves of all turns, as one list; how it ends is how the last turn was read."""
    turns = [*_turns(question, completion.turns or [completion], most)]
    last = turns[-1].reading
    before = [item for each in turns[:-1] for item in each.items]
    items = [*before, *turns[-1].items]
    if last.kind == "impossible" or not items:
        return Answer(reading=last, strict=last.strict)
    breaks = tuple(len(before) + place for place in last.breaks)
    whole = replace(last, kind="moves", items=items, breaks=breaks)
    if last.kind == "declined":
        return Answer(reading=replace(whole, abbreviated=True))
    if last.kind != "moves" and completion.stop is Stop.LENGTH:
        return Answer(reading=replace(whole, closed=False))
    if last.kind != "moves":
        return Answer(reading=replace(whole, items=[*items, Item(None, None, f"turn {len(turns)} holds no move")]))
    return Answer(reading=whole, strict=all(each.reading.strict for each in turns))


def tell_turn(question: Question, items: Sequence[Json] | None, *, most: int) -> str:
    return tell_list(question, items if items is None else items[:most])


def _turns(question: Question, completions: Sequence[Completion], most: int) -> Iterator[_Turn]:
    """Each answer read as one about the state to which those before it led."""
    state = question.puzzle.start(question.instance.arguments)
    for completion in completions:
        turn = _turn(question, state, completion, most)
        yield turn
        if turn.state is None:
            return
        state = turn.state


def _turn(question: Question, state: Any, completion: Completion, most: int) -> _Turn:
    reading = read_list(_from(question, state), completion)
    items = [*islice(reading.items, most)]
    return _Turn(reading, items, _after(question.puzzle, state, items))


def _from(question: Question, state: Any) -> Question:
    return question.at(Instance(resumed(question, state), question.instance.certificate))


def _after(puzzle: Puzzle, state: Any, items: Sequence[Item]) -> Any | None:
    """The state after these moves or, if one reaches it, at the goal; None where there is none, or one that is none
    or illegal."""
    if not items:
        return None
    for one in items:
        if one.malformed is not None:
            return None
        try:
            state = puzzle.apply(state, one.move)
        except IllegalMove:
            return None
        if puzzle.solved(state):
            break
    return state
