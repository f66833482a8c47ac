"""How an execution ended: decided from what was seen of it, and only then from what it sent.

Nothing that a program sends can turn its failure into a fault of ours, or into a success other than the value itself.
"""

from __future__ import annotations

import json
import signal
from typing import Any, get_args

from harness.errors import SandboxUnavailable
from harness.sandbox.pool import Seen
from harness.sandbox.protocol import Ending, Execution, Limit, Limits

BY_THE_CPU_LIMIT = {-9, -24}
"""SIGKILL and SIGXCPU."""
CPU_SEEN = 0.5
"""Share of the CPU limit after which such an end is the limit's: the kernel enforces it by ticks, coarser than it
counts, and a program may hurry it."""

MEMORY_SEEN = 0.9
"""Share of the memory limit after which a crash is put down to it."""

MOST_REASON, MOST_NAME = 2000, 100
MOST_FRAME = 20_000
"""Bytes of what is said about an ending: its reason, every character of it escaped."""

Ended = dict[str, Any]


def conclude(seen: Seen, limits: Limits, sandbox: str) -> Execution:
    """Raises SandboxUnavailable when the walls were not up before the program was touched."""
    first, ending, value = _lines(seen.sent)
    if first != "locked":
        raise SandboxUnavailable(
            f"a wall of the sandbox {sandbox} cannot be put up: {first[:200] or f'exit status {seen.exit_code}'}",
            "pegboard doctor says what works on this machine",
        )
    return Execution(
        sandbox=sandbox,
        printed=seen.printed.decode("utf-8", "replace"),
        cpu_seconds=seen.cpu_seconds,
        wall_seconds=seen.wall_seconds,
        peak_mb=seen.peak_mb,
        **_ended(seen, ending, value, limits),
    )


def _lines(sent: bytearray) -> tuple[str, str | None, str]:
    """The first line, the second unless its end is missing or far, and the rest, which may be long: not copied."""
    view = memoryview(sent)

    def text(begin: int, end: int | None) -> str:
        return str(view[begin:end], "utf-8", "replace")

    if (first := sent.find(b"\n")) < 0:
        return text(0, MOST_REASON), None, ""
    if (second := sent.find(b"\n", first + 1, first + MOST_FRAME)) < 0:
        return text(0, first), None, ""
    return text(0, first), text(first + 1, second), text(second + 1, None)


def _ended(seen: Seen, ending: str | None, value: str, limits: Limits) -> Ended:
    match seen.stopped:
        case "output":
            return _stopped("resource", f"more than {limits.output_mb} MB were printed", "output")
        case "value":
            return _stopped("resource", f"more than {limits.value_mb} MB were returned", "value")
        case "wall":
            return _stopped("timeout", f"not done after {limits.wall_seconds:g} seconds", "wall")
    if seen.cpu_seconds > limits.cpu_seconds:  # the kernel looks at ticks, between which a program can hide
        return _over_cpu(limits)
    if seen.exit_code < 0:
        return _killed(seen, limits)
    said = _said(ending) if ending is not None and seen.exit_code == 0 else None
    if said is None:
        return _stopped("bad_return", "the program ended without handing anything back")
    return {**said, "value": value if value and said["ending"] == "ok" else None}


def _killed(seen: Seen, limits: Limits) -> Ended:
    if seen.exit_code in BY_THE_CPU_LIMIT and seen.cpu_seconds >= CPU_SEEN * limits.cpu_seconds:
        return _over_cpu(limits)
    number = -seen.exit_code
    by = f"signal {number}"
    if number in set(signal.Signals):
        by = f"{signal.Signals(number).name}"
    if seen.peak_mb >= MEMORY_SEEN * limits.memory_mb:
        return _stopped("resource", f"the program ran out of memory and was ended by {by}", "memory")
    return _stopped("runtime_error", f"the program was ended by {by}")


def _over_cpu(limits: Limits) -> Ended:
    return _stopped("timeout", f"not done after {limits.cpu_seconds:g} seconds of CPU time", "cpu")


def _stopped(ending: Ending, reason: str, limit: Limit | None = None) -> Ended:
    return {"ending": ending, "reason": reason, "limit": limit}


def _said(frame: str) -> Ended | None:
    """A frame about the ending, if it has the shape of one."""
    try:
        said = json.loads(frame)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict) or said.get("ending") not in get_args(Ending):
        return None
    return {
        "ending": said["ending"],
        "reason": said["reason"][:MOST_REASON] if isinstance(said.get("reason"), str) else "",
        "limit": said["limit"] if said.get("limit") in get_args(Limit) else None,
        "entry_point": _name(said.get("entry_point")),
    }


def _name(said: object) -> str | None:
    return said[:MOST_NAME] if isinstance(said, str) and said.isidentifier() else None
