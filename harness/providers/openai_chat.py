"""``openai/NAME`` with a base URL: chat completions of any OpenAI-compatible server, through the official client."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from harness.completion import Completion, Stop, Usage
from harness.providers import failures
from harness.providers.openai_responses import KEY_NAME
from harness.providers.requests import Destination, attempt_seconds, body_of
from harness.trial import Trial

NO_KEY = "none"
"""Sent where there is no key: the client insists on one, local servers do not look."""

_STOPS = {"stop": Stop.END, "length": Stop.LENGTH, "content_filter": Stop.REFUSAL, "eos": Stop.END}


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
        self._destination = Destination(openai, name, KEY_NAME, str(self._client.base_url))

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
                timeout=seconds,
                **optional,
            ),
            self._destination,
            seconds,
        )
        return completion(body)

    async def close(self) -> None:
        await self._client.close()


def completion(body: Mapping[str, Any]) -> Completion:
    """Read a chat completion's body. Raises ProviderFailure for one that is none."""
    choices = body.get("choices")
    if not isinstance(choices, list) or not choices or not isinstance(choices[0].get("message"), dict):
        raise failures.of_garbage(f"no choices: {body.get('error') or list(body)}")
    message, reason = choices[0]["message"], choices[0].get("finish_reason")
    refusal = message.get("refusal")
    text = message.get("content") or ""
    return Completion(
        text=text or refusal or "",
        stop=Stop.REFUSAL if refusal and not text else _STOPS.get(reason or "", Stop.UNKNOWN),
        reasoning=message.get("reasoning_content") or message.get("reasoning") or None,
        finish_reason=reason,
        usage=_usage(body.get("usage") or {}),
        model=body.get("model"),
        raw=body,
    )


def _usage(usage: Mapping[str, Any]) -> Usage:
    cached = (usage.get("prompt_tokens_details") or {}).get("cached_tokens")
    return Usage(
        input_tokens=usage.get("prompt_tokens"),
        output_tokens=usage.get("completion_tokens"),
        reasoning_tokens=(usage.get("completion_tokens_details") or {}).get("reasoning_tokens"),
        cached_tokens=cached if cached is not None else usage.get("prompt_cache_hit_tokens"),
    )
