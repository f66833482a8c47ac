"""The arms: what each asks, and what it takes for an answer."""

from __future__ import annotations

import asyncio
import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from loopback import Loopback
from trials import TRIAL

from harness import modes
from harness.completion import Completion, Stop, Usage, joined
from harness.errors import UsageError
from harness.judge import Judgement, judge
from harness.modes import MODES
from harness.modes.next_move import middle
from harness.modes.prompt import prompt
from harness.modes.solution import distance, shortest_solution
from harness.modes.turns import game
from harness.outcome import Infeasible, Outcome
from harness.plan import plan, token_floor
from harness.plugins import Plugin, discover, load
from harness.providers.concurrency import AdaptiveLimit
from harness.providers.protocol import ProviderFailure
from harness.question import Question, pose
from harness.runner import Line, Run, Tally
from harness.sandbox.protocol import Sandbox
from harness.store import RunFolder
from harness.suite import Model, Price, Suite
from harness.task import Certificate, Instance
from harness.trial import Trial

PEGBOARD = [sys.executable, "-c", "from harness.cli import main; main()"]
PLUGINS = {name: load(files) for name, files in discover().items()}
HANOI = PLUGINS["tower_of_hanoi"]


def judged(question: Question, mode: str, text: str, sandbox: Sandbox, stop: Stop = Stop.END) -> Judgement:
    return judge(question, modes.find(mode), Completion(text=text, stop=stop), sandbox)


def unsolvable(river: Plugin) -> Question:
    return pose(river, 4, 0, "boat2")


# next


@given(size=st.integers(2, 7), seed=st.integers(0, 500), kind=st.sampled_from(HANOI.puzzle.variants))
def test_exactly_the_moves_that_bring_the_goal_nearer_are_right(size: int, seed: int, kind: str) -> None:
    question = pose(HANOI, size, seed, kind)
    asked = MODES["next"].question(question)
    state = HANOI.puzzle.start(asked.instance.arguments)
    assert HANOI.puzzle.moves is not None
    left = distance(HANOI.puzzle, state) or 0
    for move in HANOI.puzzle.moves(state):
        text = f"moves = {json.dumps([move])}"
        right = distance(HANOI.puzzle, HANOI.puzzle.apply(state, move)) == left - 1
        verdict = judged(question, "next", text, None).verdict  # type: ignore[arg-type] # no program is run
        expected = (Outcome.SOLVED, None) if right else (Outcome.WRONG_FINAL_STATE, "off_path")
        assert (verdict.outcome, verdict.detail) == expected


@pytest.mark.parametrize("name", PLUGINS)
def test_the_middle_of_a_game_is_the_same_every_time_and_leaves_a_choice(name: str) -> None:
    plugin = PLUGINS[name]
    choices = 0
    for seed in range(6):
        question = pose(plugin, plugin.puzzle.sizes[2], seed)
        state = middle(question)
        asked = [MODES["next"].question(question).instance for _ in range(2)]
        assert asked[0] == asked[1]
        assert distance(plugin.puzzle, state)
        left = distance(plugin.puzzle, state) or 0
        assert plugin.puzzle.moves is not None
        after = [distance(plugin.puzzle, plugin.puzzle.apply(state, move)) for move in plugin.puzzle.moves(state)]
        choices += {*after} != {left - 1}
    assert choices >= 3


def test_an_illegal_next_move_is_illegal_and_of_several_moves_the_first_counts(hanoi: Plugin, sandbox: Sandbox) -> None:
    question = pose(hanoi, 4, 3)
    (right,) = shortest_solution(MODES["next"].question(question)) or []
    assert judged(question, "next", "moves = [[4, 1, 1]]", sandbox).verdict.outcome is Outcome.ILLEGAL_MOVE
    more = judged(question, "next", f"moves = {json.dumps([right, [9, 9, 9], [1, 0, 2]])}", sandbox)
    assert (more.verdict.outcome, more.strict_outcome) == (Outcome.SOLVED, Outcome.PARSE_FAILURE)
    assert judged(question, "next", "I pass.", sandbox).verdict.outcome is Outcome.PARSE_FAILURE


def test_a_task_that_cannot_be_begun_in_the_middle_says_so(hanoi: Plugin) -> None:
    without = replace(hanoi, puzzle=replace(hanoi.puzzle, resume=None))
    for mode in ("next", "chunks/3"):
        with pytest.raises(UsageError, match="cannot be begun in the middle"):
            prompt(modes.find(mode), pose(without, 3))


def test_a_game_that_nobody_knows_the_end_of_is_refused_before_anything_is_asked(hanoi: Plugin) -> None:
    unknown = Certificate("solvable", None, "it is known that there is a way")

    def posed(size: int, seed: int, kind: str) -> Instance:
        return replace(hanoi.puzzle.pose(size, seed, kind), certificate=unknown)

    vague = replace(hanoi, puzzle=replace(hanoi.puzzle, pose=posed))
    suite = Suite.model_validate(
        {"name": "s", "models": ["oracle/none"], "grid": [{"task": hanoi.name, "sizes": [3], "modes": ["chunks/2"]}]}
    )
    with pytest.raises(UsageError, match="fewest moves of tower_of_hanoi size 3 seed 0 tower are not known"):
        plan(suite, {hanoi.name: vague})


# solvable


@pytest.mark.parametrize(
    ("text", "on_solvable", "on_unsolvable"),
    [
        ("answer = solvable", Outcome.SOLVED, Outcome.CLAIMED_SOLVABLE),
        ("answer = impossible", Outcome.CLAIMED_UNSOLVABLE, Outcome.SOLVED),
        ("First I thought answer = solvable.\n\n**answer = impossible**", Outcome.CLAIMED_UNSOLVABLE, Outcome.SOLVED),
        ("Yes, it is solvable.", Outcome.SOLVED, Outcome.CLAIMED_SOLVABLE),
        ("So it cannot be solved.", Outcome.CLAIMED_UNSOLVABLE, Outcome.SOLVED),
        ("The puzzle is **not** solvable.", Outcome.CLAIMED_UNSOLVABLE, Outcome.SOLVED),
        ("So it isn't solvable, and can never be solved.", Outcome.CLAIMED_UNSOLVABLE, Outcome.SOLVED),
        ("It is *not* impossible.", Outcome.SOLVED, Outcome.CLAIMED_SOLVABLE),
        ("I do not know whether it is solvable.", Outcome.PARSE_FAILURE, Outcome.PARSE_FAILURE),
        ("It is solvable, or it is impossible; who knows.", Outcome.PARSE_FAILURE, Outcome.PARSE_FAILURE),
        ("Hm.", Outcome.PARSE_FAILURE, Outcome.PARSE_FAILURE),
        ("", Outcome.EMPTY_OUTPUT, Outcome.EMPTY_OUTPUT),
    ],
)
def test_a_claim_is_scored_both_ways(
    river: Plugin, sandbox: Sandbox, text: str, on_solvable: Outcome, on_unsolvable: Outcome
) -> None:
    assert judged(pose(river, 3, 0, "boat2"), "solvable", text, sandbox).verdict.outcome is on_solvable
    assert judged(unsolvable(river), "solvable", text, sandbox).verdict.outcome is on_unsolvable


def test_thinking_that_was_cut_is_no_claim(river: Plugin, sandbox: Sandbox) -> None:
    question = pose(river, 3, 0, "boat2")
    thinking = "Let us look at what is possible"
    assert judged(question, "solvable", thinking, sandbox, Stop.LENGTH).verdict.outcome is Outcome.TRUNCATED
    stated = judged(question, "solvable", "answer = solvable\n\nTo see that,", sandbox, Stop.LENGTH)
    assert stated.verdict.outcome is Outcome.SOLVED


def test_an_unsolvable_instance_is_marked_in_no_mode_that_asks_about_it(river: Plugin) -> None:
    suite = Suite.model_validate(
        {
            "name": "s",
            "models": ["oracle/none"],
            "grid": [
                {
                    "task": "river_crossing",
                    "sizes": [4],
                    "variants": ["boat2"],
                    "modes": ["enumerate", "next", "solvable"],
                }
            ],
        }
    )
    cells = {cell.mode.name: cell for cell in plan(suite, {"river_crossing": river})}
    assert {name: (cell.infeasible, cell.asked) for name, cell in cells.items()} == {
        "enumerate": (Infeasible.UNSOLVABLE, True),
        "next": (Infeasible.UNSOLVABLE, False),
        "solvable": (None, True),
    }


# compact, simulated, algorithm, reply


def test_rows_of_names_are_read_and_words_of_prose_are_not(river: Plugin, sandbox: Sandbox) -> None:
    question = pose(river, 2, 0, "boat2")
    rows = "a_1 A_1\nA_1\nA_1 A_2\nA_1\na_2 A_1"
    moves = shortest_solution(question) or []
    told = MODES["compact"].perfect(question, moves)
    assert judged(question, "compact", told, sandbox).verdict.outcome is Outcome.SOLVED
    assert (
        judged(question, "compact", f"The boat crosses\nand returns\n\n{told}", sandbox).verdict.outcome
        is Outcome.SOLVED
    )
    assert judged(question, "compact", rows.replace("A_1\n", "a_9\n", 1), sandbox).verdict.outcome is not Outcome.SOLVED
    assert (
        judged(question, "compact", "The boat crosses\nand returns", sandbox).verdict.outcome is Outcome.PARSE_FAILURE
    )


@pytest.mark.parametrize("name", PLUGINS)
def test_only_rows_and_nothing_else_are_strictly_compact(name: str) -> None:
    question = pose(PLUGINS[name], PLUGINS[name].puzzle.sizes[1], 1)
    told = MODES["compact"].perfect(question, shortest_solution(question))
    for text, strict in ((told, True), (f"Moves:\n{told}", False), (told.replace("\n", "\n\n"), False)):
        judgement = judged(question, "compact", text, None)  # type: ignore[arg-type] # no program is run
        assert judgement.verdict.outcome is Outcome.SOLVED
        assert judgement.strict_outcome is (Outcome.SOLVED if strict else Outcome.PARSE_FAILURE), text


@pytest.mark.parametrize("name", PLUGINS)
def test_rows_that_were_cut_are_truncated_wherever_that_was(name: str) -> None:
    question = pose(PLUGINS[name], PLUGINS[name].puzzle.sizes[1], 1)
    told = MODES["compact"].perfect(question, shortest_solution(question)).strip()
    for end in range(1, len(told.rpartition("\n")[0])):
        verdict = judged(question, "compact", told[:end], None, Stop.LENGTH).verdict  # type: ignore[arg-type]
        assert verdict.outcome is Outcome.TRUNCATED, told[:end]


SOLVER = """```python
def solve(disks, start, goal):
    moves = []
    def go(n, a, b):
        if n:
            go(n - 1, a, 3 - a - b)
            moves.append([n, a, b])
            go(n - 1, 3 - a - b, b)
    go(disks, next(i for i, s in enumerate(start) if s), goal)
    return moves
```
"""
BARREN = """```python
def solve(disks, start, goal):
    moves = [[1, 0, 1], [2, 0, 2], [1, 1, 2]]
    return []
```
"""


@pytest.mark.parametrize(
    ("said", "outcome", "program_outcome"),
    [
        (f"{SOLVER}\nmoves = [[1, 0, 1], [2, 0, 2], [1, 1, 2]]", Outcome.SOLVED, Outcome.SOLVED),
        (f"{SOLVER}\n```\nmoves = [[1, 0, 1], [2, 0, 2], [1, 1, 2]]\n```", Outcome.SOLVED, Outcome.SOLVED),
        (f"{SOLVER}\nmoves = [[1, 0, 1], [2, 0, 1]]", Outcome.ILLEGAL_MOVE, Outcome.SOLVED),
        (f"{SOLVER}\nIt returns the list.", Outcome.PARSE_FAILURE, Outcome.SOLVED),
        (f"{BARREN}\nIt returns nothing.", Outcome.PARSE_FAILURE, Outcome.WRONG_FINAL_STATE),
        ("moves = [[1, 0, 1], [2, 0, 2], [1, 1, 2]]", Outcome.SOLVED, Outcome.CODE_MISSING),
    ],
)  # fmt: skip
def test_what_a_program_is_said_to_return_is_judged_apart_from_what_it_returns(
    hanoi: Plugin, sandbox: Sandbox, said: str, outcome: Outcome, program_outcome: Outcome
) -> None:
    judgement = judged(pose(hanoi, 2), "simulated/python", said, sandbox)
    assert (judgement.verdict.outcome, judgement.program_outcome) == (outcome, program_outcome)


def test_the_algorithm_in_the_prompt_is_no_answer(hanoi: Plugin, sandbox: Sandbox) -> None:
    echoed = prompt(MODES["algorithm"], pose(hanoi, 3))
    assert "def solve" in echoed
    assert judged(pose(hanoi, 3), "algorithm", echoed, sandbox).verdict.outcome is not Outcome.SOLVED


RECURSION = """
  if n == 0 then return end
  hanoi(n - 1, a, c, b)
  print("Move disk " .. n .. " from peg " .. a .. " to peg " .. b)
  hanoi(n - 1, c, b, a)
end
"""


@pytest.mark.parametrize(
    "program",
    [
        f"local function hanoi(n, a, b, c){RECURSION}\nfunction solve()\n  hanoi(4, 'A', 'C', 'B')\nend",
        f"local function hanoi(n, a, b, c){RECURSION}\nfunction solve(n)\n  hanoi(n, 'A', 'C', 'B')\nend\nsolve(4)",
        f"function hanoi(n, a, b, c){RECURSION}\nhanoi(4, 'A', 'C', 'B')",
        f"local function hanoi(n, a, b, c){RECURSION}\nfunction solve()\n  hanoi(4, 'A', 'B', 'C')\nend",
        f"local function hanoi(n, a, b, c){RECURSION}\nfunction solve()\n  hanoi(4, 1, 3, 2)\nend",
        f"function hanoi(n, a, c, b){RECURSION.replace('a, c, b', 'a, b, c').replace('c, b, a', 'c, a, b')}",
        f"function hanoi(n, a, b, c){RECURSION}\nhanoi(4, 'left', 'right', 'middle')",
        f"function hanoi(n, a, b, c){RECURSION.replace('peg ', '')}\nhanoi(4, 'Source', 'Target', 'Auxiliary')",
        f"function hanoi(n, a, b, c){RECURSION.replace(' to peg ', ' --> ')}\nhanoi(4, 'A', 'C', 'B')",
    ],
)
def test_a_function_that_prints_the_solution_when_called_is_what_the_reply_asked_for(
    hanoi: Plugin, sandbox: Sandbox, program: str
) -> None:
    verdict = judged(pose(hanoi, 4), "reply/lua", f"```lua\n{program}\n```", sandbox).verdict
    assert verdict.outcome is Outcome.SOLVED, verdict.reason


def test_the_replys_words_are_its_own(hanoi: Plugin) -> None:
    assert prompt(MODES["reply/lua"], pose(hanoi, 15)) == (
        "Solve Tower of Hanoi with 15 disks. Output a Lua function that prints the solution when called.\n"
    )


def test_a_mode_that_a_task_has_no_words_for_names_the_file_to_write(river: Plugin) -> None:
    with pytest.raises(UsageError, match=r"river_crossing cannot be asked in the mode reply/lua") as told:
        prompt(MODES["reply/lua"], pose(river, 3))
    assert "river_crossing.reply.md" in str(told.value)


# examples, room


def test_examples_are_balanced_over_seeds_and_go_with_no_size(hanoi: Plugin) -> None:
    suite = Suite.model_validate(
        {
            "name": "s",
            "models": ["oracle/none"],
            "grid": [
                {"task": "tower_of_hanoi", "sizes": [4, 5, 6], "seeds": [*range(6)], "modes": ["enumerate", "next"],
                 "examples": [0, 3, 2]}
            ],
        }
    )  # fmt: skip
    cells = plan(suite, {"tower_of_hanoi": hanoi})
    for size in (4, 5, 6):
        shown = sorted(
            str(next(cell.trials()).example)
            for cell in cells
            if cell.question.size == size and cell.mode.name == "enumerate"
        )
        assert shown == ["2", "2", "3", "3", "None", "None"]
    for cell in cells:
        assert ("Another case, solved" in cell.prompt) == (cell.example is not None)
        assert next(cell.trials()).example == (cell.example.size if cell.example else None)


def test_an_example_is_solved_and_has_another_start_or_goal(hanoi: Plugin) -> None:
    question, example = pose(hanoi, 4, 1), pose(hanoi, 3, 1001)
    shown = prompt(MODES["enumerate"], question, example)
    told = json.loads(re.findall(r"moves = (\[\[.*?\]\])$", shown, re.MULTILINE)[-1])
    assert told == shortest_solution(example)
    pegs = [(s.instance.arguments["start"].index([]), s.instance.arguments["goal"]) for s in (question, example)]
    assert pegs[0] != pegs[1]


@pytest.mark.parametrize("mode", ["enumerate", "compact", "function/lua", "simulated/python"])
def test_an_example_that_cannot_be_solved_says_so_in_every_mode(river: Plugin, mode: str) -> None:
    shown = prompt(modes.find(mode), pose(river, 3, 0, "boat2"), unsolvable(river))
    assert "a right answer is\n\n    moves = impossible" in shown


def test_headroom_marks_cells_whose_answer_barely_fits(hanoi: Plugin) -> None:
    def marked(headroom: float) -> list[int]:
        suite = Suite.model_validate(
            {"name": "s", "models": ["oracle/none"], "headroom": headroom, "sampling": {"max_tokens": 800},
             "grid": [{"task": "tower_of_hanoi", "sizes": [*range(1, 10)], "modes": ["enumerate"]}]}
        )  # fmt: skip
        cells = plan(suite, {"tower_of_hanoi": hanoi})
        return [cell.question.size for cell in cells if cell.infeasible is Infeasible.OUTPUT_BUDGET]

    assert marked(1.0) == [8, 9]  # 765 tokens at 7 disks
    assert marked(2.0) == [7, 8, 9]
    assert marked(4.0) == [6, 7, 8, 9]


def test_a_floor_is_counted_over_a_shortest_solution_with_the_models_own_tokens(hanoi: Plugin) -> None:
    question = pose(hanoi, 3)
    assert token_floor(MODES["enumerate"], question, len) == len("[" + ",".join(["[1,0,2]"] * 7) + "]")
    assert token_floor(MODES["compact"], question, len) == len("\n".join(["1 0 2"] * 7))
    assert token_floor(MODES["function/lua"], question, len) is None
    assert token_floor(MODES["chunks/2"] if "chunks/2" in MODES else modes.find("chunks/2"), question) == 12
    assert token_floor(MODES["next"], question) is None


def test_a_floor_that_no_tokenizer_counted_is_not_said_to_be_counted(hanoi: Plugin) -> None:
    modes_asked = ["enumerate", "chunks/5", "function/lua"]
    suite = Suite.model_validate(
        {"name": "s", "models": ["oracle/none"], "grid": [{"task": hanoi.name, "sizes": [3, 20], "modes": modes_asked}]}
    )
    cells = plan(suite, {hanoi.name: hanoi}, lambda _model: len)
    assert [(cell.question.size, cell.mode.name) for cell in cells if cell.counted] == [(3, "enumerate")]


def test_a_plan_says_what_a_game_costs_at_most(tmp_path: Path) -> None:
    (tmp_path / "priced.toml").write_text(
        'name = "priced"\nmodels = [{name = "openai/any", price = {input = 0, output = 1000}}]\n'
        'sampling = {max_tokens = 1000}\n[[grid]]\ntask = "tower_of_hanoi"\nsizes = [3]\nmodes = ["chunks/2"]\n'
    )
    told = subprocess.run(
        [*PEGBOARD, "run", "priced.toml", "--dry-run"], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout
    assert "4 calls" in told
    assert "at most 8,000 out" in told
    assert "at most $8.00" in told


# games of many turns


def _answers(question: Question, most: int, turns: int) -> list[Completion]:
    played: list[Completion] = []
    for asked in islice(game(question, played, most), turns):
        text = f"moves = {json.dumps(shortest_solution(asked, most))}"
        played.append(Completion(text=text, stop=Stop.END, usage=Usage(input_tokens=5, output_tokens=7)))
    return played


@pytest.mark.parametrize(("most", "turns"), [(1, 15), (4, 4), (5, 3), (15, 1), (99, 1)])
def test_a_game_is_asked_from_where_it_stands_until_the_goal(
    hanoi: Plugin, sandbox: Sandbox, most: int, turns: int
) -> None:
    question, mode = pose(hanoi, 4, 1), modes.find(f"chunks/{most}")
    played = _answers(question, most, 99)
    assert len(played) == turns
    whole = joined(played)
    verdict = judge(question, mode, whole, sandbox).verdict
    assert (verdict.outcome, verdict.legal_moves, verdict.optimal) == (Outcome.SOLVED, 15, True)
    assert whole.usage == Usage(input_tokens=5 * turns, output_tokens=7 * turns)


@pytest.mark.parametrize(
    ("last", "stop", "outcome"),
    [
        ("moves = [[4, 0, 0]]", Stop.END, Outcome.ILLEGAL_MOVE),
        ("I am lost.", Stop.END, Outcome.PARSE_FAILURE),
        ("There are too many moves to list here.", Stop.END, Outcome.GAVE_UP),
        ("moves = impossible", Stop.END, Outcome.CLAIMED_UNSOLVABLE),
        ("Let me think about", Stop.LENGTH, Outcome.TRUNCATED),
        ("moves = []", Stop.END, Outcome.WRONG_FINAL_STATE),
    ],
)
def test_a_game_ends_with_the_turn_that_goes_wrong(
    hanoi: Plugin, sandbox: Sandbox, last: str, stop: Stop, outcome: Outcome
) -> None:
    question = pose(hanoi, 4, 1)
    played = [*_answers(question, 3, 2), Completion(text=last, stop=stop)]
    assert len([*game(question, played, 3)]) == len(played)
    verdict = judge(question, modes.find("chunks/3"), joined(played), sandbox).verdict
    assert verdict.outcome is outcome, verdict.reason


def test_a_game_that_goes_round_in_circles_ends(hanoi: Plugin, sandbox: Sandbox) -> None:
    question = pose(hanoi, 3, 0)
    played: list[Completion] = []
    there_and_back = Completion(text="moves = [[1, 0, 1], [1, 1, 0]]", stop=Stop.END)
    played.extend(there_and_back for _ in game(question, played, 2))
    assert len(played) == 2 * 4
    verdict = judge(question, modes.find("chunks/2"), joined(played), sandbox).verdict
    assert (verdict.outcome, verdict.legal_moves) == (Outcome.WRONG_FINAL_STATE, 16)


def test_what_a_turn_leaves_out_is_left_out_there_and_not_in_an_earlier_turn(hanoi: Plugin, sandbox: Sandbox) -> None:
    question = pose(hanoi, 4, 1)
    played = _answers(question, 3, 2)
    skipping = "moves = [[1, 0, 1], [1, 1, 0], # ... remaining moves\n [4, 0, 0]]"
    ended = [*played, Completion(text=skipping, stop=Stop.END)]
    alone = judge(question, MODES["enumerate"], Completion(text=skipping, stop=Stop.END), sandbox).verdict
    assert alone.outcome is Outcome.GAVE_UP
    assert judge(question, modes.find("chunks/5"), joined(ended), sandbox).verdict.outcome is Outcome.GAVE_UP


def test_a_lone_answer_is_judged_as_a_first_turn(hanoi: Plugin, sandbox: Sandbox) -> None:
    question = pose(hanoi, 2)
    verdict = judged(question, "chunks/5", f"moves = {json.dumps(shortest_solution(question))}", sandbox).verdict
    assert verdict.outcome is Outcome.SOLVED


def test_a_turn_is_read_once_however_long_the_game(hanoi: Plugin) -> None:
    question = pose(hanoi, 8, 1)
    before = time.process_time()
    assert len(_answers(question, 1, 999)) == 255
    assert time.process_time() - before < 1.0


def test_every_turn_shows_the_example_that_its_record_tells_of(tmp_path: Path) -> None:
    (tmp_path / "shown.toml").write_text(
        'name = "shown"\nmodels = ["oracle/perfect"]\n'
        '[[grid]]\ntask = "tower_of_hanoi"\nsizes = [3]\nmodes = ["chunks/3"]\nexamples = [2]\n'
    )
    ran = subprocess.run([*PEGBOARD, "run", "shown.toml", "--out", "run"], cwd=tmp_path, check=False)
    assert ran.returncode == 0
    turns = [json.loads(line) for line in (tmp_path / "run" / "turns.jsonl").read_text().splitlines()]
    assert len(turns) == 3
    assert all("Another case, solved" in turn["prompt"] for turn in turns)


def _next_moves(prompt: str) -> str:
    """What a perfect player answers to a turn, from nothing but its prompt."""
    start, goal = (
        json.loads(re.findall(rf"^    {name} = (.*)$", prompt, re.MULTILINE)[-1]) for name in ("start", "goal")
    )
    question = pose(HANOI, sum(map(len, start)), 0)
    instance = replace(question.instance, arguments={**question.instance.arguments, "start": start, "goal": goal})
    return f"moves = {json.dumps(shortest_solution(question.at(instance), 2))}"


def test_a_killed_game_goes_on_from_its_last_turn_and_asks_none_again(tmp_path: Path) -> None:
    def lines(name: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in (tmp_path / "run" / name).read_text().splitlines()]

    with Loopback(_next_moves, latency=0.05) as server:
        flags = ["--task", "tower_of_hanoi", "--sizes", "5", "--seeds", "0-1", "--mode", "chunks/2", "--out", "run"]
        model = ["--model", "openai/any", "--base-url", f"{server.url}/v1", "--concurrency", "1"]
        process = subprocess.Popen([*PEGBOARD, "run", *flags, *model], cwd=tmp_path, stderr=subprocess.DEVNULL)
        turns = tmp_path / "run" / "turns.jsonl"
        while not turns.exists() or turns.read_bytes().count(b"\n") < 5:
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        process.wait()
        resumed = subprocess.run(
            [*PEGBOARD, "resume", "run"], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        asked = len(server.requests)
    assert resumed.returncode == 0, resumed.stderr
    assert [verdict["outcome"] for verdict in lines("verdicts.jsonl")] == ["solved", "solved"]
    assert [len(answer["turns"]) for answer in lines("answers.jsonl")] == [16, 16]
    assert 32 <= asked <= 33  # what was in flight at the kill may have been asked twice
    assert len({each["key"] for each in lines("turns.jsonl")}) == 32


class Paid:
    """Answers the first two turns of a game, and no other."""

    async def complete(self, trial: Trial) -> Completion:
        if trial.turn == 2:
            raise ProviderFailure("the connection was lost")
        return Completion(text="moves = []", stop=Stop.END, usage=Usage(input_tokens=10, output_tokens=5))

    async def close(self) -> None:
        """Nothing is held."""


def ran(folder: Path, game: Callable[[Sequence[Completion]], Iterator[str]]) -> Tally:
    """A run of two games of one model, the first played so and the second over after a turn."""
    trials = [replace(TRIAL, repeat=number) for number in range(2)]
    games = {trials[0].key: game, trials[1].key: lambda _answers: iter(["And now?"])}
    model = Model(name=TRIAL.model, concurrency=1, price=Price(input=1e6, output=1e6))

    def judge(answer: dict[str, Any]) -> dict[str, Any]:
        return {"key": answer["key"], "infeasible": "unsolvable"}

    async def whole() -> Tally:
        run = Run(RunFolder(folder), judge, Tally(), asyncio.Event())
        await run.measure([[Line(model, Paid(), trials, AdaptiveLimit(1), games)]])
        return run.tally

    return asyncio.run(whole())


def test_turns_of_a_game_that_broke_off_are_counted_as_paid_for(tmp_path: Path) -> None:
    tally = ran(tmp_path, lambda _answers: iter(["One?", "Two?", "Three?"]))
    assert (tally.answered, tally.unmeasured) == (1, 1)
    assert (tally.output_tokens, tally.spent_usd) == (3 * 5, 3 * 15)
    (error,) = RunFolder(tmp_path).errors()
    assert (error["error"], error["message"]) == ("provider_error", "the connection was lost")


def test_a_task_that_fails_in_the_middle_of_a_game_fails_that_game_alone(tmp_path: Path) -> None:
    def failing(_answers: Sequence[Completion]) -> Iterator[str]:
        yield "One?"
        raise SystemExit("no state is like this")

    tally = ran(tmp_path, failing)
    assert (tally.answered, tally.unmeasured, tally.stopped) == (1, 1, {})
    (error,) = RunFolder(tmp_path).errors()
    assert (error["error"], error["message"]) == ("harness_error", "SystemExit: no state is like this")


def test_an_earlier_game_is_replayed_turn_by_turn(tmp_path: Path) -> None:
    flags = ["--task", "tower_of_hanoi", "--sizes", "4", "--mode", "chunks/4"]
    for model, folder in (("oracle/perfect", "first"), ("replay/first/answers.jsonl", "second")):
        ran = subprocess.run(
            [*PEGBOARD, "run", *flags, "--model", model, "--out", folder],
            cwd=tmp_path, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert ran.returncode == 0, ran.stderr
    verdicts = [json.loads((tmp_path / folder / "verdicts.jsonl").read_text()) for folder in ("first", "second")]
    assert [verdict["outcome"] for verdict in verdicts] == ["solved", "solved"]


# every task in every arm


@pytest.mark.parametrize("name", PLUGINS)
def test_a_perfect_model_solves_every_task_in_every_arm(tmp_path: Path, name: str) -> None:
    plugin = PLUGINS[name]
    solvable = [kind for kind in plugin.puzzle.variants if kind not in plugin.puzzle.twins][:1]
    variants = [*solvable, *(f"{solvable[0]}.{disguise}" for disguise in plugin.puzzle.disguises)]
    arms = [mode for mode in MODES if not mode.startswith("reply/")]
    flags = [flag for variant in variants for flag in ("--variant", variant)] + [
        f for arm in arms for f in ("--mode", arm)
    ]
    size = str(plugin.puzzle.sizes[1])
    ran = subprocess.run(
        [*PEGBOARD, "run", "--task", name, "--sizes", size, "--seeds=1", *flags, "--model=oracle/perfect", "--out=run"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    verdicts = [json.loads(line) for line in (tmp_path / "run" / "verdicts.jsonl").read_text().splitlines()]
    wrong = [(v["variant"], v["mode"], v["reason"]) for v in verdicts if v["outcome"] != "solved"]
    assert wrong == []
    assert len(verdicts) == len(variants) * len(arms)


@pytest.mark.parametrize("variant", ["chain", "chain.symbols", "chain.valves"])
@pytest.mark.parametrize(
    "form",
    ["moves = [{bare}]", "moves = {json}", "moves = [\n{commented}\n]", "{numbered}", "{bold}", "{rows}", "{lists}"],
)
def test_a_move_that_is_one_name_is_read_in_the_forms_that_models_write(
    sandbox: Sandbox, variant: str, form: str
) -> None:
    question = pose(PLUGINS["lamp_locks"], 3, 1, variant)
    names = [str(name) for name in shortest_solution(question) or []]
    text = form.format(
        bare=", ".join(names),
        json=json.dumps(names),
        commented="\n".join(f'    "{name}",  # step {n}' for n, name in enumerate(names, 1)),
        numbered="\n".join(f"{n}. Turn {name}." for n, name in enumerate(names, 1)),
        bold="\n".join(f"{n}. **{name}**" for n, name in enumerate(names, 1)),
        rows="\n".join(names),
        lists="moves = " + json.dumps([[name] for name in names]),
    )
    verdict = judged(question, "enumerate", text, sandbox).verdict
    assert verdict.outcome is Outcome.SOLVED, verdict.reason


@pytest.mark.parametrize("form", ["{}", "`{}`", "I would switch **{}** next.", 'move = "{}"', "moves = [{}]"])
def test_one_name_is_a_move_however_it_is_said(sandbox: Sandbox, form: str) -> None:
    for variant in ("tangle", "tangle.symbols"):
        question = pose(PLUGINS["lamp_locks"], 4, 1, variant)
        (right,) = shortest_solution(MODES["next"].question(question)) or []
        assert judged(question, "next", form.format(right), sandbox).verdict.outcome is Outcome.SOLVED
