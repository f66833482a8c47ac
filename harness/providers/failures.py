"""What went wrong with a request, told once for all providers: whose fault, and whether asking again may help."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from harness.providers.protocol import ProviderFailure

LONGEST = 300
"""Characters of a message; servers send whole pages."""

REQUEST_TIMEOUT, CONFLICT, TOO_MANY, OVERLOADED = 408, 409, 429, 529
SPENT = ("insufficient_quota", "billing_hard_limit_reached", "credit balance is too low")
"""Words in the body of a 429 or 400 that no waiting mends."""

_OF_A_MODEL = re.compile(r"\bmodels?\b|\bno endpoints\b", re.IGNORECASE)
"""What a 404 says that knows the path, but not the model ("no endpoints": OpenRouter)."""

_STATUS_OF_TYPE = {
    "invalid_request_error": 400,
    "authentication_error": 401,
    "billing_error": 402,
    "permission_error": 403,
    "not_found_error": 404,
    "rate_limit_error": 429,
    "api_error": 500,
    "timeout_error": 504,
    "overloaded_error": 529,
}
"""Anthropic's kinds of error by the status that they come with before a stream has begun."""


@dataclass(frozen=True)
class Destination:
    """Who is asked, for the words of a failure."""

    model: str
    address: str
    key_name: str
    """The environment variable of the key."""
    key_set: bool = True


def status_told(status: int, body: object) -> int:
    """The status of an error; one that breaks off a stream comes within a 200 and is told by its type."""
    if status >= 300:
        return status
    error = body.get("error") if isinstance(body, dict) else None
    return _STATUS_OF_TYPE.get(str(error.get("type")) if isinstance(error, dict) else "", 500)


def of_status(status: int, body: str, headers: Mapping[str, str], destination: Destination) -> ProviderFailure:
    """The failure that an HTTP error status stands for."""
    if (for_good := _for_good(status, body, destination)) is not None:
        return ProviderFailure(f"{for_good} ({status}): {one_line(body)}", fatal=True)
    return ProviderFailure(
        f"the server answered {status}: {one_line(body)}",
        retry=status in (REQUEST_TIMEOUT, CONFLICT, TOO_MANY) or status >= 500,
        throttled=status in (TOO_MANY, OVERLOADED),
        retry_after=retry_after(headers),
    )


def _for_good(status: int, body: str, destination: Destination) -> str | None:
    """Why no request of this run can succeed; None where one may."""
    model, address, key = destination.model, destination.address, destination.key_name
    if status == 401 and not destination.key_set:
        return f"{address} wants a key, and none is set in {key}"
    if status == 401:
        return f"the key in {key} was refused for {model}"
    if status == 403:
        return f"{address} does not let {model} be asked, be it for the key in {key} or for another reason"
    if status == 402 or any(word in body for word in SPENT):
        return f"the account of {key} has no credit left"
    if status == 404 and _OF_A_MODEL.search(body):
        return f"{address} knows no model {model}"
    if status == 404:
        return f"{address} has no such path; OpenAI-compatible base URLs mostly end in /v1, Anthropic's do not"
    return None


def of_error(error: object) -> ProviderFailure:
    """An error told within a 200: the server, or one that it asks in turn, broke off."""
    told = error if isinstance(error, dict) else {"message": error}
    said = " ".join(str(told[name]) for name in ("code", "type", "message") if told.get(name))
    throttled = told.get("code") in (TOO_MANY, OVERLOADED, "rate_limit_exceeded")
    return ProviderFailure(f"the server broke off with an error: {one_line(said)}", retry=True, throttled=throttled)


def of_ending(reason: str | None) -> ProviderFailure:
    """An answer that the server gave up or had not finished, by the reason it gives."""
    return ProviderFailure(f"the server did not finish the answer: {reason or 'it gives no reason'}", retry=True)


def of_connection(error: BaseException, address: str, seconds: float) -> ProviderFailure:
    """A request that got no answer: nobody listens, its ``seconds`` were up, or the connection broke.

    The causes are asked, as the clients call every broken connection a time-out.
    """
    import aiohttp

    causes = _causes(error)
    told = one_line(str(causes[-1]) or type(causes[-1]).__name__)
    if any(isinstance(cause, (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)) for cause in causes):
        return ProviderFailure(f"nobody answers at {address}: {told}", retry=True, unreachable=True)
    if any(isinstance(cause, TimeoutError) and cause.errno is None for cause in causes):  # ETIMEDOUT is the network's
        return ProviderFailure(f"no answer within {seconds:.0f} seconds", retry=True)
    return ProviderFailure(f"the connection to {address} broke: {told}", retry=True)


def of_garbage(what: str) -> ProviderFailure:
    """A 200 whose body is not what the protocol promises."""
    return ProviderFailure(f"the server's answer cannot be read: {one_line(what)}", retry=True)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that the server asks to wait (RFC 9110, 10.2.3: seconds or a date); None when it does not say."""
    milliseconds = headers.get("retry-after-ms")
    value = headers.get("retry-after")
    try:
        seconds = float(value or "") if milliseconds is None else float(milliseconds) / 1000
        return max(0.0, seconds) if math.isfinite(seconds) else None
    except ValueError:
        pass
    try:
        return max(0.0, (parsedate_to_datetime(value or "") - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None


def one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 3] + "..."


def _causes(error: BaseException | None) -> list[BaseException]:
    chain: list[BaseException] = []
    while error is not None and error not in chain:
        chain.append(error)
        error = error.__cause__ or error.__context__
    return chain
