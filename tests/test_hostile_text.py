"""Text that a hostile program prints or returns is read in time that grows with its length, and no faster."""

from __future__ import annotations

import time

import pytest

from harness.extract.printed import MOST_READ, read_printed, read_value
from harness.judge import decide
from harness.outcome import Outcome
from harness.plugins import Plugin
from harness.question import pose

LENGTH = 100_000
SECONDS = 20.0
"""Several times what the slowest takes; reading that grows with the square of the length takes minutes."""

FRAGMENTS = {
    "dashes": ("-", "x [1,0,2] ."),
    "blanks": (" ", "x"),
    "digits": ("1", ""),
    "brackets": ("[", ""),
    "nested lists": ("[[1,0,2],", ""),
    "lists in a row": ("[1,0,2]a", ""),
    "labels": ("moves = [", ""),
    "lines": ("\nx", ""),
    "beginnings of sentences": ("Move disk 1 from ", ""),
    "arrows": ("1 -> ", ""),
    "bars": ("|", ""),
    "dots": ("...", ""),
    "quotes": ('"', ""),
    "fences": ("`", ""),
    "denials": ("there is no ", ""),
}


@pytest.mark.parametrize("name", FRAGMENTS)
def test_a_fragment_repeated_is_read_in_bounded_time(hanoi: Plugin, name: str) -> None:
    fragment, end = FRAGMENTS[name]
    _read(hanoi, fragment * (LENGTH // len(fragment)) + end)


def test_a_gap_inside_a_named_item_is_read_in_bounded_time(hanoi: Plugin) -> None:
    _read(hanoi, "{a=x" + " " * LENGTH + "y}")


def test_a_thousand_tables_are_read_in_bounded_time(hanoi: Plugin) -> None:
    _read(hanoi, "".join(f"#,disk,from,to\n{number},1,0,2\n" for number in range(1, LENGTH // 22)))


def test_sixty_megabytes_of_anything_are_read_in_bounded_time(hanoi: Plugin) -> None:
    _read(hanoi, "[1,0,2]a" * 8_000_000)


def test_a_long_list_of_what_is_no_move_is_read_in_bounded_time(hanoi: Plugin) -> None:
    question = pose(hanoi, 3)
    began = time.monotonic()
    reading = read_value("[" + "{}," * 4_000_000 + "{}]", hanoi.puzzle, question.instance.arguments)
    verdict = decide(hanoi.puzzle, question.instance, reading, cut=False)
    assert verdict.outcome is Outcome.PARSE_FAILURE
    assert time.monotonic() - began < SECONDS


def test_numbered_lines_are_read_however_many_there_are(hanoi: Plugin) -> None:
    def moves(disks: int, source: int, spare: int, target: int) -> list[tuple[int, int, int]]:
        if not disks:
            return []
        before, after = moves(disks - 1, source, target, spare), moves(disks - 1, spare, source, target)
        return [*before, (disks, source, target), *after]

    question = pose(hanoi, 17)
    numbered = enumerate(moves(17, 0, 1, 2), 1)
    text = "".join(f"{number}. Move disk {disk} from peg {a} to peg {c}\n" for number, (disk, a, c) in numbered)
    assert len(text) > MOST_READ
    reading = read_printed(text, hanoi.puzzle, question.instance.arguments)
    assert decide(hanoi.puzzle, question.instance, reading, cut=False).outcome is Outcome.SOLVED
    without_one = text.replace("\n70000. ", "\n70001. ", 1)
    assert read_printed(without_one, hanoi.puzzle, question.instance.arguments).kind == "nothing"


def _read(hanoi: Plugin, text: str) -> None:
    began = time.monotonic()
    read_printed(text, hanoi.puzzle, pose(hanoi, 3).instance.arguments)
    assert time.monotonic() - began < SECONDS
