"""The one layer that asks again: bounded, jittered, patient when told to be, and only where asking again may help."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import astuple, dataclass
from types import NoneType

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception

from harness.completion import Completion, Stop, Usage
from harness.providers.body import is_count, storable
from harness.providers.concurrency import AdaptiveLimit, pause, spread
from harness.providers.failures import one_line
from harness.providers.protocol import Provider, ProviderFailure
from harness.trial import Trial

_TYPES: Mapping[str, tuple[type, ...]] = {
    "text": (str,),
    "stop": (Stop,),
    "reasoning": (str, NoneType),
    "finish_reason": (str, NoneType),
    "usage": (Usage,),
    "model": (str, NoneType),
    "raw": (dict,),
}
"""What a completion's fields must be to be stored."""


@dataclass(frozen=True)
class RetryPolicy:
    """How often and how patiently one trial is asked."""

    attempts: int = 6
    """Those that were throttled (429) are not counted: they are bounded by ``longest_throttled``."""
    first_wait: float = 1.0
    """Seconds; doubled from attempt to attempt, with up to half as much again at random."""
    longest_wait: float = 60.0
    longest_asked_wait: float = 300.0
    """A provider that asks for a longer pause than this is asked no further."""
    longest_throttled: float = 1800.0
    """Seconds that a trial pauses in all because it was throttled; waiting for a place is not counted."""


@dataclass(frozen=True)
class Asked:
    """A completion and what it took to get it."""

    completion: Completion
    attempts: int
    latency_seconds: float
    """Of the attempt that succeeded."""


OnWait = Callable[[ProviderFailure, float], None]


class Reached:
    """Whether anybody was ever there to connect to: nobody at the address is fatal only before that."""

    def __init__(self) -> None:
        self.ever = False


async def ask(
    provider: Provider,
    trial: Trial,
    policy: RetryPolicy,
    limit: AdaptiveLimit,
    reached: Reached,
    on_wait: OnWait,
    stop: asyncio.Event,
) -> Asked:
    """Ask until there is an answer. Raises the last ProviderFailure, saying after how many attempts.

    Once ``stop`` is set nothing more is sent, and Stopped is raised in place of waiting; a request that was sent is
    still awaited. Waiting between attempts holds no place of ``limit``.
    """
    tries = _Tries(policy)
    asking = AsyncRetrying(
        retry=retry_if_exception(lambda error: isinstance(error, ProviderFailure) and error.retry),
        wait=tries.seconds_until_next,
        stop=tries.are_spent,
        before_sleep=lambda state: on_wait(_failure(state), state.upcoming_sleep),
        sleep=lambda seconds: pause(seconds, stop),
        retry_error_callback=tries.give_up,
    )
    async for attempt in asking:
        with attempt:
            async with limit.slot(stop):
                began = time.monotonic()
                completion = await _once(provider, trial, policy, limit, reached)
            return Asked(completion, attempt.retry_state.attempt_number, time.monotonic() - began)
    raise AssertionError("tenacity ends by returning or raising")


@dataclass
class _Tries:
    """What one trial's attempts have come to so far; tenacity asks it to wait and to stop, in this order."""

    policy: RetryPolicy
    failed: int = 0
    """Attempts that failed without being throttled."""
    throttled: int = 0
    throttled_seconds: float = 0.0

    def seconds_until_next(self, state: RetryCallState) -> float:
        failure = _failure(state)
        if failure.throttled:
            self.throttled += 1
            seconds = self._pause(self.throttled, failure)
            self.throttled_seconds += seconds
        else:
            self.failed += 1
            seconds = self._pause(self.failed, failure)
        return seconds

    def are_spent(self, _state: RetryCallState) -> bool:
        return self.failed >= self.policy.attempts or self.throttled_seconds > self.policy.longest_throttled

    def give_up(self, state: RetryCallState) -> None:
        failure = _failure(state)
        raise ProviderFailure(f"{failure} (after {state.attempt_number} attempts)") from failure

    def _pause(self, times: int, failure: ProviderFailure) -> float:
        backing_off = min(self.policy.longest_wait, self.policy.first_wait * 2.0 ** min(times - 1, 30))
        return spread(max(backing_off, failure.retry_after or 0.0))


def _failure(state: RetryCallState) -> ProviderFailure:
    error = state.outcome.exception() if state.outcome else None
    assert isinstance(error, ProviderFailure)  # noqa: S101 - nothing else is retried
    return error


async def _once(
    provider: Provider, trial: Trial, policy: RetryPolicy, limit: AdaptiveLimit, reached: Reached
) -> Completion:
    try:
        completion = _checked(await _answer(provider, trial))
    except ProviderFailure as failure:
        reached.ever = reached.ever or not failure.unreachable
        if not reached.ever:
            raise ProviderFailure(str(failure), fatal=True) from failure
        if failure.retry and (failure.retry_after or 0.0) > policy.longest_asked_wait:
            told = f"{failure}; it asks to wait {failure.retry_after:.0f} seconds before the next request"
            raise ProviderFailure(told, fatal=True) from failure
        if failure.throttled:
            limit.throttled(failure.retry_after)
        raise
    reached.ever = True
    limit.succeeded()
    return completion


async def _answer(provider: Provider, trial: Trial) -> object:
    """What a provider returns. One's own provider may raise anything; its fault is that trial's alone."""
    try:
        return await provider.complete(trial)
    except ProviderFailure:
        raise
    except (Exception, asyncio.CancelledError) as error:
        asking = asyncio.current_task()
        if isinstance(error, asyncio.CancelledError) and asking and asking.cancelling():
            raise  # it is this run that is being cancelled, and not something of the provider's own
        raise ProviderFailure(f"the provider raised {type(error).__name__}: {one_line(str(error))}") from error


def _checked(returned: object) -> Completion:
    """What a provider returned, if it can be counted and stored. Raises ProviderFailure if it cannot."""
    if not isinstance(returned, Completion):
        raise ProviderFailure(f"the provider returned {type(returned).__name__}, not a Completion")
    for name, types in _TYPES.items():
        if not isinstance(value := getattr(returned, name), types):
            expected = " or ".join(kind.__name__ for kind in types)
            raise ProviderFailure(f"the provider returned {type(value).__name__} as {name}, not {expected}")
    if not all(n is None or is_count(n) for n in astuple(returned.usage)):
        raise ProviderFailure(f"the provider returned as usage {one_line(str(returned.usage))}, not numbers of tokens")
    storable(dict(returned.raw))
    return returned
