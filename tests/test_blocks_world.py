"""Blocks World: its optima against search, its theorem on what can be solved, its refusals, its reference programs."""

from __future__ import annotations

import json
from collections import Counter, deque
from collections.abc import Iterator
from itertools import permutations, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness import Arguments, MalformedMove
from harness.item import item
from harness.plugins import Plugin
from harness.question import pose
from harness.referee import Replay, replay
from harness.task import Certificate, Instance, Puzzle

Stacks = tuple[tuple[str, ...], ...]


@pytest.fixture(scope="module")
def blocks(plugins: dict[str, Plugin]) -> Plugin:
    return plugins["blocks_world"]


@pytest.fixture(scope="module")
def program(blocks: Plugin) -> Any:
    """The reference program in Python, run here for speed; in the sandbox it is run by ``pegboard check``."""
    names: dict[str, Any] = {}
    exec(blocks.solvers["python"], names)
    return names["solve"]


def _neighbours(stacks: Stacks, heights: tuple[int, ...]) -> Iterator[Stacks]:
    for source, target in permutations(range(3), 2):
        if stacks[source] and len(stacks[target]) < heights[target]:
            after = [list(stack) for stack in stacks]
            after[target].append(after[source].pop())
            yield tuple(tuple(stack) for stack in after)


def _distances(first: Stacks, heights: tuple[int, ...]) -> dict[Stacks, int]:
    """Breadth-first search that shares nothing with the task."""
    depth = {first: 0}
    queue = deque([first])
    while queue:
        here = queue.popleft()
        for after in _neighbours(here, heights):
            if after not in depth:
                depth[after] = depth[here] + 1
                queue.append(after)
    return depth


def _arrangements(names: str, heights: tuple[int, ...]) -> Iterator[Stacks]:
    for order in permutations(names):
        for one, two in product(range(len(names) + 1), repeat=2):
            stacks = order[:one], order[one : one + two], order[one + two :]
            if one + two <= len(names) and all(map(lambda stack, most: len(stack) <= most, stacks, heights)):
                yield stacks


def _plain(stacks: Stacks) -> list[list[str]]:
    return [list(stack) for stack in stacks]


def _frozen(stacks: Any) -> Stacks:
    return tuple(tuple(stack) for stack in stacks)


def _case(start: Any, goal: Any, heights: Any) -> dict[str, Any]:
    return {"start": _plain(start), "goal": _plain(goal), "heights": [*heights]}


def _played(puzzle: Puzzle, arguments: Arguments, moves: list[Any]) -> Replay:
    instance = Instance(arguments, Certificate("unknown", None, "not looked at"))
    return replay(puzzle, instance, [item(puzzle, move) for move in moves])


def _optimum(arguments: Arguments) -> int | None:
    start, goal = _frozen(arguments["start"]), _frozen(arguments["goal"])
    return _distances(start, tuple(arguments["heights"])).get(goal)


# The paper's instances.


def test_the_exemplar_is_the_papers_with_its_known_solution(blocks: Plugin) -> None:
    instance = blocks.puzzle.pose(4, 0, "paper")
    assert instance.arguments == _case([["A", "B"], ["C", "D"], []], [["D", "B", "C", "A"], [], []], [4, 4, 4])
    known = [["B", 0, 1], ["A", 0, 2], ["B", 1, 2], ["D", 1, 0], ["B", 2, 0], ["C", 1, 0], ["A", 2, 0]]
    assert _played(blocks.puzzle, instance.arguments, known).solved
    assert instance.certificate.fewest_moves == len(known)
    assert blocks.puzzle.pose(6, 0, "paper").arguments["goal"][0] == ["F", "C", "E", "B", "D", "A"]


@pytest.mark.parametrize(("size", "fewest"), [(2, 3), (4, 7), (6, 11), (3, 6), (5, 10), (7, 14)])
def test_the_proved_optimum_is_that_of_the_search(blocks: Plugin, size: int, fewest: int) -> None:
    instance = blocks.puzzle.pose(size, 0, "paper")
    assert (instance.certificate.fewest_moves, _optimum(instance.arguments)) == (fewest, fewest)


@pytest.mark.parametrize("size", range(8, 11))
def test_the_proved_optimum_is_that_of_the_tasks_own_search(blocks: Plugin, size: int) -> None:
    instance = blocks.puzzle.pose(size, 0, "paper")
    search = blocks.puzzle.pose.__globals__["fewest_moves"]
    assert search(blocks.puzzle.start(instance.arguments))[0] == instance.certificate.fewest_moves


@pytest.mark.parametrize("size", [3, 5])
def test_an_odd_size_with_the_larger_half_on_the_other_stack_would_be_shorter(size: int) -> None:
    names = "ABCDEFG"[:size]
    lower, upper = names[: size // 2], names[size // 2 :]
    goal = [upper[::-1][level // 2] if level % 2 == 0 else lower[::-1][level // 2] for level in range(size)]
    assert _optimum(_case([lower, upper, ""], [goal, "", ""], [size] * 3)) == 2 * size - 2


@pytest.mark.parametrize("size", [4, 5, 6])
def test_on_the_empty_stack_the_papers_goal_is_trivial(blocks: Plugin, size: int) -> None:
    arguments = blocks.puzzle.pose(size, 0, "paper").arguments
    elsewhere = [[], [], arguments["goal"][0]]
    assert _optimum(_case(arguments["start"], elsewhere, arguments["heights"])) == size


@pytest.mark.parametrize("seed", [0, 1])
@pytest.mark.parametrize("size", range(2, 41))
def test_the_reference_program_attains_the_papers_optimum(blocks: Plugin, program: Any, size: int, seed: int) -> None:
    instance = blocks.puzzle.pose(size, seed, "paper")
    moves = program(**instance.arguments)
    assert _played(blocks.puzzle, instance.arguments, moves).solved
    assert len(moves) == instance.certificate.fewest_moves == 2 * size - 1 + size % 2


def test_the_papers_stacks_are_balanced_over_any_six_seeds_and_no_first_move_is_right_for_all(
    blocks: Plugin, program: Any
) -> None:
    for first in (0, 5):
        posed = [blocks.puzzle.pose(6, seed, "paper").arguments for seed in range(first, first + 6)]
        ways = Counter(tuple(program(**arguments)[0][1:]) for arguments in posed)
        assert len(ways) == 6
        assert len({tuple(program(**arguments)[0]) for arguments in posed}) == 6


# What can be solved, and in how few moves.


@pytest.mark.parametrize("heights", [(1, 1, 1), (2, 1, 1), (2, 2, 1), (1, 1, 3), (2, 2, 2), (3, 1, 1), (3, 2, 1)])
@pytest.mark.parametrize("names", ["AB", "ABC", "ABCD"])
def test_whatever_can_be_solved_the_reference_program_solves_and_of_the_rest_it_says_so(
    blocks: Plugin, program: Any, names: str, heights: tuple[int, ...]
) -> None:
    every = [*_arrangements(names, heights)]
    for start in every[:: max(1, len(every) // 6)]:
        within_reach = _distances(start, heights)
        for goal in every:
            arguments = _case(start, goal, heights)
            moves = program(**arguments)
            if goal in within_reach:
                assert moves == [] if goal == start else _played(blocks.puzzle, arguments, moves).solved
            else:
                assert moves == "impossible"


@st.composite
def _cases(draw: st.DrawFn) -> dict[str, Any]:
    """Any start and goal of up to 6 blocks on stacks of any heights."""
    names = [f"N{i}" for i in range(draw(st.integers(1, 6)))]
    heights = [draw(st.integers(1, len(names))) for _ in range(3)]
    heights[draw(st.integers(0, 2))] += max(0, len(names) - sum(heights))

    def stacks() -> list[list[str]]:
        order = draw(st.permutations(names))
        one = draw(st.integers(max(0, len(names) - sum(heights[1:])), min(heights[0], len(names))))
        rest = len(names) - one
        two = draw(st.integers(max(0, rest - heights[2]), min(heights[1], rest)))
        return [order[:one], order[one : one + two], order[one + two :]]

    return {"start": stacks(), "goal": stacks(), "heights": heights}


@settings(max_examples=60, deadline=None)
@given(case=_cases())
def test_certificates_and_programs_agree_with_an_independent_search(
    blocks: Plugin, program: Any, case: dict[str, Any]
) -> None:
    fewest = _optimum(case)
    rules = blocks.puzzle.pose.__globals__
    state = blocks.puzzle.start(case)
    assert rules["solvable"](state) == (fewest is not None)
    moves = program(**case)
    if fewest is None:
        assert moves == "impossible"
        return
    assert rules["fewest_moves"](state)[0] == fewest <= len(moves)
    assert _played(blocks.puzzle, case, moves).legal_moves == len(moves)


@settings(max_examples=100, deadline=None)
@given(case=_cases())
def test_legal_moves_are_those_of_an_independent_search(blocks: Plugin, case: dict[str, Any]) -> None:
    puzzle, state = blocks.puzzle, blocks.puzzle.start(case)
    assert puzzle.moves is not None
    after = {puzzle.apply(state, move).stacks for move in puzzle.moves(state)}
    assert after == {*_neighbours(_frozen(case["start"]), tuple(case["heights"]))}


@pytest.mark.parametrize("variant", ["random", "tight"])
@pytest.mark.parametrize("size", range(3, 7))
def test_drawn_instances_are_certified_with_their_optimum(blocks: Plugin, variant: str, size: int) -> None:
    for seed in range(3):
        instance = blocks.puzzle.pose(size, seed, variant)
        certificate = instance.certificate
        assert certificate.solvable == "solvable"
        assert certificate.fewest_moves == _optimum(instance.arguments)


@pytest.mark.parametrize("size", range(3, 10))
def test_a_cramped_instance_is_unsolvable_and_differs_from_a_tight_one_in_two_blocks(blocks: Plugin, size: int) -> None:
    for seed in range(3):
        tight, cramped = (blocks.puzzle.pose(size, seed, kind) for kind in ("tight", "cramped"))
        assert _optimum(cramped.arguments) is None
        assert cramped.certificate.solvable == "unsolvable"
        assert (cramped.arguments["start"], cramped.arguments["heights"]) == (
            tight.arguments["start"],
            tight.arguments["heights"],
        )
        pairs = zip(cramped.arguments["goal"], tight.arguments["goal"], strict=True)
        assert sum(one != other for stacks in pairs for one, other in zip(*stacks, strict=True)) == 2


@pytest.mark.parametrize("size", [5, 7])
def test_equal_lowest_blocks_do_not_tell_a_tight_instance_from_a_cramped_one(blocks: Plugin, size: int) -> None:
    """A look at the lowest blocks is right of no more than two in three, whatever number of equal ones is enough."""
    equal = {
        kind: [_equal_lowest_blocks(blocks.puzzle.pose(size, seed, kind).arguments) for seed in range(100)]
        for kind in ("tight", "cramped")
    }
    for enough in range(4):
        right = sum(n >= enough for n in equal["tight"]) + sum(n < enough for n in equal["cramped"])
        assert right <= 200 * 2 / 3


def _equal_lowest_blocks(arguments: Arguments) -> int:
    pairs = zip(arguments["start"], arguments["goal"], strict=True)
    return sum(bool(here and here[:1] == there[:1]) for here, there in pairs)


def test_what_no_search_decides_is_not_called_optimal(blocks: Plugin, program: Any) -> None:
    instance = blocks.puzzle.pose(20, 1, "random")
    assert (instance.certificate.solvable, instance.certificate.fewest_moves) == ("solvable", None)
    assert _played(blocks.puzzle, instance.arguments, program(**instance.arguments)).solved


@pytest.mark.parametrize("variant", ["paper", "random", "tight", "cramped"])
def test_the_same_seed_poses_the_same_and_another_seed_another_instance(blocks: Plugin, variant: str) -> None:
    posed = [json.dumps(blocks.puzzle.pose(8, seed, variant).arguments) for seed in (0, 1, 2, 0)]
    assert posed[0] == posed[3]
    assert len({*posed}) == 3


@pytest.mark.parametrize("size", [1, 0, -2])
@pytest.mark.parametrize("variant", ["paper", "random", "tight", "cramped"])
def test_sizes_without_meaning_are_refused(blocks: Plugin, size: int, variant: str) -> None:
    with pytest.raises(ValueError, match="smallest"):
        blocks.puzzle.pose(size, 0, variant)


# What is refused.

EXEMPLAR = _case([["A", "B"], ["C", "D"], []], [["D", "B", "C", "A"], [], []], [4, 4, 4])
LOW = _case([["A", "B"], ["C", "D"], []], [["A"], ["C", "D"], ["B"]], [2, 2, 1])


@pytest.mark.parametrize(
    ("case", "moves", "rule"),
    [
        (EXEMPLAR, [["A", 0, 2]], "not_on_top"),
        (EXEMPLAR, [["B", 1, 2]], "not_on_stack"),
        (EXEMPLAR, [["B", 2, 1]], "empty_stack"),
        (EXEMPLAR, [["B", 0, 0]], "same_stack"),
        (EXEMPLAR, [["B", 0, 3]], "unknown_stack"),
        (EXEMPLAR, [["B", -1, 2]], "unknown_stack"),
        (EXEMPLAR, [["B", 3, 0]], "unknown_stack"),
        (EXEMPLAR, [["E", 0, 2]], "unknown_block"),
        (EXEMPLAR, [["b", 0, 2]], "unknown_block"),
        (EXEMPLAR, [["B", 0, 2], ["B", 0, 2]], "not_on_stack"),
        (LOW, [["B", 0, 1]], "full_stack"),
        (LOW, [["B", 0, 2], ["D", 1, 2]], "full_stack"),
    ],
)
def test_every_illegal_move_is_refused_by_its_rule(
    blocks: Plugin, case: dict[str, Any], moves: list[Any], rule: str
) -> None:
    played = _played(blocks.puzzle, case, moves)
    assert (played.illegal, played.rule, played.solved) == (len(moves), rule, False)
    assert played.reason


@pytest.mark.parametrize(
    "data",
    [
        ["B", True, 2],
        ["B", 0, False],
        ["B", 0.0, 2],
        ["B", 0, 2.0],
        ["B", "0", "2"],
        [1, 0, 2],
        [True, 0, 2],
        [["B"], 0, 2],
        ["B", 0],
        ["B", 0, 2, 1],
        ["B", None, 2],
        [],
        "B02",
        None,
        {},
        {"block": "B", "from": 0},
    ],
)
def test_nothing_that_only_resembles_a_move_is_one(blocks: Plugin, data: Any) -> None:
    with pytest.raises(MalformedMove):
        blocks.puzzle.parse(data)


@pytest.mark.parametrize(
    "data",
    [
        {"block": "B", "from": 0, "to": 2},
        {"to_stack": 2, "from_stack": 0, "block": "B"},
        {"move": 1, "block": "B", "from": 0, "to": 2},
        {"wagon": "B", "from_track": 0, "to_track": 2},
    ],
)
def test_a_move_may_be_an_object(blocks: Plugin, data: Any) -> None:
    assert blocks.puzzle.parse(data) == ("B", 0, 2)


def test_no_moves_at_all_solve_nothing(blocks: Plugin) -> None:
    assert not _played(blocks.puzzle, EXEMPLAR, []).solved


def test_a_goal_that_is_left_again_is_not_reached(blocks: Plugin, program: Any) -> None:
    moves = program(**EXEMPLAR)
    left = _played(blocks.puzzle, EXEMPLAR, [*moves, ["A", 0, 1]])
    assert (left.solved, left.goal_reached_at, left.illegal) == (False, len(moves), None)
    assert _played(blocks.puzzle, EXEMPLAR, [*moves, ["A", 0, 1], ["A", 1, 0]]).solved


def test_the_goal_on_another_stack_is_the_goal_permuted_and_not_solved(blocks: Plugin) -> None:
    trivial = [["D", 1, 2], ["B", 0, 2], ["C", 1, 2], ["A", 0, 2]]
    played = _played(blocks.puzzle, EXEMPLAR, trivial)
    assert (played.solved, played.goal_permuted, played.illegal) == (False, True, None)


@settings(max_examples=100, deadline=None)
@given(data=st.data(), case=_cases())
def test_a_changed_right_answer_is_solved_only_if_an_independent_game_ends_at_the_goal(
    blocks: Plugin, program: Any, data: st.DataObject, case: dict[str, Any]
) -> None:
    moves = program(**case)
    if moves == "impossible" or not moves:
        return
    at = data.draw(st.integers(0, len(moves) - 1))
    block, source, target = moves[at]
    other = data.draw(st.sampled_from(case["goal"][0] + case["goal"][1] + case["goal"][2]))
    change = data.draw(st.sampled_from(["left out", "twice", "back to front", "another block", "another stack"]))
    moves[at : at + 1] = {
        "left out": [],
        "twice": [moves[at]] * 2,
        "back to front": [[block, target, source]],
        "another block": [[other, source, target]],
        "another stack": [[block, source, 3 - source - target]],
    }[change]
    stacks, legal = [list(stack) for stack in case["start"]], True
    for block, source, target in moves:
        legal = legal and stacks[source][-1:] == [block] and len(stacks[target]) < case["heights"][target]
        if not legal:
            break
        stacks[target].append(stacks[source].pop())
    assert _played(blocks.puzzle, case, moves).solved == (legal and stacks == case["goal"])


# How it is told.


def test_moves_told_in_sentences_are_read(blocks: Plugin) -> None:
    prose = blocks.puzzle.prose
    assert prose is not None
    plan = "I will move block B from stack 0 to stack 1 at first."
    text = f"{plan}\n1. Move **A** from stack 0 to stack 2.\n2. Take block B from 1 to 2"
    assert [*prose(text, EXEMPLAR)] == [["A", 0, 2], ["B", 1, 2]]
    assert [*prose("Move block B from stack 0 onto stack 1, then move A from stack 0 -> 2", EXEMPLAR)] == [
        ["B", 0, 1],
        ["A", 0, 2],
    ]


def test_a_game_is_taken_up_where_it_stands(blocks: Plugin) -> None:
    puzzle, arguments = blocks.puzzle, blocks.puzzle.pose(6, 3, "tight").arguments
    assert puzzle.moves is not None
    assert puzzle.resume is not None
    state = puzzle.start(arguments)
    state = puzzle.apply(state, next(iter(puzzle.moves(state))))
    resumed = puzzle.resume(arguments, state)
    assert puzzle.start(resumed) == state
    assert (resumed["goal"], resumed["heights"]) == (arguments["goal"], arguments["heights"])


@pytest.mark.parametrize("size", [2, 4, 7])
@pytest.mark.parametrize("seed", range(4))
def test_where_the_wiring_is_crossed_the_well_known_solution_breaks_a_rule(
    blocks: Plugin, program: Any, size: int, seed: int
) -> None:
    bare, crossed = (pose(blocks, size, seed, variant) for variant in ("paper", "paper.crossed"))
    known = program(**bare.instance.arguments)
    assert crossed.instance.arguments["start"] == bare.instance.arguments["start"]
    assert _played(crossed.puzzle, crossed.instance.arguments, known).illegal is not None
    wired = crossed.instance.arguments["wired"]
    told = [[block, wired[source], wired[target]] for block, source, target in known]
    assert _played(crossed.puzzle, crossed.instance.arguments, told).solved
