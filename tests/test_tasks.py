"""The bundled tasks: their closed forms against search, their certificates against the literature, their refusals."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness import IllegalMove, MalformedMove
from harness.item import item
from harness.plugins import Plugin
from harness.referee import replay
from harness.search import reachable, shortest, shortest_from

# Fewest crossings of N pairs with a boat for 2 to 6; None where there is no solution.
CROSSINGS: dict[int, list[int | None]] = {
    1: [1, 1, 1, 1, 1],
    2: [5, 3, 1, 1, 1],
    3: [11, 5, 3, 3, 1],
    4: [None, 9, 5, 3, 3],
    5: [None, 11, 7, 5, 3],
    6: [None, None, 9, 7, 5],
    7: [None, None, 11, 7, 5],
    8: [None, None, 13, 9, 7],
    9: [None, None, 15, 11, 7],
    10: [None, None, 17, 13, 9],
    11: [None, None, 19, 15, 9],
    12: [None, None, 21, 17, 11],
}


@pytest.mark.parametrize("size", range(1, 7))
@pytest.mark.parametrize("goal", range(3))
def test_hanoi_distance_is_that_of_the_search_for_every_state(hanoi: Plugin, size: int, goal: int) -> None:
    puzzle = hanoi.puzzle
    start = puzzle.start({"disks": size, "start": [list(range(size, 0, -1)), [], []], "goal": goal})
    states = list(reachable(puzzle, start))
    assert len(states) == 3**size
    assert puzzle.distance is not None
    for state in states[:: max(1, len(states) // 60)]:
        assert puzzle.distance(state) == shortest_from(puzzle, state).fewest_moves


def test_hanoi_towers_are_balanced_over_any_six_seeds(hanoi: Plugin) -> None:
    for first in (0, 5):
        posed = [hanoi.puzzle.pose(4, seed, "tower").arguments for seed in range(first, first + 6)]
        pairs = Counter((json.dumps(arguments["start"]), arguments["goal"]) for arguments in posed)
        assert len(pairs) == 6


def test_hanoi_seed_0_is_the_well_known_tower(hanoi: Plugin) -> None:
    instance = hanoi.puzzle.pose(3, 0, "tower")
    assert instance.arguments == {"disks": 3, "start": [[3, 2, 1], [], []], "goal": 2}
    assert instance.certificate.fewest_moves == 7


@pytest.mark.parametrize(
    ("moves", "rule"),
    [
        ([[1, 0, 3]], "unknown_peg"),
        ([[1, 0, 0]], "same_peg"),
        ([[1, 1, 0]], "empty_peg"),
        ([[2, 0, 1]], "not_on_top"),
        ([[7, 0, 1]], "unknown_disk"),
        ([[1, 0, 2], [1, 0, 1]], "not_on_peg"),
        ([[1, 0, 2], [2, 0, 2]], "larger_on_smaller"),
    ],
)
def test_hanoi_refuses_every_illegal_move_by_its_rule(hanoi: Plugin, moves: list[Any], rule: str) -> None:
    played = replay(hanoi.puzzle, hanoi.puzzle.pose(3, 0, "tower"), [item(hanoi.puzzle, move) for move in moves])
    assert (played.illegal, played.rule, played.solved) == (len(moves), rule, False)


@pytest.mark.parametrize("data", [True, [True, 0, 1], [1.0, 0, 1], ["1", 0, 1], [1], [1, 0, 1, 2], None, {}])
def test_hanoi_takes_nothing_that_only_resembles_a_move(hanoi: Plugin, data: Any) -> None:
    with pytest.raises(MalformedMove):
        hanoi.puzzle.parse(data)


@pytest.mark.parametrize("pairs", CROSSINGS)
def test_river_certificates_are_those_of_the_literature(river: Plugin, pairs: int) -> None:
    for capacity, fewest in zip(range(2, 7), CROSSINGS[pairs], strict=True):
        certificate = river.puzzle.pose(pairs, 0, f"boat{capacity}").certificate
        assert certificate.fewest_moves == fewest
        assert certificate.solvable == ("unsolvable" if fewest is None else "solvable")


@pytest.mark.parametrize(
    ("pairs", "capacity", "fewest"),
    [(15, 4, 27), (20, 4, 37), (15, 5, 23), (20, 5, 33), (15, 6, 13), (20, 6, 19), (100, 4, 197)],
)
def test_river_certificates_of_many_pairs(river: Plugin, pairs: int, capacity: int, fewest: int) -> None:
    assert river.puzzle.pose(pairs, 0, f"boat{capacity}").certificate.fewest_moves == fewest


def test_river_unsolvable_certificates_count_the_exhausted_classes(river: Plugin) -> None:
    counts = {pairs: river.puzzle.pose(pairs, 0, "boat3").certificate.states for pairs in (6, 8, 10, 15, 20)}
    assert counts == {6: 17, 8: 21, 10: 25, 15: 35, 20: 45}


@pytest.mark.parametrize(("pairs", "variant"), [(1, "boat2"), (2, "boat2"), (3, "boat2"), (3, "boat3"), (4, "boat2")])
def test_river_symmetry_classes_agree_with_a_search_over_people(river: Plugin, pairs: int, variant: str) -> None:
    instance = river.puzzle.pose(pairs, 3, variant)
    assert shortest(river.puzzle, instance.arguments).fewest_moves == instance.certificate.fewest_moves


def test_river_plan_of_the_literature_is_replayed_as_optimal(river: Plugin) -> None:
    plan = "a1,a2 | a1 | a1,a3 | a1 | A2,A3 | A2,a2 | A1,A2 | a3 | a1,a2 | a1 | a1,a3"
    loads: list[Any] = [[f"{name[0]}_{name[1]}" for name in load.strip().split(",")] for load in plan.split("|")]
    played = replay(river.puzzle, river.puzzle.pose(3, 0, "boat2"), [item(river.puzzle, load) for load in loads])
    assert played.solved
    assert played.first_off_path is None


@pytest.mark.parametrize(
    ("load", "rule"),
    [
        ([], "empty_boat"),
        (["a_1", "a_2", "a_3"], "overfull_boat"),
        (["nobody"], "unknown_person"),
        (["a_1", "a_1"], "person_twice"),
        (["a_1", "A_2"], "unsafe_company"),
        (["A_1"], "unsafe_company"),
    ],
)
def test_river_refuses_every_illegal_load_by_its_rule(river: Plugin, load: list[str], rule: str) -> None:
    puzzle = river.puzzle
    with pytest.raises(IllegalMove) as refused:
        puzzle.apply(puzzle.start(puzzle.pose(3, 0, "boat2").arguments), puzzle.parse([*load]))
    assert refused.value.rule == rule


@settings(max_examples=40, deadline=None)
@given(data=st.data(), pairs=st.integers(2, 4))
def test_river_legal_moves_change_the_distance_by_one(river: Plugin, data: st.DataObject, pairs: int) -> None:
    puzzle = river.puzzle
    assert puzzle.moves is not None
    assert puzzle.distance is not None
    state = puzzle.start(puzzle.pose(pairs, 0, "boat3").arguments)
    for _ in range(6):
        before = puzzle.distance(state)
        options = list(puzzle.moves(state))
        if not options:
            return
        state = puzzle.apply(state, data.draw(st.sampled_from(options)))
        after = puzzle.distance(state)
        assert before is not None
        assert after is not None
        assert abs(after - before) == 1


def test_posing_is_deterministic_and_differs_by_seed(plugins: dict[str, Plugin]) -> None:
    for plugin in plugins.values():
        for variant in plugin.puzzle.variants:
            first, second = plugin.puzzle.pose(5, 1, variant), plugin.puzzle.pose(5, 1, variant)
            assert first == second
            assert plugin.puzzle.pose(5, 2, variant).arguments != first.arguments
