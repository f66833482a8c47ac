"""Modes whose answer is a list of moves in the text: the whole list, tersely, or one move."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice, zip_longest

from harness.completion import Completion, Stop
from harness.extract.moves import read_moves
from harness.extract.program import without_program
from harness.extract.reading import Reading
from harness.extract.sentences import only_name
from harness.extract.visible import visible
from harness.item import item
from harness.modes.mode import Answer
from harness.question import Question
from harness.sandbox.protocol import Language, Sandbox
from harness.task import IMPOSSIBLE, Json


def listed(question: Question, completion: Completion, _sandbox: Sandbox) -> Answer:
    """The list in the text."""
    return _answer(read_list(question, completion))


def listed_in_rows(question: Question, completion: Completion, _sandbox: Sandbox) -> Answer:
    """The list in the text, which is asked for a move a line and with nothing else."""
    reading = read_list(question, completion)
    if reading.kind != "moves":
        return _answer(reading)
    lines = visible(completion.text).strip().splitlines()
    asked_for = (as_rows([one.data]) for one in reading.items)
    return Answer(reading=reading, strict=all(line == row for line, row in zip_longest(lines, asked_for)))


def listed_after_program(
    question: Question, completion: Completion, _sandbox: Sandbox, *, language: Language
) -> Answer:
    """The list that stands beside a program: what the model says that the program returns."""
    return _answer(_read(question, without_program(visible(completion.text), language), completion))


def one_move(question: Question, completion: Completion, _sandbox: Sandbox) -> Answer:
    """The first move of the list: whoever goes on after it has still named it."""
    reading = read_list(question, completion)
    if reading.kind == "nothing":
        named = only_name(visible(completion.text), question.puzzle, question.instance.arguments)
        if named is not None:
            items = [item(question.puzzle, named)]
            return Answer(reading=replace(reading, kind="moves", items=items, form="prose", candidates=1))
    first = [*islice(reading.items, 2)]
    if reading.kind != "moves" or len(first) < 2:
        return _answer(reading)
    return _answer(replace(reading, items=first[:1], strict=False, abbreviated=False))


def read_list(question: Question, completion: Completion) -> Reading:
    """The moves in the text, or why there are none."""
    return _read(question, visible(completion.text), completion)


def _read(question: Question, text: str, completion: Completion) -> Reading:
    cut = completion.stop is Stop.LENGTH
    return read_moves(text, cut=cut, puzzle=question.puzzle, arguments=question.instance.arguments)


def _answer(reading: Reading) -> Answer:
    return Answer(reading=reading, strict=reading.strict)


def as_json(items: Sequence[Json]) -> str:
    """A list as short as JSON can be."""
    return json.dumps([*items], ensure_ascii=False, separators=(",", ":"))


def as_rows(items: Sequence[Json]) -> str:
    """One move a line, its parts separated by spaces."""
    return "\n".join(" ".join(map(str, item)) if isinstance(item, list) else str(item) for item in items)


def tell_list(_question: Question, items: Sequence[Json] | None) -> str:
    return f"moves = {IMPOSSIBLE}\n" if items is None else f"```\nmoves = {as_json(items)}\n```\n"


def tell_rows(_question: Question, items: Sequence[Json] | None) -> str:
    return f"moves = {IMPOSSIBLE}\n" if items is None else as_rows(items) + "\n"


def tell_first(_question: Question, items: Sequence[Json] | None) -> str:
    return tell_list(_question, (items or [])[:1])
