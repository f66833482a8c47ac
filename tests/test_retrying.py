"""Asking again: how often, how patiently, and when no more."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import pytest
from trials import TRIAL

from harness.completion import Completion, Stop, Usage
from harness.providers.concurrency import AdaptiveLimit, Stopped
from harness.providers.protocol import ProviderFailure
from harness.providers.retrying import Asked, Reached, RetryPolicy, ask
from harness.trial import Trial

QUICK = RetryPolicy(attempts=4, first_wait=0.001, longest_wait=0.01)
ANSWER = Completion(text="x", stop=Stop.END)
THROTTLED = ProviderFailure("429", retry=True, throttled=True)
FAILED = ProviderFailure("500", retry=True)
UNREACHABLE = ProviderFailure("nobody answers", retry=True, unreachable=True)


class Scripted:
    """One's own provider: does what the script says, one entry an attempt, and the last for ever."""

    def __init__(self, *script: object) -> None:
        self._script = script
        self.asked_at: list[float] = []

    async def complete(self, trial: Trial) -> Completion:
        entry = self._script[min(len(self.asked_at), len(self._script) - 1)]
        self.asked_at.append(time.monotonic())
        if callable(entry):
            entry = await entry()
        if isinstance(entry, Exception):
            raise entry
        return entry  # type: ignore[return-value]

    async def close(self) -> None:
        """Nothing is held."""


async def asking(
    provider: Scripted,
    policy: RetryPolicy = QUICK,
    limit: AdaptiveLimit | None = None,
    reached: Reached | None = None,
    stop: asyncio.Event | None = None,
) -> Asked:
    return await ask(
        provider,
        TRIAL,
        policy,
        limit or AdaptiveLimit(10),
        reached or Reached(),
        lambda *_: None,
        stop or asyncio.Event(),
    )


def test_throttled_attempts_are_not_counted() -> None:
    provider = Scripted(*[FAILED] * 3, *[THROTTLED] * 20, ANSWER)
    assert asyncio.run(asking(provider)).attempts == 24


def test_a_trial_that_stays_throttled_is_given_up_when_its_time_is_spent() -> None:
    patient = RetryPolicy(first_wait=0.01, longest_wait=0.01, longest_throttled=0.1)
    with pytest.raises(ProviderFailure, match=r"after \d+ attempts") as failed:
        asyncio.run(asking(Scripted(THROTTLED), patient))
    assert not failed.value.fatal


def test_a_server_that_bears_few_requests_answers_every_trial() -> None:
    in_flight = 0

    async def bearing_two() -> object:
        nonlocal in_flight
        in_flight += 1
        try:
            if in_flight > 2:
                return THROTTLED
            await asyncio.sleep(0.002)
            return ANSWER
        finally:
            in_flight -= 1

    async def storm() -> list[Asked]:
        provider, limit = Scripted(bearing_two), AdaptiveLimit(50)
        return await asyncio.gather(*(asking(provider, limit=limit) for _ in range(100)))

    assert len(asyncio.run(storm())) == 100


def test_those_told_to_wait_come_back_neither_early_nor_at_once() -> None:
    async def telling() -> object:
        await asyncio.sleep(0.01)  # until all are in flight
        return ProviderFailure("429", retry=True, throttled=True, retry_after=0.4)

    async def twenty() -> Sequence[float]:
        limit = AdaptiveLimit(100)
        providers = [Scripted(telling, ANSWER) for _ in range(20)]
        await asyncio.gather(*(asking(provider, limit=limit) for provider in providers))
        return sorted(provider.asked_at[1] - provider.asked_at[0] for provider in providers)

    for _ in range(3):  # a machine that stands still for half a second wakes them all at once
        waited = asyncio.run(twenty())
        assert waited[0] >= 0.4
        if waited[-1] - waited[0] > 0.05:
            return
    pytest.fail("they came back at once, three times")


def test_a_common_hold_is_released_little_by_little_and_may_be_lengthened_meanwhile() -> None:
    async def passing() -> Sequence[float]:
        limit, passed = AdaptiveLimit(100), []
        stop, began = asyncio.Event(), time.monotonic()

        async def one() -> None:
            async with limit.slot(stop):
                passed.append(time.monotonic() - began)

        limit.throttled(0.1)
        waiting = [asyncio.create_task(one()) for _ in range(20)]
        await asyncio.sleep(0.05)
        limit.throttled(0.4)
        await asyncio.gather(*waiting)
        return sorted(passed)

    passed = asyncio.run(passing())
    assert passed[0] >= 0.45
    assert passed[-1] - passed[0] > 0.05


@pytest.mark.parametrize("retry_after", [301.0, 7200.0])
def test_a_wait_that_is_too_long_ends_the_model_and_holds_nobody_else(retry_after: float) -> None:
    async def once() -> None:
        limit = AdaptiveLimit(10)
        told = ProviderFailure("429", retry=True, throttled=True, retry_after=retry_after)
        with pytest.raises(ProviderFailure, match=f"asks to wait {retry_after:.0f} seconds") as failed:
            await asking(Scripted(told), limit=limit)
        assert failed.value.fatal
        await asyncio.wait_for(asking(Scripted(ANSWER), limit=limit), 1)

    asyncio.run(once())


@pytest.mark.parametrize("first", [FAILED, THROTTLED, ProviderFailure("400")])
def test_a_server_that_has_answered_anything_may_go_away_for_a_while(first: ProviderFailure) -> None:
    async def twice() -> Asked:
        reached = Reached()
        try:
            return await asking(Scripted(first, UNREACHABLE, ANSWER), reached=reached)
        except ProviderFailure:
            return await asking(Scripted(UNREACHABLE, ANSWER), reached=reached)

    assert asyncio.run(twice()).completion == ANSWER


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        (RuntimeError("boom"), "RuntimeError: boom"),
        (TimeoutError(), "TimeoutError"),
        (KeyError("choices"), "KeyError: 'choices'"),
        (None, "NoneType, not a Completion"),
        ("moves = []", "str, not a Completion"),
        (Completion(text=None, stop=Stop.END), "NoneType as text"),  # type: ignore[arg-type]
        (Completion(text="x", stop=Stop.END, usage=Usage(input_tokens="11")), "numbers of tokens"),  # type: ignore[arg-type]
        (Completion(text="x", stop=Stop.END, raw={"logprob": float("nan")}), "JSON has no word for"),
        (Completion(text="x", stop=Stop.END, raw={"at": object()}), "JSON has no word for"),
        (Completion(text="x", stop=Stop.END, raw={("a", 1): 1}), "keys"),  # type: ignore[dict-item]
        (Completion(text="x", stop=Stop.END, raw={"a": {7: 1}}), "keys"),
        (Completion(text="x", stop="done"), "str as stop, not Stop"),  # type: ignore[arg-type]
        (Completion(text="x", stop=Stop.END, reasoning=object()), "object as reasoning, not str"),  # type: ignore[arg-type]
        (Completion(text="x", stop=Stop.END, finish_reason=float("nan")), "float as finish_reason"),  # type: ignore[arg-type]
        (Completion(text="x", stop=Stop.END, model=["m"]), "list as model"),  # type: ignore[arg-type]
    ],
)
def test_the_fault_of_ones_own_provider_is_that_trials_failure(entry: object, told: str) -> None:
    with pytest.raises(ProviderFailure, match=told) as failed:
        asyncio.run(asking(Scripted(entry)))
    assert not failed.value.fatal


def test_a_cancellation_of_the_providers_own_is_that_trials_failure() -> None:
    async def cancelled() -> object:
        raise asyncio.CancelledError

    with pytest.raises(ProviderFailure, match="CancelledError"):
        asyncio.run(asking(Scripted(cancelled)))


def test_a_run_that_is_cancelled_is_not_held_up() -> None:
    async def cancelled() -> None:
        sent = asyncio.Event()

        async def hanging() -> object:
            sent.set()
            return await asyncio.Event().wait()

        task = asyncio.create_task(asking(Scripted(hanging)))
        await sent.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(cancelled())


async def stopped_while(waiting: Callable[[asyncio.Event], Awaitable[Any]]) -> float:
    """Seconds from the stop to the end of what was waited for."""
    stop = asyncio.Event()
    task = asyncio.ensure_future(waiting(stop))
    await asyncio.sleep(0.02)
    assert not task.done()
    stop.set()
    began = time.monotonic()
    with pytest.raises(Stopped):
        await task
    return time.monotonic() - began


def test_a_stop_ends_a_pause_before_the_next_attempt() -> None:
    provider = Scripted(FAILED)
    slow = RetryPolicy(first_wait=60)
    assert asyncio.run(stopped_while(lambda stop: asking(provider, slow, stop=stop))) < 1
    assert len(provider.asked_at) == 1


def test_a_stop_ends_the_wait_for_a_hold() -> None:
    async def held() -> float:
        limit, provider = AdaptiveLimit(10), Scripted(ANSWER)
        limit.throttled(60)
        seconds = await stopped_while(lambda stop: asking(provider, limit=limit, stop=stop))
        assert provider.asked_at == []
        return seconds

    assert asyncio.run(held()) < 1


def test_a_stop_ends_the_wait_for_a_place_and_lets_what_was_sent_finish() -> None:
    async def full() -> Asked:
        limit, stop, sent = AdaptiveLimit(1), asyncio.Event(), asyncio.Event()

        async def slowly() -> object:
            sent.set()
            await stop.wait()
            await asyncio.sleep(0.05)
            return ANSWER

        first = asyncio.create_task(asking(Scripted(slowly), limit=limit, stop=stop))
        await sent.wait()
        provider = Scripted(ANSWER)
        second = asyncio.create_task(asking(provider, limit=limit, stop=stop))
        await asyncio.sleep(0.01)
        stop.set()
        with pytest.raises(Stopped):
            await second
        assert not first.done()
        assert provider.asked_at == []
        return await first

    assert asyncio.run(full()).completion == ANSWER


def test_nothing_is_sent_after_a_stop() -> None:
    async def late() -> list[float]:
        stop, provider = asyncio.Event(), Scripted(ANSWER)
        stop.set()
        with pytest.raises(Stopped):
            await asking(provider, stop=stop)
        return provider.asked_at

    assert asyncio.run(late()) == []


def test_429s_lower_the_limit_and_successes_raise_it_again() -> None:
    async def moves() -> tuple[int, int, int]:
        limit = AdaptiveLimit(100)
        before = limit.current
        limit.throttled(None)
        limit.throttled(None)
        lowered = limit.current
        for _ in range(5000):
            limit.succeeded()
        return before, lowered, limit.current

    assert asyncio.run(moves()) == (100, 70, 100)


def test_the_limit_bounds_what_is_in_flight_and_a_cancelled_wait_frees_its_place() -> None:
    async def most() -> int:
        limit, now, seen = AdaptiveLimit(3), 0, 0

        async def one() -> None:
            nonlocal now, seen
            async with limit.slot(asyncio.Event()):
                now += 1
                seen = max(seen, now)
                await asyncio.sleep(0.005)
                now -= 1

        tasks = [asyncio.create_task(one()) for _ in range(30)]
        await asyncio.sleep(0.001)
        for task in tasks[5:10]:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        async with limit.slot(asyncio.Event()):
            return seen

    assert asyncio.run(asyncio.wait_for(most(), 5)) == 3
