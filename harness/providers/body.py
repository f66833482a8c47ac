"""A response's body, trusted in nothing: what is not of the type that the protocol promises is a ProviderFailure."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from types import NoneType
from typing import Any, TypeVar

from harness.providers import failures

Typed = TypeVar("Typed", dict[str, Any], list[Any], str)

DEEPEST = 100
"""Levels of nesting; Python writes and reads JSON recursively and gives up at about a thousand."""

_WORDS = {dict: "an object", list: "a list", str: "a string"}


def parsed(content: bytes) -> dict[str, Any]:
    """The object that a body holds. Raises ProviderFailure for all else.

    Whatever encoding a header names, JSON is UTF-8 (RFC 8259, 8.1, which also lets a byte order mark pass).
    """
    text = content.decode("utf-8-sig", "replace")
    try:
        body = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise failures.of_garbage(f"not JSON: {text[:200]}") from error
    if not isinstance(body, dict):
        raise failures.of_garbage(f"not an object: {text[:200]}")
    return storable(body)


def storable(body: dict[str, Any]) -> dict[str, Any]:
    """The body itself, if it can be written as JSON and read again. Raises ProviderFailure if it cannot."""
    level: list[Any] = [body]
    for _ in range(DEEPEST):
        if not level:
            return body
        for value in level:
            if isinstance(value, float) and not math.isfinite(value):
                raise failures.of_garbage(f"it holds a number that JSON has no word for: {value}")
            if not isinstance(value, (str, int, float, NoneType, dict, list)):
                raise failures.of_garbage(f"it holds a {type(value).__name__}, which JSON has no word for")
            if isinstance(value, dict) and not all(isinstance(key, str) for key in value):
                raise failures.of_garbage("it holds an object whose keys are not all strings")
        level = [inner for outer in level for inner in _inside(outer)]
    raise failures.of_garbage(f"it is nested deeper than {DEEPEST} levels")


def table(within: Mapping[str, Any], name: str) -> dict[str, Any]:
    """An object; an empty one where there is none."""
    return _typed(within, name, dict) or {}


def tables(within: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """A list of objects; an empty one where there is none."""
    found = _typed(within, name, list) or []
    if not all(isinstance(item, dict) for item in found):
        raise failures.of_garbage(f"{name} holds something else than objects")
    return found


def string(within: Mapping[str, Any], name: str) -> str | None:
    return _typed(within, name, str)


def count(within: Mapping[str, Any], name: str) -> int | None:
    """A number of tokens; whatever is none (or overflows a table's column) is unknown, as no answer is lost for it."""
    found = within.get(name)
    return found if is_count(found) else None


def is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**63


def _typed(within: Mapping[str, Any], name: str, kind: type[Typed]) -> Typed | None:
    found = within.get(name)
    if found is None or isinstance(found, kind):
        return found
    raise failures.of_garbage(f"{name} is not {_WORDS[kind]}")


def _inside(value: object) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()
