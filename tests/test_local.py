"""Models in this process: what a GGUF file says, answers and scores of a small real model, and whose turn it is."""

from __future__ import annotations

import asyncio
import json
import math
import struct
from collections.abc import Callable, Coroutine, Iterator, Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from loopback import Loopback
from test_models import ASKED, pegboard
from trials import TRIAL

from harness.cli.display import line as progress_line
from harness.cli.flags import with_models
from harness.completion import Completion, Stop
from harness.errors import UnknownName, UsageError
from harness.models import concurrency, connect, connect_scorer, resolved
from harness.providers import gguf, local_llama
from harness.providers.concurrency import AdaptiveLimit
from harness.providers.local_llama import LocalLlama
from harness.providers.protocol import ProviderFailure
from harness.records import Record
from harness.runner import Line, Run, Tally
from harness.sandbox.protocol import Sandbox
from harness.store import RunFolder
from harness.suite import Model, validate
from harness.trial import Sampling, Trial

lacking = [name for name in (local_llama.ENGINE, local_llama.PACKAGE) if find_spec(name) is None]
with_smollm2 = pytest.mark.skipif(bool(lacking), reason=f"{' and '.join(lacking)} not installed: see docs/models.md")

HAMLET = (
    "To be, or not to be, that is the question: Whether tis nobler in the mind to suffer the slings and arrows of "
    "outrageous fortune."
)


def trial(prompt: str, max_tokens: int, repeat: int = 0, temperature: float | None = None) -> Trial:
    sampling = Sampling(max_tokens=max_tokens, temperature=temperature)
    return replace(TRIAL, prompt=prompt, repeat=repeat, sampling=sampling)


def using(llama: LocalLlama, work: Callable[[LocalLlama], Coroutine[Any, Any, Any]]) -> Any:
    async def whole() -> Any:
        try:
            return await work(llama)
        finally:
            await llama.close()

    return asyncio.run(whole())


def answers(llama: LocalLlama, *trials: Trial) -> list[Completion]:
    async def ask(llama: LocalLlama) -> list[Completion]:
        return await asyncio.gather(*(llama.complete(each) for each in trials))

    return using(llama, ask)  # type: ignore[no-any-return]


# What a file says of itself


def text(value: str) -> bytes:
    return struct.pack("<Q", len(value)) + value.encode()


def written(folder: Path, *entries: bytes, version: int = 3) -> Path:
    file = folder / "made.gguf"
    file.write_bytes(struct.pack("<4sIQQ", b"GGUF", version, 0, len(entries)) + b"".join(entries))
    return file


ENTRIES = (
    text("general.architecture") + struct.pack("<I", 8) + text("tiny"),
    text("odd") + struct.pack("<IIQ", 9, 9, 1) + struct.pack("<IQ", 5, 2) + struct.pack("<ii", 1, 2),
    text("tokenizer.ggml.tokens") + struct.pack("<IIQ", 9, 8, 2) + text("a") + text("bc"),
    text("tiny.context_length") + struct.pack("<II", 4, 77),
    text("tokenizer.chat_template") + struct.pack("<I", 8) + text("{{ messages }}"),
)


def test_a_file_tells_its_architecture_context_vocabulary_and_whether_it_can_chat(tmp_path: Path) -> None:
    told = gguf.describe(written(tmp_path, *ENTRIES))
    assert (told.architecture, told.context, told.vocabulary, told.chats) == ("tiny", 77, 2, True)
    assert not gguf.describe(written(tmp_path, *ENTRIES[:-1])).chats


@pytest.mark.parametrize(
    "content", [b"", b"GGU", b"{}" * 50, b"GGUF" + b"\3\0\0\0" + b"\xff" * 40, b"GGUF" + b"\0" * 40]
)
def test_what_is_no_gguf_file_is_told_in_one_line(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "odd.gguf"
    file.write_bytes(content)
    with pytest.raises(UsageError, match=r"odd\.gguf is no GGUF file") as refused:
        gguf.describe(file)
    assert "\n" not in refused.value.found


def test_a_file_that_ends_early_anywhere_is_told(tmp_path: Path) -> None:
    file = written(tmp_path, *ENTRIES)
    whole = file.read_bytes()
    for length in range(1, len(whole)):
        file.write_bytes(whole[:length])
        with pytest.raises(UsageError, match="is no GGUF file"):
            gguf.describe(file)


# Names and options


@pytest.mark.parametrize(
    ("model", "told"),
    [
        (Model(name="local/nowhere.gguf"), "there is no file .*nowhere.gguf"),
        (Model(name="local/"), "names no model"),
        (Model(name="local/smollm2", base_url="http://localhost:8000/v1"), "has no base URL"),
        (Model(name="oracle/none", engine={"threads": 2}), "no engine to give options to: threads"),
        (Model(name="mine:Model", engine={"threads": 2}), "no engine to give options to: threads"),
    ],
)
def test_what_a_model_has_no_place_for_is_told_without_loading(model: Model, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        resolved(model)


def test_a_file_is_recorded_with_its_whole_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = written(tmp_path, *ENTRIES)
    monkeypatch.chdir(tmp_path)
    assert resolved(Model(name="local/made.gguf")).name == f"local/{file}"
    assert resolved(Model(name="local/smollm2")).name == "local/smollm2"


def test_few_are_asked_at_a_time_of_a_model_here_and_many_of_a_server() -> None:
    assert concurrency(Model(name="local/smollm2")) <= 4
    assert concurrency(Model(name="openai/m")) == 20
    assert concurrency(Model(name="local/smollm2", concurrency=7)) == 7


def test_a_base_url_is_for_the_models_of_several_that_a_server_answers_for() -> None:
    chosen = validate({"name": "mine", "grid": [{"task": "t", "sizes": [1]}]}, "here")
    models = with_models(chosen, ["openai/m", "local/smollm2"], "http://127.0.0.1:8/v1", None).models
    assert [model.base_url for model in models] == ["http://127.0.0.1:8/v1", None]


@pytest.mark.parametrize("missing", [local_llama.ENGINE, local_llama.PACKAGE])
def test_a_package_that_is_missing_is_one_line_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch, sandbox: Sandbox, missing: str
) -> None:
    if lacking and missing not in lacking:
        pytest.skip(f"{lacking} missing as well")
    monkeypatch.setattr(local_llama, "find_spec", lambda name: None if name == missing else find_spec(name))
    with pytest.raises(UsageError, match="is not installed") as refused:
        connect(Model(name="local/smollm2"), {}, sandbox)
    assert "pip install" in refused.value.next_step


def test_models_that_score_no_text_say_so_and_name_those_that_do() -> None:
    for name in ("anthropic/m", "openai/m", "oracle/none", "mine:Model"):
        with pytest.raises(UsageError, match=f"{name} gives no log-probabilities") as refused:
            connect_scorer(Model(name=name))
        assert "local/..., transformers/..., vllm/..." in refused.value.next_step


@with_smollm2
def test_an_option_that_the_engine_does_not_have_is_told_with_a_near_miss() -> None:
    with pytest.raises(UnknownName, match="n_gpu_layers"):
        LocalLlama("smollm2", {"n_gpu_layer": 1})
    with pytest.raises(UsageError, match="expected int, got str"):
        LocalLlama("smollm2", {"threads": "two"})


# Answers of a real model


@with_smollm2
def test_an_answer_has_a_real_end_or_a_real_limit_and_counts_its_tokens() -> None:
    asked = [trial("Say hello.", 5), trial("Hi", 150, temperature=0.0)]
    cut, ended = answers(LocalLlama("smollm2", slots=2), *asked)
    assert (cut.stop, cut.finish_reason, cut.usage.output_tokens) == (Stop.LENGTH, "length", 5)
    assert (ended.stop, ended.finish_reason) == (Stop.END, "stop")
    assert ended.text
    assert 0 < (ended.usage.output_tokens or 0) < 150
    assert (ended.usage.input_tokens or 0) > 10
    assert ended.model == "SmolLM2-135M-Instruct.Q4_1"


@with_smollm2
def test_repeats_differ_and_the_same_trial_gets_the_same_answer() -> None:
    first, second, again = answers(LocalLlama("smollm2"), *(trial("Tell me a story.", 24, n) for n in (0, 1, 0)))
    assert first.text != second.text
    assert first.text == again.text


@with_smollm2
def test_twenty_trials_wait_in_line_for_one_slot() -> None:
    given = answers(LocalLlama("smollm2"), *(trial("Count.", 3, number) for number in range(20)))
    assert [answer.usage.output_tokens for answer in given] == [3] * 20


@with_smollm2
@pytest.mark.parametrize(
    ("options", "asked", "told", "fatal"),
    [
        ({}, trial("Hi.", 8192), "context of 8,192 tokens.*--max-tokens 6144", True),
        ({"context": 512}, trial("word " * 600, 10), "exceeds the available context", False),
        ({"context": 256}, trial("Tell me a story. " * 40, 250), "context was full after", False),
    ],
)
def test_what_does_not_fit_into_the_context_is_no_answer(
    options: dict[str, int], asked: Trial, told: str, fatal: bool
) -> None:
    with pytest.raises(ProviderFailure, match=told) as failed:
        answers(LocalLlama("smollm2", options), asked)
    assert (failed.value.fatal, failed.value.retry) == (fatal, False)


@with_smollm2
def test_a_run_records_the_weights_and_is_not_resumed_with_others(tmp_path: Path) -> None:
    file = tmp_path / "mine.gguf"
    file.write_bytes(local_llama.weights("smollm2").read_bytes())
    flags = ["--model", "local/mine.gguf", "--max-tokens", "24", "--out", "run"]
    ran = pegboard(*ASKED, *flags, cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert "/s)" in ran.stderr  # tokens a second
    recorded = json.loads((tmp_path / "run" / "run.json").read_text())["weights"][f"local/{file}"]
    assert recorded["sha256"] == local_llama.SMOLLM2_SHA256
    assert recorded["engine"].startswith("xllamacpp 20")
    (answer,) = (json.loads(line) for line in (tmp_path / "run" / "answers.jsonl").read_text().splitlines())
    assert (answer["stop"], answer["output_tokens"]) == ("length", 24)
    with file.open("r+b") as other:
        other.seek(-1, 2)
        other.write(b"\x01")
    resumed = pegboard("resume", "run", cwd=tmp_path)
    assert resumed.returncode == 5
    assert "begun with another file" in resumed.stderr


@with_smollm2
def test_a_local_model_and_a_server_are_asked_in_one_run(tmp_path: Path) -> None:
    with Loopback(lambda _: "moves = []") as server:
        models = ["--model", "local/smollm2", "--model", "openai/m", "--base-url", f"{server.url}/v1"]
        ran = pegboard(*ASKED, *models, "--max-tokens", "24", "--out", "run", cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    verdicts = [json.loads(line) for line in (tmp_path / "run" / "verdicts.jsonl").read_text().splitlines()]
    assert {verdict["model"] for verdict in verdicts} == {"local/smollm2", "openai/m"}


# The same engine as a server


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a real llama.cpp server, which speaks OpenAI's and Anthropic's protocols."""
    import xllamacpp

    for key in ("OPENAI_API_KEY", "ANTHROPIC_API_KEY"):
        monkeypatch.setenv(key, "k")
    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(local_llama.weights("smollm2"))
    parameters.n_ctx, parameters.verbosity = 2048, -1
    parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = 1
    server = xllamacpp.Server(parameters)
    yield server.listening_address
    del server


@with_smollm2
@pytest.mark.parametrize(("name", "path"), [("openai/smollm2", "/v1"), ("anthropic/smollm2", "")])
def test_both_vendors_protocols_are_understood_as_a_real_server_speaks_them(
    served: str, sandbox: Sandbox, name: str, path: str
) -> None:
    async def ask() -> list[Completion]:
        provider = connect(Model(name=name, base_url=f"{served}{path}"), {}, sandbox)
        asked = trial("Say hello.", 5), trial("Hi", 150, temperature=0.0)
        try:
            return [await provider.complete(each) for each in asked]
        finally:
            await provider.close()

    cut, ended = asyncio.run(ask())
    assert (cut.stop, cut.usage.output_tokens) == (Stop.LENGTH, 5)
    assert ended.stop is Stop.END
    assert ended.text == "Hello! How can I assist you today?"
    assert (ended.usage.input_tokens or 0) > 10


@with_smollm2
def test_a_real_server_that_ignores_echo_is_refused_as_a_scorer(served: str) -> None:
    async def score() -> None:
        scorer = connect_scorer(Model(name="openai/smollm2", base_url=f"{served}/v1"))
        try:
            await scorer.score(["To be"])
        finally:
            await scorer.close()

    with pytest.raises(UsageError, match="echo"):
        asyncio.run(score())


# Scores of a real model


def scored(*texts: str) -> Any:
    return using(LocalLlama("smollm2"), lambda llama: llama.score(texts))


@with_smollm2
def test_a_text_has_the_score_that_other_engines_give_it() -> None:
    (found,) = scored(HAMLET)
    total = sum(number for number in found.logprobs if number is not None)
    assert len(found.token_ids) == len(found.logprobs) == 33
    assert found.logprobs[0] is None
    assert not found.bos
    assert total == pytest.approx(
        -118.7052, abs=32 * 0.04
    )  # transformers in float32; kernels here have 8-bit activations


@with_smollm2
def test_every_token_has_the_probability_that_the_engine_lists_for_it_among_all() -> None:
    async def both(llama: LocalLlama) -> tuple[Any, list[dict[int, float]]]:
        (found,) = await llama.score(["The cat sat on the"])
        server = await asyncio.to_thread(llama._loaded, 64)
        lists = []
        for place in range(1, len(found.token_ids)):
            request = {"prompt": list(found.token_ids[:place]), "n_predict": 1, "n_probs": 49152, "temperature": 0}
            (told,) = server.handle_completions(request)["choices"][0]["logprobs"]["content"]
            lists.append({entry["id"]: entry["logprob"] for entry in told["top_logprobs"]})
        return found, lists

    found, lists = using(LocalLlama("smollm2"), both)
    assert [sum(map(math.exp, each.values())) for each in lists] == pytest.approx([1.0] * len(lists), abs=0.01)
    listed = [each[token] for token, each in zip(found.token_ids[1:], lists, strict=True)]
    assert found.logprobs[1:] == pytest.approx(listed, abs=0.01)


@with_smollm2
def test_every_text_can_be_scored() -> None:
    texts = ["", "x", "Ünï\n\n日本 🙂🙂", "the <|im_end|> of it", "\x00"]
    for given, found in zip(texts, scored(*texts), strict=True):
        assert len(found.token_ids) == len(found.logprobs)
        assert found.logprobs[:1] == ([None] if given else [])
        assert all(-80 < number <= 0 for number in found.logprobs[1:])


@with_smollm2
def test_a_text_that_is_too_long_for_the_model_is_the_users_to_shorten() -> None:
    with pytest.raises(UsageError, match="does not fit into the 64 that local/smollm2 can score"):
        using(LocalLlama("smollm2", {"context": 64}), lambda llama: llama.score(["word " * 100]))


# Several models in one run


class Counting:
    """A provider that writes down when it is first asked and when it is closed."""

    def __init__(self, name: str, log: list[str], *, fails: bool = False) -> None:
        self._name, self._log, self._fails = name, log, fails

    async def complete(self, trial: Trial) -> Completion:
        if trial.repeat == 0:
            self._log.append(f"{self._name} asked")
        await asyncio.sleep(0.01)
        if self._fails:
            raise ProviderFailure("no", fatal=True)
        return Completion(text="", stop=Stop.END)

    async def close(self) -> None:
        self._log.append(f"{self._name} closed")


def measured(folder: Path, queues: Sequence[Sequence[Counting]], stop: asyncio.Event | None = None) -> Tally:
    def line(provider: Counting) -> Line:
        trials = [replace(TRIAL, model=provider._name, repeat=number) for number in range(3)]
        return Line(Model(name=provider._name, concurrency=1), provider, trials, AdaptiveLimit(1))

    def judge(answer: Record) -> Record:
        return {"key": answer["key"], "infeasible": "unsolvable"}

    async def whole() -> Tally:
        run = Run(RunFolder(folder), judge, Tally(), stop or asyncio.Event())
        await run.measure([[line(provider) for provider in queue] for queue in queues])
        return run.tally

    return asyncio.run(whole())


def test_models_of_one_queue_take_turns_and_are_closed_before_the_next(tmp_path: Path) -> None:
    log: list[str] = []
    tally = measured(tmp_path, [[Counting("a", log), Counting("b", log)], [Counting("server", log)]])
    assert tally.answered == 9
    assert [entry for entry in log if "server" not in entry] == ["a asked", "a closed", "b asked", "b closed"]
    assert log.index("server asked") < log.index("a closed")
    assert log.count("server closed") == 1


def test_a_model_that_fails_for_good_is_closed_and_the_next_one_is_asked(tmp_path: Path) -> None:
    log: list[str] = []
    measured(tmp_path, [[Counting("a", log, fails=True), Counting("b", log)]])
    assert log == ["a asked", "a closed", "b asked", "b closed"]


def test_a_run_that_is_stopped_asks_nobody_and_closes_everybody_once(tmp_path: Path) -> None:
    log: list[str] = []
    stop = asyncio.Event()
    stop.set()
    measured(tmp_path, [[Counting("a", log), Counting("b", log)]], stop)
    assert log == ["a closed", "b closed"]


def test_progress_tells_tokens_a_second() -> None:
    assert "1,000 tokens out (50/s)" in progress_line(Tally(output_tokens=1000), 20.0)
