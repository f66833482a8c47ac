"""The capacity commands, and what the page about them says."""

from __future__ import annotations

import doctest
import inspect
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from harness.cli.app import pegboard
from harness.cli.capacity import capacity
from harness.errors import PegboardError
from harness.memorization.formula import Formula, Status, every

PAGE = (Path(__file__).parent.parent / "docs" / "capacity.md").read_text("utf-8").split("## Measured")[0]

FILES = dict(re.findall(r"^`([\w.]+)`\n\n```\w+\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
SHOWN = re.findall(r"^```console\n\$ pegboard (.*?)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
(PYTHON,) = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def ran(*arguments: str) -> Result:
    return CliRunner().invoke(pegboard, ["capacity", *arguments])


def example(formula: Formula) -> str:
    """Where the page shows a function at work."""
    called = re.compile(rf"(?<!def )\b{formula.name}\(")
    for name, command in capacity.commands.items():
        if name != "measure" and command.callback and called.search(inspect.getsource(command.callback)):
            return f"`capacity {name}`"
    return "[Python](#in-python)"


def row(formula: Formula) -> str:
    """Of the page's table."""
    cells = (f"`{formula.name}`", f"`{formula.text}`", formula.unit, formula.source, str(formula.status))
    return " | ".join(["", *(cell.replace("|", r"\|") for cell in cells), example(formula), ""]).strip()


def note(formula: Formula) -> str:
    """Of the page's list."""
    return f"- `{formula.name}`: {formula.note}"


@pytest.fixture
def _files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, body in FILES.items():
        (tmp_path / name).write_text(body, "utf-8")
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("_files")
@pytest.mark.parametrize(("command", "shown"), SHOWN, ids=[command for command, _ in SHOWN])
def test_every_command_of_the_page_prints_what_the_page_shows(command: str, shown: str) -> None:
    done = ran(*command.split()[1:])
    assert done.exit_code == 0, done.output
    told, found = shown.split(), done.output.split()
    if "rarity" in command:  # builds of zlib differ by a few bytes
        assert [word for word in told if not word[0].isdigit()] == [word for word in found if not word[0].isdigit()]
        assert numbers(told) == pytest.approx(numbers(found), rel=0.07, abs=0.1)
    else:
        assert done.output == shown


def numbers(words: list[str]) -> list[float]:
    return [float(word.strip(":,.%")) for word in words if re.fullmatch(r"\d[\d.]*[:,.%]?", word)]


def test_every_command_is_shown_and_every_file_is_used() -> None:
    told = " ".join(command for command, _ in SHOWN)
    shown = {command.split()[1] for command, _ in SHOWN}
    assert set(capacity.commands) - {"measure"} == shown
    assert [name for name in FILES if name not in told] == []


def test_the_python_of_the_page_gives_what_the_page_shows() -> None:
    test = doctest.DocTestParser().get_doctest(PYTHON, {}, "docs/capacity.md", None, 0)
    told: list[str] = []
    assert doctest.DocTestRunner(verbose=False).run(test, out=told.append).failed == 0, "".join(told)


@pytest.mark.parametrize("formula", every(), ids=lambda formula: formula.name)
def test_every_function_is_in_the_table_with_an_example_that_calls_it(formula: Formula) -> None:
    assert row(formula) in PAGE.splitlines()
    assert not formula.note or note(formula) in PAGE.splitlines()
    if example(formula).startswith("["):
        assert f"{formula.name}(" in PYTHON


def test_the_table_has_no_function_that_is_not_there() -> None:
    told = re.findall(r"^\| `(\w+)` \| `", PAGE, re.MULTILINE)
    assert told == [formula.name for formula in every()]


def test_every_status_is_explained_and_what_is_not_solid_carries_a_note() -> None:
    assert [status for status in Status if f"- *{status}*" not in PAGE] == []
    doubtful = {Status.CONTRADICTED, Status.HEURISTIC}
    assert [formula.name for formula in every() if formula.status in doubtful and not formula.note] == []


@pytest.mark.usefixtures("_files")
@pytest.mark.parametrize("command", [command for command, _ in SHOWN])
def test_every_command_speaks_json_with_units_and_notes(command: str) -> None:
    done = ran(*command.split()[1:], "--json")
    answer = json.loads(done.stdout)
    assert set(answer) == {"values", "rows", "notes"}
    assert answer["values"] or answer["rows"]
    assert all(set(value) == {"value", "unit"} for value in answer["values"].values())
    assert len({tuple(one) for one in answer["rows"]}) <= 1
    assert "" not in [name for one in answer["rows"] for name in one]


def test_numbers_may_be_written_as_people_do() -> None:
    def counted(written: str) -> object:
        return json.loads(ran("bits", written, "--json").stdout)["values"]["parameters"]["value"]

    assert {counted(written) for written in ("1500000000", "1.5e9", "1.5B", "1,500M", "1_500_000k")} == {1_500_000_000}


def complaints() -> Iterator[tuple[tuple[str, ...], str]]:
    yield ("bits", "many"), "'many' is no number such as"
    yield ("bits", "0"), "params must be above 0, found 0"
    yield ("membership", "124M"), "give either SAMPLES or --f1"
    yield ("membership", "124M", "5", "--f1", "0.7"), "give either SAMPLES or --f1"
    yield ("membership", "124M", "--f1", "0.4"), "f1 must be between 0.5 and inf"
    yield ("extraction", "3", "2", "0", "1"), "3 of 2 training texts extracted is no rate"
    yield ("bounds", "1", "1", "--delta", "2"), "delta must be between 0 and 1, found 2"
    yield ("rarity", "nowhere.txt"), "'nowhere.txt' does not exist"
    yield ("rarity", "empty.txt"), "empty.txt holds nothing to read"
    yield ("rarity", "bad.jsonl"), "bad.jsonl:2 is no JSON"
    yield ("rarity", "list.jsonl"), "list.jsonl:1 is no JSON object"
    yield ("rarity", "dots.txt"), "dots.txt:1 has no words in its text"
    yield ("rarity", "half.jsonl"), "half.jsonl:2: mem_u must be a number, found None"
    yield ("rarity", "latin.txt"), "latin.txt is not UTF-8"
    yield ("rarity", "poem.txt", "--codec", "zip"), "unknown codec 'zip'"
    yield ("allocate", "poem.txt", "--capacity", "1"), "poem.txt is neither a .csv nor a .jsonl"
    yield ("allocate", "cheap.csv", "--capacity", "1"), "cheap.csv:2 lacks cost"
    yield ("allocate", "words.csv", "--capacity", "1"), "words.csv:2: cost must be a number, found 'dear'"
    yield ("grokking", "flat.csv"), "no rise that can be fitted"
    yield ("formulas", "mi_law"), "unknown formula 'mi_law'"


@pytest.mark.parametrize(("arguments", "complaint"), list(complaints()))
def test_what_cannot_be_is_told_with_its_place(
    arguments: tuple[str, ...], complaint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in {
        "empty.txt": "\n\n",
        "bad.jsonl": '{"text": "a"}\n{"text": \n',
        "list.jsonl": "[1]\n",
        "dots.txt": "...\n",
        "half.jsonl": '{"text": "a", "mem_u": 1}\n{"text": "b"}\n',
        "poem.txt": "one line\nand another\n",
        "cheap.csv": "name,value\na,1\n",
        "words.csv": "name,value,cost\na,1,dear\n",
        "flat.csv": "time,generalizing\n" + "".join(f"{time},0.5\n" for time in range(8)),
    }.items():
        Path(name).write_text(text, "utf-8")
    Path("latin.txt").write_bytes("Stra\xdfe".encode("latin-1"))
    done = ran(*arguments)
    assert done.exit_code != 0
    told = str(done.exception) if isinstance(done.exception, PegboardError) else done.output
    assert complaint in told


def test_sizing_says_when_no_size_fits() -> None:
    done = ran("size", "1B", "--tokens-per-param", "20")
    assert "no size meets both bounds" in done.output
    assert "no size" not in ran("size", "1B", "--tokens-per-param", "0.1").output
