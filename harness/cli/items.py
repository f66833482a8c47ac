"""Files of items that commands read: a CSV with a heading, JSON lines, or a text a line."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from math import isfinite
from pathlib import Path
from typing import Any

from harness.errors import UsageError

Item = Mapping[str, Any]

LINE = "file line"
"""The key under which an item's line number is kept."""


def texts(file: Path) -> list[Item]:
    """Each with "text" that has a word: the objects of a .jsonl, or the lines of any other file.

    Raises UsageError for a file that holds none, or something else.
    """
    if file.suffix == ".jsonl":
        items = records(file, ("text",))
    else:
        lines = enumerate(_read(file).splitlines(), start=1)
        items = _some(file, [{"text": line, LINE: number} for number, line in lines if line.strip()])
    for item in items:
        if not isinstance(item["text"], str) or not any(letter.isalnum() for letter in item["text"]):
            raise UsageError(f"{file}:{item[LINE]} has no words in its text: {item['text']!r:.60}")
    return items


def records(file: Path, needs: Sequence[str]) -> list[Item]:
    """The rows of a .csv or the objects of a .jsonl. Raises UsageError where a field needed is not there."""
    reader = {".csv": _csv, ".jsonl": _jsonl}.get(file.suffix)
    if reader is None:
        raise UsageError(f"{file} is neither a .csv nor a .jsonl")
    items = _some(file, list(reader(file)))
    for item in items:
        lacking = [name for name in needs if item.get(name) in (None, "")]
        if lacking:
            raise UsageError(f"{file}:{item[LINE]} lacks {', '.join(lacking)}", f"needed: {', '.join(needs)}")
    return items


def numbers(file: Path, items: Sequence[Item], name: str) -> list[float]:
    """One field of every item. Raises UsageError where it is no number."""
    return [_number(file, item, name) for item in items]


def _number(file: Path, item: Item, name: str) -> float:
    value = item.get(name)
    try:
        number = float(value)  # type: ignore[arg-type] # what is no number is told below
    except (TypeError, ValueError):
        number = float("nan")
    if not isfinite(number) or isinstance(value, bool):
        raise UsageError(f"{file}:{item[LINE]}: {name} must be a number, found {value!r:.60}")
    return int(number) if number.is_integer() else number


def _csv(file: Path) -> Iterator[Item]:
    reader = csv.DictReader(_read(file).splitlines())
    for row in reader:
        yield {**{str(name): value for name, value in row.items()}, LINE: reader.line_num}


def _jsonl(file: Path) -> Iterator[Item]:
    for number, line in enumerate(_read(file).splitlines(), start=1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
        except ValueError as error:
            raise UsageError(f"{file}:{number} is no JSON: {error}") from error
        if not isinstance(item, dict):
            raise UsageError(f"{file}:{number} is no JSON object: {line!r:.60}")
        yield {**item, LINE: number}


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{file} is not UTF-8: {error.reason} at byte {error.start}") from error


def _some(file: Path, items: list[Item]) -> list[Item]:
    if not items:
        raise UsageError(f"{file} holds nothing to read")
    return items
