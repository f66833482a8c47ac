"""What the documentation says is what the program does."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from dataclasses import fields, replace
from pathlib import Path
from typing import get_args

import pytest
from trials import TRIAL

from harness import errors, suite
from harness.completion import Completion, Stop
from harness.judge import judge
from harness.modes import MODES
from harness.outcome import Outcome, Unscored
from harness.plugins import Plugin, find
from harness.question import pose
from harness.records import answer_record, turn_record, unanswered_record, verdict_record
from harness.sandbox.choice import TIERS
from harness.sandbox.protocol import Limit, Sandbox
from harness.task import Disguise, Puzzle
from harness.testing import lacking

EXAMPLES = re.compile("pancakes|frog_jump")
"""Tasks that the pages show how to write."""

PROJECT = Path(__file__).parent.parent
PEGBOARD = (sys.executable, "-c", "from harness.cli import main; main()")


def page(name: str) -> str:
    return (PROJECT / name).read_text("utf-8")


def blocks(text: str, tag: str) -> list[str]:
    """The fenced blocks of a page that carry a tag."""
    fenced = re.findall(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [body for found, body in fenced if found == tag]


def commands(text: str) -> list[list[str]]:
    """Every ``pegboard`` command in the code blocks of a page, without its remark."""
    lines = [line.split("#")[0].strip() for block in blocks(text, "") for line in block.splitlines()]
    return [line.split()[1:] for line in lines if line.startswith((".venv/bin/pegboard ", "pegboard "))]


def ran(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*PEGBOARD, *arguments], cwd=cwd, capture_output=True, text=True, check=False)


@pytest.fixture
def pancakes(tmp_path: Path) -> Path:
    """The task of docs/adding-a-task.md, written out as the page says."""
    text = page("docs/adding-a-task.md")
    files = re.findall(r"^`(\w+/pancakes\S*)`\n\n```\w+\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert len(files) == 5
    for name, text in files:
        file = tmp_path / "my-puzzles" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return tmp_path


def test_the_task_of_the_page_conforms_and_every_command_there_works(pancakes: Path) -> None:
    told = commands(page("docs/adding-a-task.md"))
    assert [command[0] for command in told] == ["check", "show", "gallery", "run"]
    for command in told:
        done = ran(*command, cwd=pancakes)
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_task_of_the_page_is_asked_in_every_mode(pancakes: Path) -> None:
    plugin = find("pancakes", [pancakes / "my-puzzles"])
    assert [note for note in lacking(plugin) if not note.startswith("no twins")] == []


def test_every_field_of_a_puzzle_and_of_a_disguise_is_explained() -> None:
    """In the first column of a table."""
    text = page("docs/adding-a-task.md")
    told = re.findall(r"`(\w+)`", "\n".join(re.findall(r"^\|([^|]*)\|", text, re.MULTILINE)))
    assert [field.name for kind in (Puzzle, Disguise) for field in fields(kind) if field.name not in told] == []


def test_every_mode_is_in_the_table_of_what_a_task_is_asked_in() -> None:
    told = re.findall(r"`(\w+)(?:/\w+)?`", page("docs/adding-a-task.md"))
    assert {mode.ask for mode in MODES.values() if mode.ask != "reply"} <= {*told}


def test_every_command_of_the_readme_is_one(tmp_path: Path) -> None:
    """Those that need no key are run in the README's order, the others only planned."""
    (tmp_path / "answer.txt").write_text("moves = impossible")
    assert ran("run", "quickstart", "--sizes", "2", cwd=tmp_path).returncode == 0  # as make quickstart has by then
    told = [command for command in commands(page("README.md")) if not any("<" in word for word in command)]
    assert {"run", "judge", "leaderboard", "new-task", "check"} <= {command[0] for command in told}
    for command in told:
        needs_key = any(word.startswith(("openai/", "anthropic/")) for word in command)
        planned = ["--dry-run"] if needs_key and "--dry-run" not in command else []
        done = ran(*command, *planned, cwd=tmp_path)
        blank = command[0] in {"check", "run"} and "frog_jump" in command  # a new task must first be filled in
        assert done.returncode == (1 if blank else 0), (command, done.stdout + done.stderr)
        assert "Traceback" not in done.stderr


def test_the_recorded_answers_are_judged_as_the_readme_shows(tmp_path: Path) -> None:
    textbook = "examples/textbook_hanoi"
    run = str(tmp_path / "run")
    judged = ran("run", f"{textbook}/suite.toml", "--plugins", textbook, "--out", run, cwd=PROJECT)
    assert judged.returncode == 0, judged.stderr
    rows = [line.split() for line in ran("leaderboard", "--by-size", run, cwd=PROJECT).stdout.splitlines()]
    told = [line.removesuffix(" ...").split() for line in page("README.md").splitlines() if " replay/" in line]
    assert told == [row[: len(shown)] for row, shown in zip(rows[2:], told, strict=True)]


def test_the_suite_of_the_page_is_one() -> None:
    (block,) = blocks(page("docs/running.md"), "toml")
    shown = suite.validate(tomllib.loads(block), "docs/running.md")
    assert [model.name for model in shown.models][1] == "openai/gpt-4.1"
    assert set(suite.Suite.model_fields) - {"description"} <= set(tomllib.loads(block))


def test_every_exit_code_is_documented() -> None:
    told = set(re.findall(r"^\| (\d+) \|", page("docs/running.md"), re.MULTILINE))
    classes = [kind for kind in vars(errors).values() if isinstance(kind, type) and hasattr(kind, "exit_code")]
    assert {str(kind.exit_code) for kind in classes} | {"0", "4", "130"} == told


def test_every_tier_and_every_limit_of_a_program_is_explained() -> None:
    text = page("docs/sandbox.md")
    assert [name for name in TIERS if f"| `{name}` |" not in text] == []
    for name, field in suite.SandboxLimits.model_fields.items():
        assert re.search(rf"^\| `{name}` \| {field.default:g} \|", text, re.MULTILINE), name
    assert [limit for limit in get_args(Limit) if f"`{limit}`" not in text] == []


def test_every_outcome_is_defined_once_in_order() -> None:
    text = page("docs/outcomes.md")
    defined = re.findall(r"^\| `(\w+)` \|", text.split("## Never scored")[0], re.MULTILINE)
    assert defined == [str(outcome) for outcome in Outcome]
    assert all(f"`{kind}`" in text for kind in Unscored)


def test_every_field_of_every_record_is_explained(hanoi: Plugin, sandbox: Sandbox) -> None:
    question = pose(hanoi, 2)
    completion = Completion(text="```python\ndef solve(disks, start, goal): return []\n```", stop=Stop.END)
    trial = replace(TRIAL, size=2, mode="function/python")
    answer = answer_record(trial, completion, asked_at="", latency_seconds=0, attempts=1, cost_usd=None)
    judgement = judge(question, MODES["function/python"], completion, sandbox)
    verdict = verdict_record(answer, judgement, None)
    error = unanswered_record(trial, Unscored.PROVIDER_ERROR, "")
    turn = turn_record(trial, completion, latency_seconds=0, attempts=1)
    text = page("docs/records.md")
    for record in (answer, turn, verdict, error):
        assert [name for name in record if f"`{name}`" not in text] == []
        assert [
            name for name, value in record.items() if isinstance(value, dict) and name not in {"raw", "held_out"}
        ] == []


@pytest.mark.parametrize("name", ["README.md", *(f"docs/{file.name}" for file in (PROJECT / "docs").glob("*.md"))])
def test_every_link_and_file_that_a_page_names_is_there(name: str) -> None:
    text = page(name)
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    named = re.findall(r"`((?:docs|harness|tests|tasks|prompts|solvers|benchmarks)/[\w/.]+\.(?:md|py|lua|toml))`", text)
    missing = [link for link in links if not (PROJECT / name).parent.joinpath(link).exists()]
    missing += [file for file in named if not EXAMPLES.search(file) and not (PROJECT / file).exists()]
    assert missing == []
