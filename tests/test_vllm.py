"""vLLM for real, on a processor: what it answers, how it ends, that it batches, and that nothing of it is left."""

from __future__ import annotations

import asyncio
import contextlib
import importlib.abc
import json
import os
import signal
import subprocess
import sys
import time
import types
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from tiny_model import THOUGHT
from trials import TRIAL

from harness.completion import Completion, Stop
from harness.errors import PegboardError, UnknownName, UsageError
from harness.providers.lifeline import Lifeline
from harness.providers.protocol import ProviderFailure
from harness.providers.vllm_engine import VllmEngine
from harness.trial import Sampling, Trial

pytestmark = pytest.mark.filterwarnings("ignore")  # of libraries that are not ours

SMALL = {"dtype": "float32", "enforce_eager": True, "gpu_memory_utilization": 0.1, "kv_cache_memory_bytes": 1 << 28}
PEGBOARD = [sys.executable, "-c", "from harness.cli import main; main()"]
needs_vllm = pytest.mark.skipif(find_spec("vllm") is None, reason="vllm not installed: .ci/vllm runs these tests")


def trial(max_tokens: int, temperature: float | None = None, prompt: str = "What now?", **more: Any) -> Trial:
    return replace(TRIAL, prompt=prompt, sampling=Sampling(max_tokens=max_tokens, temperature=temperature, **more))


def left_over(session: int) -> list[str]:
    """The processes of a session, but for what is dead already."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it ended meanwhile
            state, _, _, of = (folder / "stat").read_text().rpartition(")")[2].split()[:4]
            if int(of) == session and state != "Z":
                found.append((folder / "cmdline").read_text().replace("\0", " "))
    return found


# Without an engine


def test_without_vllm_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    class Nowhere(importlib.abc.MetaPathFinder):
        def find_spec(self, name: str, *_: object) -> None:
            if name == "vllm":
                raise ModuleNotFoundError(f"No module named {name!r}", name=name)

    for name in [name for name in sys.modules if name.partition(".")[0] == "vllm"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [Nowhere(), *sys.meta_path])
    with pytest.raises(UsageError, match="vllm/some/model needs vLLM, which is not installed") as refused:
        VllmEngine("some/model")
    assert 'pip install "pegboard[vllm]"' in refused.value.next_step


def test_without_a_device_one_line_says_what_to_set_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the build for CUDA finds it where there is no GPU."""
    without: dict[str, dict[str, Any]] = {
        "vllm": {},
        "vllm.engine": {},
        "vllm.engine.arg_utils": {"AsyncEngineArgs": object},
        "vllm.platforms": {"current_platform": types.SimpleNamespace(device_type="")},
    }
    for name, content in without.items():
        module = types.ModuleType(name)
        vars(module).update(content)
        monkeypatch.setitem(sys.modules, name, module)
    with pytest.raises(UsageError, match="finds no device that it can use") as refused:
        VllmEngine("some/model")
    assert "nvidia-smi" in refused.value.next_step
    assert "CPU build" in refused.value.next_step


@pytest.mark.skipif(find_spec("torch") is not None, reason="torch is installed")
def test_without_transformers_one_line_says_what_to_install() -> None:
    from harness.providers.transformers_model import TransformersModel

    with pytest.raises(UsageError, match="needs transformers and torch") as refused:
        TransformersModel("some/model")
    assert 'pip install "pegboard[transformers]"' in refused.value.next_step


def test_what_a_killed_process_has_started_ends_with_it() -> None:
    """Also if it is killed before what it starts is ready."""
    holder = subprocess.Popen(
        [sys.executable, __file__], stdout=subprocess.PIPE, text=True, start_new_session=True, cwd=Path.cwd()
    )
    assert holder.stdout is not None
    held = int(holder.stdout.readline())
    time.sleep(0.5)
    assert len(left_over(holder.pid)) >= 2
    holder.kill()
    holder.wait()
    assert gone(holder.pid), held


def gone(session: int, seconds: float = 20.0) -> bool:
    until = time.monotonic() + seconds
    while left_over(session) and time.monotonic() < until:
        time.sleep(0.1)
    return not left_over(session)


async def _hold_a_sleeper() -> None:
    import multiprocessing

    async def starting() -> None:
        sleeper = multiprocessing.get_context("spawn").Process(target=time.sleep, args=(600,))
        sleeper.start()
        sys.stdout.write(f"{sleeper.pid}\n")
        sys.stdout.flush()
        await asyncio.sleep(600)

    await Lifeline().during(starting)


# With one


@needs_vllm
@pytest.mark.parametrize(
    ("name", "options", "error", "told"),
    [
        ("plain", {"tensor_paralel_size": 2}, UnknownName, "tensor_parallel_size"),
        ("plain", {"max_model_len": 1 << 20}, UsageError, "max_model_len"),
        ("plain", {"dtype": "float31"}, UsageError, "dtype: "),
        ("nowhere", {}, UsageError, "nowhere"),
    ],
)
def test_what_the_engine_cannot_use_is_one_line_before_anything_is_started(
    tiny_models: dict[str, Path], name: str, options: dict[str, Any], error: type[PegboardError], told: str
) -> None:
    with pytest.raises(error) as refused:
        VllmEngine(str(tiny_models.get(name, Path("/models") / name)), {**SMALL, **options})
    assert told in str(refused.value)
    assert "\n" not in refused.value.found


class Asking:
    """One engine, on a loop of its own, for several tests."""

    def __init__(self, folder: Path, **options: Any) -> None:
        self._runner = asyncio.Runner()
        self.engine = VllmEngine(str(folder), {**SMALL, **options})

    def __call__(self, *trials: Trial) -> list[Completion]:
        async def whole() -> list[Completion]:
            return await asyncio.gather(*(self.engine.complete(each) for each in trials))

        return self._runner.run(whole())

    def close(self) -> None:
        self._runner.run(self.engine.close())
        self._runner.close()


@pytest.fixture(scope="module")
def ask(tiny_models: dict[str, Path]) -> Iterator[Asking]:
    asking = Asking(tiny_models["ending"], reasoning_parser="deepseek_r1", max_model_len=256)
    yield asking
    asking.close()


def saying(ask: Asking, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Put a text's tokens in place of those that the engine made; random weights would never think."""
    engine, generated = ask.engine, ask.engine._generated

    async def said(*arguments: Any) -> Any:
        output = await generated(*arguments)
        tokenizer = engine._engine.get_tokenizer()  # type: ignore[union-attr]
        (answer,) = output.outputs
        answer.token_ids = tokenizer.encode(text)
        answer.text = tokenizer.decode(answer.token_ids, skip_special_tokens=True)
        return output

    monkeypatch.setattr(engine, "_generated", said)


def without_end(ask: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    parameters = ask.engine._parameters

    def endless(*arguments: Any, **named: Any) -> Any:
        changed = parameters(*arguments, **named)
        changed.ignore_eos = True
        return changed

    monkeypatch.setattr(ask.engine, "_parameters", endless)


@needs_vllm
def test_an_answer_ends_by_itself_or_at_its_limit_and_counts_its_tokens(ask: Asking) -> None:
    (ended,) = ask(trial(200, temperature=1.0))
    assert (ended.stop, ended.finish_reason) == (Stop.END, "stop")
    assert 0 < (ended.usage.output_tokens or 0) < 200
    cut = [each for each in ask(*(trial(1, 1.0) for _ in range(12))) if each.stop is Stop.LENGTH]
    assert cut
    assert {(each.finish_reason, each.usage.output_tokens) for each in cut} == {("length", 1)}
    assert len({each.raw["text"] for each in ask(*(trial(1, 1.0) for _ in range(12)))}) > 1  # repeats are drawn anew
    assert len({each.raw["text"] for each in ask(*(trial(1, 0.0) for _ in range(12)))}) == 1


@needs_vllm
def test_the_prompt_is_in_the_models_own_chat_template(ask: Asking, tiny_models: dict[str, Path]) -> None:
    from transformers import AutoTokenizer

    rendered = AutoTokenizer.from_pretrained(tiny_models["ending"]).apply_chat_template(
        [{"role": "user", "content": "What now?"}], add_generation_prompt=True, tokenize=True
    )
    thinking = replace(trial(1), sampling=Sampling(max_tokens=1, reasoning_effort="high"))
    plain, told_to_think = ask(trial(1), thinking)
    assert plain.usage.input_tokens == len(rendered["input_ids"])
    assert told_to_think.usage.input_tokens == len(rendered["input_ids"]) + 2  # <think> and a newline


@needs_vllm
def test_thinking_is_split_from_the_answer(ask: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        saying(ask, patched, f"<think>hm, hm{THOUGHT}moves = []")
        (answer,) = ask(trial(8))
    assert (answer.reasoning, answer.text) == ("hm, hm", "moves = []")
    assert 0 < (answer.usage.reasoning_tokens or 0) < (answer.usage.output_tokens or 0)
    saying(ask, monkeypatch, "<think>moves = [[1, 0, 2]], or")
    (unfinished,) = ask(trial(8))
    assert (unfinished.text, unfinished.reasoning) == ("", "moves = [[1, 0, 2]], or")


@needs_vllm
def test_a_prompt_that_does_not_fit_fails_alone(ask: Asking) -> None:
    async def both() -> list[Any]:
        long = ask.engine.complete(trial(8, prompt="again and " * 300))
        return [*await asyncio.gather(long, ask.engine.complete(trial(8)), return_exceptions=True)]

    failed, answered = ask._runner.run(both())
    assert isinstance(failed, ProviderFailure)
    assert (failed.retry, failed.fatal) == (False, False)
    assert "256" in str(failed)
    assert isinstance(answered, Completion)


@needs_vllm
def test_sixteen_at_a_time_take_much_less_than_one_after_another(ask: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    without_end(ask, monkeypatch)
    ask(*(trial(64) for _ in range(16)))
    began = time.monotonic()
    made = ask(*(trial(64) for _ in range(16)))
    assert {(each.stop, each.usage.output_tokens) for each in made} == {(Stop.LENGTH, 64)}
    together = time.monotonic() - began
    began = time.monotonic()
    for _ in range(16):
        ask(trial(64))
    assert together < 0.6 * (time.monotonic() - began)


def suite(folder: Path, model: Path, **options: Any) -> Path:
    engine = ", ".join(f"{name} = {json.dumps(value)}" for name, value in {**SMALL, **options}.items())
    file = folder / "suite.toml"
    file.write_text(f"""
name = "tiny"
models = [{{name = "vllm/{model}", concurrency = 16, engine = {{{engine}}}}}]
sampling = {{max_tokens = 48, temperature = 0}}
over_budget = "ask"
[[grid]]
task = "tower_of_hanoi"
sizes = [1, 2, 3, 4]
modes = ["enumerate"]
repeats = 8
""")
    return file


@needs_vllm
def test_a_run_asks_sixteen_at_a_time_and_leaves_no_process(tiny_models: dict[str, Path], tmp_path: Path) -> None:
    command = [*PEGBOARD, "run", str(suite(tmp_path, tiny_models["plain"])), "--out", str(tmp_path / "run")]
    run = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True, env=offline()
    )
    told, noise = run.communicate(timeout=240)
    assert run.returncode == 0, told + noise
    assert "Traceback" not in told + noise
    assert gone(run.pid, 5)
    answers = [json.loads(line) for line in (tmp_path / "run" / "answers.jsonl").read_bytes().splitlines()]
    assert len(answers) == 32
    assert {(answer["stop"], answer["finish_reason"], answer["output_tokens"]) for answer in answers} == {
        ("length", "length", 48)  # its model never ends by itself
    }
    recorded = json.loads((tmp_path / "run" / "run.json").read_text())
    assert recorded["suite"]["models"][0]["engine"] == SMALL


def started(folder: Path, model: Path) -> subprocess.Popen[bytes]:
    """A run of half a minute and more, in a session of its own."""
    command = [*PEGBOARD, "run", str(suite(folder, model)), "--max-tokens", "1500", "--sizes", "1", "--repeats", "64"]
    command += ["--out", str(folder / "run")]
    with (folder / "told").open("wb") as told:
        return subprocess.Popen(command, stdout=told, stderr=subprocess.STDOUT, start_new_session=True, env=offline())


def until(reached: Callable[[], bool], run: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 150
    while not reached():
        assert run.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.1)


@needs_vllm
def test_a_run_that_is_killed_leaves_no_engine(tiny_models: dict[str, Path], tmp_path: Path) -> None:
    run = started(tmp_path, tiny_models["plain"])
    until(lambda: any("EngineCore" in each or "spawn_main" in each for each in left_over(run.pid)), run)
    time.sleep(3)  # while it loads, or asks
    run.send_signal(signal.SIGKILL)
    run.wait()
    assert gone(run.pid)


@needs_vllm
def test_an_interrupt_at_the_terminal_leaves_the_engine_to_finish_what_is_in_flight(
    tiny_models: dict[str, Path], tmp_path: Path
) -> None:
    run, answers = started(tmp_path, tiny_models["plain"]), tmp_path / "run" / "answers.jsonl"
    until(lambda: answers.exists() and answers.stat().st_size > 0, run)
    time.sleep(0.5)  # the next ones are in flight
    before = len(answers.read_bytes().splitlines())
    os.killpg(run.pid, signal.SIGINT)
    assert run.wait(120) == 130
    told = (tmp_path / "told").read_text()
    assert "Traceback" not in told
    assert "has ended" not in told
    assert 64 > len(answers.read_bytes().splitlines()) > before
    assert gone(run.pid, 5)


def offline() -> dict[str, str]:
    return {**os.environ, "HF_HUB_OFFLINE": "1"}


if __name__ == "__main__":
    asyncio.run(_hold_a_sleeper())
