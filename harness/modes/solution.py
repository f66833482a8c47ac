"""Shortest solutions by a puzzle's own rules, as items of an answer: what perfect answers and examples are made of."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from harness.errors import UsageError
from harness.question import Question
from harness.search import SearchTooLarge, shortest_from
from harness.task import Json, Move, Puzzle, UnknownDistance

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
        left = distance(puzzle, state)
        move, state = next(
            (move, after)
            for move in puzzle.moves(state)
            if left is not None and distance(puzzle, after := puzzle.apply(state, move)) == left - 1
        )
        yield move


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
