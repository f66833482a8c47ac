"""What is scored: the texts of puzzles as the harness asks and answers them, and a user's own.

A puzzle gives, for each variant (kind and disguise), size and seed:

    statement         what the puzzle is, its rules and this case, in the words that every prompt is built around
    moves             a shortest solution, as an answer would write it: ``moves = [[1, 0, 2], ...]``
    program/python    the task's own program; in a disguise it stands between two translations of names
    program/lua

Everything is made as it is asked for: no corpus is ever held.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any

from harness.errors import UnknownName, UsageError
from harness.modes.prompt import statement
from harness.modes.solution import MOST_MOVES, shortest_solution
from harness.plugins import Plugin
from harness.question import Question, pose
from harness.reference import reference
from harness.sandbox.protocol import LANGUAGES

STATEMENT, MOVES, FILE = "statement", "moves", "file"
PROGRAMS = {f"program/{language}": language for language in sorted(LANGUAGES, reverse=True)}
KINDS = (STATEMENT, MOVES, *PROGRAMS)
"""The kinds of text that a puzzle gives."""

Plain = str | int | float | bool | None


@dataclass(frozen=True, kw_only=True)
class Text:
    """One text and where it comes from."""

    text: str
    kind: str
    """One of KINDS, or FILE for a user's own."""
    task: str | None = None
    version: int | None = None
    """Of the task's rules."""
    variant: str | None = None
    size: int | None = None
    seed: int | None = None
    source: str | None = None
    """``file:line`` of a user's own."""
    id: Plain = None
    """What the user calls it."""
    label: Plain = None
    """What the user knows of it, such as member or non-member; tables are grouped by it."""

    @cached_property
    def sha256(self) -> str:
        return sha256(self.text.encode()).hexdigest()

    @property
    def where(self) -> str:
        """For people."""
        if self.source is not None:
            return self.source
        return f"{self.task} {self.variant} size {self.size} seed {self.seed} {self.kind}"


@dataclass(frozen=True, kw_only=True)
class Absent:
    """A text that was asked for and does not exist."""

    where: str
    why: str


def of_puzzles(
    plugins: Iterable[Plugin],
    *,
    sizes: Sequence[int],
    seeds: Sequence[int] = (0,),
    variants: Sequence[str] = (),
    kinds: Sequence[str] = KINDS,
) -> Iterator[Text | Absent]:
    """The texts of every combination; of each task's first variant where none is named.

    Texts of one kind follow one another, so that a program that is the same at every size is met together. Raises what
    ``pose`` raises, and UnknownName for a kind that does not exist.
    """
    for kind in kinds:
        if kind not in KINDS:
            raise UnknownName("kind of text", kind, KINDS)
    for plugin in plugins:
        for variant in variants or [plugin.puzzle.variants[0]]:
            for kind in kinds:
                for size in sizes:
                    for seed in seeds:
                        yield of_question(pose(plugin, size, seed, variant), kind)


def of_question(question: Question, kind: str) -> Text | Absent:
    """One text of a posed puzzle."""
    where = f"{question.plugin.name} {question.variant} size {question.size} seed {question.seed} {kind}"
    try:
        text = _written(question, kind)
    except UsageError as error:
        return Absent(where=where, why=error.found)
    if text is None:
        return Absent(where=where, why="there is none")
    return Text(
        text=text,
        kind=kind,
        task=question.plugin.name,
        version=question.plugin.puzzle.version,
        variant=question.variant,
        size=question.size,
        seed=question.seed,
    )


def of_files(files: Iterable[Path]) -> Iterator[Text]:
    """The texts of a user's files: ``.jsonl`` holds one a line, any other file is one text.

    Raises UsageError naming the file and line of what is no text.
    """
    return chain.from_iterable(_of_lines(file) if file.suffix == ".jsonl" else [_of_file(file)] for file in files)


def _written(question: Question, kind: str) -> str | None:
    if kind == STATEMENT:
        return statement(question)
    if kind in PROGRAMS:
        return reference(question, PROGRAMS[kind])
    fewest = question.instance.certificate.fewest_moves
    if fewest is not None and fewest > MOST_MOVES:
        raise UsageError(f"a shortest solution has {fewest:,} moves; at most {MOST_MOVES:,} are written")
    moves = shortest_solution(question)
    return None if moves is None else f"moves = {json.dumps(moves, ensure_ascii=False)}"


def _of_file(file: Path) -> Text:
    """A text to the last byte: whatever ends its lines, and a newline at its end, are part of it."""
    try:
        text = file.read_bytes().decode()
    except UnicodeDecodeError as error:
        raise UsageError(f"{file} is no text in UTF-8: {error}", "convert it first") from error
    return Text(text=_not_empty(text, str(file)), kind=FILE, source=str(file))


def _of_lines(file: Path) -> Iterator[Text]:
    with file.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield _of_line(line, f"{file}:{number}")


def _of_line(line: bytes, source: str) -> Text:
    expected = 'write one object a line: {"text": "...", "id": ..., "label": ...}; id and label may be left out'
    try:
        found: Any = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{source} is no JSON: {error}", expected) from error
    text = found.get("text") if isinstance(found, dict) else None
    if not isinstance(text, str):
        raise UsageError(f"{source} has no text", expected)
    for name in ("id", "label"):
        if isinstance(found.get(name), (list, dict)):
            raise UsageError(f"{source}: {name} is a list or an object", "give it one word or number")
    return Text(text=_not_empty(text, source), kind=FILE, source=source, id=found.get("id"), label=found.get("label"))


def _not_empty(text: str, source: str) -> str:
    if not text:
        raise UsageError(f"{source} is an empty text", "there is nothing to score in it")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise UsageError(f"{source} holds half a character: {error.reason}", "write the text in UTF-8") from error
    return text
