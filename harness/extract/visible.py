"""Keeps thinking out of the answer: many servers send it inside the text, between tags."""

from __future__ import annotations

import re

_TAG = re.compile(
    r"^[ \t]*<()(?:think|thinking|reasoning)>|<(/)(?:think|thinking|reasoning)>", re.IGNORECASE | re.MULTILINE
)
"""An opening tag counts at the beginning of a line only: elsewhere it may be talked about."""


def visible(text: str) -> str:
    """What was said to the user: an answer without the thinking in it.

    An opening tag may be missing, as some templates leave it out: then all before the closing one is thinking, unless
    nothing comes after it. A closing tag may be missing where the thinking was cut: then nothing more is visible.
    """
    said: list[str] = []
    position, inside, seen = 0, False, False
    for tag in _TAG.finditer(text):
        closes = bool(tag[2])
        thought = inside or (closes and not seen and bool(text[tag.end() :].strip()))
        if not thought:
            said.append(text[position : tag.start()])
        position, inside, seen = tag.end(), not closes, True
    if not inside:
        said.append(text[position:])
    return "".join(said)
