"""Breadth-first search over any puzzle's own rules: optimum, proof of unsolvability, and distance by brute force.

It knows nothing of a puzzle but ``moves``, ``apply`` and ``solved``, which is what makes it an oracle for closed forms.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from harness.task import Arguments, Certificate, Move, Puzzle


class SearchTooLarge(Exception):
    """The limit on states was reached before the search could decide."""


@dataclass(frozen=True)
class Searched:
    fewest_moves: int | None
    """None when the goal cannot be reached: then ``states`` is the size of the whole reachable space."""
    states: int
    path: tuple[Move, ...] = ()
    """One shortest solution."""


def shortest(puzzle: Puzzle, arguments: Arguments, limit: int = 1_000_000) -> Searched:
    """Fewest moves from the start, or the proof that there are none. Raises SearchTooLarge beyond ``limit`` states."""
    return shortest_from(puzzle, puzzle.start(arguments), limit)


def certify(puzzle: Puzzle, arguments: Arguments, limit: int = 1_000_000) -> Certificate:
    """The certificate of an instance for which there is no formula; "unknown" when ``limit`` states do not decide."""
    try:
        found = shortest(puzzle, arguments, limit)
    except SearchTooLarge:
        return Certificate("unknown", None, "search given up", limit)
    solvable: Literal["solvable", "unsolvable"] = "unsolvable" if found.fewest_moves is None else "solvable"
    return Certificate(solvable, found.fewest_moves, "exhausted search", found.states)


def shortest_from(puzzle: Puzzle, start: Any, limit: int = 1_000_000) -> Searched:
    came_from: dict[Hashable, tuple[Any, Move] | None] = {start: None}
    queue = deque([start])
    while queue:
        state = queue.popleft()
        if puzzle.solved(state):
            path = tuple(_path_to(state, came_from))
            return Searched(len(path), len(came_from), path)
        for move, after in _successors(puzzle, state):
            if after not in came_from:
                if len(came_from) >= limit:
                    raise SearchTooLarge(f"more than {limit:,} states")
                came_from[after] = (state, move)
                queue.append(after)
    return Searched(None, len(came_from))


def reachable(puzzle: Puzzle, start: Any, limit: int = 1_000_000) -> Iterator[Any]:
    """Every state that can be reached from ``start``, nearest first. Raises SearchTooLarge."""
    seen = {start}
    queue = deque([start])
    while queue:
        state = queue.popleft()
        yield state
        for _, after in _successors(puzzle, state):
            if after not in seen:
                if len(seen) >= limit:
                    raise SearchTooLarge(f"more than {limit:,} states")
                seen.add(after)
                queue.append(after)


def _successors(puzzle: Puzzle, state: Any) -> Iterator[tuple[Move, Any]]:
    if puzzle.moves is None:
        raise ValueError(f"{puzzle.name} gives no moves(state), so it cannot be searched")
    for move in puzzle.moves(state):
        yield move, puzzle.apply(state, move)


def _path_to(state: Any, came_from: dict[Hashable, tuple[Any, Move] | None]) -> list[Move]:
    path: list[Move] = []
    while (step := came_from[state]) is not None:
        state, move = step
        path.append(move)
    return path[::-1]
