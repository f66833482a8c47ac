"""The question of one move: which comes next on a shortest way, from the middle of a game."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import islice
from random import Random
from typing import Any

from harness.errors import UsageError
from harness.modes.solution import distance, resumed, shortest_way
from harness.question import Question
from harness.task import Arguments, Certificate, IllegalMove, Instance, Move, Puzzle

FARTHEST = 5_000
"""Moves of a shortest way within which the middle of a game is drawn."""

STRAYED = 3
"""Most legal moves, drawn at random, by which the game has left that way."""

TRIES = 50


def one_step(question: Question) -> Question:
    """The instance from a state in its middle, under rules that end after one move: solved if that one brought the goal
    nearer. The state depends on task, size, seed and kind alone, so that every disguise has the same. Raises
    UsageError."""
    if question.instance.certificate.solvable == "unsolvable":
        return question
    if question.puzzle.resume is None:
        raise UsageError(f"{question.plugin.name} cannot be begun in the middle", "give its Puzzle a resume")
    state = middle(question)
    arguments = resumed(question, state)
    left = distance(question.puzzle, state)
    certificate = Certificate("solvable", 1, f"{left} moves from the goal: {question.instance.certificate.method}")
    return question.at(Instance(arguments, certificate), _ending_after_one(question.puzzle, left))


def by_chance(question: Question) -> float:
    """The share of the legal moves that are right, of a question of one move: what a player who knows no more than the
    rules would get."""
    puzzle = question.puzzle
    start = puzzle.start(question.instance.arguments)
    after = [puzzle.apply(start, move) for move in _moves(puzzle, start)]
    return sum(map(puzzle.solved, after)) / len(after)


def middle(question: Question) -> Any:
    """A state on the way, from which not every move is right. Where none is found, the last one drawn."""
    puzzle = question.puzzle
    random = Random(f"{puzzle.name} middle {question.size} {question.seed} {question.kind}")  # noqa: S311 - an instance, no secret
    start = puzzle.start(question.instance.arguments)
    fewest = min(question.instance.certificate.fewest_moves or 1, FARTHEST)
    way = [start, *_states(puzzle, start, islice(shortest_way(puzzle, start), fewest - 1))]
    drawn = start
    for _ in range(TRIES):
        state = random.choice(way)
        for _ in range(random.randint(0, STRAYED)):
            state = puzzle.apply(state, random.choice([*_moves(puzzle, state)]))
            if puzzle.solved(state) or not [*_moves(puzzle, state)]:
                break
        if puzzle.solved(state) or distance(puzzle, state) is None:
            continue
        drawn = state
        if not _is_forced(puzzle, state):
            return state
    return drawn


def _states(puzzle: Puzzle, state: Any, moves: Iterable[Move]) -> Iterable[Any]:
    for move in moves:
        state = puzzle.apply(state, move)
        yield state


def _moves(puzzle: Puzzle, state: Any) -> Iterable[Move]:
    return puzzle.moves(state) if puzzle.moves is not None else ()


def _is_forced(puzzle: Puzzle, state: Any) -> bool:
    """Whether every legal move is on a shortest way, so that any of them would do."""
    left = distance(puzzle, state)
    return all(distance(puzzle, puzzle.apply(state, move)) == (left or 0) - 1 for move in _moves(puzzle, state))


def _ending_after_one(puzzle: Puzzle, left: int | None) -> Puzzle:
    """The puzzle's rules for one move. Its states are pairs: the puzzle's own state, and whether the move was made."""

    def start(arguments: Arguments) -> tuple[Any, bool]:
        return puzzle.start(arguments), False

    def apply(state: tuple[Any, bool], move: Move) -> tuple[Any, bool]:
        if state[1]:
            raise IllegalMove("one_move_only", "only one move was asked for")
        return puzzle.apply(state[0], move), True

    def solved(state: tuple[Any, bool]) -> bool:
        return state[1] and distance(puzzle, state[0]) == (left or 0) - 1

    return replace(
        puzzle,
        start=start,
        apply=apply,
        solved=solved,
        moves=lambda state: () if state[1] else _moves(puzzle, state[0]),
        distance=lambda state: 0 if solved(state) else None if state[1] else 1,
        goal_permuted=None,
        resume=None,
        scene=puzzle.scene and (lambda state: puzzle.scene(state[0])),  # type: ignore[misc] # looked at just before
    )
