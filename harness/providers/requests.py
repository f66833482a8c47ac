"""One request through a vendor's client: the body as received, or a ProviderFailure."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx2

from harness.providers import failures


@dataclass(frozen=True)
class Destination:
    """Who is asked, for the words of a failure."""

    sdk: Any
    """The vendor's module, for its exceptions."""
    model: str
    key_name: str
    """The environment variable of the key."""
    address: str


def attempt_seconds(max_tokens: int) -> float:
    """How long one attempt may take: a minute, and time for the tokens at 20 a second, at most an hour."""
    return min(3600.0, 60.0 + max_tokens / 20)


async def body_of(sent: Awaitable[Any], destination: Destination, seconds: float) -> dict[str, Any]:
    """Await what a client's ``with_raw_response`` gives, and read its JSON.

    Raises ProviderFailure for everything that can go wrong.
    """
    with failing_as_told(destination, seconds):
        text = (await sent).http_response.text
    try:
        body = json.loads(text)
    except ValueError as error:
        raise failures.of_garbage(f"not JSON: {text[:200]}") from error
    if not isinstance(body, dict):
        raise failures.of_garbage(f"not an object: {text[:200]}")
    return body


@contextmanager
def failing_as_told(destination: Destination, seconds: float) -> Iterator[None]:
    """Turn whatever a vendor's client raises within the block into a ProviderFailure."""
    sdk, address = destination.sdk, destination.address
    try:
        yield
    except (TimeoutError, sdk.APITimeoutError) as error:
        raise failures.of_connection(error, address, timed_out_after=seconds) from error
    except (sdk.APIConnectionError, httpx2.TransportError) as error:
        raise failures.of_connection(error, address) from error
    except sdk.APIStatusError as error:
        status = failures.status_told(error.status_code, error.body)
        said = error.response.text if error.response.is_stream_consumed and error.status_code >= 400 else str(error)
        raise failures.of_status(
            status, said, error.response.headers, destination.model, destination.key_name
        ) from error
    except sdk.APIError as error:
        raise failures.of_garbage(str(error)) from error
