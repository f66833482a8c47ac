"""Replays an answer's moves under a task's rules: one referee for all puzzles and all modes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from harness.item import Item
from harness.task import IllegalMove, Instance, Json, Move, Puzzle

BLOCK = 1024
"""Moves between two looks at the distance to the goal."""


@dataclass(frozen=True, kw_only=True)
class Replay:
    """How far a list of moves goes. Moves are counted from 1."""

    legal_moves: int
    solved: bool
    """Whether the last state reached is the goal, and every move up to it was legal."""
    goal_permuted: bool = False
    illegal: int | None = None
    rule: str | None = None
    malformed: int | None = None
    reason: str = ""
    """Why the illegal or malformed move was refused."""
    goal_reached_at: int | None = None
    first_off_path: int | None = None
    start_distance: int | None = None
    final_distance: int | None = None


def replay(puzzle: Puzzle, instance: Instance, items: Iterable[Item]) -> Replay:
    """Replay ``items`` from the instance's start, stopping at the first that is malformed or illegal.

    Reads ``items`` once and holds one block of them, so an answer of a million moves costs no memory here.
    """
    apply, solved = puzzle.apply, puzzle.solved
    first = state = puzzle.start(instance.arguments)
    path = _ShortestPath(puzzle, state)
    made = 0
    goal_at = 0 if solved(state) else None
    illegal = malformed = None
    rule, reason = None, ""
    stream = iter(items)
    while illegal is None and malformed is None and (block := list(islice(stream, BLOCK))):
        moves: list[Move] = []
        first_state, first_made = state, made
        for data, move, not_a_move in block:
            if not_a_move is not None:
                malformed, reason = made + 1, f"item {made + 1}, {_shown(data)}: {not_a_move}"
                break
            try:
                state = apply(state, move)
            except IllegalMove as error:
                illegal, rule = made + 1, error.rule
                reason = f"move {made + 1}, {_shown(data)}: {error.reason}"
                break
            made += 1
            moves.append(move)
            if goal_at is None and solved(state):
                goal_at = made
        path.look(first_state, first_made, moves, state)
    clean = illegal is None and malformed is None
    return Replay(
        legal_moves=made,
        solved=clean and solved(state),
        goal_permuted=clean and state != first and puzzle.goal_permuted is not None and puzzle.goal_permuted(state),
        illegal=illegal,
        rule=rule,
        malformed=malformed,
        reason=reason,
        goal_reached_at=goal_at,
        first_off_path=path.left_at,
        start_distance=path.start_distance,
        final_distance=path.distance(state),
    )


class _ShortestPath:
    """Finds the first move that did not bring the goal nearer.

    The moves made plus the distance left never fall below the distance at the start, and never fall again
    once they have risen (a move gains one step at most). So it is enough to look once a block, and to walk
    a block move by move only when the sum rose inside it.
    """

    def __init__(self, puzzle: Puzzle, start: Any) -> None:
        self._puzzle = puzzle
        self.start_distance = self.distance(start)
        self.left_at: int | None = None

    def distance(self, state: Any) -> int | None:
        return self._puzzle.distance(state) if self._puzzle.distance is not None else None

    def look(self, state: Any, made: int, moves: list[Move], end: Any) -> None:
        if self.start_distance is None or self.left_at is not None:
            return
        if self._on_path(end, made + len(moves)):
            return
        for move in moves:
            state = self._puzzle.apply(state, move)
            made += 1
            if not self._on_path(state, made):
                self.left_at = made
                return

    def _on_path(self, state: Any, made: int) -> bool:
        left = self.distance(state)
        return left is not None and made + left == self.start_distance


def _shown(data: Json, most: int = 60) -> str:
    text = repr(data)
    return text if len(text) <= most else text[: most - 3] + "..."
