"""How attempts end: a transcript for every outcome, what must hold for all of them, and two second referees."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.completion import Completion, Stop
from harness.extract.visible import visible
from harness.item import item
from harness.judge import Judgement, judge
from harness.modes import MODES
from harness.outcome import Outcome
from harness.plugins import Plugin
from harness.question import pose
from harness.referee import replay
from harness.sandbox.protocol import Sandbox
from harness.task import Json

SOLUTION = [[1, 0, 2], [2, 0, 1], [1, 2, 1], [3, 0, 2], [1, 1, 0], [2, 1, 2], [1, 0, 2]]
OTHER_PEG = [[1, 0, 1], [2, 0, 2], [1, 1, 2], [3, 0, 1], [1, 2, 0], [2, 2, 1], [1, 0, 1]]
LISTED = {
    "solved": (f"moves = {SOLUTION}", Outcome.SOLVED, None),
    "longer than need be": (f"moves = {[[1, 0, 1], [1, 1, 0], *SOLUTION]}", Outcome.SOLVED, None),
    "an illegal move": ("moves = [[1, 0, 2], [2, 0, 2]]", Outcome.ILLEGAL_MOVE, "larger_on_smaller"),
    "deliberately short": ("moves = [[1, 0, 2], [2, 0, 1], ...]", Outcome.GAVE_UP, "abbreviated"),
    "declined": ("There are too many moves to list here.", Outcome.GAVE_UP, "declined"),
    "code instead": ("def solve(n):\n    return []", Outcome.GAVE_UP, "wrong_modality"),
    "impossible": ("moves = impossible", Outcome.CLAIMED_UNSOLVABLE, None),
    "stops early": (f"moves = {SOLUTION[:4]}", Outcome.WRONG_FINAL_STATE, "incomplete"),
    "wrong peg": (f"moves = {OTHER_PEG}", Outcome.WRONG_FINAL_STATE, "goal_permuted"),
    "runs on": (f"moves = {[*SOLUTION, [1, 2, 0]]}", Outcome.WRONG_FINAL_STATE, "overshoot"),
    "astray": ("moves = [[1, 0, 1], [1, 1, 0]]", Outcome.WRONG_FINAL_STATE, "off_path"),
    "malformed": ('moves = [[1, 0, 2], ["two", 0, 1]]', Outcome.PARSE_FAILURE, "malformed"),
    "no answer": ("I like towers.", Outcome.PARSE_FAILURE, "no_answer"),
    "silence": (" \n", Outcome.EMPTY_OUTPUT, None),
}
CUT = {
    "while thinking": ("", Outcome.TRUNCATED, "in_reasoning"),
    "while thinking aloud": ("<think>Let me see, disk 1", Outcome.TRUNCATED, "in_reasoning"),
    "before any move": ("Here is the", Outcome.TRUNCATED, "in_answer"),
    "inside the list": ("moves = [[1, 0, 2], [2, 0, 1], [1, 2", Outcome.TRUNCATED, "in_answer"),
    "after an illegal move": ("moves = [[1, 0, 2], [2, 0, 2], [1, 2", Outcome.ILLEGAL_MOVE, "larger_on_smaller"),
    "after the whole list": (f"moves = {SOLUTION}\n\nThis works beca", Outcome.SOLVED, None),
}
PROGRAMS = {
    "solved": (f"def solve(disks, start, goal):\n    return {SOLUTION}", Outcome.SOLVED, None),
    "missing": (None, Outcome.CODE_MISSING, None),
    "syntax": ("def solve(disks, start, goal)\n    return 1", Outcome.CODE_SYNTAX, None),
    "entry point": ("moves = 3", Outcome.CODE_ENTRY_POINT, None),
    "too few parameters": ("def solve(n):\n    return []", Outcome.CODE_ENTRY_POINT, None),
    "forbidden": (
        "import os\ndef solve(disks, start, goal):\n    os.fork()",
        Outcome.CODE_FORBIDDEN,
        "processes",
    ),
    "error": ("def solve(disks, start, goal):\n    return [][1]", Outcome.CODE_RUNTIME_ERROR, None),
    "endless": ("def solve(disks, start, goal):\n    while True: pass", Outcome.CODE_TIMEOUT, "cpu"),
    "memory": ("def solve(disks, start, goal):\n    return [0] * 10**10", Outcome.CODE_RESOURCE, "memory"),
    "output": ("def solve(disks, start, goal):\n    while True: print('x' * 10**6)", Outcome.CODE_RESOURCE, "output"),
    "nothing": ("def solve(disks, start, goal):\n    pass", Outcome.CODE_BAD_RETURN, None),
    "no moves": ("def solve(disks, start, goal):\n    return 42", Outcome.CODE_BAD_RETURN, None),
    "booleans": ("def solve(disks, start, goal):\n    return [[True, False, 2]]", Outcome.CODE_BAD_RETURN, "malformed"),
    "illegal": ("def solve(disks, start, goal):\n    return [[3, 0, 2]]", Outcome.ILLEGAL_MOVE, "not_on_top"),
    "short": ("def solve(disks, start, goal):\n    return []", Outcome.WRONG_FINAL_STATE, "incomplete"),
}


def judged(
    plugin: Plugin, sandbox: Sandbox, text: str, stop: Stop = Stop.END, mode: str = "enumerate", size: int = 3
) -> Judgement:
    return judge(pose(plugin, size), MODES[mode], Completion(text=text, stop=stop, finish_reason=str(stop)), sandbox)


@pytest.mark.parametrize("name", LISTED)
def test_a_finished_list_ends_as_defined(hanoi: Plugin, sandbox: Sandbox, name: str) -> None:
    text, outcome, detail = LISTED[name]
    verdict = judged(hanoi, sandbox, text).verdict
    assert (verdict.outcome, verdict.detail) == (outcome, detail), verdict.reason
    assert verdict.reason


@pytest.mark.parametrize("name", CUT)
def test_a_cut_answer_ends_as_defined(hanoi: Plugin, sandbox: Sandbox, name: str) -> None:
    text, outcome, detail = CUT[name]
    verdict = judged(hanoi, sandbox, text, Stop.LENGTH).verdict
    assert (verdict.outcome, verdict.detail) == (outcome, detail), verdict.reason


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_ends_as_defined(hanoi: Plugin, sandbox: Sandbox, name: str) -> None:
    source, outcome, detail = PROGRAMS[name]
    text = "I would rather not." if source is None else f"```python\n{source}\n```"
    verdict = judged(hanoi, sandbox, text, mode="function/python").verdict
    assert (verdict.outcome, verdict.detail) == (outcome, detail), verdict.reason


def test_every_outcome_has_a_transcript() -> None:
    shown = {outcome for _, outcome, _ in (*LISTED.values(), *CUT.values(), *PROGRAMS.values())}
    elsewhere = {Outcome.REFUSED, Outcome.CLAIMED_SOLVABLE}  # below, and in test_modes
    assert shown | elsewhere == set(Outcome)


def test_a_withheld_answer_is_refused_and_not_empty(hanoi: Plugin, sandbox: Sandbox) -> None:
    for mode in MODES:
        assert judged(hanoi, sandbox, "", Stop.REFUSAL, mode).verdict.outcome is Outcome.REFUSED


def test_impossible_is_right_where_it_is_certified_and_wrong_elsewhere(river: Plugin, sandbox: Sandbox) -> None:
    assert judged(river, sandbox, "moves = impossible", size=6).verdict.outcome is Outcome.SOLVED
    assert judged(river, sandbox, "moves = impossible", size=3).verdict.outcome is Outcome.CLAIMED_UNSOLVABLE


SIZE_ONLY = """```python
def solve(disks, start, goal):
    def go(n, a, b, c):
        return [] if n == 0 else [*go(n - 1, a, c, b), [n, a, c], *go(n - 1, b, a, c)]
    return go(disks, 0, 1, 2)
```"""


def test_a_program_is_told_apart_by_where_else_it_is_right(hanoi: Plugin, sandbox: Sandbox) -> None:
    lucky = judged(hanoi, sandbox, f"```python\n{PROGRAMS['solved'][0]}\n```", mode="function/python")
    assert (lucky.hardcoded, lucky.generalizes_to, lucky.general) == (True, None, False)
    pegs_fixed = judged(hanoi, sandbox, SIZE_ONLY, mode="function/python")
    assert (pegs_fixed.hardcoded, pegs_fixed.generalizes_to, pegs_fixed.general) == (False, 5, False)
    solver = judged(hanoi, sandbox, f"```lua\n{hanoi.solvers['lua']}\n```", mode="function/lua")
    assert (solver.hardcoded, solver.generalizes_to, solver.general) == (False, 5, True)


def test_a_lenient_success_is_strictly_none(hanoi: Plugin, sandbox: Sandbox) -> None:
    lines = "\n".join(f"{disk},{source},{target}" for disk, source, target in SOLUTION)
    lenient = judged(hanoi, sandbox, lines)
    assert (lenient.verdict.outcome, lenient.strict_outcome) == (Outcome.SOLVED, Outcome.PARSE_FAILURE)
    strict = judged(hanoi, sandbox, f"moves = {json.dumps(SOLUTION)}")
    assert strict.strict_outcome is Outcome.SOLVED


PIECES = (
    *(f"moves = {SOLUTION}", "[1, 0, 2]", "[2, 0, 2]", "moves = [", "]", "...", "impossible", "moves = impossible"),
    *("```", "<think>", "</think>", "def f(n):\n", "too many moves", "1,0,2\n", "[[3, 2, 1], [], []]", "\n", " and "),
)


@settings(max_examples=300, deadline=None)
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=8), stop=st.sampled_from(Stop))
def test_every_text_and_stop_has_one_outcome_that_fits_it(
    hanoi: Plugin, sandbox: Sandbox, pieces: list[str], stop: Stop
) -> None:
    verdict = judged(hanoi, sandbox, "".join(pieces), stop).verdict
    assert verdict.reason
    assert (verdict.outcome is Outcome.TRUNCATED) <= (stop is Stop.LENGTH)
    assert (verdict.outcome is Outcome.REFUSED) <= (stop is Stop.REFUSAL)
    assert (verdict.outcome is Outcome.SOLVED) == (verdict.final_distance == 0 and verdict.goal_reached_at is not None)
    assert (verdict.outcome is Outcome.ILLEGAL_MOVE) == (verdict.first_illegal == verdict.legal_moves + 1)
    assert (verdict.outcome is Outcome.EMPTY_OUTPUT) <= (not visible("".join(pieces)).strip())


def stacks_referee(disks: int, moves: list[list[int]]) -> tuple[int, bool]:
    """A second referee for Tower of Hanoi, with stacks: (legal moves, whether all are legal and solve it)."""
    pegs: list[list[int]] = [list(range(disks, 0, -1)), [], []]
    for number, (disk, source, target) in enumerate(moves):
        on_top = 0 <= source <= 2 and 0 <= target <= 2 and source != target and pegs[source][-1:] == [disk]
        if not on_top or (pegs[target] and pegs[target][-1] < disk):
            return number, False
        pegs[target].append(pegs[source].pop())
    return len(moves), len(pegs[2]) == disks


@settings(max_examples=300, deadline=None)
@given(data=st.data(), disks=st.integers(1, 4))
def test_the_referee_agrees_with_a_second_one_on_hanoi(hanoi: Plugin, data: st.DataObject, disks: int) -> None:
    solution = [json.loads(json.dumps(move)) for move in _solution(disks, 0, 1, 2)]
    kept = solution[: data.draw(st.integers(0, len(solution)))]
    wild = data.draw(st.lists(st.lists(st.integers(-1, 4), min_size=3, max_size=3), max_size=4))
    moves = [*kept, *wild]
    instance = pose(hanoi, disks).instance
    played = replay(hanoi.puzzle, instance, [item(hanoi.puzzle, [*move]) for move in moves])
    assert (played.legal_moves, played.solved) == stacks_referee(disks, moves)


def _solution(disks: int, source: int, spare: int, target: int) -> list[list[int]]:
    if not disks:
        return []
    before, after = _solution(disks - 1, source, target, spare), _solution(disks - 1, spare, source, target)
    return [*before, [disks, source, target], *after]


def sides_referee(pairs: int, capacity: int, loads: list[list[str]]) -> tuple[int, bool]:
    """A second referee for River Crossing, person by person."""
    side = {f"{kind}_{i}": 0 for kind in "aA" for i in range(1, pairs + 1)}

    def safe(group: list[str]) -> bool:
        agents = [name for name in group if name[0] == "A"]
        return all(f"A{name[1:]}" in group or not agents for name in group if name[0] == "a")

    for number, load in enumerate(loads):
        bank = number % 2
        if not 1 <= len(load) <= capacity or len(set(load)) < len(load):
            return number, False
        if any(side.get(name) != bank for name in load) or not safe(load):
            return number, False
        side.update(dict.fromkeys(load, 1 - bank))
        if not all(safe([name for name, at in side.items() if at == where]) for where in (0, 1)):
            return number, False
    return len(loads), all(side.values())


@settings(max_examples=300, deadline=None)
@given(data=st.data(), pairs=st.integers(1, 3))
def test_the_referee_agrees_with_a_second_one_on_river_crossing(river: Plugin, data: st.DataObject, pairs: int) -> None:
    plan = "a_1,a_2 | a_1 | a_1,a_3 | a_1 | A_2,A_3 | A_2,a_2 | A_1,A_2 | a_3 | a_1,a_2 | a_1 | a_1,a_3"
    solution = [load.strip().split(",") for load in plan.split("|")]
    names = [f"{kind}_{i}" for kind in "aA" for i in range(1, 4)]
    kept = solution[: data.draw(st.integers(0, len(solution)))]
    loads = [*kept, *data.draw(st.lists(st.lists(st.sampled_from(names), max_size=3), max_size=3))]
    instance = pose(river, pairs, 0, "boat2").instance
    items: list[Json] = [[*load] for load in loads]
    played: Any = replay(river.puzzle, instance, [item(river.puzzle, load) for load in items])
    assert (played.legal_moves, played.solved) == sides_referee(pairs, 2, loads)


def test_a_reason_that_quotes_an_answer_is_short_and_obeyed_by_no_terminal(river: Plugin, sandbox: Sandbox) -> None:
    source = "def solve(*arguments):\n    return [['\\x1b]0;owned\\x07' + 'z' * 100_000]]"
    verdict = judged(river, sandbox, f"```python\n{source}\n```", mode="function/python").verdict
    assert verdict.reason.isprintable()
    assert len(verdict.reason) < 1000
