"""``vllm/MODEL``: the real engine on this machine's processor, with a tiny model of random weights."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import pytest
from processes import started_by
from trials import TRIAL

from harness.completion import Completion, Stop
from harness.errors import UnknownName, UsageError
from harness.trial import Trial

pytest.importorskip("vllm", reason="vLLM is not installed: .ci/vllm makes an environment that has it")

from tiny_model import tiny_model

from harness.providers.transformers_model import TransformersModel
from harness.providers.vllm_engine import VllmEngine

pytestmark = pytest.mark.filterwarnings("ignore")  # of torch and of what is built on it, about themselves

OPTIONS = {
    "gpu_memory_utilization": 0.1,  # counted of the machine's memory where there is no GPU
    "kv_cache_memory_bytes": 256 << 20,
    "enforce_eager": True,
    "max_model_len": 1024,
    "dtype": "float32",
}
TEXTS = ["To be, or not to be, that is the question.", "def solve(n):\n    return [[1, 0, 2]]\n", "a", ""]

T = TypeVar("T")


@dataclass
class Running:
    """An engine, and the loop that it belongs to."""

    engine: VllmEngine
    loop: asyncio.AbstractEventLoop

    def __call__(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_model(tmp_path_factory.mktemp("tiny"), ending=True)


@pytest.fixture(scope="module")
def running(model: Path) -> Iterator[Running]:
    loop = asyncio.new_event_loop()
    started = Running(VllmEngine(str(model), OPTIONS), loop)
    yield started
    loop.run_until_complete(started.engine.close())
    loop.close()


def _trial(number: int, max_tokens: int) -> Trial:
    sampling = replace(TRIAL.sampling, max_tokens=max_tokens, temperature=1.0)
    return replace(TRIAL, sampling=sampling, repeat=number)


async def _answers(engine: VllmEngine, count: int, max_tokens: int) -> list[Completion]:
    return await asyncio.gather(*(engine.complete(_trial(number, max_tokens)) for number in range(count)))


@pytest.mark.timeout(600)
def test_answers_that_are_made_together_end_by_themselves_or_at_the_limit(running: Running) -> None:
    answers = running(_answers(running.engine, 32, 2))
    assert {answer.stop for answer in answers} == {Stop.END, Stop.LENGTH}
    for answer in answers:
        assert answer.usage.input_tokens
        assert answer.usage.output_tokens is not None
        assert answer.usage.output_tokens == 2 or answer.stop is Stop.END
        assert answer.finish_reason in {"stop", "length"}


def test_scores_are_those_of_a_plain_forward_pass(running: Running, model: Path) -> None:
    scored = running(running.engine.score(TEXTS))
    expected = running(TransformersModel(str(model)).score(TEXTS))
    for one, other in zip(scored, expected, strict=True):
        assert list(one.token_ids) == list(other.token_ids)
        assert one.bos == other.bos
        for mine, theirs in zip(one.logprobs, other.logprobs, strict=True):
            assert (mine is None) == (theirs is None)
            assert mine is None or mine == pytest.approx(theirs, abs=0.01)


def test_a_text_that_is_too_long_to_score_is_refused(running: Running) -> None:
    with pytest.raises(UsageError, match="does not fit into the 1,023 that vllm/"):
        running(running.engine.score(["word " * 2000]))


def test_an_unknown_engine_option_gets_near_misses(model: Path) -> None:
    with pytest.raises(UnknownName, match="unknown engine option 'tensor_parallel'") as raised:
        VllmEngine(str(model), {"tensor_parallel": 2})
    assert "tensor_parallel_size" in raised.value.next_step


def test_a_model_that_is_not_there_is_told_in_a_line() -> None:
    with pytest.raises(UsageError) as raised:
        VllmEngine("/no/such/model", OPTIONS)
    assert "\n" not in raised.value.found


@pytest.mark.timeout(600)
def test_a_suite_is_run_and_nothing_is_left_behind(model: Path, tmp_path: Path) -> None:
    options = ", ".join(f"{name} = {json.dumps(value)}" for name, value in OPTIONS.items())
    suite = tmp_path / "tiny.toml"
    suite.write_text(
        f'name = "tiny"\nmodels = [{{name = "vllm/{model}", engine = {{{options}}}}}]\n'
        "[sampling]\nmax_tokens = 40\n"
        '[[grid]]\ntask = "tower_of_hanoi"\nsizes = [1, 2]\nmodes = ["enumerate"]\nrepeats = 4\n'
    )
    before = started_by(os.getpid())
    command = [sys.executable, "-c", "from harness.cli import main; main()", "run", str(suite), "--out", "run"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path, timeout=500)
    assert done.returncode == 0, done.stderr
    answers = [json.loads(line) for line in (tmp_path / "run" / "answers.jsonl").read_text().splitlines()]
    assert len(answers) == 8
    assert all(answer["output_tokens"] for answer in answers)
    assert not {process for process in started_by(os.getpid()) - before if Path(f"/proc/{process}").exists()}
