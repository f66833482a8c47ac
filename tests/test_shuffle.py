"""Shuffle: every certificate against a search that shares nothing with the task, every refusal, the programs."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness import Arguments, Certificate, Instance, MalformedMove, Puzzle
from harness.completion import Completion, Stop
from harness.item import Item, item
from harness.judge import judge
from harness.modes import MODES
from harness.outcome import SAID_IMPOSSIBLE, Outcome
from harness.plugins import Plugin
from harness.question import pose
from harness.referee import replay
from harness.sandbox.protocol import Sandbox
from harness.search import reachable, shortest_from

THREE: dict[str, Any] = {
    "operations": [["Tavo", [2, 3, 1]], ["Zibu", [2, 1, 3]]],
    "row": ["K", "R", "T"],
    "goal": ["K", "T", "R"],
}
"""Tavo moves each token one place on, and the last to the first place; Zibu swaps the first two."""


@pytest.fixture
def puzzle(plugins: dict[str, Plugin]) -> Puzzle:
    return plugins["shuffle"].puzzle


def searched(arguments: Arguments) -> dict[tuple[str, ...], int]:
    """The fewest moves to every row that can be reached, found by laying tokens out one by one."""
    first = tuple(arguments["row"])
    depth = {first: 0}
    queue = deque([first])
    while queue:
        row = queue.popleft()
        for _, to in arguments["operations"]:
            laid_out = [""] * len(row)
            for token, place in zip(row, to, strict=True):
                laid_out[place - 1] = token
            if tuple(laid_out) not in depth:
                depth[tuple(laid_out)] = depth[row] + 1
                queue.append(tuple(laid_out))
    return depth


def fewest(arguments: Arguments) -> int | None:
    return searched(arguments).get(tuple(arguments["goal"]))


def posed(puzzle: Puzzle, variant: str, sizes: Iterable[int], seeds: int) -> Iterator[Any]:
    return (puzzle.pose(size, seed, variant) for size in sizes for seed in range(seeds))


def swaps(row: list[Any]) -> int:
    """How many pairs are out of order: odd for an odd permutation."""
    return sum(one > other for one, other in combinations(row, 2))


@pytest.mark.parametrize("variant", ["mixed", "even"])
def test_the_size_is_the_fewest_moves_that_a_search_finds(puzzle: Puzzle, variant: str) -> None:
    for size in puzzle.sizes:
        for instance in posed(puzzle, variant, [size], 3 if size < 10 else 1):
            depth = searched(instance.arguments)
            certificate = instance.certificate
            assert certificate.fewest_moves == size == depth[tuple(instance.arguments["goal"])]
            assert certificate.states == len(depth)


def test_an_odd_goal_is_no_row_that_can_be_reached(puzzle: Puzzle) -> None:
    for instance in posed(puzzle, "odd", range(1, 11), 2):
        assert instance.certificate.solvable == "unsolvable"
        assert fewest(instance.arguments) is None
        assert instance.certificate.states == len(searched(instance.arguments))


def test_an_odd_instance_differs_from_its_even_one_in_two_tokens_of_the_goal_alone(puzzle: Puzzle) -> None:
    for size in puzzle.sizes:
        even, odd = (puzzle.pose(size, 5, variant).arguments for variant in ("even", "odd"))
        assert {**even, "goal": None} == {**odd, "goal": None}
        assert sum(one != other for one, other in zip(even["goal"], odd["goal"], strict=True)) == 2


def test_parity_is_what_makes_an_odd_instance_unsolvable(puzzle: Puzzle) -> None:
    for instance in posed(puzzle, "odd", puzzle.sizes, 3):
        row, goal = instance.arguments["row"], instance.arguments["goal"]
        assert all(swaps(to) % 2 == 0 for _, to in instance.arguments["operations"])
        assert swaps([goal.index(token) for token in row]) % 2 == 1


def test_mixed_operations_are_of_both_parities(puzzle: Puzzle) -> None:
    parities = {
        swaps(to) % 2 for instance in posed(puzzle, "mixed", [6], 10) for _, to in instance.arguments["operations"]
    }
    assert parities == {0, 1}


@pytest.mark.parametrize("variant", ["mixed", "even", "odd"])
def test_no_operation_undoes_itself_or_another(puzzle: Puzzle, variant: str) -> None:
    for instance in posed(puzzle, variant, puzzle.sizes, 5):
        operations = [tuple(to) for _, to in instance.arguments["operations"]]
        undone = [tuple(to.index(place) + 1 for place in range(1, len(to) + 1)) for to in operations]
        assert len({*operations}) == 3
        assert not {*operations} & {*undone}


@pytest.mark.parametrize("variant", ["mixed", "even", "odd"])
def test_the_distance_is_that_of_a_search_from_every_row(puzzle: Puzzle, variant: str) -> None:
    assert puzzle.distance is not None
    for state in reachable(puzzle, puzzle.start(puzzle.pose(3, 2, variant).arguments)):
        assert puzzle.distance(state) == shortest_from(puzzle, state).fewest_moves


def test_an_operation_sends_the_token_of_each_place_to_where_it_says(puzzle: Puzzle) -> None:
    assert puzzle.scene is not None
    start = puzzle.start(THREE)
    assert puzzle.scene(start) == ["K", "R", "T"]
    assert puzzle.scene(puzzle.apply(start, "Tavo")) == ["T", "K", "R"]
    assert puzzle.scene(puzzle.apply(puzzle.apply(start, "Tavo"), "Zibu")) == ["K", "T", "R"]


def test_the_example_of_three_tokens_takes_two_moves(puzzle: Puzzle) -> None:
    played = replay(puzzle, _instance(THREE), _items(puzzle, ["Tavo", "Zibu"]))
    assert (played.solved, played.legal_moves, played.first_off_path) == (True, 2, None)
    assert fewest(THREE) == 2
    assert not replay(puzzle, _instance(THREE), _items(puzzle, ["Zibu", "Tavo"])).solved


@pytest.mark.parametrize("name", ["Xyxy", "tavo", "", "Tavo Zibu", "K", "1"])
def test_an_unknown_operation_is_refused(puzzle: Puzzle, name: str) -> None:
    played = replay(puzzle, _instance(THREE), _items(puzzle, ["Tavo", name, "Zibu"]))
    assert (played.illegal, played.rule, played.solved) == (2, "unknown_operation", False)
    assert played.reason.endswith(f"there is no operation {name or repr(name)}")


@pytest.mark.parametrize("data", [None, True, 1, 0.5, [], ["Tavo", "Zibu"], [["Tavo"]], [2, 3, 1], [1], {"op": "Tavo"}])
def test_nothing_that_only_resembles_a_name_is_a_move(puzzle: Puzzle, data: Any) -> None:
    with pytest.raises(MalformedMove):
        puzzle.parse(data)


def test_no_moves_solve_nothing_and_moves_past_the_goal_leave_it(puzzle: Puzzle) -> None:
    assert not replay(puzzle, _instance(THREE), []).solved
    played = replay(puzzle, _instance(THREE), _items(puzzle, ["Tavo", "Zibu", "Zibu"]))
    assert (played.goal_reached_at, played.legal_moves, played.solved) == (2, 3, False)


@pytest.mark.parametrize("variant", ["mixed", "even", "odd"])
def test_seeds_change_operations_names_and_rows(puzzle: Puzzle, variant: str) -> None:
    seen = [puzzle.pose(5, seed, variant).arguments for seed in range(30)]
    assert len({str([to for _, to in arguments["operations"]]) for arguments in seen}) == 30
    assert len({str([name for name, _ in arguments["operations"]]) for arguments in seen}) == 30
    assert len({str(arguments["row"]) for arguments in seen}) == 30


def test_no_place_in_the_list_of_operations_is_right_as_the_first_move_for_most_seeds(puzzle: Puzzle) -> None:
    assert puzzle.moves is not None
    assert puzzle.distance is not None
    first = []
    for seed in range(60):
        start = puzzle.start(puzzle.pose(6, seed, "mixed").arguments)
        for number, move in enumerate(puzzle.moves(start)):
            if puzzle.distance(puzzle.apply(start, move)) == 5:
                first.append(number)
    assert max(map(first.count, range(3))) <= 36


@pytest.mark.parametrize("variant", ["mixed", "even", "odd"])
@pytest.mark.parametrize("size", [-1, 0, 12])
def test_sizes_without_a_meaning_are_refused(puzzle: Puzzle, size: int, variant: str) -> None:
    with pytest.raises(ValueError, match="1 to 11 moves"):
        puzzle.pose(size, 0, variant)


@settings(max_examples=40)
@given(data=st.data(), size=st.integers(1, 8), seed=st.integers(0, 50), variant=st.sampled_from(["mixed", "even"]))
def test_any_game_can_be_taken_up_anywhere_and_no_move_gains_more_than_one(
    plugins: dict[str, Plugin], data: st.DataObject, size: int, seed: int, variant: str
) -> None:
    puzzle = plugins["shuffle"].puzzle
    assert puzzle.moves is not None
    assert puzzle.distance is not None
    assert puzzle.resume is not None
    arguments = puzzle.pose(size, seed, variant).arguments
    state = puzzle.start(arguments)
    for _ in range(4):
        before = puzzle.distance(state)
        assert before is not None
        options = {puzzle.distance(puzzle.apply(state, move)) for move in puzzle.moves(state)}
        assert before == 0 or min(filter(lambda left: left is not None, options)) == before - 1  # type: ignore[type-var]
        state = puzzle.apply(state, data.draw(st.sampled_from([*puzzle.moves(state)])))
        resumed = puzzle.resume(arguments, state)
        assert puzzle.start(resumed) == state
        assert puzzle.distance(state) == fewest(resumed)
        assert sorted(resumed["row"]) == sorted(arguments["row"])


@pytest.mark.parametrize("language", ["python", "lua"])
@pytest.mark.parametrize(
    ("size", "variant"), [(1, "mixed"), (5, "even"), (6, "mixed.dance"), (11, "mixed"), (11, "odd.symbols")]
)
def test_the_reference_programs_solve_what_is_posed(
    plugins: dict[str, Plugin], sandbox: Sandbox, size: int, variant: str, language: str
) -> None:
    question, mode = pose(plugins["shuffle"], size, 7, variant), MODES[f"function/{language}"]
    said = Completion(text=mode.perfect(question, None), stop=Stop.END)
    verdict = judge(question, mode, said, sandbox).verdict
    assert verdict.outcome is Outcome.SOLVED
    assert (verdict.detail == SAID_IMPOSSIBLE) == variant.startswith("odd")


def test_numbered_sentences_are_read_as_moves(puzzle: Puzzle) -> None:
    text = "In short:\n1. Carry out Tavo (not Zibu).\n2. **Zibu**\nStep 3: Tavo\nSo much for Tavo."
    assert puzzle.prose is not None
    assert list(puzzle.prose(text, THREE)) == ["Tavo", "Zibu", "Tavo"]


def _items(puzzle: Puzzle, names: Iterable[str]) -> list[Item]:
    return [item(puzzle, name) for name in names]


def _instance(arguments: Arguments) -> Instance:
    return Instance(arguments, Certificate("solvable", None, "a test's own"))
