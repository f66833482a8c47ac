"""``openai/NAME``: OpenAI's Responses API, through the official client."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from harness.completion import Completion, Stop, Usage
from harness.errors import ProviderRefused
from harness.providers import failures
from harness.providers.body import count, string, table, tables
from harness.providers.failures import Destination
from harness.providers.requests import attempt_seconds, body_of, timeouts
from harness.trial import Trial

KEY_NAME = "OPENAI_API_KEY"

_CUTS = {"max_output_tokens": Stop.LENGTH, "content_filter": Stop.REFUSAL}
"""Why a response may be incomplete and an answer all the same."""


class OpenAIResponses:
    """Raises ProviderRefused when there is no key."""

    def __init__(self, name: str) -> None:
        import openai

        if not os.environ.get(KEY_NAME):
            raise ProviderRefused(f"openai/{name} needs a key in {KEY_NAME}", f"export {KEY_NAME}=...")
        self._name = name
        self._client = openai.AsyncOpenAI(max_retries=0, http_client=openai.DefaultAioHttpClient())
        self._sdk = openai
        self._destination = Destination(name, str(self._client.base_url), KEY_NAME)

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
    """Read a response body. Raises ProviderFailure for one that is no response, or was not finished."""
    if error := body.get("error"):
        raise failures.of_error(error)
    if not isinstance(body.get("output"), list):
        raise failures.of_garbage(f"no output: {list(body)}")
    output = tables(body, "output")
    parts = [part for item in output if item.get("type") == "message" for part in tables(item, "content")]
    refusals = [string(part, "refusal") or "" for part in parts if part.get("type") == "refusal"]
    text = "".join(string(part, "text") or "" for part in parts if part.get("type") == "output_text")
    status, reason = string(body, "status"), string(table(body, "incomplete_details"), "reason")
    return Completion(
        text=text or "".join(refusals),
        stop=_stop(status, reason, refused=bool(refusals) and not text),
        reasoning=_reasoning(output),
        finish_reason=reason or status,
        usage=_usage(body),
        model=string(body, "model"),
        raw=body,
    )


def _stop(status: str | None, reason: str | None, *, refused: bool) -> Stop:
    """Raises ProviderFailure for an answer that is neither complete nor cut by a limit or a filter."""
    if status == "completed":
        return Stop.REFUSAL if refused else Stop.END
    if status == "incomplete" and reason in _CUTS:
        return _CUTS[reason]
    raise failures.of_ending(f"{status}, {reason}" if reason else status)


def _reasoning(output: list[dict[str, Any]]) -> str | None:
    texts = [
        string(part, "text") or ""
        for item in output
        if item.get("type") == "reasoning"
        for part in [*tables(item, "content"), *tables(item, "summary")]
    ]
    return "\n\n".join(texts) or None


def _usage(body: Mapping[str, Any]) -> Usage:
    usage = table(body, "usage")
    return Usage(
        input_tokens=count(usage, "input_tokens"),
        output_tokens=count(usage, "output_tokens"),
        reasoning_tokens=count(table(usage, "output_tokens_details"), "reasoning_tokens"),
        cached_tokens=count(table(usage, "input_tokens_details"), "cached_tokens"),
    )
