"""Exports read back by what they are made for, submissions recomputed, and the site that shows them."""

from __future__ import annotations

import csv
import json
import math
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Callable
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from harness import suite
from harness.cli.app import pegboard
from harness.exchange.attempts import flat
from harness.exchange.every_eval_ever import write_every_eval_ever
from harness.exchange.inspect_log import write_inspect
from harness.exchange.rerun import compare, difference
from harness.exchange.standings import mean_of_rates, standings
from harness.exchange.submission import Tier, confirmed
from harness.exchange.verify import Report, suite_hash, verify
from harness.store import RunFolder

SUITE = """
name = "small"
[sampling]
max_tokens = 2000
[[grid]]
task = "tower_of_hanoi"
sizes = [1, 2]
modes = ["enumerate"]
repeats = 5
"""
HOSTILE = '<script>alert(1)</script><!-- "><img src=x onerror=alert(1)> |`[x](javascript:1)` \u202e\x1b[2J'

Change = Callable[[list[dict[str, Any]]], None]


def _pegboard(*arguments: object, code: int = 0) -> str:
    result = CliRunner().invoke(pegboard, list(map(str, arguments)), standalone_mode=False)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert (result.return_value or 0) == code, result.output
    return result.output


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("suites") / "small.toml"
    file.write_text(SUITE)
    return file


@pytest.fixture(scope="module")
def perfect(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of a perfect model."""
    folder = tmp_path_factory.mktemp("runs") / "perfect"
    _pegboard("run", small, "--model", "oracle/perfect", "--out", folder)
    return folder


@pytest.fixture(scope="module")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of every sort of ending, among it cells that cannot be solved."""
    folder = tmp_path_factory.mktemp("runs") / "sampled"
    _pegboard("run", "sample-answers", "--out", folder)
    return folder


@pytest.fixture
def submitted(perfect: Path, tmp_path: Path) -> Path:
    """The perfect run as a submission."""
    return _submit(perfect, tmp_path / "results/submissions/example-1")


def _submit(run: Path, folder: Path, **change: str) -> Path:
    shutil.copytree(run, folder)
    about = json.loads((folder / "run.json").read_text())
    said = {
        "submitter": "Example Lab",
        "contact": "evals@example.org",
        "model": about["suite"]["models"][0]["name"],
        "snapshot": "oracle/perfect",
        "tier": "re-scored",
        **change,
    }
    lines = [f"{name} = {json.dumps(value)}" for name, value in said.items()]
    lines += ["[[runs]]", f"created = {about['created']}", f'submission = "{folder.name}"']
    (folder / "submission.toml").write_text("\n".join(lines) + "\n")
    return folder


def _change(file: Path, change: Change) -> None:
    records = [json.loads(line) for line in file.read_text().splitlines()]
    change(records)
    file.write_text("".join(json.dumps(record) + "\n" for record in records))


def _set(file: Path, **fields: Any) -> None:
    def change(records: list[dict[str, Any]]) -> None:
        for record in records:
            record.update(fields)

    _change(file, change)


def _verified(folder: Path, small: Path, **more: Any) -> Report:
    return verify(folder, [suite.read(small)], **more)


def _failed(report: Report) -> dict[str, str]:
    return {finding.check: finding.text for finding in report.failures}


# exports


def test_a_csv_has_a_row_for_every_judged_attempt_with_the_verdict_as_stored(sampled: Path, tmp_path: Path) -> None:
    _pegboard("export", sampled, "--out", tmp_path / "attempts.csv")
    rows = list(csv.DictReader((tmp_path / "attempts.csv").read_text().splitlines()))
    stored = list(RunFolder(sampled).verdicts())
    assert [(row["key"], row["outcome"], row["reason"]) for row in rows] == [
        (verdict["key"], verdict["outcome"], verdict["reason"]) for verdict in stored
    ]


def test_parquet_holds_what_the_csv_holds(sampled: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is an extra: pegboard[parquet]")
    _pegboard("export", sampled, "--format", "parquet", "--out", tmp_path / "a.parquet")
    assert list(pd.read_parquet(tmp_path / "a.parquet")["key"]) == list(flat([RunFolder(sampled)])["key"])


@pytest.mark.skipif(find_spec("pyarrow") is not None, reason="pyarrow is installed")
def test_parquet_without_pyarrow_says_what_to_install(sampled: Path, tmp_path: Path) -> None:
    with pytest.raises(Exception, match=re.escape('pip install "pegboard[parquet]"')):
        _pegboard("export", sampled, "--format", "parquet", "--out", tmp_path / "a.parquet")
    assert not list(tmp_path.iterdir())


def _logs(folder: Path, *, short: bool = True) -> dict[str, dict[str, Any]]:
    """Each log's files, by the log's task or, where several have one, its name."""
    logs = {}
    for file in folder.glob("*.eval"):
        with zipfile.ZipFile(file) as archive:
            read = {name: json.loads(archive.read(name)) for name in archive.namelist()}
        logs[file.name.split("_")[1] if short else file.name] = read
    return logs


def test_an_inspect_log_holds_every_attempt_with_its_transcript(sampled: Path, tmp_path: Path) -> None:
    write_inspect([RunFolder(sampled)], tmp_path)
    logs = _logs(tmp_path)
    answers = {answer["key"]: answer for answer in RunFolder(sampled).answers()}
    samples = [data for log in logs.values() for name, data in log.items() if name.startswith("samples/")]
    assert {sample["metadata"]["key"] for sample in samples} == answers.keys()
    for sample in samples:
        answer = answers[sample["metadata"]["key"]]
        assert sample["input"] == answer["prompt"]
        assert sample["output"]["choices"][0]["message"]["content"] == answer["text"]
    listed = logs["tower-of-hanoi-enumerate"]["header.json"]["results"]["scores"][0]
    assert listed["metrics"]["accuracy"]["value"] == 2 / 8
    assert {sample["epoch"] for sample in logs["tower-of-hanoi-enumerate"]["summaries.json"]} == set(range(1, 9))


def test_attempts_at_cells_that_tell_nothing_are_in_no_mean_of_an_inspect_log(sampled: Path, tmp_path: Path) -> None:
    write_inspect([RunFolder(sampled)], tmp_path)
    log = _logs(tmp_path)["river-crossing-enumerate"]
    assert log["header.json"]["results"]["scores"][0]["metrics"] == {}
    assert all(math.isnan(sample["scores"]["pegboard"]["value"]) for sample in log["summaries.json"])


def test_inspect_itself_reads_the_logs_back(sampled: Path, tmp_path: Path) -> None:
    log = pytest.importorskip("inspect_ai.log", reason="inspect-ai is not installed")
    files = write_inspect([RunFolder(sampled)], tmp_path)
    assert len(log.list_eval_logs(str(tmp_path))) == len(files)
    for file in files:
        read = log.read_eval_log(str(file))
        assert read.status == "success"
        for sample in read.samples:
            again = log.read_eval_log_sample(str(file), id=sample.id, epoch=sample.epoch)
            assert again.scores["pegboard"].answer == again.metadata["outcome"]


def test_an_every_eval_ever_record_counts_its_lines_and_knows_their_hash(sampled: Path, tmp_path: Path) -> None:
    import hashlib

    [file] = write_every_eval_ever(
        [RunFolder(sampled)], tmp_path, organization="Example Lab", relationship="third_party"
    )
    record = json.loads(file.read_text())
    detailed = record["detailed_evaluation_results"]
    lines = file.with_name(f"{file.stem}_samples.jsonl").read_bytes()
    assert (tmp_path / detailed["file_path"]).read_bytes() == lines
    assert detailed["checksum"] == hashlib.sha256(lines).hexdigest()
    assert detailed["total_rows"] == len(lines.splitlines()) == 12  # two of fourteen were at cells without a solution
    named = {result["evaluation_name"]: result["score_details"] for result in record["evaluation_results"]}
    hanoi = named["pegboard tower_of_hanoi tower enumerate"]
    assert hanoi["score"] == 2 / 8
    assert hanoi["uncertainty"]["num_samples"] == 8
    assert "pegboard river_crossing paper enumerate" not in named


def test_every_eval_ever_itself_validates_its_records(sampled: Path, tmp_path: Path) -> None:
    pytest.importorskip("every_eval_ever", reason="every-eval-ever is not installed; it needs Python 3.12")
    write_every_eval_ever([RunFolder(sampled)], tmp_path, organization="Example Lab", relationship="third_party")
    files = [str(file) for file in tmp_path.rglob("*.json*") if file.is_file()]
    command = [sys.executable, "-m", "every_eval_ever", "validate", *files]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("form", ["inspect", "eee", "csv"])
def test_equal_runs_are_exported_as_equal_bytes(form: str, sampled: Path, tmp_path: Path) -> None:
    made = []
    for name in ("first", "second"):
        _pegboard("export", sampled, "--format", form, "--out", tmp_path / name)
        out = tmp_path / name
        files = sorted(out.rglob("*")) if out.is_dir() else [out]
        made.append([file.read_bytes() for file in files if file.is_file()])
    assert made[0] == made[1] != []


def test_hostile_text_is_exported_as_text(perfect: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"
    shutil.copytree(perfect, run)

    def spoil(records: list[dict[str, Any]]) -> None:
        records[0]["text"] = HOSTILE + "\ud800"
        records[0]["model"] = "../../../etc/x"

    _change(run / "answers.jsonl", spoil)
    _pegboard("export", run, "--format", "inspect", "--out", tmp_path / "out/logs")
    _pegboard("export", run, "--format", "eee", "--out", tmp_path / "out/eee")
    inside = {file for file in tmp_path.rglob("*") if file.is_file()}
    assert all(file.is_relative_to(tmp_path / "out") or file.is_relative_to(run) for file in inside)
    samples = [
        data for log in _logs(tmp_path / "out/logs", short=False).values() for data in log.values() if "output" in data
    ]
    texts = [sample["output"]["choices"][0]["message"]["content"] for sample in samples]
    assert HOSTILE + "?" in texts


# verify


def test_an_honest_submission_is_verified_as_re_scored(submitted: Path, small: Path) -> None:
    report = _verified(submitted, small)
    assert report.passed, _failed(report)
    assert report.tier is Tier.RE_SCORED
    assert "verified, re-scored" in _pegboard("verify", submitted, "--suite", small)


def test_a_tampered_verdict_is_found(submitted: Path, small: Path) -> None:
    def worsen(records: list[dict[str, Any]]) -> None:
        records[3]["text"] = "I give up."

    _change(submitted / "answers.jsonl", worsen)
    report = _verified(submitted, small)
    assert _failed(report).keys() == {"outcomes"}
    assert "stored outcome 'solved', recomputed" in _failed(report)["outcomes"]
    assert "FAIL  outcomes" in _pegboard("verify", submitted, "--suite", small, code=1)


@pytest.mark.parametrize("field", ["optimal", "strict_outcome", "infeasible", "general"])
def test_whatever_follows_from_an_answer_is_recomputed(field: str, submitted: Path, small: Path) -> None:
    def tamper(records: list[dict[str, Any]]) -> None:
        records[0][field] = "output budget" if field == "infeasible" else "refused"

    _change(submitted / "verdicts.jsonl", tamper)
    assert field in _failed(_verified(submitted, small))["outcomes"]


def test_a_missing_attempt_is_found(submitted: Path, small: Path) -> None:
    _change(submitted / "answers.jsonl", lambda records: records.__delitem__(2))
    failed = _failed(_verified(submitted, small))
    assert "no answer to tower_of_hanoi" in failed["answers"]
    assert "a verdict on no answer" in failed["verdicts"]


def test_more_than_one_answer_to_a_trial_is_refused(submitted: Path, small: Path) -> None:
    _change(submitted / "answers.jsonl", lambda records: records.append(records[0]))
    assert "a second answer to one trial" in _failed(_verified(submitted, small))["answers"]


def test_an_attempt_beyond_the_plan_is_refused(submitted: Path, small: Path) -> None:
    _change(submitted / "answers.jsonl", lambda records: records.append({**records[0], "repeat": 5, "key": "0" * 20}))
    assert "an answer to no planned trial" in _failed(_verified(submitted, small))["answers"]


def test_the_best_of_several_runs_is_refused(submitted: Path, perfect: Path, small: Path) -> None:
    other = _submit(perfect, submitted.parent / "example-2", submitter="example  LAB")
    _change_created(other, "2026-11-20T10:00:00+00:00")
    assert "example-2, of the same submitter" in _failed(_verified(submitted, small))["runs listed"]
    said = submitted / "submission.toml"
    said.write_text(said.read_text() + "[[runs]]\ncreated = 2026-11-20T10:00:00+00:00\n")
    assert "neither published nor said to have broken off" in _failed(_verified(submitted, small))["runs listed"]
    said.write_text(said.read_text() + 'submission = "example-2"\n')
    assert _verified(submitted, small).passed


def test_one_run_is_not_submitted_twice_whatever_the_name(submitted: Path, perfect: Path, small: Path) -> None:
    other = _submit(perfect, submitted.parent / "example-2", submitter="Another Lab")
    for folder in (submitted, other):
        assert "the same run is submitted as" in _failed(_verified(folder, small))["runs listed"]


def _change_created(folder: Path, created: str) -> None:
    about = json.loads((folder / "run.json").read_text())
    about["created"] = created
    (folder / "run.json").write_text(json.dumps(about))
    text = re.sub("(?m)^created = .*$", f"created = {created}", (folder / "submission.toml").read_text())
    (folder / "submission.toml").write_text(text)


def test_an_answer_asked_again_without_a_logged_error_must_be_explained(submitted: Path, small: Path) -> None:
    def later(records: list[dict[str, Any]]) -> None:
        first = min(records, key=lambda record: record["asked_at"])
        first["asked_at"] = max(record["asked_at"] for record in records).replace("+00:00", "001+00:00")

    _change(submitted / "answers.jsonl", later)
    assert "asked again without a logged error" in _failed(_verified(submitted, small))["retries"]
    said = submitted / "submission.toml"
    said.write_text('interruptions = "a power cut"\n' + said.read_text())
    report = _verified(submitted, small)
    assert report.passed
    assert any("a power cut" in finding.text for finding in report.findings if finding.level == "remark")


@pytest.mark.parametrize(
    ("change", "check"),
    [
        ({"output_tokens": 2001}, "caps"),
        ({"max_tokens": 4000}, "caps"),
        ({"output_tokens": 0}, "usage"),
        ({"input_tokens": 0}, "usage"),
        ({"asked_at": "2020-01-01T00:00:00+00:00"}, "dates"),
        ({"asked_at": "2999-01-01T00:00:00+00:00"}, "dates"),
        ({"asked_at": "yesterday"}, "answers"),
        ({"cost_usd": 0.5}, "costs"),
        ({"prompt": "Here is the solution, copy it."}, "answers"),
        ({"returned_model": "another"}, "model"),
        ({"text": None}, "answers"),
        ({"raw": 7}, "answers"),
        ({"turns": [{}]}, "answers"),
    ],
)
def test_an_answer_that_breaks_a_rule_is_found(
    change: dict[str, Any], check: str, submitted: Path, small: Path
) -> None:
    _change(submitted / "answers.jsonl", lambda records: records[0].update(change))
    assert check in _failed(_verified(submitted, small))


def test_a_text_that_is_not_in_the_providers_body_is_found(submitted: Path, small: Path) -> None:
    """A submission that says it asked a server: what is judged must be what the server sent."""
    about = json.loads((submitted / "run.json").read_text())
    about["suite"]["models"] = [{"name": "openai/perfect", "base_url": "http://localhost:1/v1"}]
    plan = about["planned"]
    (submitted / "run.json").write_text(
        json.dumps({**about, "planned": [{**b, "model": "openai/perfect"} for b in plan]})
    )
    text = (submitted / "submission.toml").read_text()
    (submitted / "submission.toml").write_text(text.replace('model = "oracle/perfect"', 'model = "openai/perfect"'))
    from harness.plan import plan as plan_of
    from harness.plugins import discover, load
    from harness.suite import Model

    asked = suite.read(small).model_copy(
        update={"models": [Model(name="openai/perfect", base_url="http://localhost:1/v1")]}
    )
    cells = plan_of(asked, {"tower_of_hanoi": load(discover()["tower_of_hanoi"])})
    keys = {(t.size, t.repeat): t.key for cell in cells for t in cell.trials()}

    def serve(records: list[dict[str, Any]]) -> None:
        for record in records:
            key = keys[record["size"], record["repeat"]]
            record.update(key=key, model="openai/perfect", base_url="http://localhost:1/v1")
            if "text" in record:
                choice = {"message": {"content": record["text"]}, "finish_reason": "stop"}
                record["raw"] = {"choices": [choice], "model": record["returned_model"]}

    _change(submitted / "answers.jsonl", serve)
    _change(submitted / "verdicts.jsonl", serve)
    report = _verified(submitted, small)
    assert report.passed, _failed(report)

    def forge(records: list[dict[str, Any]]) -> None:
        records[0]["raw"]["choices"][0]["message"]["content"] = "No idea."

    _change(submitted / "answers.jsonl", forge)
    assert "the text stored is not that of the provider's body" in _failed(_verified(submitted, small))["transcripts"]


def test_a_suite_with_another_cap_is_another_suite(submitted: Path, small: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    other.write_text(SUITE.replace("2000", "4000"))
    assert suite_hash(suite.read(other)) != suite_hash(suite.read(small))
    assert "they differ in sampling" in _failed(verify(submitted, [suite.read(other)]))["suite"]
    assert "hash" in _failed(verify(submitted, []))["suite"]


def test_too_few_attempts_are_refused(small: Path, tmp_path: Path) -> None:
    few = tmp_path / "few.toml"
    few.write_text(SUITE.replace("repeats = 5", "repeats = 4"))
    _pegboard("run", few, "--model", "oracle/perfect", "--out", tmp_path / "run")
    folder = _submit(tmp_path / "run", tmp_path / "submissions/few")
    assert "under 5 attempts" in _failed(verify(folder, [suite.read(few)]))["attempts"]


def test_other_rules_than_those_at_hand_recompute_nothing(submitted: Path, small: Path) -> None:
    about = json.loads((submitted / "run.json").read_text())
    about["tasks"]["tower_of_hanoi"]["sha256"] = "0" * 64
    (submitted / "run.json").write_text(json.dumps(about))
    report = _verified(submitted, small)
    assert _failed(report).keys() == {"tasks"}
    assert report.tier is Tier.SELF_REPORTED


def test_a_mark_that_the_rules_do_not_give_is_found(submitted: Path, small: Path) -> None:
    about = json.loads((submitted / "run.json").read_text())
    about["planned"][0]["infeasible"] = "output budget"
    (submitted / "run.json").write_text(json.dumps(about))
    assert "marked otherwise" in _failed(_verified(submitted, small))["plan"]


def test_nothing_that_a_submission_names_is_loaded(submitted: Path, small: Path, tmp_path: Path) -> None:
    trap = tmp_path / "trap/tasks"
    trap.mkdir(parents=True)
    (trap / "trap.py").write_text(f"open({str(tmp_path / 'sprung')!r}, 'w')")
    about = json.loads((submitted / "run.json").read_text())
    about["plugins"] = [str(tmp_path / "trap")]
    (submitted / "run.json").write_text(json.dumps(about))
    assert _verified(submitted, small).passed
    assert not (tmp_path / "sprung").exists()


def test_a_link_out_of_a_submission_is_not_followed(submitted: Path, small: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    (submitted / "errors.jsonl").unlink(missing_ok=True)
    (submitted / "errors.jsonl").symlink_to(tmp_path / "secret")
    assert _failed(_verified(submitted, small)) == {"files": "errors.jsonl is no plain file"}


@pytest.mark.parametrize("name", ["answers.jsonl", "verdicts.jsonl", "run.json"])
def test_whatever_a_file_holds_is_a_finding_and_never_a_crash(name: str, submitted: Path, small: Path) -> None:
    file = submitted / name
    whole = file.read_text()
    first, *rest = [json.loads(whole)] if name == "run.json" else map(json.loads, whole.splitlines())
    odd: list[Any] = [None, "\ud800", [{}], math.nan, 10**400]
    for field in first:
        for value in odd:
            file.write_text("".join(json.dumps(each) + "\n" for each in [{**first, field: value}, *rest]))
            assert isinstance(_verified(submitted, small), Report)
    del first[next(iter(first))]
    file.write_text("".join(json.dumps(each) + "\n" for each in [first, *rest]))
    assert not _verified(submitted, small).passed


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("tier = 'gold'", "tier"),
        ("[[runs]]", "submitter"),
        ("x =", "is not TOML"),
        ("a = " + "[" * 5000, "is not TOML"),
    ],
)
def test_a_submission_file_that_cannot_be_used_is_told(said: str, wrong: str, submitted: Path, small: Path) -> None:
    (submitted / "submission.toml").write_text(said)
    assert wrong in _failed(_verified(submitted, small))["files"]


def test_a_damaged_line_is_told(submitted: Path, small: Path) -> None:
    with (submitted / "answers.jsonl").open("a") as answers:
        answers.write("{}\n")
    assert "is not a record" in _failed(_verified(submitted, small))["files"]


def test_only_maintainers_raise_a_tier_and_only_for_the_answers_they_saw(submitted: Path, small: Path) -> None:
    import hashlib

    said = submitted / "submission.toml"
    said.write_text(said.read_text().replace("re-scored", "spot-rerun"))
    assert "claims spot-rerun" in _failed(_verified(submitted, small, confirmed=confirmed(submitted)))["tier"]
    digest = hashlib.sha256((submitted / "answers.jsonl").read_bytes()).hexdigest()
    (submitted.parent.parent / "confirmed.toml").write_text(
        f'["{submitted.name}"]\ntier = "spot-rerun"\nanswers_sha256 = "{digest}"\n'
        'by = "us"\ndate = 2026-11-25\nhow = "20 trials asked anew"\n'
    )
    assert _verified(submitted, small, confirmed=confirmed(submitted)).tier is Tier.SPOT_RERUN
    with (submitted / "answers.jsonl").open("a") as answers:
        answers.write("\n")
    assert confirmed(submitted) is Tier.RE_SCORED


# site


def _site(submitted: Path, small: Path, out: Path, code: int = 0) -> dict[str, bytes]:
    results = submitted.parent.parent
    _pegboard("site", "--out", out, "--results", results, "--suite", small, code=code)
    files = {str(file.relative_to(out)): file.read_bytes() for file in sorted(out.rglob("*")) if file.is_file()}
    return {**files, "LEADERBOARD.md": (results / "LEADERBOARD.md").read_bytes()}


def test_the_site_is_the_same_bytes_on_every_run(submitted: Path, small: Path, tmp_path: Path) -> None:
    first = _site(submitted, small, tmp_path / "site")
    assert _site(submitted, small, tmp_path / "site") == first
    assert _site(submitted, small, tmp_path / "another") == first
    assert {"index.html", "submissions/example-1.html", "data/standings.json", "data/example-1/answers.jsonl"} <= {
        *first
    }
    assert first["data/example-1/answers.jsonl"] == (submitted / "answers.jsonl").read_bytes()
    assert "| oracle/perfect |" in first["LEADERBOARD.md"].decode()
    [row] = json.loads(first["data/standings.json"])
    assert (row["success"]["value"], row["success"]["n"], row["success"]["clusters"]) == (1.0, 10, 2)
    assert row["success"]["low"] < 1 == row["success"]["high"]


def test_a_site_without_submissions_says_so(tmp_path: Path) -> None:
    _pegboard("site", "--out", tmp_path / "site", "--results", tmp_path / "results")
    for file in (tmp_path / "site/index.html", tmp_path / "results/LEADERBOARD.md"):
        assert "There is no verified submission yet" in file.read_text()


def test_a_submission_that_fails_is_shown_with_its_reasons_and_without_a_number(
    submitted: Path, small: Path, tmp_path: Path
) -> None:
    _change(submitted / "verdicts.jsonl", lambda records: records[0].update(outcome="refused"))
    files = _site(submitted, small, tmp_path / "site", code=1)
    assert "recomputed solved" in files["index.html"].decode()
    assert json.loads(files["data/standings.json"]) == []
    assert "data/example-1/answers.jsonl" not in files


class _Seen(HTMLParser):
    """The tags of a page, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_nothing_that_a_submission_says_is_more_than_text(submitted: Path, small: Path, tmp_path: Path) -> None:
    clean = _site(submitted, small, tmp_path / "clean")
    said = tomllib.loads((submitted / "submission.toml").read_text())
    text = (submitted / "submission.toml").read_text()
    for name in ("submitter", "contact"):
        text = text.replace(json.dumps(said[name]), json.dumps(HOSTILE))
    (submitted / "submission.toml").write_text(f"notes = {json.dumps(HOSTILE)}\n" + text)
    files = _site(submitted, small, tmp_path / "site")
    for name in ("index.html", "submissions/example-1.html"):
        page, before = _Seen(files[name].decode()), _Seen(clean[name].decode())
        assert {tag for tag, _ in page.tags} == {tag for tag, _ in before.tags}
        assert "<script>alert(1)</script>" in page.text
        policy = next(a["content"] or "" for tag, a in page.tags if a.get("http-equiv") == "Content-Security-Policy")
        assert policy.startswith("default-src 'none';")
        assert "unsafe" not in policy
    assert "<script" not in files["LEADERBOARD.md"].decode().replace("\\<", "")
    assert "](javascript" not in files["LEADERBOARD.md"].decode().replace("\\]", "")


def test_a_folder_with_other_things_in_it_is_left_alone(submitted: Path, small: Path, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home/data").write_text("mine")
    with pytest.raises(Exception, match="something else than a site"):
        _site(submitted, small, tmp_path / "home")
    assert (tmp_path / "home/data").read_text() == "mine"


def test_runs_of_one_model_by_one_submitter_are_pooled_in_one_row(submitted: Path, perfect: Path, small: Path) -> None:
    other = _submit(perfect, submitted.parent / "example-2")
    _change_created(other, "2026-11-20T10:00:00+00:00")
    for one, also, created in (
        (submitted, other, "2026-11-20T10:00:00+00:00"),
        (other, submitted, json.loads((submitted / "run.json").read_text())["created"]),
    ):
        said = one / "submission.toml"
        said.write_text(said.read_text() + f'[[runs]]\ncreated = {created}\nsubmission = "{also.name}"\n')
    reports = [_verified(folder, small) for folder in (submitted, other)]
    assert all(report.passed for report in reports), [_failed(report) for report in reports]
    [table] = standings(reports)
    [row] = table.rows
    assert row.entry.success.n == 20
    assert row.entry.submissions == ["example-1", "example-2"]


def test_limits_of_a_mean_of_rates_are_wilsons() -> None:
    assert mean_of_rates([(7, 10)]) == pytest.approx((0.7, 0.396778, 0.892209), abs=1e-6)
    assert mean_of_rates([(5, 5), (2, 5)]) == pytest.approx((0.7, 0.396778, 0.892209), abs=1e-6)
    assert mean_of_rates([(0, 5), (0, 5)]) == pytest.approx((0.0, 0.0, 0.277533), abs=1e-6)


@pytest.mark.parametrize("rates", [[0.98] * 8, [0.5] * 8, [0.99, 0.95, 0.9, 0.7, 0.4, 0.15, 0.05, 0.01]])
@pytest.mark.parametrize("attempts", [5, 10, 25])
def test_limits_of_a_mean_of_rates_hold_the_truth(rates: list[float], attempts: int) -> None:
    draws = np.random.default_rng(1).binomial(attempts, rates, size=(1000, len(rates)))
    limits = [mean_of_rates([(int(solved), attempts) for solved in run]) for run in draws]
    held = sum(low <= sum(rates) / len(rates) <= high for _, low, high in limits)
    assert held / len(draws) >= 0.93 - 3 * (0.05 * 0.95 / len(draws)) ** 0.5


def test_a_rerun_confirms_only_what_it_is_large_enough_to_confirm() -> None:
    """Newcombe's published example (1998, method 10): 56/70 against 48/80, 95 % limits .0524 and .3339."""
    estimate = difference({("t",): (56, 70)}, {("t",): (48, 80)}, level=0.95)
    assert (estimate.low, estimate.high) == pytest.approx((0.0524, 0.3339), abs=5e-5)
    assert difference({("t",): (1, 2)}, {("u",): (1, 2)}).value is None


def test_a_rerun_is_held_against_the_claim(submitted: Path, perfect: Path, small: Path, tmp_path: Path) -> None:
    assert compare(RunFolder(submitted), RunFolder(perfect), 0.5).level == "pass"
    assert "ask more" in compare(RunFolder(submitted), RunFolder(perfect)).text
    failed = tmp_path / "failed"
    shutil.copytree(perfect, failed)
    _set(failed / "verdicts.jsonl", outcome="gave_up")
    assert "the two differ" in compare(RunFolder(submitted), RunFolder(failed)).text
    assert "FAIL  rerun" in _pegboard("verify", submitted, "--suite", small, "--rerun", failed, code=1)
    assert "asked with another model" in compare(RunFolder(submitted), _of_another_model(perfect, tmp_path)).text


def _of_another_model(run: Path, tmp_path: Path) -> RunFolder:
    folder = tmp_path / "other-model"
    shutil.copytree(run, folder)
    _set(folder / "verdicts.jsonl", model="oracle/none")
    return RunFolder(folder)
