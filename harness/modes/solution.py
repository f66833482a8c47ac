"""Shortest solutions by a puzzle's own rules, as items of an answer: what perfect answers and examples are made of."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from harness.errors import PegboardError, UsageError
from harness.question import Question
from harness.search import SearchTooLarge, shortest_from
from harness.task import Arguments, Json, Move, Puzzle, UnknownDistance

MOST_MOVES = 100_000


def shortest_solution(question: Question, most: int = MOST_MOVES) -> list[Json] | None:
    """The first ``most`` items of a shortest solution; None when there is none. Raises UsageError where none is
    found."""
    if question.instance.certificate.solvable == "unsolvable":
        return None
    puzzle = question.puzzle
    way = shortest_way(puzzle, puzzle.start(question.instance.arguments))
    return [puzzle.item(move) for move in islice(way, most)]


def shortest_way(puzzle: Puzzle, state: Any) -> Iterator[Move]:
    """Moves of a shortest way to the goal: downhill where the distance is known, else by search. Raises UsageError."""
    if puzzle.moves is None:
        raise UsageError(f"{puzzle.name} gives no moves(state), so that no shortest way can be found", "add moves")
    if puzzle.distance is None:
        try:
            yield from shortest_from(puzzle, state).path
        except SearchTooLarge as error:
            raise UsageError(f"no shortest way of {puzzle.name} was found: {error}", "add distance") from error
        return
    while not puzzle.solved(state):
        step = _step_nearer(puzzle, state)
        if step is None:
            told = f"no legal move of {puzzle.name} brings the goal nearer, by its own distance, from {state}"
            raise PegboardError(told[:500], "see distance, moves and resume in the task's file")
        move, state = step
        yield move


def _step_nearer(puzzle: Puzzle, state: Any) -> tuple[Move, Any] | None:
    """A move that brings the goal nearer, and where it leads."""
    left = distance(puzzle, state)
    if left is None or puzzle.moves is None:
        return None
    steps = ((move, puzzle.apply(state, move)) for move in puzzle.moves(state))
    return next(((move, after) for move, after in steps if distance(puzzle, after) == left - 1), None)


def resumed(question: Question, state: Any) -> Arguments:
    """The arguments of the question's puzzle begun at a state. Raises UsageError for a task that has no ``resume``,
    PegboardError for one whose ``resume`` is at fault."""
    if question.puzzle.resume is None:
        raise UsageError(f"{question.plugin.name} cannot be begun in the middle", "give its Puzzle a resume")
    arguments, given = question.puzzle.resume(question.instance.arguments, state), question.instance.arguments
    if [*arguments] != [*given]:
        found = ", ".join(arguments) or "none"
        raise PegboardError(
            f"resume of {question.plugin.name} gives the arguments {found}, not {', '.join(given)}",
            f"return {{**arguments, ...}} in {question.plugin.files.rules}",
        )
    return arguments


def distance(puzzle: Puzzle, state: Any) -> int | None:
    """Fewest moves from a state to the goal, by the puzzle's own formula or by search; None where there is no way.

    Raises UsageError where that is not found."""
    try:
        return puzzle.distance(state) if puzzle.distance is not None else shortest_from(puzzle, state).fewest_moves
    except (SearchTooLarge, UnknownDistance) as error:
        why = str(error) or "it would take too long"
        raise UsageError(
            f"no shortest way of {puzzle.name} was found: {why}", "ask smaller sizes in this mode"
        ) from error
