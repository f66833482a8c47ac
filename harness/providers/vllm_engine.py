"""``vllm/MODEL``: vLLM's engine in this process's care, asked by all trials of a run at a time.

The engine itself works in processes of its own. It batches whatever is in flight from step to step, so that concurrency
costs it little; it is started when the first trial is asked, and ended by ``close``.
"""

from __future__ import annotations

import asyncio
import itertools
import os
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from harness.completion import Completion, Stop, Usage
from harness.errors import UnknownName, UsageError
from harness.providers import failures
from harness.providers.failures import one_line
from harness.providers.lifeline import Lifeline, deaf_to_interrupts
from harness.providers.protocol import ProviderFailure
from harness.providers.scoring import Scored
from harness.providers.tokens import encoded, refuse_longer
from harness.trial import Sampling, Trial

if TYPE_CHECKING:
    from vllm import RequestOutput, SamplingParams
    from vllm.config import VllmConfig
    from vllm.entrypoints.openai.chat_completion.protocol import ChatCompletionRequest
    from vllm.parser.abstract_parser import Parser
    from vllm.renderers import ChatParams
    from vllm.v1.engine.async_llm import AsyncLLM

ENVIRONMENT = {
    "VLLM_LOGGING_LEVEL": "ERROR",
    "VLLM_LOGGING_STREAM": "ext://sys.stderr",  # stdout is for tables
    "VLLM_NO_USAGE_STATS": "1",  # it would report each start to its makers
    "VLLM_WORKER_MULTIPROC_METHOD": "spawn",  # this process has threads, which a fork would leave in any state
}
"""What vLLM reads at import, where the user has not said otherwise."""

ENDING_SECONDS = 15.0
"""How long the engine's processes may take to end by themselves; then they are killed."""

QUIET = {"use_tqdm_on_load": False}
"""Options that hold where a user gives no others: a run shows its own progress."""

_STOPS = {"stop": Stop.END, "length": Stop.LENGTH}
_UNFINISHED = (None, "abort", "error")


class VllmEngine:
    """``options`` are fields of vLLM's ``AsyncEngineArgs``, such as ``tensor_parallel_size`` or ``reasoning_parser``.

    Raises UsageError where vLLM is not installed, finds no device, or cannot use the model or the options as given.
    """

    def __init__(self, name: str, options: Mapping[str, Any] | None = None) -> None:
        self._name = name
        self._config = _configuration(name, options or {})
        self._defaults = self._config.model_config.get_diff_sampling_param()  # reads a file, for milliseconds
        self._engine: AsyncLLM | None = None
        self._failed = ""
        self._lifeline: Lifeline | None = None
        self._starting = asyncio.Lock()
        self._numbers = itertools.count()

    async def complete(self, trial: Trial) -> Completion:
        """See ``Provider.complete``. Rendered and parsed by the parts that vLLM's own server does it with."""
        engine, request = await self._started(), _request(trial)
        template = request.build_chat_params(None, "auto")
        parser = self._parser(engine, template.chat_template_kwargs)
        if parser is not None:
            request = parser.adjust_request(request)  # some tell thinking apart by special tokens alone
        prompt = await self._rendered(engine, request, template)
        parameters = self._parameters(trial.sampling, skip_special_tokens=request.skip_special_tokens)
        output = await self._generated(engine, prompt, parameters, template.chat_template_kwargs)
        return _completion(self._name, output, parser, request)

    async def score(self, texts: Sequence[str]) -> list[Scored]:
        """See ``Scorer.score``."""
        engine = await self._started()
        family = self._config.model_config.hf_text_config.model_type
        inputs = [encoded(engine.get_tokenizer(), text, family) for text in texts]
        for ids, _ in inputs:  # one place is the engine's: it generates a token after the prompt
            refuse_longer(ids, self._config.model_config.max_model_len - 1, f"vllm/{self._name}")
        return await asyncio.gather(*(self._scored(engine, ids, bos) for ids, bos in inputs))

    async def close(self) -> None:
        """End the engine's processes."""
        if self._engine is not None:
            if self._engine.output_handler is not None:
                self._engine.output_handler.cancel()  # it would log the end of the engine as an error
            await asyncio.to_thread(self._engine.shutdown, ENDING_SECONDS)
            self._engine = None
        if self._lifeline is not None:
            self._lifeline.cut()
            self._lifeline = None

    async def _started(self) -> AsyncLLM:
        """The engine, started once. Raises ProviderFailure, fatal, when it cannot be started or was."""
        from vllm.v1.engine.async_llm import AsyncLLM

        def start() -> AsyncLLM:
            with deaf_to_interrupts():
                return AsyncLLM.from_vllm_config(self._config, disable_log_stats=True)

        async with self._starting:
            if self._engine is None and not self._failed:
                self._lifeline = Lifeline()
                try:
                    self._engine = await self._lifeline.during(lambda: asyncio.to_thread(start))
                except (Exception, SystemExit) as error:  # whatever the engine and its processes raise
                    self._failed = f"vLLM cannot load {self._name}: {_told(error)}"
            if self._engine is None:
                raise ProviderFailure(self._failed, fatal=True)
            return self._engine

    async def _rendered(self, engine: AsyncLLM, request: ChatCompletionRequest, template: ChatParams) -> Any:
        """The prompt in the model's chat template, as tokens."""
        from vllm.exceptions import VLLMClientError

        if getattr(engine.get_tokenizer(), "chat_template", "") is None:
            raise ProviderFailure(
                f"{self._name} has no chat template, so it cannot be asked; it can be scored", fatal=True
            )
        try:
            _, (prompt,) = await engine.renderer.render_chat_async([request.messages], template)
        except (VLLMClientError, ValueError) as error:
            raise ProviderFailure(f"vLLM refuses the prompt: {one_line(str(error))}") from error
        return prompt

    def _parser(self, engine: AsyncLLM, variables: dict[str, Any]) -> Parser | None:
        """What splits thinking from the answer, if the engine's options name one; it is made for one answer."""
        from vllm.parser import ParserManager

        model = self._config.model_config
        parser = ParserManager.get_parser(
            reasoning_parser_name=self._config.structured_outputs_config.reasoning_parser or None,
            model_name=model.model,
            is_harmony=model.hf_config.model_type == "gpt_oss",
        )
        if parser is None:
            return None
        return parser(engine.get_tokenizer(), None, chat_template_kwargs=variables, model_config=model)

    def _parameters(self, sampling: Sampling, *, skip_special_tokens: bool) -> SamplingParams:
        """The model's own defaults (``generation_config.json``), and over them what is asked for."""
        from vllm import SamplingParams
        from vllm.sampling_params import RequestOutputKind

        asked: dict[str, Any] = {**self._defaults, "max_tokens": sampling.max_tokens}
        if sampling.temperature is not None:
            asked["temperature"] = sampling.temperature
        if sampling.thinking_budget is not None:
            asked["thinking_token_budget"] = sampling.thinking_budget
        return SamplingParams(
            **asked, output_kind=RequestOutputKind.FINAL_ONLY, skip_special_tokens=skip_special_tokens
        )

    async def _scored(self, engine: AsyncLLM, ids: list[int], bos: bool) -> Scored:
        from vllm import SamplingParams, TokensPrompt
        from vllm.sampling_params import RequestOutputKind

        if not ids:
            return Scored(token_ids=[], logprobs=[], bos=False)
        parameters = SamplingParams(
            max_tokens=1, prompt_logprobs=0, detokenize=False, output_kind=RequestOutputKind.FINAL_ONLY
        )
        output = await self._generated(engine, TokensPrompt(prompt_token_ids=ids), parameters)
        given = output.prompt_logprobs or []
        logprobs = [at[token].logprob if at else None for token, at in zip(ids, given, strict=True)]
        return Scored(token_ids=ids, logprobs=logprobs, bos=bos)

    async def _generated(
        self, engine: AsyncLLM, prompt: Any, parameters: SamplingParams, variables: dict[str, Any] | None = None
    ) -> RequestOutput:
        """The whole output of one request; cancelling it aborts it in the engine. Raises ProviderFailure."""
        from vllm.exceptions import VLLMClientError
        from vllm.v1.engine.exceptions import EngineDeadError, EngineGenerateError

        kwargs = None if variables is None else {"chat_template_kwargs": variables}
        asked = engine.generate(prompt, parameters, f"{next(self._numbers)}", reasoning_parser_kwargs=kwargs)
        try:
            outputs = [output async for output in asked]
        except EngineDeadError as error:
            raise ProviderFailure(f"vLLM's engine has ended: {_told(error)}", fatal=True) from error
        except EngineGenerateError as error:
            raise ProviderFailure(f"vLLM failed at the request: {_told(error)}", retry=True) from error
        except (VLLMClientError, ValueError) as error:
            raise ProviderFailure(f"vLLM refuses the request: {one_line(str(error))}") from error
        return outputs[-1]


def _configuration(name: str, options: Mapping[str, Any]) -> VllmConfig:
    """The engine's whole configuration; nothing is loaded yet but the model's description."""
    for variable, value in ENVIRONMENT.items():
        os.environ.setdefault(variable, value)
    try:
        from vllm.engine.arg_utils import AsyncEngineArgs
        from vllm.platforms import current_platform
    except ModuleNotFoundError as error:
        if error.name != "vllm":
            raise _unusable(error) from error
        raise UsageError(
            f"vllm/{name} needs vLLM, which is not installed",
            'pip install "pegboard[vllm]" beside a GPU, or a CPU build: docs/models.md',
        ) from error
    except Exception as error:  # libraries built for other devices fail in their own ways
        raise _unusable(error) from error
    if not current_platform.device_type:
        raise UsageError(
            f"vllm/{name}: the vLLM that is installed finds no device that it can use",
            "check the GPU's driver (nvidia-smi), install a CPU build (docs/models.md), "
            "or ask a served vLLM: openai/NAME --base-url http://HOST:8000/v1",
        )
    known = [field.name for field in fields(AsyncEngineArgs)]
    for option in options:
        if option not in known:
            raise UnknownName("engine option", option, known, f"vllm/{name}")
    try:
        return AsyncEngineArgs(model=name, **{**QUIET, **options}).create_engine_config()
    except (Exception, SystemExit) as error:  # it checks options, files and devices, and raises whatever each does
        raise UsageError(f"vllm/{name}: {_told(error)}", "docs/models.md tells of models and engine options") from error


def _unusable(error: BaseException) -> UsageError:
    return UsageError(
        f"vLLM is installed but cannot be imported: {_told(error)}",
        "beside a CPU build: pip uninstall torchvision torchaudio torchcodec triton (docs/models.md)",
    )


def _request(trial: Trial) -> ChatCompletionRequest:
    """What vLLM's server would be sent. Raises ProviderFailure for an effort that it has no word for."""
    from vllm.entrypoints.openai.chat_completion.protocol import ChatCompletionRequest

    effort: Any = trial.sampling.reasoning_effort
    try:
        return ChatCompletionRequest(
            messages=[{"role": "user", "content": trial.prompt}],
            max_completion_tokens=trial.sampling.max_tokens,
            reasoning_effort=effort,
        )
    except ValueError as error:
        raise ProviderFailure(f"vLLM refuses the request: {one_line(str(error))}") from error


def _completion(name: str, output: RequestOutput, parser: Parser | None, request: ChatCompletionRequest) -> Completion:
    answer, prompt_ids = output.outputs[0], output.prompt_token_ids or []
    if answer.finish_reason in _UNFINISHED:
        raise failures.of_ending(answer.finish_reason)
    text, reasoning, thought = answer.text, None, None
    if parser is not None:
        parser.set_prompt_token_ids(prompt_ids)
        reasoning, visible, _ = parser.parse(answer.text, request, model_output_token_ids=answer.token_ids)
        text, thought = visible or "", parser.count_reasoning_tokens(answer.token_ids)
    return Completion(
        text=text,
        stop=_STOPS.get(answer.finish_reason or "", Stop.UNKNOWN),
        reasoning=reasoning or None,
        finish_reason=answer.finish_reason,
        usage=Usage(
            input_tokens=len(prompt_ids),
            output_tokens=len(answer.token_ids),
            reasoning_tokens=thought,
            cached_tokens=output.num_cached_tokens,
        ),
        model=name,
        raw={"text": answer.text, "finish_reason": answer.finish_reason, "stop_reason": answer.stop_reason},
    )


def _told(error: BaseException) -> str:
    if isinstance(error, ValidationError):
        return one_line("; ".join(": ".join([*map(str, bad["loc"][:1]), bad["msg"]]) for bad in error.errors()))
    return one_line(str(error)) or type(error).__name__
