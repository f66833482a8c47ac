"""The seam between Pegboard and whatever answers: two methods, and one exception that says what went wrong."""

from __future__ import annotations

from typing import Protocol

from harness.completion import Completion
from harness.trial import Trial


class Provider(Protocol):
    """Something that answers a trial's prompt."""

    async def complete(self, trial: Trial) -> Completion:
        """Ask once, without retrying. Raises ProviderFailure; whatever else is raised fails the trial, unretried."""
        ...

    async def close(self) -> None:
        """Release connections. Called once, when the run ends."""
        ...


class ProviderFailure(Exception):
    """One request failed. What may be done about it is said by the flags; the message is one line for a person."""

    def __init__(
        self,
        message: str,
        *,
        retry: bool = False,
        throttled: bool = False,
        retry_after: float | None = None,
        fatal: bool = False,
        unreachable: bool = False,
    ) -> None:
        """
        retry: asking again may help (a time-out, a 5xx, a body that is not what was promised).
        throttled: the provider asks for fewer requests (429), so concurrency is lowered.
        retry_after: seconds that the provider asked to wait.
        fatal: no request of this run can succeed (bad key, unknown model, spent quota): stop at once.
        unreachable: nobody answered at the address. Fatal as long as nobody ever did, else worth a retry.
        """
        super().__init__(message)
        self.retry = retry
        self.throttled = throttled
        self.retry_after = retry_after
        self.fatal = fatal
        self.unreachable = unreachable
