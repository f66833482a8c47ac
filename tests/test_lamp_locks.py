"""Lamp Locks: every certificate against a search that shares nothing with the task, every refusal, the programs."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness import Arguments, Certificate, IllegalMove, Instance, MalformedMove, Puzzle
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
    "guards": [["K", [], []], ["T", ["K"], []], ["R", [], ["K", "T"]]],
    "lit": ["K"],
    "goal": ["T", "R"],
}
"""K is free, T needs K on, R needs K and T off. Fewest moves: K off, R on, K on, T on, K off."""


@pytest.fixture
def puzzle(plugins: dict[str, Plugin]) -> Puzzle:
    return plugins["lamp_locks"].puzzle


def searched(arguments: Arguments) -> dict[frozenset[str], int]:
    """The fewest moves to every set of lamps that can be lit, found with sets of names alone."""
    first = frozenset(arguments["lit"])
    depth = {first: 0}
    queue = deque([first])
    while queue:
        lit = queue.popleft()
        for lamp, on, off in arguments["guards"]:
            after = lit ^ {lamp}
            if lit.issuperset(on) and lit.isdisjoint(off) and after not in depth:
                depth[after] = depth[lit] + 1
                queue.append(after)
    return depth


def fewest(arguments: Arguments) -> int | None:
    return searched(arguments).get(frozenset(arguments["goal"]))


def posed(puzzle: Puzzle, variant: str, sizes: range, seeds: int) -> Iterator[Any]:
    return (puzzle.pose(size, seed, variant) for size in sizes for seed in range(seeds))


def test_the_closed_form_of_a_chain_is_what_a_search_finds(puzzle: Puzzle) -> None:
    for instance in posed(puzzle, "chain", range(3, 11), 4):
        assert instance.certificate.fewest_moves == fewest(instance.arguments)


def test_a_chain_is_one_path_through_all_states(puzzle: Puzzle) -> None:
    assert puzzle.moves is not None
    for instance in posed(puzzle, "chain", range(3, 9), 3):
        states = list(reachable(puzzle, puzzle.start(instance.arguments)))
        options = sorted(len([*puzzle.moves(state)]) for state in states)
        assert len(states) == 2 ** len(instance.arguments["guards"])
        assert options == [1, 1] + [2] * (len(states) - 2)


def test_a_chain_takes_three_quarters_of_all_states_or_more_so_that_every_size_is_longer(puzzle: Puzzle) -> None:
    for size in (*puzzle.sizes, 23):
        for seed in range(6):
            fewest_moves = puzzle.pose(size, seed, "chain").certificate.fewest_moves
            assert fewest_moves is not None
            assert 3 * 2**size // 4 <= fewest_moves < 2**size


def test_a_tangle_is_certified_by_what_a_search_finds(puzzle: Puzzle) -> None:
    for instance in posed(puzzle, "tangle", range(3, 12), 4):
        depth = searched(instance.arguments)
        certificate = instance.certificate
        assert certificate.fewest_moves == depth[frozenset(instance.arguments["goal"])]
        assert certificate.fewest_moves == 3 * len(instance.arguments["guards"]) // 2
        assert certificate.states == len(depth)


def test_a_stuck_goal_is_in_no_state_that_can_be_reached(puzzle: Puzzle) -> None:
    for instance in posed(puzzle, "stuck", range(3, 12), 4):
        assert instance.certificate.solvable == "unsolvable"
        assert fewest(instance.arguments) is None
        assert instance.certificate.states == len(searched(instance.arguments))


def test_a_stuck_instance_differs_from_its_tangle_in_the_goal_alone(puzzle: Puzzle) -> None:
    for size in puzzle.sizes:
        tangle, stuck = (puzzle.pose(size, 5, variant).arguments for variant in ("tangle", "stuck"))
        assert {**tangle, "goal": None} == {**stuck, "goal": None}
        lit = {*tangle["lit"]}
        assert len(lit ^ {*tangle["goal"]}) == len(lit ^ {*stuck["goal"]})


def test_as_many_lamps_are_free_in_a_stuck_goal_as_in_that_of_its_tangle(puzzle: Puzzle) -> None:
    for size in range(3, 10):
        for seed in range(4):
            pair = [puzzle.pose(size, seed, variant).arguments for variant in ("tangle", "stuck")]
            free = [_free_lamps(arguments["guards"], {*arguments["goal"]}) for arguments in pair]
            assert free[0] == free[1] > 0


def _free_lamps(guards: Any, lit: set[str]) -> int:
    return sum(lit.issuperset(on) and lit.isdisjoint(off) for _, on, off in guards)


def test_every_lamp_that_a_stuck_goal_would_change_can_be_switched(puzzle: Puzzle) -> None:
    for instance in posed(puzzle, "stuck", range(3, 11), 4):
        lit, goal = frozenset(instance.arguments["lit"]), frozenset(instance.arguments["goal"])
        switched = frozenset().union(*(state ^ lit for state in searched(instance.arguments)))
        assert lit ^ goal <= switched


@pytest.mark.parametrize("variant", ["chain", "tangle", "stuck"])
def test_the_distance_is_that_of_a_search_from_every_state(puzzle: Puzzle, variant: str) -> None:
    assert puzzle.distance is not None
    start = puzzle.start(puzzle.pose(6, 2, variant).arguments)
    for state in reachable(puzzle, start):
        assert puzzle.distance(state) == shortest_from(puzzle, state).fewest_moves


@pytest.mark.parametrize("damaged", [0, 3, 5])
def test_guards_that_are_almost_a_chain_are_searched(puzzle: Puzzle, damaged: int) -> None:
    arguments: Any = puzzle.pose(6, 1, "chain").arguments
    lamp, on, off = sorted(arguments["guards"], key=lambda guard: len(guard[1]) + len(guard[2]))[damaged]
    others = [guard for guard in arguments["guards"] if guard[0] != lamp]
    changed = [lamp, off, on] if damaged else [lamp, [others[0][0]], []]
    arguments = {**arguments, "guards": [*others, changed]}
    assert puzzle.distance is not None
    assert puzzle.distance(puzzle.start(arguments)) == fewest(arguments)


def test_the_example_of_three_lamps_takes_five_moves(puzzle: Puzzle) -> None:
    played = replay(puzzle, _instance(THREE), _items(puzzle, "KRKTK"))
    assert (played.solved, played.legal_moves, played.first_off_path) == (True, 5, None)
    assert fewest(THREE) == 5


@pytest.mark.parametrize(
    ("moves", "rule", "reason"),
    [
        (["R"], "locked_lamp", "lamp R is locked: lamp K is on"),
        (["K", "T"], "locked_lamp", "lamp T is locked: lamp K is off"),
        (["T", "R"], "locked_lamp", "lamp R is locked: lamp K is on"),
        (["T", "K", "R"], "locked_lamp", "lamp R is locked: lamp T is on"),
        (["T", "K", "T"], "locked_lamp", "lamp T is locked: lamp K is off"),
        (["X"], "unknown_lamp", "there is no lamp X"),
        (["k"], "unknown_lamp", "there is no lamp k"),
        ([""], "unknown_lamp", "there is no lamp ''"),
        (["K T"], "unknown_lamp", "there is no lamp K T"),
    ],
)
def test_an_illegal_move_is_refused_by_its_rule(puzzle: Puzzle, moves: list[str], rule: str, reason: str) -> None:
    played = replay(puzzle, _instance(THREE), _items(puzzle, moves))
    assert (played.illegal, played.rule, played.solved) == (len(moves), rule, False)
    assert played.reason.endswith(reason)


@pytest.mark.parametrize("data", [None, True, 1, 0.5, [], ["K", "T"], [["K"]], [1], [True], {"lamp": "K"}])
def test_nothing_that_only_resembles_a_name_is_a_move(puzzle: Puzzle, data: Any) -> None:
    with pytest.raises(MalformedMove):
        puzzle.parse(data)


def test_no_moves_solve_nothing_and_moves_past_the_goal_leave_it(puzzle: Puzzle) -> None:
    assert not replay(puzzle, _instance(THREE), []).solved
    played = replay(puzzle, _instance(THREE), _items(puzzle, "KRKTKK"))
    assert (played.goal_reached_at, played.legal_moves, played.solved) == (5, 6, False)


def test_a_subset_or_a_superset_of_the_goal_is_not_the_goal(puzzle: Puzzle) -> None:
    for lit in (["T"], ["R"], ["K", "T", "R"], []):
        assert not puzzle.solved(puzzle.start({**THREE, "lit": lit}))
    assert puzzle.solved(puzzle.start({**THREE, "lit": ["R", "T"]}))


@pytest.mark.parametrize("variant", ["chain", "tangle"])
def test_seeds_change_everything_so_that_no_first_move_is_right_for_many(puzzle: Puzzle, variant: str) -> None:
    assert puzzle.moves is not None
    assert puzzle.distance is not None
    seen, first = [], []
    for seed in range(30):
        arguments = puzzle.pose(6, seed, variant).arguments
        start = puzzle.start(arguments)
        seen.append(str(arguments["guards"]))
        left = puzzle.distance(start) or 0
        first += [move for move in puzzle.moves(start) if puzzle.distance(puzzle.apply(start, move)) == left - 1]
    assert len({*seen}) == 30
    assert max(map(first.count, first)) <= 7


@pytest.mark.parametrize(
    ("size", "variant"), [(2, "chain"), (24, "chain"), (17, "tangle"), (17, "stuck"), (0, "stuck")]
)
def test_sizes_without_a_meaning_are_refused(puzzle: Puzzle, size: int, variant: str) -> None:
    with pytest.raises(ValueError, match="lamps"):
        puzzle.pose(size, 0, variant)


@settings(max_examples=60)
@given(data=st.data(), size=st.integers(3, 9), seed=st.integers(0, 50), variant=st.sampled_from(["chain", "tangle"]))
def test_any_game_can_be_undone_and_taken_up_anywhere(
    plugins: dict[str, Plugin], data: st.DataObject, size: int, seed: int, variant: str
) -> None:
    puzzle = plugins["lamp_locks"].puzzle
    assert puzzle.moves is not None
    assert puzzle.distance is not None
    assert puzzle.resume is not None
    arguments = puzzle.pose(size, seed, variant).arguments
    state = puzzle.start(arguments)
    for _ in range(8):
        move = data.draw(st.sampled_from([*puzzle.moves(state)]))
        after = puzzle.apply(state, move)
        assert puzzle.apply(after, move) == state
        assert abs((puzzle.distance(after) or 0) - (puzzle.distance(state) or 0)) == 1
        resumed = puzzle.resume(arguments, after)
        assert puzzle.start(resumed) == after
        assert puzzle.distance(after) == fewest(resumed)
        locked = {lamp for lamp, _, _ in arguments["guards"]} - {*puzzle.moves(after)}
        for lamp in locked:
            with pytest.raises(IllegalMove):
                puzzle.apply(after, lamp)
        state = after


@pytest.mark.parametrize("language", ["python", "lua"])
@pytest.mark.parametrize(
    ("size", "variant"),
    [(3, "tangle"), (9, "chain"), (9, "chain.valves"), (14, "chain"), (14, "tangle"), (14, "stuck.symbols")],
)
def test_the_reference_programs_solve_what_is_posed(
    plugins: dict[str, Plugin], sandbox: Sandbox, size: int, variant: str, language: str
) -> None:
    question, mode = pose(plugins["lamp_locks"], size, 7, variant), MODES[f"function/{language}"]
    said = Completion(text=mode.perfect(question, None), stop=Stop.END)
    verdict = judge(question, mode, said, sandbox).verdict
    assert verdict.outcome is Outcome.SOLVED
    assert (verdict.detail == SAID_IMPOSSIBLE) == variant.startswith("stuck")


@pytest.mark.parametrize("language", ["python", "lua"])
def test_the_reference_programs_solve_from_the_middle_of_a_game(
    plugins: dict[str, Plugin], sandbox: Sandbox, language: str
) -> None:
    question, mode = pose(plugins["lamp_locks"], 7, 4, "tangle.valves"), MODES[f"function/{language}"]
    said = Completion(text=mode.perfect(question, None), stop=Stop.END)
    puzzle = question.puzzle
    assert puzzle.resume is not None
    for state in [*reachable(puzzle, puzzle.start(question.instance.arguments))][3:60:14]:
        arguments = puzzle.resume(question.instance.arguments, state)
        begun = question.at(_instance(arguments))
        assert judge(begun, mode, said, sandbox).verdict.outcome is Outcome.SOLVED


def test_numbered_sentences_are_read_as_moves(puzzle: Puzzle) -> None:
    text = (
        "In short:\n1. Switch lamp K off (R is free now).\n2. **R** on\nStep 3: As R is on, turn **K** on\n - 4) T\n"
        "So T and R are on."
    )
    assert puzzle.prose is not None
    assert list(puzzle.prose(text, THREE)) == ["K", "R", "K", "T"]


def test_a_state_is_drawn_as_what_each_lamp_is(puzzle: Puzzle) -> None:
    assert puzzle.scene is not None
    assert puzzle.scene(puzzle.start(THREE)) == {"K": "on", "T": "off", "R": "off"}


def _items(puzzle: Puzzle, names: Iterable[str]) -> list[Item]:
    return [item(puzzle, name) for name in names]


def _instance(arguments: Arguments) -> Instance:
    return Instance(arguments, Certificate("solvable", None, "a test's own"))
