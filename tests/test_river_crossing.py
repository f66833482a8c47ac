"""River Crossing: its certificates against the literature and a search over people, its refusals, its positions."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness import IllegalMove, MalformedMove
from harness.item import item
from harness.modes.solution import shortest_solution
from harness.plugins import Plugin
from harness.question import pose
from harness.referee import Replay, replay
from harness.sandbox.protocol import Language, Program, Sandbox
from harness.search import reachable, shortest, shortest_from
from harness.task import Certificate, Instance

CROSSINGS: dict[int, list[int | None]] = {
    1: [None, 1, 1, 1, 1, 1],
    2: [None, 5, 3, 1, 1, 1],
    3: [None, 11, 5, 3, 3, 1],
    4: [None, None, 9, 5, 3, 3],
    5: [None, None, 11, 7, 5, 3],
    6: [None, None, None, 9, 7, 5],
    7: [None, None, None, 11, 7, 5],
    8: [None, None, None, 13, 9, 7],
    9: [None, None, None, 15, 11, 7],
    10: [None, None, None, 17, 13, 9],
    11: [None, None, None, 19, 15, 9],
    12: [None, None, None, 21, 17, 11],
}
"""Fewest crossings of N pairs with a boat for 1 to 6; None where there is no solution."""

PLANS = {
    (2, 2): "a1,a2 | a1 | A1,A2 | a2 | a1,a2",
    (3, 2): "a1,a2 | a1 | a1,a3 | a1 | A2,A3 | A2,a2 | A1,A2 | a3 | a1,a2 | a1 | a1,a3",
    (4, 3): "a1,a2 | a1 | a1,a3,a4 | a1 | A2,A3,A4 | A2,a2 | A1,A2 | a3 | a1,a2,a3",
    (5, 3): "a1,a2 | a1 | a1,a3,a4 | a1 | A2,A3,A4 | A2,a2 | A1,A2,A5 | a3 | a1,a2 | a1 | a1,a3,a5",
}
"""Shortest plans of the literature, by pairs and seats."""

IF_MOORED_BOATS_WERE_NO_BANK = "a1,A1 | A1 | a2,A2 | A2 | A1,A2 | a1 | a1,a3 | a3 | a3,A3"
"""Nine crossings of three pairs, for who lets people sit in the boat while it lies at a bank."""


def loads(plan: str) -> list[list[str]]:
    return [[f"{name[0]}_{name[1:]}" for name in load.strip().split(",")] for load in plan.split("|")]


def played(river: Plugin, pairs: int, seats: int, moves: list[Any]) -> Replay:
    instance = river.puzzle.pose(pairs, 0, f"boat{seats}")
    return replay(river.puzzle, instance, [item(river.puzzle, move) for move in moves])


def begun(river: Plugin, **changed: Any) -> dict[str, Any]:
    """Three pairs with a boat for two, in another position, with another boat."""
    return {**river.puzzle.pose(3, 0, "boat2").arguments, **changed}


@pytest.mark.parametrize("pairs", CROSSINGS)
def test_certificates_are_those_of_the_literature(river: Plugin, pairs: int) -> None:
    for seats, fewest in enumerate(CROSSINGS[pairs][1:], 2):
        certificate = river.puzzle.pose(pairs, 0, f"boat{seats}").certificate
        assert certificate.fewest_moves == fewest
        assert certificate.solvable == ("unsolvable" if fewest is None else "solvable")


@pytest.mark.parametrize("pairs", CROSSINGS)
def test_distances_are_those_of_the_literature(river: Plugin, pairs: int) -> None:
    assert river.puzzle.distance is not None
    for seats, fewest in enumerate(CROSSINGS[pairs], 1):
        start = river.puzzle.start({**river.puzzle.pose(pairs, 1, "boat2").arguments, "capacity": seats})
        assert river.puzzle.distance(start) == fewest


@pytest.mark.parametrize(
    ("pairs", "seats", "fewest"),
    [(15, 4, 27), (20, 4, 37), (15, 5, 23), (20, 5, 33), (15, 6, 13), (20, 6, 19), (100, 4, 197)],
)
def test_certificates_of_many_pairs(river: Plugin, pairs: int, seats: int, fewest: int) -> None:
    assert river.puzzle.pose(pairs, 0, f"boat{seats}").certificate.fewest_moves == fewest


@pytest.mark.parametrize(
    ("variant", "counts"), [("boat2", {4: 11, 5: 13}), ("boat3", {6: 17, 8: 21, 10: 25, 15: 35, 20: 45})]
)
def test_unsolvable_certificates_count_the_exhausted_classes(
    river: Plugin, variant: str, counts: dict[int, int]
) -> None:
    assert {pairs: river.puzzle.pose(pairs, 0, variant).certificate.states for pairs in counts} == counts


@pytest.mark.parametrize(("pairs", "variant"), [(1, "boat2"), (2, "boat2"), (3, "boat2"), (3, "boat3"), (4, "boat2")])
def test_symmetry_classes_agree_with_a_search_over_people(river: Plugin, pairs: int, variant: str) -> None:
    instance = river.puzzle.pose(pairs, 3, variant)
    assert shortest(river.puzzle, instance.arguments).fewest_moves == instance.certificate.fewest_moves


@pytest.mark.parametrize(("pairs", "seats"), PLANS)
def test_plans_of_the_literature_are_optimal(river: Plugin, pairs: int, seats: int) -> None:
    done = played(river, pairs, seats, loads(PLANS[pairs, seats]))
    assert (done.solved, done.first_off_path) == (True, None)


@pytest.mark.parametrize(
    ("pairs", "seats", "plans"),
    [(2, 2, 8), (2, 3, 10), (3, 2, 486), (3, 3, 24), (3, 4, 18), (4, 3, 15_360), (4, 4, 604), (5, 5, 1_200)],
)
def test_there_are_as_many_shortest_plans_as_the_literature_has(
    river: Plugin, pairs: int, seats: int, plans: int
) -> None:
    puzzle = river.puzzle
    moves, distance = puzzle.moves, puzzle.distance
    assert moves is not None
    assert distance is not None

    @cache
    def ways(state: Any) -> int:
        left = distance(state)
        after = [puzzle.apply(state, move) for move in moves(state)]
        return 1 if left == 0 else sum(ways(each) for each in after if distance(each) == (left or 0) - 1)

    assert ways(puzzle.start(puzzle.pose(pairs, 0, f"boat{seats}").arguments)) == plans


def test_whoever_has_landed_is_on_the_bank(river: Plugin) -> None:
    done = played(river, 3, 2, loads(IF_MOORED_BOATS_WERE_NO_BANK))
    assert (done.illegal, done.rule) == (3, "unsafe_company")
    assert "a_1 is with A_2 on the right bank, without A_1" in done.reason


@pytest.mark.parametrize(
    ("moves", "rule", "where"),
    [
        ([[]], "empty_boat", ""),
        ([["a_1", "a_2", "a_3"]], "overfull_boat", ""),
        ([["nobody"]], "unknown_person", ""),
        ([["a_1", "a_1"]], "person_twice", ""),
        ([["a_1", "a1"]], "person_twice", ""),
        ([["a_1", "a_2"], ["a_3"]], "wrong_bank", "right bank"),
        ([["a_1", "a_2"], ["a_1"], ["a_2"]], "wrong_bank", "left bank"),
        ([["a_1", "A_2"]], "unsafe_company", "in the boat"),
        ([["A_1"]], "unsafe_company", "on the left bank"),
        ([["a_1", "a_2"], ["a_1"], ["a_1", "A_1"]], "unsafe_company", "on the right bank"),
    ],
)
def test_every_illegal_load_is_refused_by_its_rule(river: Plugin, moves: list[Any], rule: str, where: str) -> None:
    done = played(river, 3, 2, moves)
    assert (done.illegal, done.rule, done.solved) == (len(moves), rule, False)
    assert where in done.reason


Spoiled = Callable[[list[str], list[str], list[str], int], list[str]]
"""A right load, who else is on the boat's bank, who is on the other, and the boat's seats, to a wrong load."""

SPOILED: dict[str, Spoiled] = {
    "empty_boat": lambda load, here, there, seats: [],
    "unknown_person": lambda load, here, there, seats: [*load[1:], "a_9"],
    "person_twice": lambda load, here, there, seats: [*load, load[0]],
    "overfull_boat": lambda load, here, there, seats: [*load, *here, *there][: seats + 1],
    "wrong_bank": lambda load, here, there, seats: [*load[1:], *there[:1]],
}


@settings(max_examples=100)
@given(data=st.data(), case=st.sampled_from([*PLANS]), rule=st.sampled_from([*SPOILED]))
def test_a_right_plan_with_one_wrong_load_is_refused_there(
    river: Plugin, data: st.DataObject, case: tuple[int, int], rule: str
) -> None:
    plan = loads(PLANS[case])
    place = data.draw(st.integers(1, len(plan) - 1))
    people = {name for load in plan for name in load}
    on_left = set(people)
    for load in plan[:place]:
        on_left ^= set(load)
    bank = on_left if place % 2 == 0 else people - on_left
    plan[place] = SPOILED[rule](plan[place], sorted(bank - {*plan[place]}), sorted(people - bank), case[1])
    done = played(river, *case, plan)
    assert (done.illegal, done.rule, done.solved) == (place + 1, rule, False)


def test_the_answer_does_not_say_who_there_is(river: Plugin) -> None:
    too_few = played(river, 3, 2, loads(PLANS[2, 2]))
    assert (too_few.rule, too_few.solved) == ("unsafe_company", False)
    one_pair = played(river, 3, 4, [["a_1", "A_1"]])
    assert (one_pair.legal_moves, one_pair.illegal, one_pair.solved) == (1, None, False)
    too_many = played(river, 2, 3, [["a_1", "a_2", "a_3"]])
    assert (too_many.rule, too_many.solved) == ("unknown_person", False)


def test_a_move_after_the_goal_leaves_it(river: Plugin) -> None:
    plan = loads(PLANS[3, 2])
    back = played(river, 3, 2, [*plan, ["a_1"]])
    assert (back.goal_reached_at, back.illegal, back.solved) == (len(plan), None, False)
    again = played(river, 3, 2, [*plan, *plan[-1:], *plan[-1:]])
    assert (again.goal_reached_at, again.solved) == (len(plan), True)
    from_the_empty_bank = played(river, 3, 2, [*plan, ["a_1"], ["a_2"]])
    assert (from_the_empty_bank.rule, from_the_empty_bank.solved) == ("wrong_bank", False)


@pytest.mark.parametrize(
    "data",
    [
        *(True, 1, 1.0, None, "a_1", {}, [1], [True], [None], ["a_1", 1], [["a_1"]]),
        *({"a": ["a_1"], "b": ["a_2"]}, ["left"], ["right", "->"]),
    ],
)
def test_nothing_that_only_resembles_a_load_is_taken_for_one(river: Plugin, data: Any) -> None:
    with pytest.raises(MalformedMove):
        river.puzzle.parse(data)


@pytest.mark.parametrize(
    "load", [["a_1", "A_1"], ["a1", "A1"], ["actor a_1", "Agent A_1"], ["$a_{1}$", "**A_1**"], ["a\\_1", "A_1", "->"]]
)
def test_people_are_known_by_their_names_however_these_are_set(river: Plugin, load: list[str]) -> None:
    assert played(river, 2, 2, [load]).legal_moves == 1


def test_who_is_meant_by_a_name_in_other_letters_must_be_clear(river: Plugin) -> None:
    start = river.puzzle.start({**begun(river), "actors": ["Tavo", "Lemi", "Bado"], "left": ["Tavo"]})
    assert not river.puzzle.apply(start, ("TAVO",)).left
    assert played(river, 2, 2, [["a_1", "Å_1"]]).rule == "unknown_person"


NAMES = ["left-hander", "Ωmega", "x_1", "X_1", "Zed", "zed", "ann", "Ann"]
"""Any names will do: of four actors and their four agents."""


def group_is_safe(group: set[str], agent_of: Mapping[str, str]) -> bool:
    agents = group & {*agent_of.values()}
    return not agents or all(agent in agents for actor, agent in agent_of.items() if actor in group)


@st.composite
def positions(draw: st.DrawFn) -> dict[str, Any]:
    """Any legal position that is not yet the goal, also one that cannot come about: up to four pairs, one to four
    seats."""
    pairs = draw(st.integers(1, 4))
    names = draw(st.permutations(NAMES))
    actors, agents = names[:pairs], names[pairs : 2 * pairs]
    agent_of = dict(zip(actors, agents, strict=True))
    legal = [
        [*group]
        for size in range(1, 2 * pairs + 1)
        for group in combinations([*actors, *agents], size)
        if group_is_safe({*group}, agent_of) and group_is_safe({*actors, *agents} - {*group}, agent_of)
    ]
    banks = draw(st.sampled_from([["left", "right"], ["store", "vault"], ["Q", "P"]]))
    return {
        "pair_count": pairs,
        "capacity": draw(st.integers(1, 4)),
        "actors": actors,
        "agents": agents,
        "banks": banks,
        "left": draw(st.sampled_from(legal)),
        "boat": draw(st.sampled_from(banks)),
    }


@settings(max_examples=60)
@given(arguments=positions())
def test_moves_are_all_loads_that_are_not_refused(river: Plugin, arguments: dict[str, Any]) -> None:
    puzzle = river.puzzle
    assert puzzle.moves is not None
    state = puzzle.start(arguments)
    listed = [*puzzle.moves(state)]

    def legal() -> Iterator[frozenset[str]]:
        people = [*arguments["actors"], *arguments["agents"]]
        for size in range(1, 2 * len(people)):
            for load in combinations(people, size):
                try:
                    puzzle.apply(state, load)
                except IllegalMove:
                    continue
                yield frozenset(load)

    assert sorted(map(sorted, listed)) == sorted(map(sorted, legal()))


@settings(max_examples=60)
@given(arguments=positions())
def test_the_distance_of_any_position_is_that_of_a_search_over_people(river: Plugin, arguments: dict[str, Any]) -> None:
    assert river.puzzle.distance is not None
    state = river.puzzle.start(arguments)
    assert river.puzzle.distance(state) == shortest_from(river.puzzle, state).fewest_moves


@pytest.mark.parametrize("language", ["python", "lua"])
@settings(max_examples=40)
@given(arguments=positions())
def test_reference_programs_find_a_shortest_way_from_any_position(
    river: Plugin, sandbox: Sandbox, language: Language, arguments: dict[str, Any]
) -> None:
    ran = sandbox.run(Program(river.solvers[language], language), arguments)
    assert ran.ending == "ok", ran.reason
    returned = json.loads(ran.value or "null")
    fewest = shortest(river.puzzle, arguments).fewest_moves
    if fewest is None:
        assert returned == "impossible"
        return
    instance = Instance(arguments, Certificate("solvable", fewest, "search over people"))
    done = replay(river.puzzle, instance, [item(river.puzzle, load) for load in returned])
    assert (done.solved, done.legal_moves) == (True, fewest)


@pytest.mark.parametrize("variant", ["paper", "midway"])
def test_a_game_is_taken_up_where_it_stands(river: Plugin, variant: str) -> None:
    puzzle = river.puzzle
    assert puzzle.resume is not None
    arguments = puzzle.pose(3, 4, variant).arguments
    for state in reachable(puzzle, puzzle.start(arguments)):
        resumed = puzzle.resume(arguments, state)
        again = puzzle.start(resumed)
        assert (again.left, again.boat_left) == (state.left, state.boat_left)
        assert [*resumed] == [*arguments]


@settings(max_examples=40)
@given(data=st.data(), pairs=st.integers(2, 4))
def test_legal_moves_change_the_distance_by_one(river: Plugin, data: st.DataObject, pairs: int) -> None:
    puzzle = river.puzzle
    assert puzzle.moves is not None
    assert puzzle.distance is not None
    state = puzzle.start(puzzle.pose(pairs, 0, "boat3").arguments)
    for _ in range(6):
        before = puzzle.distance(state)
        state = puzzle.apply(state, data.draw(st.sampled_from([*puzzle.moves(state)])))
        after = puzzle.distance(state)
        assert before is not None
        assert after is not None
        assert abs(after - before) == 1


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 6, 7, 20])
def test_midway_instances_are_solvable_positions_that_differ_by_seed(river: Plugin, size: int) -> None:
    posed = [river.puzzle.pose(size, seed, "midway") for seed in range(12)]
    assert all(instance.certificate.solvable == "solvable" for instance in posed)
    assert all(instance.certificate.fewest_moves for instance in posed)
    for instance in posed[: 2 if size < 5 else 0]:
        assert shortest(river.puzzle, instance.arguments).fewest_moves == instance.certificate.fewest_moves
    kinds = {(len(instance.arguments["left"]), instance.arguments["boat"]) for instance in posed}
    assert (2 * size, "left") not in kinds
    assert len(kinds) > 1


@pytest.mark.parametrize("size", range(1, 41))
def test_what_is_said_to_be_too_small_is_and_looks_like_what_is_not(river: Plugin, size: int) -> None:
    for seed in (0, 1):
        twin, solvable = (river.puzzle.pose(size, seed, variant) for variant in ("too_small", "smallest"))
        assert (twin.certificate.solvable, solvable.certificate.solvable) == ("unsolvable", "solvable")
        assert [*twin.arguments] == [*solvable.arguments]
        more_pairs = twin.arguments["pair_count"] - solvable.arguments["pair_count"]
        fewer_seats = solvable.arguments["capacity"] - twin.arguments["capacity"]
        assert (more_pairs, fewer_seats) == ((0, 1) if size > 3 else (2, 0) if size > 1 else (2, 1))


def test_a_boat_that_is_said_to_be_the_smallest_is(river: Plugin) -> None:
    for pairs, fewest in CROSSINGS.items():
        seats = next(seats for seats, number in enumerate(fewest, 1) if number is not None)
        assert river.puzzle.pose(pairs, 0, "smallest").arguments["capacity"] == seats


def test_a_scene_shows_both_banks_and_the_boat(river: Plugin) -> None:
    assert river.puzzle.scene is not None
    state = river.puzzle.start(river.puzzle.pose(2, 0, "boat2").arguments)
    assert river.puzzle.scene(state) == {"left": ["a_1", "A_1", "a_2", "A_2"], "right": [], "boat": "left"}
    state = river.puzzle.apply(state, ("a_1", "A_1"))
    assert river.puzzle.scene(state) == {"left": ["a_2", "A_2"], "right": ["a_1", "A_1"], "boat": "right"}


@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize(("pairs", "seats"), [*PLANS, (2, 3), (3, 3)])
def test_with_roles_swapped_the_plan_for_the_bare_puzzle_is_unsafe(
    river: Plugin, pairs: int, seats: int, seed: int
) -> None:
    plan = shortest_solution(pose(river, pairs, seed, f"boat{seats}"))
    swapped = pose(river, pairs, seed, f"boat{seats}.swapped")
    done = replay(swapped.puzzle, swapped.instance, [item(swapped.puzzle, load) for load in plan or []])
    assert (done.rule, done.solved) == ("unsafe_company", False)


@pytest.mark.parametrize(("pairs", "seats"), PLANS)
def test_with_roles_swapped_the_famous_plan_is_unsafe(river: Plugin, pairs: int, seats: int) -> None:
    swapped = pose(river, pairs, 0, f"boat{seats}.swapped")
    plan = loads(PLANS[pairs, seats])
    done = replay(swapped.puzzle, swapped.instance, [item(swapped.puzzle, [*load]) for load in plan])
    assert (done.rule, done.solved) == ("unsafe_company", False)
