"""Answers as models write them, judged as a careful person would: one for each way that reading once went wrong."""

from __future__ import annotations

import json

import pytest

from harness.completion import Completion, Stop
from harness.judge import Judgement, judge
from harness.modes import MODES
from harness.outcome import Outcome
from harness.plugins import Plugin
from harness.question import pose
from harness.sandbox.protocol import Sandbox

MOVES = [[1, 0, 2], [2, 0, 1], [1, 2, 1], [3, 0, 2], [1, 1, 0], [2, 1, 2], [1, 0, 2]]
LIST = json.dumps(MOVES)
PLAN = "a_1,a_2 a_1 a_1,a_3 a_1 A_2,A_3 A_2,a_2 A_1,A_2 a_3 a_1,a_2 a_1 a_1,a_3"
CROSSINGS = [load.split(",") for load in PLAN.split()]
LOADS = json.dumps(CROSSINGS)


def lines(form: str) -> str:
    return "\n".join(form.format(i, *move) for i, move in enumerate(MOVES, start=1))


def loads(form: str) -> str:
    return "\n".join(form.format(i, ", ".join(load), json.dumps(load)) for i, load in enumerate(CROSSINGS, start=1))


def judged(
    plugin: Plugin, sandbox: Sandbox, text: str, *, cut: bool = False, size: int = 3, variant: str | None = None
) -> Judgement:
    completion = Completion(text=text, stop=Stop.LENGTH if cut else Stop.END)
    return judge(pose(plugin, size, 0, variant), MODES["enumerate"], completion, sandbox)


HANOI_SOLVED = {
    "after an example of the prompt": f"I use moves = [[99, 1, 0], [98, 1, 0]] as format.\n\nmoves = {LIST}",
    "label before a fence": f"moves =\n```json\n{LIST}\n```",
    "LaTeX": f"$\\boxed{{\\text{{moves}} = {LIST}}}$",
    "objects": "moves = " + json.dumps([{"disk": d, "from": s, "to": t} for d, s, t in MOVES]),
    "Lua with names": "moves = {" + ", ".join(f"{{disk = {d}, from = {s}, to = {t}}}" for d, s, t in MOVES) + "}",
    "steps in bold": lines("**Step {0}:** [{1}, {2}, {3}]"),
    "steps with a remark": lines("{0}. [{1}, {2}, {3}] - move disk {1}"),
    "steps with the state": lines("{0}. Move disk {1} from peg {2} to peg {3} (now peg 0 holds [3, 2])"),
    "bullets": lines("* `[{1}, {2}, {3}]`"),
    "one sentence": ", ".join(map(str, MOVES[:-1])) + f", and finally {MOVES[-1]}.",
    "one paragraph": " ".join(f"Move disk {d} from peg {s} to peg {t}." for d, s, t in MOVES),
    "arrows": " → ".join(map(str, MOVES)),
    "rows with numbers": lines("{0}. {1}, {2}, {3}"),
    "rows with a column of numbers": lines("{0},{1},{2},{3}"),
    "only pegs": lines("{0}. {2} → {3}"),
    "British": lines("{0}. Move disc {1} from rod {2} to rod {3}."),
    "LaTeX arrows": lines("{0}. Disk {1}: ${2} \\to {3}$"),
    "German": lines("{0}. Bewege Scheibe {1} von Stab {2} nach Stab {3}"),
    "letters in a table": "| # | Disk | From | To |\n|---|---|---|---|\n"
    + lines("| {0} | Disk {1} | Peg {2} | Peg {3} |"),
    "a table, then a program": "disk_id,from_peg,to_peg\n"
    + lines("{1},{2},{3}")
    + "\n\n```python\nhanoi(n-1, auxiliary, target, source, moves)\nhanoi(3, 0, 2, 1, moves)\n```",
    "a table with a garbled number": "move_id,disk,from,to\n" + lines("{0},{1},{2},{3}").replace("\n4,", "\n4T,"),
    "a table in two blocks": "```\ndisk,from,to\n" + "\n".join(f"{d},{s},{t}" for d, s, t in MOVES[:4])
    + "\n```\nContinuing:\n```\ndisk,from,to\n" + "\n".join(f"{d},{s},{t}" for d, s, t in MOVES[4:]) + "\n```",
    "a table, then its first rows again": "disk,from,to\n" + lines("{1},{2},{3}")
    + "\n\nThe first few rows are:\n\ndisk,from,to\n1,0,2\n2,0,1\n",
    "a list in two parts": f"Part 1:\nmoves = {MOVES[:4]}\nPart 2 (continued):\nmoves = {MOVES[4:]}",
    "a sum of lists": f"moves = {MOVES[:3]} + {MOVES[3:]}",
    "a recapitulation": f"moves = {LIST}\n\nLast 3 moves: {MOVES[-3:]}",
    "phases explained afterwards": f"moves = {LIST}\n\n**Phase 3**: disk 3. The first move is [1, 0, 2].",
    "an example afterwards": f"moves = {LIST}\n\nFor example the first move: `moves = [[1, 0, 2]]`.",
    "intervals afterwards": f"```\n{LIST}\n```\nThe intervals (1, 3), (4, 4), (5, 7) are the phases.",
    "a corrected draft": f"moves = [[1, 0, 1], [2, 0, 2]]\nNo, that is wrong. Corrected:\n```\n{LIST}\n```",
    "a warning with an example": f"moves = {LIST}\n\nA common mistake is to begin with the wrong peg: [[1, 0, 1], "
    "[2, 0, 2], [1, 1, 2], [3, 0, 1]].",
    "no solution with fewer moves": f"```\n{LIST}\n```\nThere is no solution with fewer moves.",
    "not in fewer": f"```\n{LIST}\n```\nIt cannot be solved in fewer than 7 moves.",
    "impossible, denied": f"moves = {LIST}\n\nA solution exists, so `moves = impossible` does not apply.",
    "impossible in passing": f"It is impossible to move two disks at once.\n\nmoves = {LIST}",
    "thinking before": f"Let me think.\n</think>\nmoves = {LIST}",
    "thinking after the greeting": f"Sure.\n<think>\nmoves = [[1, 0, 1]]\n</think>\nmoves = {LIST}",
    "a closing tag at the end": f"moves = {LIST}\n</think>",
    "full-width commas": f"moves = {LIST}".replace(",", "\uff0c"),
}  # fmt: skip

RIVER_SOLVED = {
    "a remark with a label": f"moves = {LOADS}\n\nSolution: (11 crossings, optimal)",
    "pairs in parentheses": f"```\n{LOADS}\n```\nwhere (a_1, A_1), (a_2, A_2), (a_3, A_3) are the pairs.",
    "escaped underscores": f"moves = {LOADS}".replace("_", "\\_"),
    "LaTeX subscripts": f"moves = {LOADS}".replace("_1", "_{1}").replace('"', ""),
    "no underscores": f"moves = {LOADS}".replace("_", ""),
    "with kinds": f"moves = {LOADS}".replace('"a', '"Actor a').replace('"A_', '"Agent A_'),
    "directions": loads("{0}. → {2}"),
    "remarks": "moves = [\n" + loads("  {2},  (crossing {0})") + "\n]",
    "sentences": loads("{0}. {1} cross. The boat is on the other side now."),
    "a table": "| # | boat | left bank |\n|---|---|---|\n" + loads("| {0} | {1} | a_1, A_1, ... |"),
    "objects": "moves = " + json.dumps([{"from": "left", "people": load} for load in CROSSINGS]),
}

HANOI_OTHERWISE: dict[str, tuple[str, bool, Outcome]] = {
    "excerpts only": (f"First 2 moves: {MOVES[:2]}\nLast 2 moves: {MOVES[-2:]}", False, Outcome.GAVE_UP),
    "omission in a comment": (
        f"moves = [\n{MOVES[0]},\n# ... (5 moves omitted)\n{MOVES[3]}\n]",
        False,
        Outcome.GAVE_UP,
    ),
    "omission as an item": ('moves = [[1, 0, 2], ["...", "...", "..."]]', False, Outcome.GAVE_UP),
    "omission in brackets": ("moves = [[1, 0, 2], [2, 0, 1], [...]]", False, Outcome.GAVE_UP),
    "too many, with a number": ("There are too many moves to list (1,048,575).", False, Outcome.GAVE_UP),
    "impossible to list": ("moves = impossible to list here, there are 7.", False, Outcome.GAVE_UP),
    "a program with an empty list": ("moves = []\ndef hanoi(n):\n    return hanoi(n - 1)", False, Outcome.GAVE_UP),
    "a program with a call": ("```python\nfrom x import hanoi\nhanoi(3, 0, 2)\n```", False, Outcome.GAVE_UP),
    "no shorter solution": ("There is no shorter solution.", False, Outcome.PARSE_FAILURE),
    "impossible?": ("Is this impossible? Surely not.", False, Outcome.PARSE_FAILURE),
    "only a plan": ("The start is [[3, 2, 1], [], []].", False, Outcome.PARSE_FAILURE),
    "the prompt restated, cut": ("End with the list, or with `moves = impossible`. Let me", True, Outcome.TRUNCATED),
    "the format restated, cut": ("The format is moves = [[99, 1, 0], [98, 1, 0]]. Let", True, Outcome.TRUNCATED),
    "a row cut": ("disk,from,to\n1,0,2\n2,0,1\n1,2", True, Outcome.TRUNCATED),
    "a row without header cut": ("1,0,2\n2,0,1\n1,2", True, Outcome.TRUNCATED),
    "a mention, cut": ("First [1, 0, 2] is needed. Then I should", True, Outcome.TRUNCATED),
    "thinking cut": ("Okay.\n<think>\nmoves = [[1, 0, 1], [2, 0, 1]]", True, Outcome.TRUNCATED),
}

IMPOSSIBLE = [
    "moves = impossible (no legal sequence exists)",
    "**moves = impossible**",
    "$$\\boxed{\\text{impossible}}$$",
    "$\\text{moves} = \\text{impossible}$",
    '{"moves": "impossible"}',
    "There is no solution (proved by exhaustive search).",
    "There is no solution, so moves = [].",
    'I tried:\n1. ["a_1", "A_1"]\n2. ["A_1"]\nand got stuck. There is no solution.',
    "moves = impossible\n\nReason: with 4 pairs {a_1, A_1}, ... and a boat for 2 the search gets stuck.",
    "Es gibt keine Lösung.",
    "I believe it's impossible.",
    "The answer is: impossible",
    "Impossible.",
]
NOT_IMPOSSIBLE = [
    "1. a_1 and A_1 cross. 2. A_1 returns. There is no shorter solution.",
    "At first sight it looks as if there is no solution, but here is one: a_1 and A_1 cross.",
    "I am not sure whether there is no solution.",
    "There is no direct solution; we need recursion.",
    "It is a myth that this is impossible.",
    "If there were no solution I would write moves = impossible, but there is one.",
    "There is no feasible way to write it within the token limit.",
]


@pytest.mark.parametrize("name", HANOI_SOLVED)
def test_a_right_answer_is_solved_in_whatever_form(hanoi: Plugin, sandbox: Sandbox, name: str) -> None:
    verdict = judged(hanoi, sandbox, HANOI_SOLVED[name]).verdict
    assert verdict.outcome is Outcome.SOLVED, verdict.reason


@pytest.mark.parametrize("name", RIVER_SOLVED)
def test_a_right_crossing_is_solved_in_whatever_form(river: Plugin, sandbox: Sandbox, name: str) -> None:
    verdict = judged(river, sandbox, RIVER_SOLVED[name]).verdict
    assert verdict.outcome is Outcome.SOLVED, verdict.reason


@pytest.mark.parametrize("name", HANOI_OTHERWISE)
def test_an_answer_that_is_none_is_told_by_its_kind(hanoi: Plugin, sandbox: Sandbox, name: str) -> None:
    text, cut, outcome = HANOI_OTHERWISE[name]
    verdict = judged(hanoi, sandbox, text, cut=cut).verdict
    assert verdict.outcome is outcome, verdict.reason


@pytest.mark.parametrize("text", IMPOSSIBLE)
def test_impossible_is_understood(river: Plugin, sandbox: Sandbox, text: str) -> None:
    assert judged(river, sandbox, text, size=4, variant="boat2").verdict.detail == "said_impossible"


@pytest.mark.parametrize("text", NOT_IMPOSSIBLE)
def test_what_only_sounds_like_impossible_is_not_taken_for_it(river: Plugin, sandbox: Sandbox, text: str) -> None:
    verdict = judged(river, sandbox, text, size=4, variant="boat2").verdict
    assert verdict.outcome is not Outcome.SOLVED, verdict.reason


SOLVER = "def solve(disks, start, goal):\n    return " + LIST
PROGRAMS = {
    "tildes": f"~~~python\n{SOLVER}\n~~~",
    "four backquotes": f"````python\n{SOLVER}\n````",
    "words before the fence": f"Here: ```python\n{SOLVER}\n```",
    "the fence closes on the last line": f"```python\n{SOLVER}```",
    "indented in a list": "1. The program:\n\n   ```python\n   " + SOLVER.replace("\n", "\n   ") + "\n   ```",
    "quoted": "> ```python\n> " + SOLVER.replace("\n", "\n> ") + "\n> ```",
    "no fence": f"Here it is:\n\n{SOLVER}\n\nThat is all.",
    "an unknown tag": f"```plaintext\n{SOLVER}\n```",
    "a reminder of the signature afterwards": f"```python\n{SOLVER}\n```\nIt has the signature\n"
    "```python\ndef solve(disks, start, goal): ...\n```",
    "a naive variant afterwards": f"```python\n{SOLVER}\n```\nThe usual one:\n"
    "```python\ndef solve(n, a, b, c):\n    return []\n```",
    "a use afterwards": f"```python\n{SOLVER}\n```\nUse it:\n```python\nprint(solve(3, 0, 2))\n```",
    "a helper in a block before": f"```python\ndef answer():\n    return {LIST}\n```\nand\n"
    "```python\ndef solve(disks, start, goal):\n    return answer()\n```",
    "a fence in a docstring": '```python\ndef solve(disks, start, goal):\n    """\n    ```\n    x\n    ```\n    """\n'
    f"    return {LIST}\n```",
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_program_is_found_as_models_fence_it(hanoi: Plugin, sandbox: Sandbox, name: str) -> None:
    completion = Completion(text=PROGRAMS[name], stop=Stop.END)
    verdict = judge(pose(hanoi, 3), MODES["function/python"], completion, sandbox).verdict
    assert verdict.outcome is Outcome.SOLVED, verdict.reason


def test_a_program_cut_where_it_still_compiles_is_truncated(hanoi: Plugin, sandbox: Sandbox) -> None:
    text = "```python\ndef solve(disks, start, goal):\n    moves = []\n"
    for stop, outcome in ((Stop.LENGTH, Outcome.TRUNCATED), (Stop.END, Outcome.CODE_BAD_RETURN)):
        completion = Completion(text=text, stop=stop)
        assert judge(pose(hanoi, 3), MODES["function/python"], completion, sandbox).verdict.outcome is outcome
