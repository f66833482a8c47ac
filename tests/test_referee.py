"""The referee against a naive one that looks at every state: blocks must not be noticed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness import referee
from harness.item import Item, item
from harness.plugins import Plugin
from harness.referee import BLOCK, Replay, replay
from harness.task import IllegalMove, Instance, Puzzle

NO_MOVE = Item("?", None, "a move is [disk, from peg, to peg]")


def replayed_naively(puzzle: Puzzle, instance: Instance, items: Sequence[Item]) -> Replay:
    """Every state is asked whether it is the goal, and how far from it."""
    states = [puzzle.start(instance.arguments)]
    illegal = malformed = rule = None
    reason = ""
    for number, (data, move, not_a_move) in enumerate(items, start=1):
        if not_a_move is not None:
            malformed, reason = number, f"item {number}, {data!r}: {not_a_move}"
            break
        try:
            states.append(puzzle.apply(states[-1], move))
        except IllegalMove as error:
            illegal, rule, reason = number, error.rule, f"move {number}, {data!r}: {error.reason}"
            break
    clean = illegal is None and malformed is None
    left = [puzzle.distance(state) if puzzle.distance is not None else None for state in states]
    off_path = (made for made, now in enumerate(left) if left[0] is not None and (now is None or made + now != left[0]))
    permuted = puzzle.goal_permuted is not None and puzzle.goal_permuted(states[-1]) and states[-1] != states[0]
    return Replay(
        legal_moves=len(states) - 1,
        solved=clean and puzzle.solved(states[-1]),
        goal_permuted=clean and permuted,
        illegal=illegal,
        rule=rule,
        malformed=malformed,
        reason=reason,
        goal_reached_at=next((made for made, state in enumerate(states) if puzzle.solved(state)), None),
        first_off_path=next(off_path, None),
        start_distance=left[0],
        final_distance=left[-1],
    )


def way_to_goal(puzzle: Puzzle, state: Any) -> list[Item]:
    """A shortest one."""
    assert puzzle.moves is not None
    assert puzzle.distance is not None
    way = []
    while not puzzle.solved(state):
        left = puzzle.distance(state)
        assert left is not None
        nearer = (one for one in puzzle.moves(state) if puzzle.distance(puzzle.apply(state, one)) == left - 1)
        move = next(nearer)
        way.append(item(puzzle, [*move]))
        state = puzzle.apply(state, move)
    return way


def walk(puzzle: Puzzle, state: Any, length: int, random: Random) -> list[Item]:
    """Legal moves at random."""
    assert puzzle.moves is not None
    moves = []
    for _ in range(length):
        move = random.choice([*puzzle.moves(state)])
        moves.append(item(puzzle, [*move]))
        state = puzzle.apply(state, move)
    return moves


@given(data=st.data(), size=st.integers(1, 3), variant=st.sampled_from(["tower", "scattered"]), seed=st.integers(0, 9))
def test_the_referee_agrees_with_one_that_looks_at_every_state(
    hanoi: Plugin, data: st.DataObject, size: int, variant: str, seed: int
) -> None:
    puzzle, instance = hanoi.puzzle, hanoi.puzzle.pose(size, seed, variant)
    start = puzzle.start(instance.arguments)
    way = way_to_goal(puzzle, start) if data.draw(st.booleans()) else []
    astray = walk(puzzle, start, data.draw(st.integers(0, 12)), Random(seed)) if not way else []
    wild = data.draw(st.lists(st.lists(st.integers(0, 3), min_size=2, max_size=3), max_size=6))
    items = [*way, *astray, *(item(puzzle, [*move]) for move in wild)]
    if data.draw(st.booleans()):
        items.insert(data.draw(st.integers(0, len(items))), NO_MOVE)
    without_distance = replace(puzzle, distance=None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(referee, "BLOCK", data.draw(st.integers(1, 5)))
        for rules in (puzzle, without_distance):
            assert replay(rules, instance, iter(items)) == replayed_naively(rules, instance, items)


THERE_AND_BACK = [[1, 2, 0], [1, 0, 2]]
"""Away from the goal on peg 2 and to it again."""


@pytest.mark.parametrize("before", [0, 1, BLOCK - 8, BLOCK - 7, BLOCK - 6, BLOCK, BLOCK + 1])
@pytest.mark.parametrize("after", [0, 1, 2, 3, BLOCK - 1, BLOCK, 2 * BLOCK + 1])
def test_a_goal_that_is_reached_and_left_again_is_noted_exactly(hanoi: Plugin, before: int, after: int) -> None:
    puzzle, instance = hanoi.puzzle, hanoi.puzzle.pose(3, 0, "tower")
    start = puzzle.start(instance.arguments)
    to_and_fro = [item(puzzle, [1, place, 1 - place]) for place in (0, 1)]
    detour = [to_and_fro[number % 2] for number in range(2 * (before // 2))]
    leaving = [item(puzzle, [*THERE_AND_BACK[number % 2]]) for number in range(after)]
    items = [*detour, *way_to_goal(puzzle, start), *leaving]
    played = replay(puzzle, instance, items)
    assert played.goal_reached_at == len(detour) + 7
    assert played.solved == (after % 2 == 0)
    assert played == replayed_naively(puzzle, instance, items)


@pytest.mark.parametrize("place", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK - 1, 2 * BLOCK])
@pytest.mark.parametrize("kind", ["illegal", "malformed"])
def test_a_fault_at_a_blocks_border_is_told_by_its_place(hanoi: Plugin, place: int, kind: str) -> None:
    puzzle, instance = hanoi.puzzle, hanoi.puzzle.pose(12, 0, "tower")
    way = way_to_goal(puzzle, puzzle.start(instance.arguments))
    fault = NO_MOVE if kind == "malformed" else item(puzzle, [12, 1, 1])
    items = [*way[:place], fault, *way[place:]]
    played = replay(puzzle, instance, items)
    assert (played.legal_moves, played.illegal or played.malformed) == (place, place + 1)
    assert played == replayed_naively(puzzle, instance, items)


@pytest.mark.parametrize("place", [0, 1, BLOCK - 2, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK])
def test_the_first_move_off_the_shortest_path_is_found_wherever_it_stands(hanoi: Plugin, place: int) -> None:
    puzzle, instance = hanoi.puzzle, hanoi.puzzle.pose(12, 0, "tower")
    way = way_to_goal(puzzle, puzzle.start(instance.arguments))
    disk, source, target = way[place].move
    undone = item(puzzle, [disk, target, source])
    played = replay(puzzle, instance, [*way[: place + 1], undone, *way[place:]])
    assert played.solved
    assert played.first_off_path == place + 2
