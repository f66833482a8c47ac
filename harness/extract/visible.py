"""Keeps thinking out of the answer: many servers send it inside the text, between tags."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TAG = re.compile(
    r"^[ \t]*<()(?:think|thinking|reasoning)>|<(/)(?:think|thinking|reasoning)>", re.IGNORECASE | re.MULTILINE
)
"""An opening tag counts at the beginning of a line only: elsewhere it may be talked about."""


@dataclass(frozen=True)
class Visible:
    text: str
    """What was said to the user."""
    thinking: str | None
    """What stood between thinking tags, if anything did."""


def visible(text: str) -> Visible:
    """Split an answer from the thinking in it.

    An opening tag may be missing, as some templates leave it out: then all before the closing one is thinking, unless
    nothing comes after it. A closing tag may be missing where the thinking was cut: then nothing more is visible.
    """
    said: list[str] = []
    thought: list[str] = []
    position, inside, seen = 0, False, False
    for tag in _TAG.finditer(text):
        closes = bool(tag[2])
        if closes and not seen and text[tag.end() :].strip():
            inside = True
        (thought if inside else said).append(text[position : tag.start()])
        position, inside, seen = tag.end(), not closes, True
    (thought if inside else said).append(text[position:])
    return Visible("".join(said), "".join(thought) if thought else None)
