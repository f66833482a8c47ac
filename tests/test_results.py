"""The child's result channel: whatever comes over it is data, and decides nothing in a program's favour."""

from __future__ import annotations

import json
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.completion import Completion, Stop
from harness.errors import SandboxUnavailable
from harness.judge import judge
from harness.modes import MODES
from harness.outcome import Outcome
from harness.plugins import Plugin
from harness.question import pose
from harness.sandbox.conclusion import conclude
from harness.sandbox.pool import Seen
from harness.sandbox.protocol import Ending, Execution, Limit, Limits, Program, Sandbox
from harness.task import Arguments

LIMITS = Limits(cpu_seconds=2, memory_mb=256)
FRAMES = st.one_of(
    st.binary(max_size=300),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    ).map(lambda data: json.dumps(data).encode()),
    st.builds(
        lambda ending, limit, reason: json.dumps({"ending": ending, "limit": limit, "reason": reason}).encode(),
        st.sampled_from(["ok", "harness_error", "not_run", "timeout", "", None, 7]),
        st.sampled_from(["cpu", "none", 3, None, ["memory"]]),
        st.text() | st.integers() | st.lists(st.text()),
    ),
)


@given(
    frames=st.lists(FRAMES, max_size=4), exit_code=st.sampled_from([0, 1, 77, -6, -9, -11, -24]), cpu=st.floats(0, 5)
)
def test_whatever_is_sent_is_an_ending_and_never_a_fault_of_ours(
    frames: list[bytes], exit_code: int, cpu: float
) -> None:
    sent = bytearray(b"locked\n" + b"\n".join(frames))
    execution = conclude(Seen(sent=sent, exit_code=exit_code, cpu_seconds=cpu), LIMITS, "tier")
    assert execution.ending in get_args(Ending)
    assert execution.limit is None or execution.limit in get_args(Limit)
    assert isinstance(execution.reason, str)
    assert execution.ending != "ok" or exit_code == 0
    assert execution.value is None or execution.ending == "ok"


@given(frames=st.lists(FRAMES, max_size=3), exit_code=st.sampled_from([0, -9]))
@pytest.mark.parametrize(
    ("stopped", "ending", "limit"),
    [
        ("wall", "timeout", "wall"),
        ("output", "resource", "output"),
        ("value", "resource", "value"),
    ],
)
def test_a_program_that_was_stopped_from_outside_cannot_say_otherwise(
    stopped: str, ending: str, limit: str | None, frames: list[bytes], exit_code: int
) -> None:
    sent = bytearray(b'locked\n{"ending": "ok"}\n' + b"\n".join(frames))
    seen = Seen(sent=sent, exit_code=exit_code, stopped=stopped)  # type: ignore[arg-type] # a Literal
    execution = conclude(seen, LIMITS, "tier")
    assert (execution.ending, execution.limit, execution.value) == (ending, limit, None)


def test_more_cpu_time_than_allowed_is_a_time_out_whatever_was_sent() -> None:
    sent = bytearray(b'locked\n{"ending": "ok"}\n[[1, 0, 2]]')
    execution = conclude(Seen(sent=sent, cpu_seconds=2.1), LIMITS, "tier")
    assert (execution.ending, execution.limit, execution.value) == ("timeout", "cpu", None)


def test_a_name_that_is_sent_is_a_name_or_nothing() -> None:
    for name, kept in {"solve": "solve", "x" * 10_000: "x" * 100, "\x1b[2J": None, "a b": None}.items():
        sent = bytearray(b"locked\n" + json.dumps({"ending": "ok", "entry_point": name}).encode() + b"\n1")
        assert conclude(Seen(sent=sent), LIMITS, "tier").entry_point == kept


@pytest.mark.parametrize("sent", [b"", b"lock", b"PR_SET_SECCOMP: Operation not permitted\n", b'{"ending": "ok"}\n1'])
def test_without_walls_nothing_is_concluded(sent: bytes) -> None:
    with pytest.raises(SandboxUnavailable, match="a wall of the sandbox tier cannot be put up"):
        conclude(Seen(sent=bytearray(sent)), LIMITS, "tier")


class _Giving:
    """A sandbox in which every program gives the same."""

    def __init__(self, value: str | None, printed: str) -> None:
        self._execution = Execution(ending="ok", value=value, printed=printed, entry_point="solve")

    def run(self, program: Program, arguments: Arguments) -> Execution:
        return self._execution


NUMBERS = st.sampled_from(
    ["1", "0", "2", "true", "false", "1.0", "0.0", "2.0", '"1"', "null", "9" * 5000, "NaN", "Infinity", "-0.0", "1e999"]
)


def _listed(parts: list[str]) -> str:
    return f"[{', '.join(parts)}]"


VALUES = st.one_of(
    st.text(max_size=50),
    st.lists(st.lists(NUMBERS, max_size=4).map(_listed), max_size=3).map(_listed),
    st.integers(1, 60_000).map(lambda depth: "[" * depth),
    st.integers(1, 2_000).map(lambda depth: "[" * depth + "]" * depth),
    st.sampled_from(['{"moves": [[1,0,2]], "moves": [[1,0,1]]}', "[[1e999,0,2]]", '"\\ud800"', "[[1,0,2]", "NaN"]),
)


@given(value=VALUES, printed=st.text(max_size=50))
@settings(deadline=None)
def test_only_the_right_moves_in_the_right_types_solve(hanoi: Plugin, value: str, printed: str) -> None:
    completion = Completion(text="```python\ndef solve(n): pass\n```", stop=Stop.END)
    judgement = judge(pose(hanoi, 1), MODES["function/python"], completion, _Giving(value, printed))
    right = value.replace(" ", "") == "[[1,0,2]]"
    assert (judgement.verdict.outcome is Outcome.SOLVED) <= right


@given(frames=st.lists(FRAMES, max_size=3), code=st.integers(0, 255), early=st.booleans())
@settings(max_examples=60, deadline=None)
def test_a_program_that_writes_to_the_channel_itself_forges_nothing(
    sandbox: Sandbox, frames: list[bytes], code: int, early: bool
) -> None:
    forged = b"\n".join(frames)
    source = f"import os\ndef write(): os.write(3, {forged!r}); os._exit({code})\n"
    source += "write()\n" if early else "def solve(n): write()\n"
    execution = sandbox.run(Program(source, "python"), {"n": 3})
    assert execution.ending in get_args(Ending)
    assert execution.ending != "ok" or (code == 0 and forged.startswith(b'{"ending": "ok"'))
