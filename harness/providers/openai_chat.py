"""``openai/NAME`` with a base URL: chat completions of any OpenAI-compatible server, through the official client."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from harness.completion import Completion, Stop, Usage
from harness.providers import failures
from harness.providers.body import count, string, table, tables
from harness.providers.failures import Destination
from harness.providers.openai_responses import KEY_NAME
from harness.providers.requests import attempt_seconds, body_of, timeouts
from harness.trial import Trial

NO_KEY = "none"
"""Sent where there is no key: the client insists on one, local servers do not look."""

_STOPS = {
    "stop": Stop.END,
    "eos": Stop.END,
    "eos_token": Stop.END,
    "end_turn": Stop.END,
    "stop_sequence": Stop.END,
    "length": Stop.LENGTH,
    "max_tokens": Stop.LENGTH,
    "max_output_tokens": Stop.LENGTH,
    "max_length": Stop.LENGTH,
    "model_length": Stop.LENGTH,
    "model_context_window_exceeded": Stop.LENGTH,
    "content_filter": Stop.REFUSAL,
    "refusal": Stop.REFUSAL,
    "safety": Stop.REFUSAL,
}
"""Reasons in small letters: the protocol's own, and those that compatible servers pass on from other protocols."""

_UNFINISHED = ("error", "abort", "aborted", "cancelled", "insufficient_system_resource")
"""Reasons that a server gives for its own failure (OpenRouter, vLLM and SGLang, DeepSeek)."""


class OpenAIChat:
    def __init__(self, name: str, base_url: str) -> None:
        import openai

        self._name = name
        self._client = openai.AsyncOpenAI(
            api_key=os.environ.get(KEY_NAME) or NO_KEY,
            base_url=base_url,
            max_retries=0,
            http_client=openai.DefaultAioHttpClient(),
        )
        self._sdk = openai
        self._destination = Destination(name, base_url, KEY_NAME, key_set=bool(os.environ.get(KEY_NAME)))

    async def complete(self, trial: Trial) -> Completion:
        """See ``Provider.complete``."""
        sampling, seconds = trial.sampling, attempt_seconds(trial.sampling.max_tokens)
        optional: dict[str, Any] = {}
        if sampling.temperature is not None:
            optional["temperature"] = sampling.temperature
        if sampling.reasoning_effort is not None:
            optional["reasoning_effort"] = sampling.reasoning_effort
        body = await body_of(
            self._client.chat.completions.with_raw_response.create(
                model=self._name,
                messages=[{"role": "user", "content": trial.prompt}],
                max_tokens=sampling.max_tokens,
                timeout=timeouts(seconds),
                **optional,
            ),
            self._sdk,
            self._destination,
            seconds,
        )
        return completion(body)

    async def close(self) -> None:
        await self._client.close()


def completion(body: Mapping[str, Any]) -> Completion:
    """Read a chat completion's body. Raises ProviderFailure for one that is none."""
    choice = next(iter(tables(body, "choices")), {})
    if error := body.get("error") or choice.get("error"):
        raise failures.of_error(error)
    if not choice.get("message"):
        raise failures.of_garbage(f"no choices with a message: {list(body)}")
    message = table(choice, "message")
    text, refusal = _text(message), string(message, "refusal")
    return Completion(
        text=text or refusal or "",
        stop=Stop.REFUSAL if refusal and not text else _stop(choice, text),
        reasoning=string(message, "reasoning_content") or string(message, "reasoning") or None,
        finish_reason=string(choice, "finish_reason"),
        usage=_usage(body),
        model=string(body, "model"),
        raw=body,
    )


def _text(message: Mapping[str, Any]) -> str:
    """The content, be it one string or a list of parts; parts of other types than text are no visible answer."""
    if not isinstance(message.get("content"), list):
        return string(message, "content") or ""
    return "".join(string(part, "text") or "" for part in tables(message, "content") if part.get("type") == "text")


def _stop(choice: Mapping[str, Any], text: str) -> Stop:
    """Raises ProviderFailure for an answer that the server did not finish.

    A reason of null is given while an answer is being made. Where the key itself is missing beside a text, the server
    is a small one that never gives a reason: asking it again would not bring one.
    """
    reason = string(choice, "finish_reason")
    if reason is None and "finish_reason" not in choice and text:
        return Stop.UNKNOWN
    if not reason or reason.lower() in _UNFINISHED:
        raise failures.of_ending(reason)
    return _STOPS.get(reason.lower(), Stop.UNKNOWN)


def _usage(body: Mapping[str, Any]) -> Usage:
    usage = table(body, "usage")
    cached = count(table(usage, "prompt_tokens_details"), "cached_tokens")
    return Usage(
        input_tokens=count(usage, "prompt_tokens"),
        output_tokens=count(usage, "completion_tokens"),
        reasoning_tokens=count(table(usage, "completion_tokens_details"), "reasoning_tokens"),
        cached_tokens=cached if cached is not None else count(usage, "prompt_cache_hit_tokens"),
    )
