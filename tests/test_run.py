"""A whole run, as the command line makes it: what is stored, what is resumed, what a kill costs, what is refused."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from loopback import Loopback

PEGBOARD = [sys.executable, "-c", "from harness.cli import main; main()"]


def pegboard(*arguments: str, cwd: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run([*PEGBOARD, *arguments], cwd=cwd, input=stdin, capture_output=True, text=True, check=False)


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text().splitlines()]


def test_the_oracle_solves_and_silence_does_not(tmp_path: Path) -> None:
    ran = pegboard("run", "quickstart", "--sizes", "2-3", "--out", "run", cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    verdicts = lines(tmp_path / "run" / "verdicts.jsonl")
    outcomes = {(verdict["model"], verdict["outcome"]) for verdict in verdicts}
    assert outcomes == {("oracle/perfect", "solved"), ("oracle/none", "empty_output")}
    programs = [v for v in verdicts if v["model"] == "oracle/perfect" and v["mode"] != "enumerate"]
    assert all(verdict["generalizes_to"] for verdict in programs)


def test_the_sample_answers_end_as_they_are_meant_to(tmp_path: Path) -> None:
    ran = pegboard("run", "sample-answers", "--out", "run", cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    told = [verdict["outcome"] for verdict in lines(tmp_path / "run" / "verdicts.jsonl")]
    assert sorted(told) == sorted(
        ["solved"] * 6
        + ["illegal_move", "gave_up", "gave_up", "truncated", "claimed_unsolvable", "code_timeout"]
        + ["wrong_final_state"] * 2
    )


def test_a_killed_run_loses_no_answer_and_asks_nothing_twice(tmp_path: Path) -> None:
    arguments = ["run", "--task", "tower_of_hanoi", "--sizes", "1-5", "--seeds", "0-3", "--model", "oracle/perfect"]
    process = subprocess.Popen([*PEGBOARD, *arguments, "--out", "run"], cwd=tmp_path, stderr=subprocess.DEVNULL)
    answers = tmp_path / "run" / "answers.jsonl"
    while not answers.exists() or answers.stat().st_size < 5_000:
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    with answers.open("ab") as torn:
        torn.write(b'{"key": "torn in the mid')
    before = list(answers.read_bytes().splitlines()[:-1])
    resumed = pegboard("resume", "run", cwd=tmp_path)
    assert resumed.returncode == 0, resumed.stderr
    after = lines(answers)
    assert answers.read_bytes().splitlines()[: len(before)] == before
    assert len(after) == len({answer["key"] for answer in after}) == 60
    assert len({verdict["key"] for verdict in lines(tmp_path / "run" / "verdicts.jsonl")}) == 60
    assert (tmp_path / "run" / "answers.jsonl.torn").read_bytes().startswith(b'{"key": "torn')


def test_a_folder_in_use_is_refused(tmp_path: Path) -> None:
    assert pegboard("run", "quickstart", "--sizes", "2", "--out", "run", cwd=tmp_path).returncode == 0
    import fcntl

    descriptor = os.open(tmp_path / "run" / "lock", os.O_RDWR)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    refused = pegboard("resume", "run", cwd=tmp_path)
    os.close(descriptor)
    assert refused.returncode == 5
    assert "in use" in refused.stderr


def test_rejudging_gives_the_same_verdicts_without_a_model(tmp_path: Path) -> None:
    assert pegboard("run", "quickstart", "--sizes", "2", "--out", "run", cwd=tmp_path).returncode == 0
    before = {v["key"]: v["outcome"] for v in lines(tmp_path / "run" / "verdicts.jsonl")}
    rejudged = pegboard("rejudge", "run", cwd=tmp_path)
    assert rejudged.returncode == 0, rejudged.stderr
    assert "0 outcomes changed" in rejudged.stderr
    assert {v["key"]: v["outcome"] for v in lines(tmp_path / "run" / "verdicts.jsonl")} == before


def test_an_answer_is_judged_from_standard_input(tmp_path: Path) -> None:
    answer = "moves = [[1, 0, 2], [2, 0, 1], [1, 2, 1], [3, 0, 2], [1, 1, 0], [2, 1, 2], [1, 0, 2]]"
    judged = pegboard("judge", "tower_of_hanoi", "--size", "3", "--json", cwd=tmp_path, stdin=answer)
    assert json.loads(judged.stdout)["outcome"] == "solved"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["run", "quickstrat"], "quickstart"),
        (["run", "--task", "tower_of_hanoy", "--sizes", "3", "--model", "oracle/none"], "tower_of_hanoi"),
        (["run", "quickstart", "--model", "opnai/gpt"], "openai"),
        (["run", "quickstart", "--mode", "functon/lua"], "function/lua"),
        (["run", "quickstart", "--sizes", "5-2"], "empty"),
        (["judge", "river_crossing", "--size", "2", "--variant", "boat9"], "boat"),
        (["resume", "nowhere"], "run.json"),
    ],
)
def test_bad_input_gets_one_clear_error(tmp_path: Path, arguments: list[str], told: str) -> None:
    failed = pegboard(*arguments, cwd=tmp_path)
    assert failed.returncode == 2, failed.stderr
    assert told in failed.stderr
    assert "Traceback" not in failed.stderr


def test_an_unknown_key_in_a_suite_is_told_with_a_near_miss(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('name = "mine"\n[[grid]]\ntask = "tower_of_hanoi"\nsizes = [1]\nrepeat = 2\n')
    failed = pegboard("run", "mine.toml", cwd=tmp_path)
    assert failed.returncode == 2
    assert "repeats" in failed.stderr


def test_the_illusion_suite_marks_what_cannot_be_answered(tmp_path: Path) -> None:
    plan = pegboard("run", "illusion", "--model", "oracle/none", "--dry-run", cwd=tmp_path).stdout
    assert "river_crossing  paper  enumerate  size 6, 8, 10, 15, 20: 5 cells" in plan
    assert "tower_of_hanoi  tower  enumerate  size 15, 20: 2 cells, not asked" in plan


def test_every_bundled_suite_can_be_planned(tmp_path: Path) -> None:
    for suite in ("quickstart", "sample-answers", "illusion", "reason-or-recite"):
        planned = pegboard("run", suite, "--model", "oracle/perfect", "--dry-run", cwd=tmp_path)
        assert planned.returncode == 0, planned.stderr


def test_a_missing_key_is_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    failed = pegboard("run", "quickstart", "--model", "openai/gpt-4.1", cwd=tmp_path)
    assert failed.returncode == 6
    assert "OPENAI_API_KEY" in failed.stderr


def test_a_server_that_nobody_runs_ends_the_run_at_once(tmp_path: Path) -> None:
    began = time.monotonic()
    arguments = ["run", "quickstart", "--model", "openai/any", "--base-url", "http://127.0.0.1:9/v1"]
    failed = pegboard(*arguments, cwd=tmp_path)
    assert failed.returncode == 6, failed.stderr
    assert "nobody answers" in failed.stderr
    assert time.monotonic() - began < 20


HANOI = ["--task", "tower_of_hanoi", "--mode", "enumerate"]


def started(server: Loopback, cwd: Path, *flags: str) -> subprocess.Popen[bytes]:
    """A run against a local server that has at least one request in flight."""
    asked = len(server.requests)
    model = ["--model", "openai/any", "--base-url", f"{server.url}/v1", "--out", "run"]
    process = subprocess.Popen([*PEGBOARD, "run", *HANOI, *model, *flags], cwd=cwd, stderr=subprocess.PIPE)
    while len(server.requests) == asked:
        assert process.poll() is None
        time.sleep(0.01)
    return process


def test_ctrl_c_waits_for_what_is_in_flight_and_resuming_asks_the_rest(tmp_path: Path) -> None:
    with Loopback(lambda _: "moves = []", latency=0.3) as server:
        process = started(server, tmp_path, "--sizes", "1-10", "--concurrency", "2")
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=20)
        assert process.returncode == 130
        assert b"pegboard resume run" in told
        assert b"Traceback" not in told
        kept = lines(tmp_path / "run" / "answers.jsonl")
        assert len(kept) == len(server.answered) == len(server.requests) < 10
        assert {verdict["key"] for verdict in lines(tmp_path / "run" / "verdicts.jsonl")} == {a["key"] for a in kept}
        assert pegboard("resume", "run", cwd=tmp_path).returncode == 0
        assert len(server.requests) == 10


def test_a_second_ctrl_c_leaves_at_once(tmp_path: Path) -> None:
    with Loopback(lambda _: "moves = []", latency=60) as server:
        process = started(server, tmp_path, "--sizes", "1-3")
        process.send_signal(signal.SIGINT)
        time.sleep(0.5)
        assert process.poll() is None
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=10)
    assert process.returncode == 130
    assert b"Traceback" not in told


def test_a_run_with_failing_requests_says_what_is_missing_and_fills_it_in(tmp_path: Path) -> None:
    broken = {"now": True}
    with Loopback(lambda _: "moves = []", faults=lambda n: "400" if broken["now"] and n % 4 == 0 else "ok") as server:
        model = ["--model", "openai/any", "--base-url", f"{server.url}/v1", "--out", "run"]
        first = pegboard("run", *HANOI, "--sizes", "1-8", *model, cwd=tmp_path)
        assert first.returncode == 4, first.stderr
        assert "2 of 8 trials have no outcome" in first.stderr
        assert {error["error"] for error in lines(tmp_path / "run" / "errors.jsonl")} == {"provider_error"}
        broken["now"] = False
        second = pegboard("resume", "run", cwd=tmp_path)
        assert second.returncode == 0, second.stderr
        assert len(server.requests) == 10
    assert len(lines(tmp_path / "run" / "answers.jsonl")) == 8


def test_an_earlier_runs_answers_are_replayed_to_the_same_verdicts(tmp_path: Path) -> None:
    flags = ["--sizes", "2-3", "--model", "oracle/perfect"]
    assert pegboard("run", "quickstart", *flags, "--out", "run", cwd=tmp_path).returncode == 0
    flags = ["--sizes", "2-3", "--model", "replay/run/answers.jsonl"]
    assert pegboard("run", "quickstart", *flags, "--out", "again", cwd=tmp_path).returncode == 0
    for verdict in lines(tmp_path / "again" / "verdicts.jsonl"):
        assert verdict["outcome"] == "solved"


def test_answers_of_several_models_are_not_replayed_as_one(tmp_path: Path) -> None:
    assert pegboard("run", "quickstart", "--sizes", "2", "--out", "run", cwd=tmp_path).returncode == 0
    refused = pegboard("run", "quickstart", "--model", "replay/run/answers.jsonl", cwd=tmp_path)
    assert refused.returncode == 2
    assert "oracle/none, oracle/perfect" in refused.stderr


def test_the_prompt_goes_to_standard_output_and_what_is_known_of_it_to_standard_error(tmp_path: Path) -> None:
    shown = pegboard("show", "tower_of_hanoi", "--size", "20", "--max-tokens", "64000", cwd=tmp_path)
    assert shown.stdout.startswith("There are three pegs")
    assert "1,048,575" in shown.stderr
    assert "infeasible: output budget" in shown.stderr
    assert "unsolvable" in pegboard("show", "river_crossing", "--size", "6", cwd=tmp_path).stderr


def test_records_are_flat(tmp_path: Path) -> None:
    assert pegboard("run", "sample-answers", "--out", "run", cwd=tmp_path).returncode == 0
    table = pd.read_json(tmp_path / "run" / "verdicts.jsonl", lines=True, dtype={"key": str})
    assert len(table) == 14
    assert table["key"].str.len().eq(20).all()
