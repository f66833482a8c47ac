"""Hands a Lua program to Lua 5.4 (lupa). What a program sees and how its answer is written down is in prelude.lua.

lupa is a bridge, not a wall: no Python object is handed to Lua, and the walls around this process do the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ending import Ending, Failed

PRELUDE = Path(__file__).with_name("prelude.lua").read_bytes()
PLENTY = 1 << 40


class Lua:
    """An interpreter with the prelude loaded: made once, before a child inherits it and runs one program in it."""

    def __init__(self) -> None:
        from lupa import lua54

        self._out_of_memory = lua54.LuaMemoryError
        self._runtime = lua54.LuaRuntime(
            encoding=None,
            register_eval=False,
            register_builtins=False,
            unpack_returned_tuples=True,
            attribute_filter=_deny,
            max_memory=PLENTY,
        )
        self._run = self._runtime.execute(PRELUDE)

    def run(self, source: str, arguments: Mapping[str, Any], memory_mb: int) -> Ending:
        self._runtime.set_max_memory((memory_mb << 20) // 4 * 3)
        names = ", ".join(arguments).encode()
        values = self._runtime.table_from([_for_lua(value) for value in arguments.values()], recursive=True)
        try:
            outcome = self._run(source.encode("utf-8", "replace"), values, len(arguments), names)
        except self._out_of_memory:
            raise Failed("resource", "the program ran out of memory", "memory") from None
        ending, reason, limit, entry_point, value = outcome
        return Ending(
            ending.decode(),
            _text(reason) or "",
            _text(limit),
            _text(entry_point),
            None if value is None else [value.decode("utf-8", "replace")],
        )


def _for_lua(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode()
    if isinstance(value, dict):
        return {_for_lua(name): _for_lua(part) for name, part in value.items()}
    return [_for_lua(part) for part in value] if isinstance(value, list) else value


def _text(value: bytes | None) -> str | None:
    return None if value is None else value.decode("utf-8", "replace")


def _deny(_object: Any, _name: Any, _setting: bool) -> Any:
    raise AttributeError("nothing of Python is available to programs")
