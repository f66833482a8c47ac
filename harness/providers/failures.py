"""What went wrong with a request, told once for all providers: whose fault, and whether asking again may help."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from harness.providers.protocol import ProviderFailure

LONGEST = 300
"""Characters of a message; servers send whole pages."""

REQUEST_TIMEOUT, CONFLICT, TOO_MANY, OVERLOADED = 408, 409, 429, 529
SPENT = ("insufficient_quota", "billing_hard_limit_reached", "credit balance is too low")
"""Words in the body of a 429 or 400 that no waiting mends."""


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


def status_told(status: int, body: object) -> int:
    """The status of an error; one that breaks off a stream comes within a 200 and is told by its type."""
    error = body.get("error") if status < 400 and isinstance(body, dict) else None
    if status >= 400:
        return status
    return _STATUS_OF_TYPE.get(str(error.get("type")) if isinstance(error, dict) else "", 500)


def of_status(status: int, body: str, headers: Mapping[str, str], model: str, key_name: str) -> ProviderFailure:
    """The failure that an HTTP error status stands for. ``key_name`` is the environment variable of the key."""
    said = one_line(body)
    if status in (401, 403):
        return ProviderFailure(f"the key in {key_name} was refused for {model} ({status}): {said}", fatal=True)
    if status == 402 or any(word in body for word in SPENT):
        return ProviderFailure(f"the account of {key_name} has no credit left ({status}): {said}", fatal=True)
    if status == 404:
        return ProviderFailure(f"the server knows no model {model} ({status}): {said}", fatal=True)
    return ProviderFailure(
        f"the server answered {status}: {said}",
        retry=status in (REQUEST_TIMEOUT, CONFLICT, TOO_MANY) or status >= 500,
        throttled=status in (TOO_MANY, OVERLOADED),
        retry_after=retry_after(headers),
    )


def of_connection(error: BaseException, address: str, timed_out_after: float | None = None) -> ProviderFailure:
    """A request that got no answer: nobody listens, the time was up, or the connection broke.

    The causes are asked first: the aiohttp transport reports a refused connection as a time-out.
    """
    causes = list(_causes(error))
    refused = any(isinstance(cause, ConnectionRefusedError) or _looks_unreachable(cause) for cause in causes)
    told = one_line(str(causes[-1]) or type(causes[-1]).__name__)
    if refused:
        return ProviderFailure(f"nobody answers at {address}: {told}", retry=True, unreachable=True)
    if timed_out_after is not None:
        return ProviderFailure(f"no answer within {timed_out_after:.0f} seconds", retry=True)
    return ProviderFailure(f"the connection to {address} broke: {told}", retry=True)


def of_garbage(what: str) -> ProviderFailure:
    """A 200 whose body is not what the protocol promises."""
    return ProviderFailure(f"the server's answer cannot be read: {one_line(what)}", retry=True)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that the server asks to wait (RFC 9110, 10.2.3: seconds or a date); None when it does not say."""
    milliseconds = headers.get("retry-after-ms")
    value = headers.get("retry-after")
    try:
        if milliseconds is not None:
            return max(0.0, float(milliseconds) / 1000)
        return None if value is None else max(0.0, float(value))
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


def _looks_unreachable(error: BaseException) -> bool:
    words = str(error).lower()
    return any(
        sign in words for sign in ("cannot connect", "connection refused", "connect call failed", "name or service")
    )
