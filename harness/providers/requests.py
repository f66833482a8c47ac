"""One request through a vendor's client: the body as received, or a ProviderFailure."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from harness.errors import UsageError
from harness.providers import failures
from harness.providers.body import parsed
from harness.providers.failures import Destination

if TYPE_CHECKING:
    from httpx2 import Timeout

CONNECT_SECONDS = 10.0
"""How long the connection alone may take; an address that drops packets is told after this."""


def checked_address(address: str, given_as: str = "base_url") -> str:
    """A server's address, as it was given. Raises UsageError for one that nothing can be sent to, or with a secret."""
    expected = "write http:// or https://, a host and perhaps a path, such as http://localhost:8000/v1"
    try:
        parts = urlsplit(address)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if "@" in address:
        hidden = f"...{address[address.rindex('@') :]}"
        raise UsageError(
            f"{given_as} {hidden!r} holds a name or password", f"{expected}; put the key into the environment"
        )
    if not usable or parts.query or parts.fragment or any(char.isspace() for char in address):
        raise UsageError(f"{given_as} {address!r} is no server's address", expected)
    return address


def attempt_seconds(max_tokens: int) -> float:
    """How long one attempt may take: a minute, and time for the tokens at 20 a second, at most an hour."""
    return min(3600.0, 60.0 + max_tokens / 20)


def timeouts(seconds: float) -> Timeout:
    """What a client is told, for an attempt that may take so long."""
    import httpx2

    return httpx2.Timeout(seconds, connect=min(seconds, CONNECT_SECONDS))


async def body_of(sent: Awaitable[Any], sdk: Any, destination: Destination, seconds: float) -> dict[str, Any]:
    """Await what a client's ``with_raw_response`` gives, and read its JSON.

    Raises ProviderFailure for everything that can go wrong.
    """
    async with attempt(sdk, destination, seconds):
        content = (await sent).http_response.content
    return parsed(content)


@asynccontextmanager
async def attempt(sdk: Any, destination: Destination, seconds: float) -> AsyncIterator[None]:
    """Bound the block by ``seconds``, and turn whatever a vendor's client raises in it into a ProviderFailure.

    sdk: the vendor's module, for its exceptions. The clients bound only the silence between two bytes.
    """
    import aiohttp
    import httpx2

    try:
        async with asyncio.timeout(seconds):
            yield
    except (TimeoutError, sdk.APIConnectionError, httpx2.RequestError, aiohttp.ClientError) as error:
        raise failures.of_connection(error, destination.address, seconds) from error
    except sdk.APIStatusError as error:
        status = failures.status_told(error.status_code, error.body)
        said = error.response.text if error.response.is_stream_consumed and error.status_code >= 300 else str(error)
        raise failures.of_status(status, said, error.response.headers, destination) from error
    except sdk.APIError as error:
        raise failures.of_garbage(str(error)) from error
