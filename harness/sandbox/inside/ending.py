"""How a program ended, as it is told to the outside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from json import dumps


@dataclass(frozen=True)
class Ending:
    ending: str
    reason: str = ""
    limit: str | None = None
    entry_point: str | None = None
    value: Sequence[str] | None = None
    """The returned value's JSON text, in pieces."""

    def frame(self) -> str:
        fields = {"ending": self.ending, "reason": self.reason[:2000], "limit": self.limit}
        return dumps({**fields, "entry_point": self.entry_point})


class Failed(Exception):
    """Raised to end a program with an ending that has a name."""

    def __init__(self, ending: str, reason: str, limit: str | None = None) -> None:
        super().__init__(reason)
        self.ending = Ending(ending, reason, limit)
