"""Reading moves and programs from what models write."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.extract.moves import read_moves
from harness.extract.printed import read_printed, read_value
from harness.extract.program import read_program
from harness.extract.reading import Reading
from harness.extract.visible import visible
from harness.plugins import Plugin

ARGUMENTS = {"disks": 20, "start": [list(range(20, 0, -1)), [], []], "goal": 2}
MOVES = [[1, 0, 2], [2, 0, 1], [1, 2, 1]]
LISTED = json.dumps(MOVES)


def data(reading: Reading) -> list[Any]:
    return [item.data for item in reading.items]


@pytest.mark.parametrize(
    "text",
    [
        f"moves = {LISTED}",
        f"Here:\n```python\nmoves = {LISTED}\n```\nDone.",
        f"```json\n{LISTED}\n```",
        f'{{"moves": {LISTED}}}',
        "moves = [[1, 0, 2], [2, 0, 1], [1, 2, 1],]",
        "moves = [\n  [1, 0, 2],  # smallest\n  [2, 0, 1],\n  [1, 2, 1]\n]",
        "moves = [(1, 0, 2), (2, 0, 1), (1, 2, 1)]",
        "local moves = { {1, 0, 2}, {2, 0, 1}, {1, 2, 1} }",
        "[1, 0, 2]\n[2, 0, 1]\n[1, 2, 1]",
        "1. [1, 0, 2]\n2. [2, 0, 1]\n3. [1, 2, 1]",
        "disk_id,from_peg,to_peg\n1,0,2\n2,0,1\n1,2,1",
        "1,0,2\n2,0,1\n1,2,1",
        "| move | disk | from | to |\n|---|---|---|---|\n| 1 | 1 | 0 | 2 |\n| 2 | 2 | 0 | 1 |\n| 3 | 1 | 2 | 1 |",
        "1. Move disk 1 from peg A to peg C\n2. Move disk 2 from peg A to peg B\n3. Move disk 1 from peg C to peg B",
        f"First an example: [[1, 0, 1]]. Then the answer.\nmoves = {LISTED}",
        f"The start is [[3, 2, 1], [], []].\n\nmoves = {LISTED}",
        f"The format is `moves = [[disk id, from peg, to peg], ...]`.\nmoves = {LISTED}",
    ],
)
def test_every_usual_form_is_read(hanoi: Plugin, text: str) -> None:
    reading = read_moves(text, cut=False, puzzle=hanoi.puzzle, arguments=ARGUMENTS)
    assert (reading.kind, data(reading)) == ("moves", MOVES)


def test_the_form_asked_for_is_strict_and_others_are_not(hanoi: Plugin) -> None:
    assert read_moves(f"```\nmoves = {LISTED}\n```", cut=False, puzzle=hanoi.puzzle, arguments=ARGUMENTS).strict
    assert not read_moves("1,0,2\n2,0,1", cut=False, puzzle=hanoi.puzzle, arguments=ARGUMENTS).strict


def test_the_last_complete_list_wins_and_a_conflict_is_recorded(hanoi: Plugin) -> None:
    other = [[1, 0, 1], [2, 0, 2], [1, 1, 2]]
    reading = read_moves(
        f"moves = {json.dumps(other)}\nNo, rather:\nmoves = {LISTED}",
        cut=False,
        puzzle=hanoi.puzzle,
        arguments=ARGUMENTS,
    )
    assert data(reading) == MOVES
    assert reading.conflict


def test_a_cut_list_is_read_up_to_its_last_whole_move(hanoi: Plugin) -> None:
    reading = read_moves("moves = [[1, 0, 2], [2, 0, 1], [1, 2", cut=True, puzzle=hanoi.puzzle, arguments=ARGUMENTS)
    assert data(reading) == MOVES[:2]
    assert not reading.closed


def test_an_ellipsis_ends_the_list_and_is_told(hanoi: Plugin) -> None:
    reading = read_moves(
        "moves = [[1, 0, 2], [2, 0, 1], ..., [1, 0, 2]]", cut=False, puzzle=hanoi.puzzle, arguments=ARGUMENTS
    )
    assert data(reading) == MOVES[:2]
    assert reading.abbreviated


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "empty"),
        ("moves = impossible", "impossible"),
        ("There is no solution to this puzzle.", "impossible"),
        ("It is impossible to list all 16,383 moves here.", "declined"),
        ("def hanoi(n):\n    return n\n", "code"),
        ("Hello there.", "nothing"),
        ('moves = hanoi(4)\nif moves == []:\n    moves = "impossible"\nprint("moves =", moves)', "nothing"),
        ("```python\ndef f(n): ...\nif moves == []:\n    moves = 'impossible'\n```", "code"),
        ("If there is no solution, then\n\nmoves = impossible\n\nbut I do not know.", "nothing"),
        (
            "moves = [[1, 0, 2]]\n\nIf there is no solution, the answer would be:\n```json\nmoves = impossible\n```",
            "moves",
        ),
    ],
)
def test_answers_without_moves_are_told_apart(hanoi: Plugin, text: str, kind: str) -> None:
    assert read_moves(text, cut=False, puzzle=hanoi.puzzle, arguments=ARGUMENTS).kind == kind


def test_a_corrected_row_of_a_numbered_table_replaces_the_first(hanoi: Plugin) -> None:
    text = "move_id,from_peg,to_peg\n1,0,2\n2,0,2\n2,0,1\n3,2,1"
    assert data(read_moves(text, cut=False, puzzle=hanoi.puzzle, arguments=ARGUMENTS)) == [[0, 2], [0, 1], [2, 1]]


def test_thinking_is_no_answer() -> None:
    assert visible("<think>moves = [[1,0,2]]</think>moves = []") == "moves = []"
    assert visible("<think>still at it") == ""
    assert visible("no tags") == "no tags"


@settings(max_examples=200, deadline=None)
@given(
    moves=st.lists(
        st.tuples(st.integers(1, 20), st.integers(0, 2), st.integers(0, 2)).map(list), min_size=1, max_size=40
    )
)
def test_a_list_in_json_is_read_back_exactly(hanoi: Plugin, moves: list[Any]) -> None:
    reading = read_moves(f"Answer:\nmoves = {json.dumps(moves)}\n", cut=False, puzzle=hanoi.puzzle, arguments=ARGUMENTS)
    assert data(reading) == moves


@settings(max_examples=300, deadline=None)
@given(text=st.text(alphabet="[](){},;:=.-#|\"'\n 012abmoves<>/`…", max_size=300), cut=st.booleans())
def test_no_text_breaks_the_reader(hanoi: Plugin, text: str, cut: bool) -> None:
    data(read_moves(visible(text), cut=cut, puzzle=hanoi.puzzle, arguments=ARGUMENTS))


@pytest.mark.parametrize(
    "piece",
    [
        *("[", "[[", "((", "```\n", "<think>", "moves = [", "1,", "[1,", "'", '"', "/*", "- "),
        *(" ", "\u00a0", "a", "```a"),
        *("Part 1:\n[[1, 0, 2], [2, 0, 1]]\n", "[1, 0, 2] # ", "moves = impossible ", "Disk 1 ", "no "),
    ],
)  # fmt: skip
def test_reading_takes_time_in_proportion_to_length(hanoi: Plugin, piece: str) -> None:
    def seconds(times: int) -> float:
        text = visible(piece * times + "x")
        began = time.process_time()
        read_moves(text, cut=False, puzzle=hanoi.puzzle, arguments=ARGUMENTS)
        read_program(text, "python", 3)
        return time.process_time() - began

    times = 40_000 // len(piece)
    once, four_times = min(seconds(times) for _ in range(2)), min(seconds(4 * times) for _ in range(2))
    assert four_times < 0.5 or four_times < 8 * once


def test_returned_and_printed_moves_are_read(hanoi: Plugin) -> None:
    assert data(read_value(LISTED, hanoi.puzzle, ARGUMENTS)) == MOVES
    assert read_value('"impossible"', hanoi.puzzle, ARGUMENTS).kind == "impossible"
    assert data(read_printed("1 0 2\n2 0 1\n1 2 1\n", hanoi.puzzle, ARGUMENTS)) == MOVES


def test_the_block_that_defines_solve_is_the_program() -> None:
    text = "```python\ndef solve(n):\n    return []\n```\nUse it:\n```python\nprint(solve(3))\n```\n"
    found = read_program(text, "python", 1)
    assert found is not None
    assert found.source.startswith("def solve")
    assert read_program("just words", "lua", 1) is None
