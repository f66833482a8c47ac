"""``anthropic/NAME``: Anthropic's Messages API, through the official client."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from harness.completion import Completion, Stop, Usage
from harness.errors import ProviderRefused
from harness.providers import failures
from harness.providers.body import count, storable, string, table, tables
from harness.providers.failures import Destination
from harness.providers.requests import attempt, attempt_seconds, timeouts
from harness.trial import Trial

if TYPE_CHECKING:
    from anthropic import AsyncMessageStream

KEY_NAME = "ANTHROPIC_API_KEY"

ONE_ANSWER = {"Connection": "close"}
"""For servers other than the vendor's: llama.cpp closes a connection after a stream without saying so, and the next
request would be sent into the void."""

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
            base_url=base_url,
            max_retries=0,
            http_client=anthropic.DefaultAioHttpClient(),
            default_headers=ONE_ANSWER if base_url else None,
        )
        self._sdk = anthropic
        self._destination = Destination(name, str(self._client.base_url), KEY_NAME)

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
            timeout=timeouts(seconds),
            **optional,
        )
        async with attempt(self._sdk, self._destination, seconds), streamed as events:
            body = await _whole(events)
        return completion(body)

    async def close(self) -> None:
        await self._client.close()


async def _whole(events: AsyncMessageStream[None]) -> dict[str, Any]:
    """The message that a stream adds up to. Raises ProviderFailure for a stream that breaks off or makes no sense."""
    try:
        message = (await events.get_final_message()).to_dict(mode="json", warnings=False)
    except (AssertionError, AttributeError, LookupError, RuntimeError, TypeError, ValueError) as error:
        raise failures.of_garbage(f"a stream that makes no message: {type(error).__name__}: {error}") from error
    return storable(message)


def completion(body: Mapping[str, Any]) -> Completion:
    """Read a message's body. Raises ProviderFailure for one that is none, or was not finished."""
    if error := body.get("error"):
        raise failures.of_error(error)
    if not isinstance(body.get("content"), list):
        raise failures.of_garbage(f"no content: {list(body)}")
    content, reason = tables(body, "content"), string(body, "stop_reason")
    if reason is None:
        raise failures.of_ending(reason)
    thinking = [string(part, "thinking") or "" for part in content if part.get("type") == "thinking"]
    return Completion(
        text="".join(string(part, "text") or "" for part in content if part.get("type") == "text"),
        stop=_STOPS.get(reason, Stop.UNKNOWN),
        reasoning="\n\n".join(thinking) or None,
        finish_reason=reason,
        usage=_usage(body),
        model=string(body, "model"),
        raw=body,
    )


def _usage(body: Mapping[str, Any]) -> Usage:
    """Anthropic counts cached input apart from ``input_tokens``; here the total includes it, as everywhere."""
    usage = table(body, "usage")
    fresh, read = count(usage, "input_tokens"), count(usage, "cache_read_input_tokens")
    written = count(usage, "cache_creation_input_tokens")
    return Usage(
        input_tokens=None if fresh is None else fresh + (read or 0) + (written or 0),
        output_tokens=count(usage, "output_tokens"),
        reasoning_tokens=count(table(usage, "output_tokens_details"), "thinking_tokens"),
        cached_tokens=read,
    )
