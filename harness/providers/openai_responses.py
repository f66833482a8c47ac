"""``openai/NAME``: OpenAI's Responses API, through the official client."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from harness.completion import Completion, Stop, Usage
from harness.errors import ProviderRefused
from harness.providers import failures
from harness.providers.requests import Destination, attempt_seconds, body_of
from harness.trial import Trial

KEY_NAME = "OPENAI_API_KEY"


class OpenAIResponses:
    """Raises ProviderRefused when there is no key."""

    def __init__(self, name: str) -> None:
        import openai

        if not os.environ.get(KEY_NAME):
            raise ProviderRefused(f"openai/{name} needs a key in {KEY_NAME}", f"export {KEY_NAME}=...")
        self._name = name
        self._client = openai.AsyncOpenAI(max_retries=0, http_client=openai.DefaultAioHttpClient())
        self._destination = Destination(openai, name, KEY_NAME, str(self._client.base_url))

    async def complete(self, trial: Trial) -> Completion:
        """See ``Provider.complete``."""
        sampling, seconds = trial.sampling, attempt_seconds(trial.sampling.max_tokens)
        optional: dict[str, Any] = {}
        if sampling.temperature is not None:
            optional["temperature"] = sampling.temperature
        if sampling.reasoning_effort is not None:
            optional["reasoning"] = {"effort": sampling.reasoning_effort}
        body = await body_of(
            self._client.responses.with_raw_response.create(
                model=self._name,
                input=trial.prompt,
                max_output_tokens=sampling.max_tokens,
                store=False,
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
    """Read a response body. Raises ProviderFailure for one that is no response."""
    output = body.get("output")
    if not isinstance(output, list) or body.get("status") in ("failed", "cancelled"):
        raise failures.of_garbage(f"no output: {body.get('error') or body.get('status') or list(body)}")
    parts = [part for item in output if item.get("type") == "message" for part in item.get("content") or []]
    refusals = [part.get("refusal") or "" for part in parts if part.get("type") == "refusal"]
    text = "".join(part.get("text") or "" for part in parts if part.get("type") == "output_text")
    reason = (body.get("incomplete_details") or {}).get("reason")
    return Completion(
        text=text or "".join(refusals),
        stop=_stop(body.get("status"), reason, refused=bool(refusals) and not text),
        reasoning=_reasoning(output),
        finish_reason=reason or body.get("status"),
        usage=_usage(body.get("usage") or {}),
        model=body.get("model"),
        raw=body,
    )


def _stop(status: str | None, reason: str | None, *, refused: bool) -> Stop:
    if refused or reason == "content_filter":
        return Stop.REFUSAL
    if reason == "max_output_tokens":
        return Stop.LENGTH
    return Stop.END if status == "completed" else Stop.UNKNOWN


def _reasoning(output: list[dict[str, Any]]) -> str | None:
    texts = [
        part.get("text") or ""
        for item in output
        if item.get("type") == "reasoning"
        for part in [*(item.get("content") or []), *(item.get("summary") or [])]
    ]
    return "\n\n".join(texts) or None


def _usage(usage: Mapping[str, Any]) -> Usage:
    return Usage(
        input_tokens=usage.get("input_tokens"),
        output_tokens=usage.get("output_tokens"),
        reasoning_tokens=(usage.get("output_tokens_details") or {}).get("reasoning_tokens"),
        cached_tokens=(usage.get("input_tokens_details") or {}).get("cached_tokens"),
    )
