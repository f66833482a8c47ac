"""``anthropic/NAME``: Anthropic's Messages API, through the official client."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from harness.completion import Completion, Stop, Usage
from harness.errors import ProviderRefused
from harness.providers import failures
from harness.providers.requests import attempt_seconds, body_of
from harness.trial import Trial

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
        self._sdk = anthropic
        self._name = name
        self._client = anthropic.AsyncAnthropic(
            base_url=base_url, max_retries=0, http_client=anthropic.DefaultAioHttpClient()
        )

    async def complete(self, trial: Trial) -> Completion:
        """See ``Provider.complete``. An explicit time-out lets long answers come without streaming."""
        sampling, seconds = trial.sampling, attempt_seconds(trial.sampling.max_tokens)
        optional: dict[str, Any] = {}
        if sampling.thinking_budget is not None:
            optional["thinking"] = {"type": "enabled", "budget_tokens": sampling.thinking_budget}
        elif sampling.temperature is not None:
            optional["temperature"] = sampling.temperature
        body = await body_of(
            self._client.messages.with_raw_response.create(
                model=self._name,
                messages=[{"role": "user", "content": trial.prompt}],
                max_tokens=sampling.max_tokens,
                timeout=seconds,
                **optional,
            ),
            self._sdk,
            model=self._name,
            key_name=KEY_NAME,
            address=str(self._client.base_url),
            seconds=seconds,
        )
        return completion(body)

    async def close(self) -> None:
        await self._client.close()


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
