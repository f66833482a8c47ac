"""The command at its edges: nobody who reads, nowhere to write, tasks that raise."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PEGBOARD = f'{sys.executable} -c "from harness.cli import main; main()"'
THIRD_PARTY = Path(__file__).parent / "fixtures" / "chinese_rings" / "chinese_rings"


def shell(command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command line in which PEGBOARD stands for the command; PIPESTATUS ends up on standard output."""
    script = f"set -o pipefail; {command.replace('PEGBOARD', PEGBOARD)}"
    return subprocess.run(["bash", "-c", script], cwd=cwd, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("cli")
    assert shell("PEGBOARD run quickstart --sizes 2 --out run", place).returncode == 0
    return place


@pytest.mark.parametrize(
    "command", ["leaderboard run", "tasks", "show tower_of_hanoi --size 3", "doctor", "leaderboard run --format md"]
)
def test_a_reader_that_goes_away_is_no_failure(finished: Path, command: str) -> None:
    done = shell(f"PEGBOARD {command} | true; echo ${{PIPESTATUS[0]}}", finished)
    assert done.stdout.strip() == "0"
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


def test_a_run_that_nobody_watches_ends_with_its_own_code(tmp_path: Path) -> None:
    done = shell("PEGBOARD run quickstart --sizes 2 --out good 2>&1 | true; echo ${PIPESTATUS[0]}", tmp_path)
    assert done.stdout.strip() == "0"
    assert len((tmp_path / "good" / "answers.jsonl").read_bytes().splitlines()) == 12
    refused = "run quickstart --model openai/x --base-url http://127.0.0.1:9/v1 --out refused"
    assert shell(f"PEGBOARD {refused} 2>&1 | true; echo ${{PIPESTATUS[0]}}", tmp_path).stdout.strip() == "6"


@pytest.mark.parametrize(
    "command",
    [
        "run quickstart --sizes 2 --out file",
        "run quickstart --sizes 2 --out file/below",
        "run quickstart --sizes 2 --out /proc/nowhere",
        f"run quickstart --sizes 2 --out {'x' * 300}",
        "new-task frog_jump --into file",
        "judge tower_of_hanoi --size 3 folder",
    ],
)
def test_a_place_that_cannot_be_used_is_one_line(tmp_path: Path, command: str) -> None:
    (tmp_path / "file").write_text("in the way")
    (tmp_path / "folder").mkdir()
    done = shell(f"PEGBOARD {command}", tmp_path)
    assert done.returncode in {1, 2}
    assert done.stderr.startswith(("Error: ", "Usage: "))
    assert "Traceback" not in done.stderr


def test_a_full_device_is_one_line(finished: Path) -> None:
    done = shell("PEGBOARD leaderboard run --format json > /dev/full", finished)
    assert done.returncode == 1
    assert "No space left" in done.stderr
    assert "Traceback" not in done.stderr


def test_what_no_terminal_can_show_is_escaped(tmp_path: Path) -> None:
    (tmp_path / "answer.txt").write_text('moves = [["\\ud83d", "a_1"]]')
    done = shell("PEGBOARD judge river_crossing --size 2 answer.txt", tmp_path)
    assert done.returncode == 0, done.stderr
    assert "\\ud83d" in done.stdout


@pytest.fixture
def broken_rings(tmp_path: Path) -> Path:
    """A run of a third party's task that has since learnt to fail while it judges."""
    subprocess.run(["cp", "-r", THIRD_PARTY, tmp_path / "mine"], check=True)
    flags = "--task chinese_rings --sizes 2-3 --mode enumerate --model oracle/perfect --plugins mine --out run"
    ran = shell(f"PEGBOARD run {flags}", tmp_path)
    assert ran.returncode == 0, ran.stderr
    rules = tmp_path / "mine" / "tasks" / "chinese_rings.py"
    rules.write_text(rules.read_text().replace("def solved(state: State) -> bool:", "def solved(state):\n    1 / 0"))
    return tmp_path


def test_rejudging_with_a_task_that_raises_blames_nobody_else(broken_rings: Path) -> None:
    done = shell("PEGBOARD rejudge run --plugins mine", broken_rings)
    assert done.returncode == 4, done.stderr
    assert "Traceback" not in done.stderr
    assert "2 answers have no verdict" in done.stderr
    errors = [json.loads(line) for line in (broken_rings / "run" / "errors.jsonl").read_text().splitlines()]
    assert {(error["error"], error["message"]) for error in errors} == {
        ("harness_error", "ZeroDivisionError: division by zero")
    }


def test_judging_with_a_task_that_raises_is_one_line(broken_rings: Path) -> None:
    done = shell("echo 'moves = [1, 2, 1]' | PEGBOARD judge chinese_rings --size 2 --plugins mine", broken_rings)
    assert done.returncode == 1
    assert "chinese_rings failed while judging: ZeroDivisionError" in done.stderr
    assert "Traceback" not in done.stderr


def test_verdicts_that_are_damaged_are_built_anew(finished: Path, tmp_path: Path) -> None:
    subprocess.run(["cp", "-r", finished / "run", tmp_path / "run"], check=True)
    (tmp_path / "run" / "verdicts.jsonl").write_text("damaged\n")
    assert shell("PEGBOARD leaderboard run", tmp_path).returncode == 5
    assert shell("PEGBOARD rejudge run", tmp_path).returncode == 0
    assert shell("PEGBOARD leaderboard run", tmp_path).returncode == 0


@pytest.mark.skipif(shutil.which("script") is None, reason="script, which makes a terminal, is not installed")
def test_names_are_whole_on_a_narrow_terminal(finished: Path) -> None:
    environment = {**os.environ, "COLUMNS": "80", "TERM": "xterm"}
    script = f"{PEGBOARD} leaderboard run"
    done = subprocess.run(
        ["script", "-qec", script, "/dev/null"], cwd=finished, env=environment, capture_output=True, check=False
    )
    assert done.returncode == 0
    assert done.stdout.count(b"oracle/perfect") == 6


def a_task(root: Path, name: str, old: str, new: str) -> None:
    """The third party's task under another name, changed in one place."""
    shutil.copytree(THIRD_PARTY, root, dirs_exist_ok=True)
    for file in [*root.rglob("chinese_rings.*")]:
        file.rename(file.with_name(file.name.replace("chinese_rings", name)))
    rules = root / "tasks" / f"{name}.py"
    text = rules.read_text().replace('name="chinese_rings"', f'name="{name}"')
    assert old in text
    rules.write_text(text.replace(old, new))


def test_a_task_that_cannot_be_used_is_listed_as_such_beside_the_others(tmp_path: Path) -> None:
    (tmp_path / "mine" / "tasks").mkdir(parents=True)
    (tmp_path / "mine" / "tasks" / "a_broken_one.py").write_text("raise SystemExit(0)\n")
    done = shell("PEGBOARD tasks --plugins mine", tmp_path)
    assert done.returncode == 1
    assert "a_broken_one  cannot be used" in done.stdout
    assert {"river_crossing", "tower_of_hanoi"} <= set(done.stdout.split())


def test_a_task_that_ends_the_process_does_not_pass_for_one_that_conforms(tmp_path: Path) -> None:
    a_task(
        tmp_path / "mine", "quitter", "def solved(state: State) -> bool:", "def solved(state):\n    raise SystemExit"
    )
    done = shell("PEGBOARD check quitter --plugins mine", tmp_path)
    assert done.returncode == 1
    assert "SystemExit" in done.stderr


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("show river_crossing --size 1000000", "sizes end at 10,000"),
        ("run --task tower_of_hanoi --sizes 1000000 --model oracle/none --dry-run", "sizes end at 10,000"),
        (f"run --task tower_of_hanoi --sizes 1-{10**30} --model oracle/none --dry-run", "more than 10,000 numbers"),
        (r"run quickstart --model $'openai/\xff' --base-url http://127.0.0.1:9/v1", "names no model"),
    ],
)
def test_what_nobody_can_ask_is_refused_at_once(tmp_path: Path, command: str, told: str) -> None:
    done = shell(f"PEGBOARD {command}", tmp_path)
    assert done.returncode == 2, done.stderr
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_an_error_of_the_system_is_one_line_in_a_group_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from harness.cli import app

    def full() -> None:
        raise ExceptionGroup("judges", [ExceptionGroup("workers", [OSError(28, "No space left on device", "a.jsonl")])])

    monkeypatch.setattr(app.pegboard.commands["doctor"], "callback", full)
    monkeypatch.setattr(sys, "argv", ["pegboard", "doctor"])
    with pytest.raises(SystemExit, match="1"):
        app.main()
    assert "a.jsonl: No space left on device" in capsys.readouterr().err


def test_a_solution_of_what_is_certified_to_have_none_is_told_after_a_run_and_a_rejudging(tmp_path: Path) -> None:
    certified = 'Certificate("solvable", distance(start(arguments)), "closed form, Gray code")'
    a_task(tmp_path / "mine", "rings", certified, 'Certificate("unsolvable", None, "wrongly")')
    flags = "--task rings --sizes 2 --mode enumerate --model oracle/perfect --plugins mine --out run"
    for command in (f"run {flags}", "rejudge run"):
        done = shell(f"PEGBOARD {command}", tmp_path)
        assert done.returncode == 0, done.stderr
        assert "rings size 2 seed 0 bar is certified unsolvable and was solved" in done.stderr
