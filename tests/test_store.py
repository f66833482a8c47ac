"""A run's folder: one process at a time, whole files or none, and nothing believed that was not written by us."""

from __future__ import annotations

import json
import os
import time
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from harness.errors import RunFolderError
from harness.store import RunFolder

BLOCK = {"model": "oracle/none", "task": "t", "variant": "v", "mode": "enumerate", "size": 1, "infeasible": None}
RUN: dict[str, Any] = {
    "suite": {"name": "mine"},
    "plugins": [],
    "tasks": {"t": {"version": 1, "sha256": "00", "from": "bundled"}},
    "planned": [{**BLOCK, "cells": 1, "trials": 1}],
}


def created(path: Path, at: float) -> bool:
    time.sleep(max(0.0, at - time.time()))
    try:
        RunFolder(path).create({**RUN, "created": str(os.getpid())})
    except RunFolderError:
        return False
    return True


def test_of_many_processes_that_begin_a_run_in_one_folder_one_does(tmp_path: Path) -> None:
    with get_context("spawn").Pool(4) as pool:
        pool.map(time.sleep, [0.05] * 8)
        for number in range(20):
            at = time.time() + 0.03
            won = pool.starmap(created, [(tmp_path / str(number), at)] * 4, chunksize=1)
            assert won.count(True) == 1


def test_a_folder_that_holds_a_run_is_not_begun_again(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path / "run")
    folder.create(RUN)
    before = folder.run_file.read_bytes()
    with pytest.raises(RunFolderError, match="already holds a run"):
        folder.create({**RUN, "plugins": ["/other"]})
    assert folder.run_file.read_bytes() == before


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[]", "the whole file"),
        ("{", "damaged"),
        ("[" * 100_000, "damaged"),
        ('{"format": 7}', "format 7"),
        *((json.dumps({"format": 2, **{key: RUN[key] for key in RUN if key != missing}}), missing) for missing in RUN),
        (json.dumps({"format": 2, **RUN, "planned": [None]}), r"planned\.0"),
        (json.dumps({"format": 2, **RUN, "planned": [{**BLOCK, "cells": 1}]}), r"planned\.0\.trials"),
        (json.dumps({"format": 2, **RUN, "tasks": {"t": {}}}), r"tasks\.t\.version"),
    ],
)
def test_a_run_file_that_cannot_be_used_is_named_with_what_is_wrong(tmp_path: Path, text: str, told: str) -> None:
    folder = RunFolder(tmp_path)
    folder.run_file.write_text(text)
    with pytest.raises(RunFolderError, match=rf"run\.json .*{told}"):
        folder.run()


def test_a_name_that_is_no_text_comes_back_from_the_run_file(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path / "run")
    folder.create({**RUN, "plugins": ["/tmp/\udcff"]})
    assert folder.run()["plugins"] == ["/tmp/\udcff"]


def test_a_new_plan_takes_the_place_of_the_old_and_of_nothing_else(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path / "run")
    folder.create(RUN)
    marked = [{**BLOCK, "infeasible": "unsolvable", "cells": 1, "trials": 1}]
    with folder.locked():
        folder.replace_plan(marked)
    assert folder.run() == {"format": 2, **RUN, "planned": marked}
    assert not (folder.path / "run.json.new").exists()


def test_verdicts_that_are_rebuilt_replace_the_old_only_when_all_went_well(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path)
    with folder.rebuilding_verdicts() as verdicts:
        verdicts.append({"key": "old"})
    with pytest.raises(KeyboardInterrupt), folder.rebuilding_verdicts() as verdicts:  # noqa: PT012
        verdicts.append({"key": "new"})
        raise KeyboardInterrupt
    assert [record["key"] for record in folder.verdicts()] == ["old"]
    assert [file.name for file in tmp_path.iterdir()] == ["verdicts.jsonl"]
