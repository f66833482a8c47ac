"""Tower of Hanoi: its closed form against search, its refusals; and the disguises of the bundled tasks."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness import Certificate, Instance, MalformedMove
from harness.item import item
from harness.modes.solution import shortest_solution
from harness.plugins import Plugin
from harness.question import Question, pose
from harness.referee import replay
from harness.sandbox.protocol import Language, Program, Sandbox
from harness.search import reachable, shortest, shortest_from


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


@pytest.mark.parametrize(
    "data", [True, [True, 0, 1], [1, 0, False], [1.0, 0, 1], ["1", 0, 1], [1], [1, 0, 1, 2], None, {}]
)
def test_hanoi_takes_nothing_that_only_resembles_a_move(hanoi: Plugin, data: Any) -> None:
    with pytest.raises(MalformedMove):
        hanoi.puzzle.parse(data)


def test_hanoi_has_as_many_disks_as_it_says_whatever_the_answer_holds(hanoi: Plugin) -> None:
    three = [item(hanoi.puzzle, move) for move in shortest_solution(pose(hanoi, 3)) or []]
    assert replay(hanoi.puzzle, hanoi.puzzle.pose(3, 0, "tower"), three).solved
    assert not replay(hanoi.puzzle, hanoi.puzzle.pose(4, 0, "tower"), three).solved
    assert replay(hanoi.puzzle, hanoi.puzzle.pose(2, 0, "tower"), three).rule == "empty_peg"


def test_hanoi_is_not_solved_by_what_goes_on_after_the_goal(hanoi: Plugin) -> None:
    moves: list[Any] = [*(shortest_solution(pose(hanoi, 3)) or []), [1, 2, 0]]
    played = replay(hanoi.puzzle, hanoi.puzzle.pose(3, 0, "tower"), [item(hanoi.puzzle, move) for move in moves])
    assert (played.goal_reached_at, played.illegal, played.solved) == (7, None, False)


@pytest.mark.parametrize("language", ["python", "lua"])
@settings(max_examples=30)
@given(peg_of=st.lists(st.integers(0, 2), min_size=1, max_size=7), goal=st.integers(0, 2))
def test_hanoi_reference_programs_find_the_shortest_way_from_any_position(
    hanoi: Plugin, sandbox: Sandbox, language: Language, peg_of: list[int], goal: int
) -> None:
    size = len(peg_of)
    pegs = [[disk for disk in range(size, 0, -1) if peg_of[disk - 1] == peg] for peg in range(3)]
    arguments = {"disks": size, "start": pegs, "goal": goal}
    fewest = shortest(hanoi.puzzle, arguments).fewest_moves
    moves = json.loads(sandbox.run(Program(hanoi.solvers[language], language), arguments).value or "[]")
    instance = Instance(arguments, Certificate("solvable", fewest, "search"))
    played = replay(hanoi.puzzle, instance, [item(hanoi.puzzle, move) for move in moves])
    assert (played.solved, played.legal_moves) == (True, fewest)


DISGUISED = {
    "tower_of_hanoi": (
        ["renamed", "mirrored", "depot", "symbols", "inverted"],
        ["hanoi", "tower", "peg", "rod", "disk", "disc"],
    ),
    "river_crossing": (
        ["renamed", "laboratory", "symbols", "swapped"],
        ["river", "cross", "boat", "bank", "actor", "agent", "husband", "missionar", "cannibal"],
    ),
}
"""Each puzzle's disguises, and words that would give it away in another world."""


def disguised(plugin: Plugin) -> Iterator[tuple[Question, Question]]:
    """Questions in every disguise at small sizes, each beside the bare one."""
    for name in DISGUISED[plugin.name][0]:
        for kind in plugin.puzzle.variants:
            for size in (2, 3, 4):
                for seed in (0, 1):
                    yield pose(plugin, size, seed, f"{kind}.{name}"), pose(plugin, size, seed, kind)


@pytest.mark.parametrize("task", DISGUISED)
def test_a_disguise_changes_neither_the_length_of_a_solution_nor_that_it_is_one(
    plugins: dict[str, Plugin], task: str
) -> None:
    assert [*plugins[task].puzzle.disguises] == DISGUISED[task][0]
    for question, bare in disguised(plugins[task]):
        assert question.instance.certificate == bare.instance.certificate
        here, there = shortest_solution(question), shortest_solution(bare)
        if here is None or there is None:
            assert here == there
            continue
        assert len(here) == len(there) == bare.instance.certificate.fewest_moves
        assert replay(question.puzzle, question.instance, [item(question.puzzle, move) for move in here]).solved
        assert question.mask is not None
        told = [question.mask.item(bare.puzzle.parse(move)) for move in there]
        assert replay(question.puzzle, question.instance, [item(question.puzzle, move) for move in told]).solved


@pytest.mark.parametrize("task", DISGUISED)
def test_a_disguise_is_undone_without_loss(plugins: dict[str, Plugin], task: str) -> None:
    for question, bare in disguised(plugins[task]):
        assert question.mask is not None
        assert question.mask.undo(question.instance.arguments) == bare.instance.arguments
        assert question.instance.arguments != bare.instance.arguments


@pytest.mark.parametrize("task", DISGUISED)
def test_a_statement_from_another_world_has_no_famous_word(plugins: dict[str, Plugin], task: str) -> None:
    for name, disguise in plugins[task].puzzle.disguises.items():
        if disguise.kind in {"story", "symbols"}:
            statement = plugins[task].statement(name).casefold()
            assert [word for word in DISGUISED[task][1] if word in statement] == []


@pytest.mark.parametrize("size", [2, 3, 4, 5])
@pytest.mark.parametrize("seed", range(6))
def test_with_sizes_inverted_the_solution_for_the_bare_tower_is_illegal(hanoi: Plugin, size: int, seed: int) -> None:
    inverted = pose(hanoi, size, seed, "tower.inverted")
    bare: Any = shortest_solution(pose(hanoi, size, seed, "tower"))
    famous = [[disk, "ABC"[source], "ABC"[target]] for disk, source, target in bare]
    played = replay(inverted.puzzle, inverted.instance, [item(inverted.puzzle, move) for move in famous])
    assert (played.illegal, played.rule, played.solved) == (1, "not_on_top", False)


def test_the_mirrored_tower_goes_from_right_to_left(hanoi: Plugin) -> None:
    mirrored = pose(hanoi, 3, 0, "tower.mirrored")
    shown = {"disks": 3, "start": [[3, 2, 1], [], []], "goal": "left", "pegs": ["right", "middle", "left"]}
    assert mirrored.instance.arguments == shown
    assert (shortest_solution(mirrored) or [])[:2] == [[1, "right", "left"], [2, "right", "middle"]]


def test_posing_is_deterministic_and_differs_by_seed(plugins: dict[str, Plugin]) -> None:
    for plugin in plugins.values():
        for variant in plugin.puzzle.variants:
            first, second = plugin.puzzle.pose(5, 1, variant), plugin.puzzle.pose(5, 1, variant)
            assert first == second
            assert plugin.puzzle.pose(5, 2, variant).arguments != first.arguments
