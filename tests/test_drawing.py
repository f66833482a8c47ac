"""Pictures of scenes: each kind as it is drawn, and whatever data in the right form within the width."""

from __future__ import annotations

from dataclasses import replace
from unicodedata import category, east_asian_width

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.drawing import HEIGHT, WIDTH, draw, picture
from harness.errors import PegboardError
from harness.plugins import Plugin
from harness.task import Json


def drawn(drawn_as: str, scene: Json) -> str:
    """The picture as it is written below: on lines of its own."""
    return f"\n{draw(drawn_as, scene)}\n"


def test_pegs_are_counted_from_0_and_disks_are_bars_as_wide_as_they_rank() -> None:
    assert drawn("pegs", [[10, 3], [], [1]]) == (
        r"""
    |         |         |
 [==3==]      |         |
[==10===]     |       [=1=]
----0---------1---------2----
"""
    )


def test_pegs_may_have_names() -> None:
    assert drawn("pegs", {"Kiel": [2], "Riga": [1]}) == (
        r"""
  |      |
[=2=]   [1]
-Kiel---Riga-
"""
    )


def test_stacks_are_boxes_on_a_floor() -> None:
    assert drawn("stacks", [["A", "C"], ["shoe"], []]) == (
        r"""
[  C   ]
[  A   ] [ shoe ]
--------------------------
"""
    )


def test_stacks_stand_on_their_names() -> None:
    assert drawn("stacks", {"left": ["A"], "大": ["B"]}) == (
        r"""
[ A ]  [ B ]
-left----大--
"""
    )


def test_a_line_has_a_cell_for_each_thing_and_each_gap() -> None:
    assert drawn("line", ["R", None, "BB", 3]) == (
        r"""
+----+----+----+----+
| R  |    | BB | 3  |
+----+----+----+----+
"""
    )


def test_a_river_has_people_on_its_banks_and_a_boat_at_one() -> None:
    assert drawn("river", {"left": ["A_1", "a_1"], "right": ["A_2", "a_2"], "boat": "right"}) == (
        r"""
  left   |                 |  right
 A_1 a_1 |  ~   ~   ~  \__/| A_2 a_2
         |  ~   ~   ~   ~  |
"""
    )


def test_a_table_has_rows() -> None:
    assert drawn("table", [[1, 2], [None, "four"]]) == (
        r"""
+---+------+
| 1 | 2    |
|   | four |
+---+------+
"""
    )


def test_a_table_may_have_names_of_rows() -> None:
    assert drawn("table", {"lamp": "on", "jug": [3, 5]}) == (
        r"""
+------+----+---+
| lamp | on |   |
| jug  | 3  | 5 |
+------+----+---+
"""
    )


def test_what_does_not_fit_across_goes_on_below() -> None:
    assert [line.count("x") for line in draw("line", ["x"] * 40).splitlines()] == [0, 24, 0, 0, 16, 0]
    assert draw("stacks", [["block"]] * 40).splitlines()[1].startswith("-----")


def test_the_middle_of_what_is_too_tall_is_left_out() -> None:
    lines = draw("pegs", [[*range(1000, 0, -1)], [], []]).splitlines()
    assert len(lines) == HEIGHT
    assert "... 943 lines ..." in lines
    assert lines[1].split()[0].strip("[=]") == "1"
    assert lines[-2].split()[0].strip("[=]") == "1000"


@pytest.mark.parametrize(("drawn_as", "scene"), [("river", [1, 2]), ("pegs", None), ("line", {"a": 1}), (None, [1, 2])])
def test_a_scene_in_no_known_form_is_written_as_it_is(drawn_as: str | None, scene: Json) -> None:
    assert draw(drawn_as, scene) in {"[1, 2]", "null", '{"a": 1}'}


LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.text("W大é́\n", min_size=20)
)
DATA = st.recursive(LEAVES, lambda parts: st.lists(parts) | st.dictionaries(st.text(), parts), max_leaves=20)
STACKS = st.lists(st.lists(LEAVES)) | st.lists(DATA, max_size=60) | st.dictionaries(st.text(), DATA, max_size=30)
RIVER = st.fixed_dictionaries({"left": st.lists(DATA), "right": st.lists(DATA), "boat": DATA})
SCENES = st.one_of(
    st.tuples(st.sampled_from(["pegs", "stacks", "table"]), STACKS),
    st.tuples(st.just("line"), st.lists(DATA)),
    st.tuples(st.just("river"), RIVER | DATA),
)


@given(SCENES)
def test_any_scene_is_drawn_within_the_width(scene: tuple[str, Json]) -> None:
    lines = draw(*scene).split("\n")
    assert len(lines) <= HEIGHT
    for line in lines:
        assert line.isprintable()
        shown = [letter for letter in line if category(letter) not in ("Mn", "Me")]
        assert sum(2 if east_asian_width(letter) in "WF" else 1 for letter in shown) <= WIDTH


def test_a_puzzle_draws_its_own_states_or_none(hanoi: Plugin) -> None:
    state = hanoi.puzzle.start({"disks": 1, "start": [[1], [], []], "goal": 2})
    assert picture(hanoi.puzzle, state) == " |   |   |\n[1]  |   |\n-0---1---2-"
    assert picture(replace(hanoi.puzzle, scene=None), state) is None


def test_a_scene_that_fails_is_told_as_its_tasks_fault(hanoi: Plugin) -> None:
    with pytest.raises(PegboardError, match="scene of tower_of_hanoi failed: ZeroDivisionError"):
        picture(replace(hanoi.puzzle, scene=lambda _state: 1 // 0), None)
