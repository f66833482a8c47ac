"""Replays an answer's moves under a task's rules: one referee for all puzzles and all modes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import compress, islice

from harness.item import Item
from harness.task import IllegalMove, Instance, Json, Puzzle, State, UnknownDistance

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
    first = state = puzzle.start(instance.arguments)
    milestones = _Milestones(puzzle, first)
    made = 0
    refused: Item | None = None
    broken: IllegalMove | None = None
    stream = iter(items)
    while refused is None and (block := list(islice(stream, BLOCK))):
        states, broken = _play(puzzle, state, block)
        if states:
            milestones.pass_by(made, states)
            state = states[-1]
            made += len(states)
        if len(states) < len(block):
            refused = block[len(states)]
    return Replay(
        legal_moves=made,
        solved=refused is None and puzzle.solved(state),
        goal_permuted=refused is None
        and state != first
        and puzzle.goal_permuted is not None
        and puzzle.goal_permuted(state),
        illegal=made + 1 if broken is not None else None,
        rule=broken.rule if broken is not None else None,
        malformed=made + 1 if refused is not None and broken is None else None,
        reason=_reason(made + 1, refused, broken) if refused is not None else "",
        goal_reached_at=milestones.goal_at,
        first_off_path=milestones.off_path_at,
        start_distance=milestones.start_distance,
        final_distance=milestones.distance,
    )


def _play(puzzle: Puzzle, state: State, block: list[Item]) -> tuple[list[State], IllegalMove | None]:
    """The states that a block of moves leads through, up to the first item that is no move or is illegal."""
    apply = puzzle.apply
    states: list[State] = []
    try:
        for one in block:
            if one.malformed is not None:
                break
            state = apply(state, one.move)
            states.append(state)
    except IllegalMove as error:
        return states, error
    return states, None


class _Milestones:
    """Which move first reached the goal, and which was the first that did not bring it nearer.

    A move gains one step at most. So a goal farther away than a block is long is not reached in it; and the moves
    made plus the distance left never fall, so that a block at whose end they are what they were at the start kept to
    a shortest path. Only a block that may hold a milestone is walked state by state.
    """

    def __init__(self, puzzle: Puzzle, start: State) -> None:
        self._puzzle = puzzle
        self.start_distance: int | None = None
        self.start_distance = self.distance = self._distance(start)
        self.goal_at = 0 if puzzle.solved(start) else None
        self.off_path_at: int | None = None

    def pass_by(self, made: int, states: list[State]) -> None:
        """Takes in the states after the first ``made`` moves, in order; ``distance`` is then that of the last."""
        numbered = range(made + 1, made + 1 + len(states))
        if self.goal_at is None and (self.distance is None or self.distance <= len(states)):
            solved = map(self._puzzle.solved, states)
            self.goal_at = next(compress(numbered, solved), None)
        self.distance = self._distance(states[-1])
        if self.start_distance is None or self.off_path_at is not None:
            return
        if not self._is_on_path(numbered[-1], self.distance):
            distances = map(self._distance, states)
            pairs = zip(numbered, distances, strict=True)
            self.off_path_at = next(number for number, left in pairs if not self._is_on_path(number, left))

    def _distance(self, state: State) -> int | None:
        """None where the goal cannot be reached. Where a distance is not known, none is asked for any more."""
        try:
            return self._puzzle.distance(state) if self._puzzle.distance is not None else None
        except UnknownDistance:
            self._puzzle = replace(self._puzzle, distance=None)
            self.start_distance = None
            return None

    def _is_on_path(self, made: int, left: int | None) -> bool:
        return left is not None and made + left == self.start_distance


def _reason(number: int, refused: Item, broken: IllegalMove | None) -> str:
    if broken is not None:
        return f"move {number}, {_shown(refused.data)}: {broken.reason}"
    return f"item {number}, {_shown(refused.data)}: {refused.malformed}"


def _shown(data: Json, most: int = 60) -> str:
    text = repr(data)
    return text if len(text) <= most else text[: most - 3] + "..."
