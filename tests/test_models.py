"""From a name to a provider: what is recorded of it, what is refused, and that refusing leaves nothing behind."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from loopback import Loopback

from harness.completion import Completion
from harness.errors import PegboardError, ProviderRefused, UsageError
from harness.models import connect, resolved
from harness.providers.protocol import ProviderFailure
from harness.providers.replay import Replay
from harness.sandbox.protocol import Sandbox
from harness.suite import Model
from harness.trial import Sampling, Trial

PEGBOARD = [sys.executable, "-P", "-c", "from harness.cli import main; main()"]
"""As the installed script starts: the folder at hand is not on Python's path."""

ASKED = ["run", "--task", "tower_of_hanoi", "--sizes", "2", "--mode", "enumerate"]


def pegboard(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    known = {name: value for name, value in os.environ.items() if not name.startswith(("OPENAI_", "ANTHROPIC_"))}
    project = str(Path(__file__).parent.parent)
    known |= {"PYTHONPATH": project, **environment}
    return subprocess.run([*PEGBOARD, *arguments], cwd=cwd, env=known, capture_output=True, text=True, check=False)


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for vendor in ("OPENAI", "ANTHROPIC"):
        monkeypatch.setenv(f"{vendor}_API_KEY", "k")
        monkeypatch.delenv(f"{vendor}_BASE_URL", raising=False)


@pytest.mark.parametrize(
    ("model", "told"),
    [
        (Model(name="gpt-4.1"), "names no model"),
        (Model(name="opnai/gpt-4.1"), "unknown provider 'opnai'"),
        (Model(name="openai/"), "names no model"),
        (Model(name="oracle/perfct"), "oracle/perfect"),
        (Model(name="replay/nowhere.jsonl"), "nowhere.jsonl"),
        (Model(name="openai/m", base_url=""), "base_url"),
        (Model(name="anthropic/m", base_url="localhost"), "base_url"),
    ],
)
def test_a_name_or_an_address_that_is_none_is_told_without_connecting(model: Model, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        resolved(model)


def test_a_dry_run_looks_at_models_too_and_needs_no_key(tmp_path: Path) -> None:
    assert pegboard(*ASKED, "--model", "openai/m", "--dry-run", cwd=tmp_path).returncode == 0
    wrong = pegboard(*ASKED, "--model", "opnai/m", "--dry-run", cwd=tmp_path)
    assert wrong.returncode == 2
    assert "openai" in wrong.stderr


@pytest.mark.parametrize("model", ["openai/m", "anthropic/m", "nowhere:Model"])
def test_a_model_that_cannot_be_built_leaves_no_folder(tmp_path: Path, model: str) -> None:
    failed = pegboard(*ASKED, "--model", "oracle/none", "--model", model, "--out", "run", cwd=tmp_path)
    assert failed.returncode in (1, 6)
    assert "Traceback" not in failed.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_address_in_the_environment_does_not_decide_who_answers_for_openai(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    with pytest.raises(UsageError, match=r"OPENAI_BASE_URL is set to http://127\.0\.0\.1:9/v1") as refused:
        resolved(Model(name="openai/m"))
    assert "--base-url" in refused.value.next_step
    assert resolved(Model(name="openai/m", base_url="http://127.0.0.1:8/v1")).base_url == "http://127.0.0.1:8/v1"
    assert resolved(Model(name="oracle/none")).base_url is None


def test_an_address_in_the_environment_is_recorded_for_anthropic_and_resuming_goes_there_again(tmp_path: Path) -> None:
    key = {"ANTHROPIC_API_KEY": "k"}
    asked = [*ASKED, "--model", "anthropic/m"]
    with Loopback(lambda _: "moves = []") as server:
        there = {**key, "ANTHROPIC_BASE_URL": server.url}
        assert pegboard(*asked, "--out", "run", cwd=tmp_path, **there).returncode == 0
        assert json.loads((tmp_path / "run" / "run.json").read_text())["suite"]["models"][0]["base_url"] == server.url
        (tmp_path / "run" / "answers.jsonl").unlink()
        assert pegboard("resume", "run", cwd=tmp_path, **key).returncode == 0
        assert len(server.requests) == 2


def test_a_run_at_the_vendors_own_address_is_not_resumed_at_another(
    monkeypatch: pytest.MonkeyPatch, sandbox: Sandbox
) -> None:
    monkeypatch.setenv("ANTHROPIC_BASE_URL", "http://127.0.0.1:9")
    with pytest.raises(UsageError, match="ANTHROPIC_BASE_URL"):
        connect(Model(name="anthropic/m"), {}, sandbox)


def test_a_missing_key_is_told_when_connecting(monkeypatch: pytest.MonkeyPatch, sandbox: Sandbox) -> None:
    monkeypatch.delenv("OPENAI_API_KEY")
    with pytest.raises(ProviderRefused, match="OPENAI_API_KEY"):
        connect(Model(name="openai/m"), {}, sandbox)


def test_recorded_answers_are_found_again_from_another_folder(tmp_path: Path) -> None:
    recorded = {"task": "tower_of_hanoi", "size": 2, "variant": "tower", "mode": "enumerate", "text": "moves = []"}
    (tmp_path / "said.jsonl").write_text(json.dumps(recorded) + "\n")
    assert pegboard(*ASKED, "--model", "replay/said.jsonl", "--out", "run", cwd=tmp_path).returncode == 0
    (tmp_path / "run" / "answers.jsonl").unlink()
    (tmp_path / "elsewhere").mkdir()
    resumed = pegboard("resume", "../run", cwd=tmp_path / "elsewhere")
    assert resumed.returncode == 0, resumed.stderr


RECORDED: dict[str, Any] = {"task": "t", "size": 2, "variant": "v", "mode": "enumerate", "text": "moves = []"}


def replayed(file: Path, repeat: int = 0) -> Completion:
    named: dict[str, Any] = {"task": "t", "version": 1, "size": 2, "seed": 0, "variant": "v", "mode": "enumerate"}
    trial = Trial(**named, model="m", base_url=None, sampling=Sampling(max_tokens=9), repeat=repeat, prompt="")
    return asyncio.run(Replay(file).complete(trial))


def test_only_a_newline_ends_a_recorded_answer(tmp_path: Path) -> None:
    file = tmp_path / "said.jsonl"
    odd = "one\u2028two\u0085three\x0cfour\r"
    lines = [json.dumps({**RECORDED, "text": text}, ensure_ascii=False) for text in (odd, "second")]
    file.write_text("\r\n".join(lines), "utf-8")
    assert [replayed(file, repeat).text for repeat in (0, 1)] == [odd, "second"]


def test_a_torn_last_line_is_no_answer_and_no_error(tmp_path: Path) -> None:
    file = tmp_path / "said.jsonl"
    file.write_text(json.dumps(RECORDED) + "\n" + json.dumps(RECORDED)[:-5])
    assert replayed(file).text == "moves = []"
    with pytest.raises(ProviderFailure, match="holds 1 answers"):
        replayed(file, 1)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b"\xff", "utf-8"),
        (b"not JSON", "Expecting value"),
        (b"null", "no JSON object"),
        (b"[" * 100_000, "nested too deeply"),
        *((json.dumps({**RECORDED, **odd}).encode(), next(iter(odd))) for odd in (
            {"size": [1]}, {"size": True}, {"size": "2"}, {"task": None}, {"text": 3}, {"seed": None},
        )),
        (json.dumps({**RECORDED, "stop": "soon"}).encode(), "'soon' is not a valid Stop"),
        (json.dumps({"text": ""}).encode(), "task is None"),
    ],
)  # fmt: skip
def test_a_line_that_is_no_recorded_answer_is_named(tmp_path: Path, line: bytes, told: str) -> None:
    file = tmp_path / "said.jsonl"
    file.write_bytes(json.dumps(RECORDED).encode() + b"\n" + line + b"\n")
    with pytest.raises(UsageError, match=rf"said\.jsonl:2 is no recorded answer: .*{told}"):
        Replay(file)


PROVIDER = """
from harness.completion import Completion, Stop

class Mine:
    async def complete(self, trial):
        return Completion(text="moves = [[1, 0, 1], [2, 0, 2], [1, 1, 2]]", stop=Stop.END)

    async def close(self):
        pass
"""


def test_a_provider_of_ones_own_is_found_in_the_folder_at_hand(tmp_path: Path) -> None:
    (tmp_path / "my_model.py").write_text(PROVIDER)
    ran = pegboard(*ASKED, "--model", "my_model:Mine", "--out", "run", cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert json.loads((tmp_path / "run" / "verdicts.jsonl").read_text())["outcome"] == "solved"


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("def (", "SyntaxError"),
        ("import nowhere_at_all", "nowhere_at_all"),
        ("1 / 0", r"ZeroDivisionError: division by zero \(.*:1\)"),
        ("raise SystemExit('no\\n  weights')", r"SystemExit: no weights \(.*:1\)"),
        ("Model = None", "TypeError"),
        ("", "has no attribute 'Model'"),
        ("def Model():\n    raise OSError('no weights')", r"OSError: no weights \(.*:2\)"),
        ("def Model(): return None", "NoneType has no method: async def complete"),
        ("class Model:\n    def complete(self, trial): ...\n    async def close(self): ...", "async def complete"),
        ("class Model:\n    async def complete(self, trial): ...", "async def close"),
    ],
)
def test_a_provider_of_ones_own_that_cannot_be_used_is_one_clear_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sandbox: Sandbox, source: str, told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.delitem(sys.modules, "unusable_model", raising=False)
    (tmp_path / "unusable_model.py").write_text(source)
    with pytest.raises(PegboardError, match=rf"unusable_model:Model.*cannot be made: .*{told}") as failed:
        connect(Model(name="unusable_model:Model"), {}, sandbox)
    assert "\n" not in failed.value.found
