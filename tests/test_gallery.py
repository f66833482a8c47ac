"""The page that shows every task, and the command that prints it."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from harness.gallery import LONG_SEARCH, gallery
from harness.modes import MODES
from harness.plugins import Plugin, discover, load
from harness.question import variants
from harness.task import Certificate, Instance

PROJECT = Path(__file__).parent.parent
PEGBOARD = (sys.executable, "-c", "from harness.cli import main; main()")
THIRD_PARTY = PROJECT / "tests" / "fixtures" / "chinese_rings" / "chinese_rings"


@pytest.fixture(scope="module")
def bundled() -> list[Plugin]:
    return [load(files) for files in discover().values() if files.root.origin == "bundled"]


@pytest.fixture(scope="module")
def page(bundled: list[Plugin]) -> str:
    return gallery(bundled)


def pegboard(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*PEGBOARD, *arguments], capture_output=True, text=True, check=False)


def test_the_page_in_the_repository_is_what_the_command_prints(page: str) -> None:
    written = (PROJECT / "docs" / "tasks.md").read_text("utf-8")
    assert written == page + "\n", "make it anew: pegboard gallery > docs/tasks.md"


def test_the_page_shows_every_task_kind_disguise_and_mode(page: str, bundled: list[Plugin]) -> None:
    for plugin in bundled:
        assert f"\n## {plugin.puzzle.title}\n" in page
        for name in (plugin.name, *plugin.puzzle.variants, *plugin.puzzle.disguises):
            assert f"`{name}`" in page
    told = re.findall(r"^\| `(\w+)(?:/\S+)?` \|", page.partition("\n## ")[0], re.MULTILINE)
    assert {mode.partition("/")[0] for mode in MODES} == {*told}


def test_the_first_table_counts_the_variants(page: str, bundled: list[Plugin]) -> None:
    total = sum(len(variants(plugin.puzzle)) for plugin in bundled)
    assert f"| all |  |  |  | {total} |" in page


def test_a_task_is_shown_from_its_start_to_its_goal(hanoi: Plugin) -> None:
    shown = gallery([hanoi])
    assert "start of size 3\n\n   |       |       |\n  [1]      |       |\n" in shown
    assert "after 7 moves\n\n   |       |       |\n   |       |      [1]\n" in shown
    assert "moves = [[1,0,2],[2,0,1],[1,2,1],[3,0,2],[1,1,0],[2,1,2],[1,0,2]]" in shown
    assert "| `tower` | 20 | 1,048,575 | 4,194,300 |  | closed form 2^n - 1 |  |" in shown


def test_where_a_task_comes_from_is_what_its_file_says_first(hanoi: Plugin) -> None:
    assert "Tower of Hanoi (Edouard Lucas, 1883)." in gallery([hanoi])
    assert "Three pegs 0, 1, 2 and n disks" not in gallery([hanoi])


def test_every_line_of_a_table_has_as_many_cells_as_its_head(page: str) -> None:
    for table in re.findall(r"(?:^\|.*\n)+", page, re.MULTILINE):
        assert len({line.replace(r"\|", "").count("|") for line in table.splitlines()}) == 1, table


def test_sizes_beyond_a_long_search_are_left_out_and_named(hanoi: Plugin) -> None:
    def pose(size: int, seed: int, variant: str) -> Instance:
        assert size <= 4, "posed beyond a long search"
        posed = hanoi.puzzle.pose(size, seed, variant).arguments
        return Instance(posed, Certificate("solvable", 2**size - 1, "search | by hand", LONG_SEARCH * size // 3))

    shown = gallery([replace(hanoi, puzzle=replace(hanoi.puzzle, pose=pose, disguises={}))])
    assert "Left out, because searching takes long: `tower` above size 4, `scattered` above size 4." in shown
    assert re.search(r"\| `tower` \| 4 \| 15 \| 60 \| \d+% \| search \\\| by hand \| 66,666 \|", shown)


def test_kinds_without_a_solution_are_named_beside_those_that_they_look_like(hanoi: Plugin) -> None:
    def pose(size: int, seed: int, variant: str) -> Instance:
        posed = hanoi.puzzle.pose(size, seed, "tower")
        return posed if variant == "tower" else replace(posed, certificate=Certificate("unsolvable", None, "proof"))

    puzzle = replace(hanoi.puzzle, variants=("tower", "stuck"), twins={"stuck": "tower"}, pose=pose)
    shown = gallery([replace(hanoi, puzzle=puzzle)])
    assert "`stuck` looks like `tower`, but has no solution." in shown
    assert "| `stuck` | 20 | none |  |  | proof |  |" in shown
    assert 'the right answer is "impossible"' in shown


def test_the_command_shows_the_tasks_that_it_is_told_to() -> None:
    done = pegboard("gallery", "chinese_rings", "--plugins", str(THIRD_PARTY))
    assert done.returncode == 0, done.stderr
    assert re.findall(r"^## (.*)", done.stdout, re.MULTILINE) == ["Chinese rings"]
    assert pegboard("gallery", "chinese_ring").returncode == 2


def test_show_draws_the_start_beside_the_certificate() -> None:
    done = pegboard("show", "tower_of_hanoi", "--size", "2")
    assert done.stderr.startswith("  |     |     |\n [1]    |     |\n[=2=]   |     |\n--0-----1-----2--\n\ncertificate")
    assert "[=2=]" not in done.stdout
    assert "in the names of the bare puzzle:" not in done.stderr
    disguised = pegboard("show", "tower_of_hanoi", "--size", "2", "--variant", "tower.depot")
    assert "in the names of the bare puzzle:\n" in disguised.stderr
