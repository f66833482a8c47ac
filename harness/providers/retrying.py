"""The one layer that asks again: bounded, jittered, patient when told to be, and only where asking again may help."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import tenacity
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt, wait_exponential_jitter

from harness.completion import Completion
from harness.providers.concurrency import AdaptiveLimit
from harness.providers.protocol import Provider, ProviderFailure
from harness.trial import Trial


@dataclass(frozen=True)
class RetryPolicy:
    """How often and how patiently one trial is asked."""

    attempts: int = 6
    first_wait: float = 1.0
    """Seconds; doubled from attempt to attempt, with up to as much again at random."""
    longest_wait: float = 60.0
    longest_asked_wait: float = 300.0
    """A provider that asks for a longer pause than this has ended the trial."""


@dataclass(frozen=True)
class Asked:
    """A completion and what it took to get it."""

    completion: Completion
    attempts: int
    latency_seconds: float
    """Of the attempt that succeeded."""


OnWait = Callable[[ProviderFailure, float], None]


class Reached:
    """Whether a provider has ever answered: nobody at the address is fatal only before that."""

    def __init__(self) -> None:
        self.ever = False


async def ask(
    provider: Provider, trial: Trial, policy: RetryPolicy, limit: AdaptiveLimit, reached: Reached, on_wait: OnWait
) -> Asked:
    """Ask until there is an answer. Raises the last ProviderFailure, saying after how many attempts.

    Waiting between attempts holds no place of ``limit``.
    """
    tries = AsyncRetrying(
        stop=stop_after_attempt(policy.attempts),
        wait=_wait(policy),
        retry=retry_if_exception(lambda error: isinstance(error, ProviderFailure) and error.retry),
        before_sleep=lambda state: on_wait(_failure(state), state.next_action.sleep if state.next_action else 0.0),
        retry_error_callback=_give_up,
    )
    async for attempt in tries:
        with attempt:
            async with limit.slot():
                began = time.monotonic()
                completion = await _once(provider, trial, policy, limit, reached)
            return Asked(completion, attempt.retry_state.attempt_number, time.monotonic() - began)
    raise AssertionError("tenacity ends by returning or raising")


async def _once(
    provider: Provider, trial: Trial, policy: RetryPolicy, limit: AdaptiveLimit, reached: Reached
) -> Completion:
    try:
        completion = await provider.complete(trial)
    except ProviderFailure as failure:
        if failure.throttled:
            limit.throttled(min(failure.retry_after or 0.0, policy.longest_asked_wait))
        if failure.unreachable and not reached.ever:
            raise ProviderFailure(str(failure), fatal=True) from failure
        if (failure.retry_after or 0.0) > policy.longest_asked_wait:
            told = f"{failure}; it asks to wait {failure.retry_after:.0f} seconds"
            raise ProviderFailure(told) from failure
        raise
    reached.ever = True
    limit.succeeded()
    return completion


def _wait(policy: RetryPolicy) -> Callable[[RetryCallState], float]:
    backing_off = wait_exponential_jitter(
        multiplier=policy.first_wait, max=policy.longest_wait, jitter=policy.first_wait
    )

    def seconds(state: RetryCallState) -> float:
        return max(backing_off(state), _failure(state).retry_after or 0.0)

    return seconds


def _give_up(state: RetryCallState) -> tenacity.RetryCallState:
    failure = _failure(state)
    raise ProviderFailure(f"{failure} (after {state.attempt_number} attempts)") from failure


def _failure(state: RetryCallState) -> ProviderFailure:
    error = state.outcome.exception() if state.outcome else None
    assert isinstance(error, ProviderFailure)  # noqa: S101 - nothing else is retried
    return error
