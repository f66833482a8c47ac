"""Keeps thinking out of the answer: many servers send it inside the text, between tags."""

from __future__ import annotations

import re
from dataclasses import dataclass

_OPEN = re.compile(r"<(think|thinking|reasoning)>", re.IGNORECASE)
_CLOSE = re.compile(r"</(think|thinking|reasoning)>", re.IGNORECASE)


@dataclass(frozen=True)
class Visible:
    text: str
    """What was said to the user."""
    thinking: str | None
    """What stood between thinking tags, if anything did."""


def visible(text: str) -> Visible:
    """Split an answer from the thinking before it. Thinking that never ends leaves nothing visible after it.

    Only thinking at the beginning counts, with its opening tag or (as some templates leave it) without: a tag that is
    mentioned later on is part of the answer.
    """
    stripped = text.lstrip()
    opened = _OPEN.match(stripped)
    body = stripped[opened.end() :] if opened else stripped
    closed = _CLOSE.search(body)
    if closed:
        if not opened and _OPEN.search(body, 0, closed.start()):
            return Visible(text, None)
        return Visible(body[closed.end() :], body[: closed.start()])
    return Visible("", body) if opened else Visible(text, None)
