"""Text that is nothing but moves is read fast, and exactly as it is read otherwise."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterable
from random import Random
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from harness.extract import pieces
from harness.extract.moves import read_moves
from harness.extract.pieces import Pieces
from harness.extract.printed import read_value
from harness.extract.reading import Reading
from harness.extract.uniform import read_uniform
from harness.item import Items
from harness.plugins import Plugin

ARGUMENTS: dict[str, Any] = {"disks": 20, "start": [list(range(20, 0, -1)), [], []], "goal": 2}
PEOPLE: dict[str, Any] = {"pairs": 2, "capacity": 2, "actors": ["a_1", "a_2"], "agents": ["A_1", "A_2"]}

ROWS = [
    *("{d} {s} {t}", "{d},{s},{t}", "{d}, {s}, {t}", "{d}\t{s}\t{t}", "{s} {t}", "| {d} | {s} | {t} |"),
    "{i}. {d} {s} {t}",
]
LITERALS = ["[{d}, {s}, {t}]", "({d}, {s}, {t})", "{{{d}, {s}, {t}}}", "[{s}, {t}]"]
SENTENCES = [
    "Move disk {d} from peg {s} to peg {t}",
    "Move disk {d} from {S} to {T}",
    "disk {d}: {s} -> {t}",
    "Disk {d}: {S} → {T}",
]
NOT_READ_FAST = [
    "[{d}, {s}, {t}],",
    "[{d}, {s}, -{t}]",
    "{d}: {s} -> {t}",
    "{i}. Move disk {d} from peg {s} to peg {t}",
    "Move disk {d} from peg {s} to peg {t} (top)",
]
OTHERS = [
    *("", " ", "...", "moves = impossible", "1 0 2", "[1, 0, 2]", "[[1, 0, 2]]", "moves =", "disk,from,to", "Done."),
    *("1. Move disk 1 from peg A to peg C", "Move disk 1 from peg A to peg C", "[1, 0, 2]  # ...", "(1, 0)"),
    *("There is no solution.", "Moves: 7", "def f(n):", "[1, ...]", "[]", "['a_1']", "0.5 1 2"),
    *("[99, 7, 8]", "Move disk 99 from peg 7 to peg 8", "\\left(1, 0, 2\\right)"),
]


def told(form: str, moves: Iterable[tuple[int, int, int]]) -> list[str]:
    return [
        form.format(i=i, d=disk, s=source, t=target, S="ABC"[source], T="ABC"[target])
        for i, (disk, source, target) in enumerate(moves, start=1)
    ]


def fields(reading: Reading) -> dict[str, Any]:
    return {**vars(reading), "items": [*reading.items]}


MOVES = st.tuples(st.integers(1, 3), st.integers(0, 2), st.integers(0, 2))


@settings(max_examples=400, deadline=None)
@given(
    form=st.sampled_from([*ROWS, *LITERALS, *SENTENCES, *NOT_READ_FAST]),
    moves=st.lists(MOVES, max_size=6),
    times=st.sampled_from([1, 2, 40]),
    other=st.lists(st.sampled_from(OTHERS), max_size=1),
    place=st.integers(0, 250),
    end=st.sampled_from(["", "\n", "\n\n"]),
)
def test_a_text_of_one_kind_is_read_as_any_other(
    hanoi: Plugin, form: str, moves: list[tuple[int, int, int]], times: int, other: list[str], place: int, end: str
) -> None:
    lines = told(form, moves * times)
    lines[place % (len(lines) + 1) : 0] = other
    text = "\n".join(lines) + end
    fast = read_uniform(text, hanoi.puzzle, ARGUMENTS)
    whole = read_moves(text, cut=False, puzzle=hanoi.puzzle, arguments=ARGUMENTS)
    assert fast is None or fields(fast) == fields(whole)


@pytest.mark.parametrize(
    ("form", "read_as"),
    [(form, name) for name, forms in (("rows", ROWS), ("list", LITERALS), ("prose", SENTENCES)) for form in forms],
)
def test_the_usual_kinds_are_read_fast(hanoi: Plugin, form: str, read_as: str) -> None:
    text = "\n".join(told(form, [(1, 0, 2), (2, 0, 1), (1, 2, 1)] * 40))
    reading = read_uniform(text, hanoi.puzzle, ARGUMENTS)
    assert reading is not None
    assert (reading.form, len([*reading.items])) == (read_as, 120)


def test_crossings_told_line_by_line_are_read_as_otherwise(river: Plugin) -> None:
    for line in ('["a_1", "A_1"]', "1. a_1 and A_1 cross", "['a_1']", "{'a_1'}", '["x"]', '["a_{1}"]', '["a_1: b"]'):
        text = "\n".join([line, line.replace("1", "2")] * 30)
        fast = read_uniform(text, river.puzzle, PEOPLE)
        whole = read_moves(text, cut=False, puzzle=river.puzzle, arguments=PEOPLE)
        assert fast is None or fields(fast) == fields(whole)


SPACE = st.sampled_from(["", " ", "\n", "\u00a0", "  "])
PLAIN: st.SearchStrategy[Any] = st.one_of(st.integers(-1, 9), st.sampled_from(["], [", "a", True, None, 1.0, [], {}]))
JSON = st.recursive(PLAIN, lambda inner: st.lists(inner, max_size=3))


@settings(max_examples=400, deadline=None)
@given(
    data=st.lists(st.one_of(st.lists(JSON, max_size=3), JSON), max_size=6),
    before=SPACE,
    after=SPACE,
    cut=st.integers(0, 3),
)
@example(data=[["], ["], []], before="", after=" ", cut=0)
@example(data=[[], []], before="", after=" ", cut=0)
@example(data=[[1], [2]], before="", after="\u00a0", cut=0)
@example(data=[[1], [2]], before="", after=" ", cut=1)
def test_a_returned_list_is_read_as_json(hanoi: Plugin, data: list[Any], before: str, after: str, cut: int) -> None:
    text = json.dumps(data, separators=(f"{before},{after}", ":"))
    text = text[: len(text) - cut]
    reading = read_value(text, hanoi.puzzle, ARGUMENTS)
    try:
        expected = json.loads(text)
    except ValueError:
        assert reading.kind == "nothing"
    else:
        assert reading.strict or any(isinstance(part, dict) for part in data)
        assert [one.data for one in reading.items] == expected


@given(
    parts=st.lists(st.text(alphabet="ab", max_size=5), min_size=1, max_size=30),
    separator=st.sampled_from(["\n", "], ["]),
    block=st.integers(1, 20),
)
def test_pieces_are_what_stands_between_separators(hanoi: Plugin, parts: list[str], separator: str, block: int) -> None:
    text = f"<{separator.join(parts)}>"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pieces, "_BLOCK", block)
        found = Pieces(text, 1, len(text) - 1, separator, Items(hanoi.puzzle, str))
        assert [one.data for one in found] == parts
        assert [*dict.fromkeys(one.data for one in found.distinct())] == [*dict.fromkeys(parts)]
        assert found.repertoire(len(set(parts))) == [*dict.fromkeys(parts)]
        assert found.repertoire(len(set(parts)) - 1) is None


@pytest.mark.parametrize("form", ["{d} {s} {t}", "[{d}, {s}, {t}]", "Move disk {d} from peg {s} to peg {t}"])
def test_many_moves_are_read_in_little_memory(hanoi: Plugin, form: str) -> None:
    random = Random(0)
    moves = [(random.randint(1, 20), random.randrange(3), random.randrange(3)) for _ in range(30_000)]
    text = "\n".join(told(form, moves))
    tracemalloc.start()
    reading = read_uniform(text, hanoi.puzzle, ARGUMENTS)
    assert reading is not None
    assert sum(1 for _ in reading.items) == len(moves)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2_000_000
