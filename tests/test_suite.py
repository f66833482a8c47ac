"""What a suite may say, and that whatever it may not is told with the key at fault before anything is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from harness import suite
from harness.errors import PegboardError, UsageError
from harness.modes import find
from harness.plan import plan, token_floor
from harness.plugins import Plugin
from harness.question import pose
from harness.suite import validate
from harness.task import Certificate, Instance

KNOWN = Certificate("solvable", fewest_moves=1, method="by hand")
GRID = {"task": "tower_of_hanoi", "sizes": [3]}
SUITE: dict[str, Any] = {"name": "mine", "grid": [GRID]}


@pytest.mark.parametrize("file", suite.bundled().values(), ids=suite.bundled())
def test_a_bundled_suite_is_valid_and_comes_back_from_its_json(file: Path) -> None:
    read = suite.read(file)
    assert validate(read.model_dump(mode="json"), "run.json") == read


def test_whole_numbers_will_do_where_others_may_stand() -> None:
    models = [{"name": "openai/m", "price": {"input": 2, "output": 8}}]
    assert validate({**SUITE, "models": models, "sampling": {"temperature": 1}}, "here").models[0].price is not None


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        *(({"name": name}, "name") for name in ("", "/tmp/x", "../up", "a/b", "a\nb", "a\n", ".", "..", ".x", "-x", 3)),
        *(
            ({"grid": [{**GRID, "sizes": sizes}]}, "grid.0.sizes")
            for sizes in ([], ["3"], [True], [4.0], 3, [2**63], list(range(10_001)))
        ),
        ({"grid": [{**GRID, "seeds": []}]}, "grid.0.seeds"),
        ({"grid": [{**GRID, "seeds": [True]}]}, "grid.0.seeds.0"),
        ({"grid": [{**GRID, "seeds": list(range(10_001))}]}, "grid.0.seeds"),
        ({"grid": [{**GRID, "modes": []}]}, "grid.0.modes"),
        ({"grid": [{**GRID, "repeats": 10_001}]}, "grid.0.repeats"),
        ({"grid": [{**GRID, "repeats": True}]}, "grid.0.repeats"),
        ({"grid": [None]}, "grid.0"),
        *(({"sampling": {"temperature": odd}}, "sampling.temperature") for odd in (float("inf"), float("nan"), "1")),
        ({"sampling": {"max_tokens": 10**400}}, "sampling.max_tokens"),
        ({"limits": {"cpu_seconds": float("inf")}}, "limits.cpu_seconds"),
        ({"limits": {"wall_seconds": 1e300}}, "limits.wall_seconds"),
        ({"models": [{"name": "a/b", "price": {"input": float("nan"), "output": 1}}]}, "models.0.price.input"),
        ({"models": [3]}, "models.0"),
        ({"description": 3}, "description"),
    ],
)
def test_a_value_that_cannot_be_meant_is_refused_with_its_key(changed: Mapping[str, Any], key: str) -> None:
    with pytest.raises(UsageError, match=rf"^mine\.toml: {key}\b"):
        validate({**SUITE, **changed}, "mine.toml")


def test_a_suite_that_is_no_table_is_refused() -> None:
    with pytest.raises(UsageError, match=r"run\.json"):
        validate([], "run.json")


@pytest.mark.parametrize("text", [b"name = ", b"\xff", b"a = " + b"[" * 100_000, b"a = " + b"1" * 5_000])
def test_a_file_that_is_no_toml_is_told(tmp_path: Path, text: bytes) -> None:
    file = tmp_path / "mine.toml"
    file.write_bytes(text)
    with pytest.raises(UsageError, match=r"mine\.toml is not TOML"):
        suite.read(file)


def test_a_tower_whose_moves_no_float_can_count_is_marked_and_not_asked(hanoi: Plugin) -> None:
    asked = validate({**SUITE, "models": ["oracle/none"], "grid": [{**GRID, "sizes": [1100]}]}, "here")
    cells = plan(asked, {"tower_of_hanoi": hanoi})
    assert (cells[0].mode.name, cells[0].asked, cells[0].token_floor) == ("enumerate", False, 6 * (2**1100 - 1))


def test_a_token_floor_is_rounded(hanoi: Plugin) -> None:
    narrow = replace(hanoi, puzzle=replace(hanoi.puzzle, tokens_per_move=2.6))
    assert token_floor(find("enumerate"), pose(narrow, 1)) == 3


def _raising(error: BaseException) -> Callable[..., Any]:
    def pose_(size: int, seed: int, variant: str) -> Any:
        raise error

    return pose_


def _recurring(size: int, seed: int, variant: str) -> Any:
    return _recurring(size, seed, variant)


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (_raising(KeyError("x")), "KeyError: 'x'"),
        (_raising(NotImplementedError("pose")), "NotImplementedError: pose"),
        (_raising(OverflowError("too large")), "OverflowError"),
        (_raising(MemoryError()), "MemoryError"),
        (_raising(SystemExit(3)), "SystemExit: 3"),
        (_recurring, "RecursionError"),
        (lambda size, seed: None, "TypeError"),
        (lambda size, seed, variant: None, "returned NoneType"),
        (lambda size, seed, variant: Instance({}, None), "certificate is NoneType"),  # type: ignore[arg-type]
        (lambda size, seed, variant: Instance({"n": {1}}, KNOWN), "no mapping of names to plain JSON data"),
        (lambda size, seed, variant: Instance([1], KNOWN), "no mapping of names"),  # type: ignore[arg-type]
    ],
)
def test_whatever_a_task_raises_when_it_poses_is_told_with_its_name(
    hanoi: Plugin, fault: Callable[..., Any], told: str
) -> None:
    broken = replace(hanoi, puzzle=replace(hanoi.puzzle, pose=fault))
    with pytest.raises(PegboardError, match=rf"tower_of_hanoi cannot pose size 3, .*{told}") as failed:
        pose(broken, 3)
    assert not isinstance(failed.value, UsageError)
    assert "tower_of_hanoi.py" in failed.value.next_step


def test_a_size_that_a_task_refuses_is_the_users_to_change(hanoi: Plugin) -> None:
    with pytest.raises(UsageError, match="fewer than 1 disk"):
        pose(hanoi, 0)


def test_a_size_whose_moves_cannot_be_counted_in_writing_is_refused(hanoi: Plugin) -> None:
    counted = Instance({"size": 3}, Certificate("solvable", fewest_moves=2**20_000, method="closed form"))
    steep = replace(hanoi, puzzle=replace(hanoi.puzzle, pose=lambda size, seed, variant: counted))
    with pytest.raises(UsageError, match="too many moves"):
        pose(steep, 3)


def test_a_size_beyond_all_reason_is_refused_before_it_is_posed(hanoi: Plugin) -> None:
    with pytest.raises(UsageError, match=r"sizes end at 10,000"):
        pose(hanoi, 10**12)


def test_a_setting_that_a_protocol_has_no_place_for_is_in_no_trial(hanoi: Plugin) -> None:
    sampling = {"max_tokens": 4000, "thinking_budget": 2000}
    asked = validate({**SUITE, "models": ["openai/x", "anthropic/x"], "sampling": sampling}, "here")
    budgets = {cell.model.name: cell.sampling.thinking_budget for cell in plan(asked, {"tower_of_hanoi": hanoi})}
    assert budgets == {"openai/x": None, "anthropic/x": 2000}


def test_thinking_must_leave_room_for_an_answer() -> None:
    sampling = {"max_tokens": 2000, "thinking_budget": 2000}
    with pytest.raises(UsageError, match="thinking_budget"):
        validate({**SUITE, "models": ["anthropic/x"], "sampling": sampling}, "here")
