"""A task of a third party is found, checked and run like a bundled one, from a folder and from an installed wheel."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from harness.errors import PegboardError, UsageError
from harness.plugins import Plugin, discover, find
from harness.sandbox.protocol import Sandbox
from harness.scaffold import write
from harness.testing import conformance, lacking

PROJECT = Path(__file__).parent.parent
PACKAGE = PROJECT / "examples" / "peg_solitaire"
RINGS = Path(__file__).parent / "fixtures" / "chinese_rings" / "chinese_rings"
PEGBOARD = (sys.executable, "-c", "from harness.cli import main; main()")


def ran(*command: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False)


def test_every_bundled_task_conforms(plugins: Mapping[str, Plugin], sandbox: Sandbox) -> None:
    problems = {name: [f for f in conformance(plugin, sandbox) if not f.good] for name, plugin in plugins.items()}
    assert {"tower_of_hanoi", "river_crossing"} <= {*problems}
    assert {name: found for name, found in problems.items() if found} == {}


def test_a_folder_given_with_plugins_is_a_root_of_tasks(sandbox: Sandbox) -> None:
    plugin = find("chinese_rings", [RINGS])
    assert [finding for finding in conformance(plugin, sandbox) if not finding.good] == []


def test_a_check_notes_what_a_task_could_have_besides_and_is_passed_without_it(tmp_path: Path) -> None:
    done = ran(*PEGBOARD, "check", "chinese_rings", "--plugins", RINGS, cwd=tmp_path)
    assert done.returncode == 0, done.stdout
    notes = [line.removeprefix("note  ") for line in done.stdout.splitlines() if line.startswith("note")]
    (unasked,) = [note for note in notes if note.startswith("not asked in ")]
    assert unasked.endswith("next, chunks/5, solvable: write prompts/chinese_rings.md")
    assert "enumerate" not in unasked
    assert [note.partition(":")[0] for note in notes[1:]] == ["no disguise", "no twins", "its states are not drawn"]


def test_a_mode_that_a_task_cannot_be_asked_in_is_noted_with_what_it_waits_for() -> None:
    plugin = find("peg_solitaire", [PACKAGE / "peg_solitaire"])
    assert [*lacking(plugin)] == []
    without = replace(plugin, puzzle=replace(plugin.puzzle, resume=None), solvers={})
    assert [*lacking(without)] == [
        "not asked in algorithm: write solvers/peg_solitaire.py",
        "not asked in next, chunks/5: give the Puzzle resume",
    ]


def test_a_root_that_is_given_twice_is_one_root(tmp_path: Path) -> None:
    (tmp_path / "rings").symlink_to(RINGS)
    assert discover([RINGS, tmp_path / "rings", PROJECT]) == discover([RINGS])


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment that holds nothing but the wheels of Pegboard and of the third party."""
    place = tmp_path_factory.mktemp("wheels")
    source = place / PACKAGE.name
    shutil.copytree(PACKAGE, source)
    for project in (PROJECT, source):
        built = ran(sys.executable, "-m", "build", "--wheel", "--outdir", place / "dist", project, cwd=place)
        assert built.returncode == 0, built.stderr
    venv.create(place / "environment", with_pip=True)
    pip = place / "environment" / "bin" / "pip"
    added = ran(pip, "install", "--quiet", *(place / "dist").glob("*.whl"), cwd=place)
    assert added.returncode == 0, added.stderr
    return place / "environment" / "bin"


def test_a_wheel_brings_the_bundled_tasks_and_finds_a_third_partys(installed: Path, tmp_path: Path) -> None:
    listed = ran(installed / "pegboard", "tasks", cwd=tmp_path)
    assert listed.returncode == 0, listed.stderr
    assert {"tower_of_hanoi", "river_crossing", "peg_solitaire"} <= set(listed.stdout.split())
    checked = ran(installed / "pegboard", "check", "peg_solitaire", cwd=tmp_path)
    assert checked.returncode == 0, checked.stdout
    assert checked.stdout.endswith("peg_solitaire: conforms\n")


SUITE = """name = "third-party"
models = ["oracle/perfect", "oracle/none"]

[[grid]]
task = "peg_solitaire"
sizes = [3, 4]
variants = ["line", "line.camps", "stuck", "stuck.camps"]
modes = ["enumerate", "compact", "function/python", "function/lua", "simulated/python", "simulated/lua", "algorithm",
  "next", "chunks/2", "solvable"]

[[grid]]
task = "tower_of_hanoi"
sizes = [2]
modes = ["enumerate", "function/lua"]
"""


def test_an_installed_third_partys_task_is_run_in_every_mode_and_disguise(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "suite.toml").write_text(SUITE)
    run = ran(installed / "pegboard", "run", "suite.toml", "--out", "run", cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    verdicts = [json.loads(line) for line in (tmp_path / "run" / "verdicts.jsonl").read_text().splitlines()]
    assert {verdict["task"] for verdict in verdicts} == {"peg_solitaire", "tower_of_hanoi"}
    outcomes = {(verdict["model"], verdict["outcome"]) for verdict in verdicts}
    assert outcomes == {("oracle/perfect", "solved"), ("oracle/none", "empty_output")}


def test_a_wheel_puts_nothing_but_harness_into_site_packages(installed: Path) -> None:
    (site,) = (installed.parent / "lib").glob("python*/site-packages")
    assert (site / "harness" / "bundled" / "tasks" / "tower_of_hanoi.py").is_file()
    assert not [name for name in ("tasks", "prompts", "solvers", "tests") if (site / name).exists()]


FILLED_IN = {
    'raise NotImplementedError("pose")  # FILL IN what follows, and remove this line\n    ': "",
    'raise NotImplementedError("apply")': "return (move, *(thing for thing in state if thing != move))",
    'raise NotImplementedError("solved")': "return list(state) == sorted(state)",
    'raise NotImplementedError("moves")': "yield from state",
}


def test_a_new_task_conforms_once_it_is_filled_in(tmp_path: Path) -> None:
    written = ran(*PEGBOARD, "new-task", "to_front", "--into", "mine", cwd=tmp_path)
    assert written.returncode == 0, written.stderr
    unfilled = ran(*PEGBOARD, "check", "to_front", "--plugins", "mine", cwd=tmp_path)
    assert unfilled.returncode == 1
    assert "NotImplementedError: pose" in unfilled.stdout
    rules = tmp_path / "mine" / "tasks" / "to_front.py"
    text = rules.read_text()
    for blank, filling in FILLED_IN.items():
        assert blank in text
        text = text.replace(blank, filling)
    rules.write_text(text)
    for prompt in (tmp_path / "mine" / "prompts").iterdir():
        assert "FILL IN" in prompt.read_text()
        prompt.write_text(prompt.read_text().replace("FILL IN", "a thing of the row, which goes to its front"))
    solvers = tmp_path / "mine" / "solvers"
    (solvers / "to_front.py").write_text("def solve(row):\n    return sorted(row, reverse=True)\n")
    (solvers / "to_front.lua").write_text(
        "function solve(row)\n  table.sort(row, function(a, b) return a > b end)\n  return row\nend\n"
    )
    filled = ran(*PEGBOARD, "check", "to_front", "--plugins", "mine", cwd=tmp_path)
    assert filled.returncode == 0, filled.stdout
    assert "not asked in" not in filled.stdout
    again = ran(*PEGBOARD, "new-task", "to_front", "--into", "mine", cwd=tmp_path)
    assert again.returncode == 2
    assert "exists already" in again.stderr


@pytest.mark.parametrize(
    "name", ["_foo", "class", "tower_of_hanoi", "Foo", "3d", "frog-jump", "caf\u00e9", "a/b", "a\n"]
)
def test_a_name_that_a_new_task_cannot_have_is_refused_and_nothing_is_written(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError) as refused:
        list(write(name, tmp_path))
    assert refused.value.next_step
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        ("broken.py", "def (", "broken.py:1"),
        ("broken.py", "import nowhere_at_all", "broken.py:1"),
        ("broken.py", "puzzle = 3", "does not define a puzzle"),
        ("tower_of_hanoi.py", "", "two tasks are called tower_of_hanoi"),
    ],
)
def test_a_task_file_that_cannot_be_used_is_named(tmp_path: Path, file: str, text: str, told: str) -> None:
    (tmp_path / "tasks").mkdir()
    (tmp_path / "tasks" / file).write_text(text)
    failed = ran(*PEGBOARD, "check", file[:-3], "--plugins", tmp_path, cwd=tmp_path)
    assert failed.returncode != 0
    assert told in failed.stderr
    assert "Traceback" not in failed.stderr


FEATURELESS = """from harness import Certificate, Instance, Puzzle

def nothing(*_): ...

puzzle = Puzzle(**{**dict(name="odd", title="Odd", version=1, sizes=(1,), variants=("v",), pose=nothing, start=nothing,
                          parse=nothing, apply=nothing, solved=nothing), **dict(CHANGED)})
"""


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ("name='even'", "the puzzle is called 'even'"),
        ("version='1'", "version is '1'"),
        ("sizes=()", "sizes is"),
        ("sizes=3", "sizes is 3"),
        ("sizes=(True,)", "sizes is"),
        ("variants=()", "variants is"),
        ("variants='standard'", "variants is 'standard'"),
        ("held_out=('2',)", "held_out is"),
        ("tokens_per_move=float('nan')", "tokens_per_move is nan"),
        ("tokens_per_move='ten'", "tokens_per_move is 'ten'"),
        ("pose=None", "pose is None"),
        ("distance=3", "distance is 3"),
    ],
)
def test_a_field_of_a_puzzle_that_cannot_be_used_is_named(tmp_path: Path, changed: str, told: str) -> None:
    (tmp_path / "tasks").mkdir()
    (tmp_path / "tasks" / "odd.py").write_text(FEATURELESS.replace("CHANGED", ""))
    assert find("odd", [tmp_path]).puzzle.sizes == (1,)
    (tmp_path / "tasks" / "odd.py").write_text(FEATURELESS.replace("CHANGED", changed))
    with pytest.raises(PegboardError, match=rf"odd\.py: {told}"):
        find("odd", [tmp_path])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b"\n1 / 0", r":2: ZeroDivisionError"),
        (b"raise SystemExit(3)", r":1: SystemExit: 3"),
        (b"def f(): f()\nf()", r":1: RecursionError"),
        (b"puzzle = '\xff'", r": SyntaxError"),
        (b"\0", r": SyntaxError"),
        (b"import broken_neighbour", r":1: SyntaxError"),
    ],
)
def test_whatever_a_task_file_raises_is_told_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: bytes, told: str
) -> None:
    (tmp_path / "tasks").mkdir()
    (tmp_path / "tasks" / "odd.py").write_bytes(text)
    (tmp_path / "broken_neighbour.py").write_text("\n\n\ndef (")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(PegboardError, match=rf"odd\.py(:\d)?{told}" if told.startswith(": ") else rf"odd\.py{told}"):
        find("odd", [tmp_path])


def test_a_prompt_that_is_no_text_is_named(tmp_path: Path) -> None:
    for folder in ("tasks", "prompts"):
        (tmp_path / folder).mkdir()
    (tmp_path / "tasks" / "odd.py").write_text(FEATURELESS.replace("CHANGED", ""))
    prompt = tmp_path / "prompts" / "odd.enumerate.md"
    prompt.write_bytes(b"caf\xe9")
    with pytest.raises(PegboardError, match=r"odd\.enumerate\.md cannot be read: .*utf-8"):
        find("odd", [tmp_path])
    prompt.unlink()
    prompt.mkdir()
    with pytest.raises(PegboardError, match=r"odd\.enumerate\.md"):
        find("odd", [tmp_path])


def test_a_root_that_does_not_exist_is_told(tmp_path: Path) -> None:
    failed = ran(*PEGBOARD, "tasks", "--plugins", tmp_path / "nowhere", cwd=tmp_path)
    assert failed.returncode == 2
    assert os.fspath(tmp_path / "nowhere") in failed.stderr
