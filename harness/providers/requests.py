"""One request through a vendor's client: the body as received, or a ProviderFailure."""

from __future__ import annotations

import json
from collections.abc import Awaitable
from typing import Any, Protocol

from harness.providers import failures

CONNECT_SECONDS = 10.0


class RawResponse(Protocol):
    """What both vendors' ``with_raw_response`` gives."""

    @property
    def http_response(self) -> Any: ...


def attempt_seconds(max_tokens: int) -> float:
    """How long one attempt may take: a minute, and time for the tokens at 20 a second, at most an hour."""
    return min(3600.0, 60.0 + max_tokens / 20)


async def body_of(
    sent: Awaitable[Any], sdk: Any, *, model: str, key_name: str, address: str, seconds: float
) -> dict[str, Any]:
    """Await a raw response and read its JSON. ``sdk`` is the vendor's module, for its exceptions.

    Raises ProviderFailure for everything that can go wrong.
    """
    try:
        response = await sent
        text = response.http_response.text
    except sdk.APIConnectionError as error:  # time-outs are among them
        timed_out = isinstance(error, sdk.APITimeoutError)
        raise failures.of_connection(error, address, timed_out_after=seconds if timed_out else None) from error
    except sdk.APIStatusError as error:
        headers, said = error.response.headers, error.response.text
        raise failures.of_status(error.status_code, said, headers, model, key_name) from error
    except sdk.APIError as error:
        raise failures.of_garbage(str(error)) from error
    try:
        body = json.loads(text)
    except ValueError as error:
        raise failures.of_garbage(f"not JSON: {text[:200]}") from error
    if not isinstance(body, dict):
        raise failures.of_garbage(f"not an object: {text[:200]}")
    return body
