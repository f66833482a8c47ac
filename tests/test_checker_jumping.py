"""Checker Jumping: counts of the literature, what is live and what is dead against search, and what is refused."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness import Instance, MalformedMove
from harness.completion import Completion, Stop
from harness.item import item
from harness.judge import judge
from harness.modes import MODES
from harness.outcome import Outcome
from harness.plugins import Plugin
from harness.question import Question, pose
from harness.referee import Replay, replay
from harness.sandbox.protocol import LANGUAGES, Program, Sandbox
from harness.search import reachable, shortest, shortest_from
from harness.task import Json

KINDS = ("row", "mid", "dead")

# Of the full row of N pieces a colour: states that can be reached, and those of them that are stuck short of the goal.
COUNTS = {1: (6, 0), 2: (23, 4), 3: (72, 13), 4: (195, 38), 5: (476, 99), 8: (5093, 1184)}

TWO_PIECES: list[list[list[Json]]] = [
    [["R", 1, 2], ["B", 3, 1], ["B", 4, 3], ["R", 2, 4], ["R", 0, 2], ["B", 1, 0], ["B", 3, 1], ["R", 2, 3]],
    [["B", 3, 2], ["R", 1, 3], ["R", 0, 1], ["B", 2, 0], ["B", 4, 2], ["R", 3, 4], ["R", 1, 3], ["B", 2, 1]],
]


@pytest.fixture(scope="module")
def jumping(plugins: dict[str, Plugin]) -> Plugin:
    return plugins["checker_jumping"]


def state_of(plugin: Plugin, cells: str) -> Any:
    """The state that such a row is: "RR_BB"."""
    blues, reds = cells.count("B"), cells.count("R")
    goal = [*"B" * blues, "_", *"R" * reds]
    named = {"moves_right": "R", "moves_left": "B", "empty": "_"}
    return plugin.puzzle.start({"start": [*cells], "goal": goal, **named})


def arrangements(size: int) -> list[str]:
    """Every row of so many pieces of each colour, whether a game leads there or not."""
    cells = range(2 * size + 1)
    return [
        "".join("_" if cell == gap else "R" if cell in reds else "B" for cell in cells)
        for gap in cells
        for reds in combinations([cell for cell in cells if cell != gap], size)
    ]


def played(plugin: Plugin, size: int, moves: list[Any]) -> Replay:
    instance = plugin.puzzle.pose(size, 0, "row")
    return replay(plugin.puzzle, instance, [item(plugin.puzzle, move) for move in moves])


def own_referee(cells: list[str], move: Any, right: str) -> list[str] | None:
    """The row after a move, or None where a rule forbids it: written from the rules, apart from the task's code."""
    colour, source, target = move
    step = 1 if colour == right else -1
    if source not in range(len(cells)) or target not in range(len(cells)):
        return None
    if colour == "_" or cells[source] != colour or cells[target] != "_":
        return None
    slides = target - source == step
    jumps = target - source == 2 * step and cells[source + step] not in {colour, "_"}
    if not slides and not jumps:
        return None
    after = [*cells]
    after[source], after[target] = "_", colour
    return after


@pytest.mark.parametrize("size", COUNTS)
def test_reachable_states_and_dead_ends_are_as_many_as_in_the_literature(jumping: Plugin, size: int) -> None:
    puzzle = jumping.puzzle
    assert puzzle.moves is not None
    states = list(reachable(puzzle, puzzle.start(puzzle.pose(size, 0, "row").arguments)))
    stuck = [state for state in states if not list(puzzle.moves(state)) and not puzzle.solved(state)]
    assert (len(states), len(stuck)) == COUNTS[size]


@pytest.mark.parametrize("size", range(1, 6))
def test_the_full_row_takes_n_squared_plus_2n_moves_by_search(jumping: Plugin, size: int) -> None:
    instance = jumping.puzzle.pose(size, 0, "row")
    assert shortest(jumping.puzzle, instance.arguments).fewest_moves == size**2 + 2 * size
    assert instance.certificate.fewest_moves == size**2 + 2 * size


@pytest.mark.parametrize("size", range(1, 7))
def test_there_are_exactly_two_whole_games(jumping: Plugin, size: int) -> None:
    puzzle = jumping.puzzle

    @cache
    def games(state: Any) -> int:
        assert puzzle.moves is not None
        return int(puzzle.solved(state)) or sum(games(puzzle.apply(state, move)) for move in puzzle.moves(state))

    assert games(puzzle.start(puzzle.pose(size, 0, "row").arguments)) == 2


@pytest.mark.parametrize("moves", TWO_PIECES)
def test_both_games_of_two_pieces_are_right_and_as_short_as_can_be(jumping: Plugin, moves: list[Any]) -> None:
    game = played(jumping, 2, moves)
    assert (game.solved, game.legal_moves, game.first_off_path) == (True, 8, None)


@pytest.mark.parametrize("size", range(1, 5))
def test_distance_is_that_of_the_search_for_every_arrangement(jumping: Plugin, size: int) -> None:
    assert jumping.puzzle.distance is not None
    for cells in arrangements(size):
        state = state_of(jumping, cells)
        assert jumping.puzzle.distance(state) == shortest_from(jumping.puzzle, state).fewest_moves, cells


def test_distance_is_that_of_the_search_wherever_a_game_of_five_pieces_leads(jumping: Plugin) -> None:
    puzzle = jumping.puzzle
    assert puzzle.distance is not None
    start = puzzle.start(puzzle.pose(5, 0, "row").arguments)
    made = {start: 0}
    live = 0
    for state in reachable(puzzle, start):
        left = puzzle.distance(state)
        assert left == shortest_from(puzzle, state).fewest_moves
        if left is not None:
            live += 1
            assert left == 35 - made[state]
        for move in puzzle.moves(state) if puzzle.moves is not None else ():
            made.setdefault(puzzle.apply(state, move), made[state] + 1)
    assert live == 2 * 5**2 + 4 * 5


@pytest.mark.parametrize("size", [5, 10, 20, 40])
def test_certificates_come_of_searches_little_longer_than_a_game(jumping: Plugin, size: int) -> None:
    """A row of 20 has 24,886,673 positions, nearly all of them blocked or behind blocked ones."""
    for seed in range(4):
        for kind in ("mid", "dead"):
            assert 0 < (jumping.puzzle.pose(size, seed, kind).certificate.states or 0) <= size**2 + 4 * size


@pytest.mark.parametrize("size", range(2, 6))
def test_a_blocked_position_is_dead(jumping: Plugin, size: int) -> None:
    """Two side by side with their backs to one that they lock in, whatever else there is."""
    puzzle = jumping.puzzle
    rows = [(cells, *cells.split("_")) for cells in arrangements(size)]
    found = [cells for cells, left, right in rows if "BB" in left.lstrip("B") or "RR" in right.rstrip("R")]
    assert found
    for cells in found[:: max(1, len(found) // 300)]:
        assert shortest_from(puzzle, state_of(jumping, cells)).fewest_moves is None


@pytest.mark.parametrize(
    ("moves", "rule"),
    [
        ([["R", 1, 2], ["R", 2, 1]], "backward"),
        ([["B", 3, 2], ["B", 2, 3]], "backward"),
        ([["R", 1, 2], ["B", 3, 1], ["B", 1, 3]], "backward"),
        ([["R", 0, 2]], "same_colour_jump"),
        ([["B", 4, 2]], "same_colour_jump"),
        ([["R", 1, 2], ["B", 4, 1]], "too_far"),
        ([["R", 0, 4]], "occupied_cell"),
        ([["R", 1, 3]], "occupied_cell"),
        ([["R", 0, 1]], "occupied_cell"),
        ([["R", 1, -1]], "unknown_cell"),
        ([["R", -3, 2]], "unknown_cell"),
        ([["R", 1, 5]], "unknown_cell"),
        ([["R", 5, 2]], "unknown_cell"),
        ([["B", 1, 2]], "wrong_colour"),
        ([["R", 3, 2]], "wrong_colour"),
        ([["G", 1, 2]], "unknown_colour"),
        ([["_", 1, 2]], "unknown_colour"),
        ([["", 1, 2]], "unknown_colour"),
        ([["R", 1, 1]], "same_cell"),
        ([["R", 2, 2]], "same_cell"),
        ([["R", 2, 3]], "empty_cell"),
        ([["B", 2, 1]], "empty_cell"),
        ([*TWO_PIECES[0], ["R", 3, 2]], "backward"),
        ([*TWO_PIECES[0], ["B", 1, 2]], "backward"),
        ([*TWO_PIECES[1], ["R", 1, 2]], "wrong_colour"),
    ],
)
def test_every_illegal_move_is_refused_by_its_rule(jumping: Plugin, moves: list[Any], rule: str) -> None:
    game = played(jumping, 2, moves)
    assert (game.illegal, game.rule, game.solved) == (len(moves), rule, False)


@pytest.mark.parametrize("between", ["RR", "RB", "BR", "BB"])
def test_a_jump_over_two_pieces_is_refused_whatever_they_are(jumping: Plugin, between: str) -> None:
    assert replay_from(jumping, f"R{between}_B", [["R", 0, 3]]).rule == "too_far"
    assert replay_from(jumping, f"R_{between}B", [["B", 4, 1]]).rule == "too_far"


def replay_from(plugin: Plugin, cells: str, moves: list[Any]) -> Replay:
    puzzle = plugin.puzzle
    assert puzzle.resume is not None
    instance = puzzle.pose(2, 0, "row")
    state = state_of(plugin, cells)
    taken_up = Instance(puzzle.resume(instance.arguments, state), instance.certificate)
    return replay(puzzle, taken_up, [item(puzzle, move) for move in moves])


@pytest.mark.parametrize(
    "data",
    [
        True, None, {}, [], "R", ["R", 1], ["R", 1, 2, 3], [1, 2], ["R", True, 2], ["R", 1, False], ["R", 1.0, 2],
        ["R", 1, 2.0], ["R", "1", "2"], [1, 1, 2], [None, 1, 2], [["R"], 1, 2], [["R", 1, 2]], {"from": 1, "to": 2},
        {"color": "R", "from": 1}, {"color": "R", "from": 1, "to": 2.0},
    ],
)  # fmt: skip
def test_what_only_resembles_a_move_is_none(jumping: Plugin, data: Any) -> None:
    with pytest.raises(MalformedMove):
        jumping.puzzle.parse(data)


@pytest.mark.parametrize(
    "data",
    [
        ["R", 1, 2],
        ["r", 1, 2],
        [" R", 1, 2],
        {"color": "R", "from": 1, "to": 2},
        {"to": 2, "from": 1, "piece": "R"},
        {"checker_color": "R", "position_from": 1, "position_to": 2},
        {"company": "R", "from_berth": 1, "to_berth": 2},
    ],
)
def test_a_move_is_read_in_the_forms_in_which_it_is_written(jumping: Plugin, data: Any) -> None:
    assert played(jumping, 2, [data]).legal_moves == 1


def test_no_moves_solve_nothing(jumping: Plugin) -> None:
    for kind in KINDS:
        instance = jumping.puzzle.pose(3, 0, kind)
        assert not replay(jumping.puzzle, instance, []).solved


@pytest.mark.parametrize(
    "text",
    [
        "moves = [[R, 1, 2], [B, 3, 1], [B, 4, 3], [R, 2, 4], [R, 0, 2], [B, 1, 0], [B, 3, 1], [R, 2, 3]]",
        f"moves = {TWO_PIECES[0]}",
        "R 1 2\nB 3 1\nB 4 3\nR 2 4\nR 0 2\nB 1 0\nB 3 1\nR 2 3",
        ("1. Move R from 1 to 2\n2. Move B from 3 to 1\n3. Slide blue from position 4 to position 3\n"
        "4. R jumps from 2 to 4\n5. R: 0 -> 2\n6. B moves left from cell 1 to the empty cell 0\n7. **B** 3 → 1\n"
        "8. Red from 2 to 3"),
    ],
)  # fmt: skip
def test_answers_in_many_forms_are_read(jumping: Plugin, sandbox: Sandbox, text: str) -> None:
    question = pose(jumping, 2, 0, "row")
    said = Completion(text=text, stop=Stop.END)
    assert judge(question, MODES["enumerate"], said, sandbox).verdict.outcome is Outcome.SOLVED


@settings(max_examples=200, deadline=None)
@given(data=st.data(), size=st.integers(2, 4), seed=st.integers(0, 20), kind=st.sampled_from(KINDS))
def test_random_play_is_judged_as_by_another_referee(
    jumping: Plugin, data: st.DataObject, size: int, seed: int, kind: str
) -> None:
    puzzle = jumping.puzzle
    instance = puzzle.pose(size, seed, kind)
    cells: list[str] = [*instance.arguments["start"]]
    right, left = instance.arguments["moves_right"], instance.arguments["moves_left"]
    state = puzzle.start(instance.arguments)
    assert puzzle.moves is not None
    assert puzzle.resume is not None
    places = st.integers(-1, len(cells))
    anything = st.tuples(st.sampled_from([right, left, "_", "X"]), places, places)
    for _ in range(8):
        here = Instance(puzzle.resume(instance.arguments, state), instance.certificate)
        assert here.arguments["start"] == cells
        drawn = data.draw(anything)
        legal = replay(puzzle, here, [item(puzzle, [*drawn])]).legal_moves == 1
        assert legal == (own_referee(cells, drawn, right) is not None)
        every = [(colour, a, b) for colour in (right, left) for a in range(len(cells)) for b in range(len(cells))]
        after = {move: row for move in every if (row := own_referee(cells, move, right)) is not None}
        assert sorted(puzzle.moves(state)) == sorted(after)
        if not after:
            return
        move = data.draw(st.sampled_from(sorted(after)))
        cells, state = after[move], puzzle.apply(state, move)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [2, 3, 4, 7, 10])
def test_reference_programs_give_legal_moves_as_few_as_can_be_or_say_impossible(
    jumping: Plugin, sandbox: Sandbox, size: int, kind: str
) -> None:
    for seed in (0, 1, 7):
        instance = jumping.puzzle.pose(size, seed, kind)
        arguments = instance.arguments
        for language in LANGUAGES:
            execution = sandbox.run(Program(jumping.solvers[language], language), arguments)
            found = json.loads(execution.value or "null")
            if kind == "dead":
                assert found == "impossible", execution
                continue
            assert isinstance(found, list), execution
            assert len(found) == instance.certificate.fewest_moves
            cells: list[str] | None = [*arguments["start"]]
            for move in found:
                assert cells is not None
                cells = own_referee(cells, move, arguments["moves_right"])
            assert cells == arguments["goal"]


def test_reference_programs_take_what_names_they_are_given(jumping: Plugin, sandbox: Sandbox) -> None:
    arguments = {
        "start": ["one kind", "", "<"],
        "goal": ["<", "", "one kind"],
        "moves_right": "one kind",
        "moves_left": "<",
        "empty": "",
    }
    for language in LANGUAGES:
        found = json.loads(sandbox.run(Program(jumping.solvers[language], language), arguments).value or "null")
        assert found in (
            [["one kind", 0, 1], ["<", 2, 0], ["one kind", 1, 2]],
            [["<", 2, 1], ["one kind", 0, 2], ["<", 1, 0]],
        )


@pytest.mark.parametrize("size", [2, 3, 5, 10])
def test_positions_in_the_middle_are_live_and_their_twins_are_dead_but_can_go_on(jumping: Plugin, size: int) -> None:
    puzzle = jumping.puzzle
    assert puzzle.moves is not None
    for seed in range(12):
        live, dead = (puzzle.pose(size, seed, kind) for kind in ("mid", "dead"))
        assert shortest(puzzle, live.arguments).fewest_moves == live.certificate.fewest_moves
        assert shortest(puzzle, dead.arguments).fewest_moves is None
        assert dead.certificate.solvable == "unsolvable"
        assert list(puzzle.moves(puzzle.start(dead.arguments)))
        rest = {name: value for name, value in live.arguments.items() if name != "start"}
        assert rest == {name: value for name, value in dead.arguments.items() if name != "start"}
        assert Counter(live.arguments["start"]) == Counter(dead.arguments["start"])


def test_positions_in_the_middle_are_seldom_those_of_the_game_that_everyone_knows(jumping: Plugin) -> None:
    puzzle = jumping.puzzle
    strange = 0
    for seed in range(24):
        middle, beginning = (puzzle.start(puzzle.pose(5, seed, kind).arguments) for kind in ("mid", "row"))
        strange += middle not in set(reachable(puzzle, beginning))
    assert strange >= 12


def test_twelve_seeds_have_every_colour_go_either_way_equally_often(jumping: Plugin) -> None:
    first = jumping.puzzle.pose(2, 0, "row").arguments
    assert first == {
        "start": ["R", "R", "_", "B", "B"],
        "goal": ["B", "B", "_", "R", "R"],
        "moves_right": "R",
        "moves_left": "B",
        "empty": "_",
    }
    posed = [jumping.puzzle.pose(3, seed, "row").arguments for seed in range(5, 17)]
    assert len({(arguments["moves_right"], arguments["moves_left"]) for arguments in posed}) == 12
    assert {*Counter(arguments["moves_right"] for arguments in posed).values()} == {3}


@pytest.mark.parametrize(("size", "kind"), [(0, "row"), (-1, "mid"), (1, "dead"), (101, "row")])
def test_sizes_without_meaning_are_refused(jumping: Plugin, size: int, kind: str) -> None:
    with pytest.raises(ValueError, match="pieces of a colour"):
        jumping.puzzle.pose(size, 0, kind)


def test_large_rows_are_posed_and_can_be_solved(jumping: Plugin) -> None:
    for kind in KINDS:
        certificate = jumping.puzzle.pose(30, 2, kind).certificate
        assert certificate.solvable == ("unsolvable" if kind == "dead" else "solvable")
    assert jumping.puzzle.pose(100, 0, "row").certificate.fewest_moves == 10_200


def judged(question: Question, moves: Sequence[Json]) -> Replay:
    return replay(question.puzzle, question.instance, [item(question.puzzle, move) for move in moves])


@pytest.mark.parametrize("disguise", ["canal", "symbols", "mirrored", "horseshoe"])
def test_the_well_known_games_are_wrong_in_every_disguise(jumping: Plugin, disguise: str) -> None:
    question = pose(jumping, 2, 0, f"row.{disguise}")
    for moves in TWO_PIECES:
        assert judged(question, moves).legal_moves == 0


def test_on_the_horseshoe_the_kinds_of_piece_have_changed_places_and_steps_are_of_two(jumping: Plugin) -> None:
    question = pose(jumping, 2, 0, "row.horseshoe")
    arguments = question.instance.arguments
    assert arguments["path"] == [1, 3, 4, 2, 0]
    assert (arguments["goes_forward"], arguments["goes_back"]) == ("B", "R")
    assert arguments["start"] == ["B", "B", "_", "R", "R"]
    assert judged(question, [["B", 3, 4], ["R", 2, 3], ["R", 0, 2], ["B", 4, 0]]).legal_moves == 4
    assert judged(question, [["R", 2, 4], ["B", 3, 2]]).legal_moves == 2


def test_in_the_mirror_cells_are_numbered_from_the_right(jumping: Plugin) -> None:
    question = pose(jumping, 2, 0, "row.mirrored")
    assert question.instance.arguments["numbers"] == [4, 3, 2, 1, 0]
    assert question.instance.arguments["start"] == ["R", "R", "_", "B", "B"]
    game: list[Json] = [[colour, 4 - source, 4 - target] for colour, source, target in TWO_PIECES[0]]  # type: ignore[operator]
    assert judged(question, game).solved


def test_what_a_state_looks_like_has_none_for_the_gap(jumping: Plugin) -> None:
    assert jumping.puzzle.scene is not None
    assert jumping.puzzle.scene(state_of(jumping, "RB_BR")) == ["R", "B", None, "B", "R"]
