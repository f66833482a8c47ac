"""``anthropic/NAME``: Anthropic's Messages API, through the official client."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from harness.completion import Completion, Stop, Usage
from harness.errors import ProviderRefused
from harness.providers import failures
from harness.providers.requests import Destination, attempt_seconds, failing_as_told
from harness.trial import Trial

if TYPE_CHECKING:
    from anthropic import AsyncMessageStream

KEY_NAME = "ANTHROPIC_API_KEY"

_STOPS = {
    "end_turn": Stop.END,
    "stop_sequence": Stop.END,
    "max_tokens": Stop.LENGTH,
    "model_context_window_exceeded": Stop.LENGTH,
    "refusal": Stop.REFUSAL,
}


class AnthropicMessages:
    """Raises ProviderRefused when there is no key."""

    def __init__(self, name: str, base_url: str | None) -> None:
        import anthropic

        if not os.environ.get(KEY_NAME):
            raise ProviderRefused(f"anthropic/{name} needs a key in {KEY_NAME}", f"export {KEY_NAME}=...")
        self._name = name
        self._client = anthropic.AsyncAnthropic(
            base_url=base_url, max_retries=0, http_client=anthropic.DefaultAioHttpClient()
        )
        self._destination = Destination(anthropic, name, KEY_NAME, str(self._client.base_url))

    async def complete(self, trial: Trial) -> Completion:
        """See ``Provider.complete``. Streamed, as Anthropic asks for answers that may take more than ten minutes."""
        sampling, seconds = trial.sampling, attempt_seconds(trial.sampling.max_tokens)
        optional: dict[str, Any] = {}
        if sampling.temperature is not None:
            optional["extra_body"] = {"temperature": sampling.temperature}  # the client names it no longer
        if sampling.thinking_budget is not None:
            optional["thinking"] = {"type": "enabled", "budget_tokens": sampling.thinking_budget}
        if sampling.reasoning_effort is not None:
            optional["output_config"] = {"effort": sampling.reasoning_effort}
        streamed = self._client.messages.stream(
            model=self._name,
            messages=[{"role": "user", "content": trial.prompt}],
            max_tokens=sampling.max_tokens,
            timeout=seconds,
            **optional,
        )
        with failing_as_told(self._destination, seconds):
            async with asyncio.timeout(seconds), streamed as events:
                body = await _whole(events)
        return completion(body)

    async def close(self) -> None:
        await self._client.close()


async def _whole(events: AsyncMessageStream[None]) -> dict[str, Any]:
    """The message that a stream adds up to. Raises ProviderFailure for a stream that breaks off or makes no sense."""
    try:
        message = await events.get_final_message()
    except (AssertionError, LookupError, RuntimeError, TypeError, ValueError) as error:
        raise failures.of_garbage(f"a stream that makes no message: {error}") from error
    if message.stop_reason is None:
        raise failures.of_garbage("the stream broke off before the message was whole")
    return message.to_dict(mode="json")


def completion(body: Mapping[str, Any]) -> Completion:
    """Read a message's body. Raises ProviderFailure for one that is none."""
    content = body.get("content")
    if not isinstance(content, list):
        raise failures.of_garbage(f"no content: {body.get('error') or list(body)}")
    reason = body.get("stop_reason")
    thinking = [part.get("thinking") or "" for part in content if part.get("type") == "thinking"]
    return Completion(
        text="".join(part.get("text") or "" for part in content if part.get("type") == "text"),
        stop=_STOPS.get(reason or "", Stop.UNKNOWN),
        reasoning="\n\n".join(thinking) or None,
        finish_reason=reason,
        usage=_usage(body.get("usage") or {}),
        model=body.get("model"),
        raw=body,
    )


def _usage(usage: Mapping[str, Any]) -> Usage:
    """Anthropic counts cached input apart from ``input_tokens``; here the total includes it, as everywhere."""
    parts = [usage.get(name) for name in ("input_tokens", "cache_read_input_tokens", "cache_creation_input_tokens")]
    details = usage.get("output_tokens_details") or {}
    return Usage(
        input_tokens=None if parts[0] is None else sum(part or 0 for part in parts),
        output_tokens=usage.get("output_tokens"),
        reasoning_tokens=details.get("thinking_tokens"),
        cached_tokens=usage.get("cache_read_input_tokens"),
    )
