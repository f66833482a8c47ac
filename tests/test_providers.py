"""Providers against a real server: what is sent, what comes back, and what is done about every fault."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import pytest
from loopback import Loopback

from harness.completion import Completion, Stop, Usage
from harness.providers.anthropic_messages import AnthropicMessages
from harness.providers.concurrency import AdaptiveLimit
from harness.providers.openai_chat import OpenAIChat
from harness.providers.openai_responses import OpenAIResponses
from harness.providers.protocol import Provider, ProviderFailure
from harness.providers.retrying import Asked, Reached, RetryPolicy, ask
from harness.trial import Sampling, Trial

QUICK = RetryPolicy(attempts=4, first_wait=0.01, longest_wait=0.05)


def a_trial(sampling: Sampling | None = None) -> Trial:
    return Trial(
        task="tower_of_hanoi",
        version=1,
        size=1,
        seed=0,
        variant="tower",
        mode="enumerate",
        model="any",
        base_url=None,
        sampling=sampling or Sampling(max_tokens=100),
        repeat=0,
        prompt="What now?",
    )


def chat(server: Loopback) -> Provider:
    return OpenAIChat("m", f"{server.url}/v1")


def responses(server: Loopback) -> Provider:
    return OpenAIResponses("m")


def messages(server: Loopback) -> Provider:
    return AnthropicMessages("m", server.url)


@pytest.fixture(params=[chat, responses, messages], ids=["chat", "responses", "messages"])
def connect(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Callable[[Loopback], Provider]:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-secret")

    def connected(server: Loopback) -> Provider:
        monkeypatch.setenv("OPENAI_BASE_URL", f"{server.url}/v1")
        return request.param(server)  # type: ignore[no-any-return]

    return connected


def complete(provider: Provider, trial: Trial) -> Completion:
    return asked(provider, trial).completion


def asked(provider: Provider, trial: Trial, policy: RetryPolicy = QUICK) -> Asked:
    async def once() -> Asked:
        try:
            return await ask(provider, trial, policy, AdaptiveLimit(10), Reached(), lambda *_: None, asyncio.Event())
        finally:
            await provider.close()

    return asyncio.run(once())


def test_text_stop_usage_and_raw_body_come_back(connect: Callable[[Loopback], Provider]) -> None:
    with Loopback(lambda prompt: f"{prompt} This.") as server:
        completion = complete(connect(server), a_trial())
    assert completion.text == "What now? This."
    assert completion.stop is Stop.END
    assert (completion.usage.input_tokens, completion.usage.output_tokens, completion.usage.cached_tokens) == (11, 7, 2)
    assert completion.model == "loopback-2026"
    assert completion.raw["model"] == "loopback-2026"


def test_a_token_limit_is_told(connect: Callable[[Loopback], Provider]) -> None:
    with Loopback(lambda _: "moves = [[1,", faults={1: "length"}) as server:
        assert complete(connect(server), a_trial()).stop is Stop.LENGTH


def test_an_empty_answer_is_an_answer(connect: Callable[[Loopback], Provider]) -> None:
    with Loopback(lambda _: "x", faults={1: "empty"}) as server:
        assert complete(connect(server), a_trial()).text == ""
        assert len(server.requests) == 1


@pytest.mark.parametrize("fault", ["429", "500", "529", "cut", "garbage", "shapeless"])
def test_a_passing_fault_is_asked_again_once(connect: Callable[[Loopback], Provider], fault: str) -> None:
    with Loopback(lambda _: "x", faults={1: fault}) as server:
        result = asked(connect(server), a_trial())
        assert (result.completion.text, result.attempts, len(server.requests)) == ("x", 2, 2)


@pytest.mark.parametrize("fault", ["short", "overloaded"])
def test_a_stream_that_does_not_end_well_is_no_answer(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "k")
    with Loopback(lambda _: "x", faults={1: fault}) as server:
        assert asked(messages(server), a_trial()).attempts == 2


@pytest.mark.parametrize("fault", ["500", "garbage"])
def test_a_lasting_fault_ends_after_the_allowed_attempts(connect: Callable[[Loopback], Provider], fault: str) -> None:
    with Loopback(lambda _: "x", faults=lambda _: fault) as server:
        with pytest.raises(ProviderFailure, match="after 4 attempts") as failed:
            asked(connect(server), a_trial())
        assert len(server.requests) == QUICK.attempts
        assert not failed.value.fatal


@pytest.mark.parametrize("fault", ["401", "404"])
def test_a_refused_key_and_an_unknown_model_end_at_once(connect: Callable[[Loopback], Provider], fault: str) -> None:
    with Loopback(lambda _: "x", faults=lambda _: fault) as server:
        with pytest.raises(ProviderFailure) as failed:
            asked(connect(server), a_trial())
        assert len(server.requests) == 1
    assert failed.value.fatal
    assert "secret" not in str(failed.value)


def test_a_bad_request_is_that_trials_own_failure(connect: Callable[[Loopback], Provider]) -> None:
    with Loopback(lambda _: "x", faults=lambda _: "400") as server:
        with pytest.raises(ProviderFailure) as failed:
            asked(connect(server), a_trial())
        assert len(server.requests) == 1
    assert not failed.value.fatal


def test_nobody_at_the_address_is_fatal_before_any_answer(connect: Callable[[Loopback], Provider]) -> None:
    with Loopback(lambda _: "x") as server:
        provider = connect(server)
    began = time.monotonic()
    with pytest.raises(ProviderFailure, match="nobody answers") as failed:
        asked(provider, a_trial())
    assert failed.value.fatal
    assert time.monotonic() - began < 5


def test_a_hanging_server_is_given_up(connect: Callable[[Loopback], Provider], monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("openai_chat", "openai_responses", "anthropic_messages"):
        monkeypatch.setattr(f"harness.providers.{module}.attempt_seconds", lambda _: 0.3)
    with Loopback(lambda _: "x", faults={1: "hang"}) as server:
        assert asked(connect(server), a_trial()).attempts == 2


def test_sampling_is_sent_as_each_protocol_wants_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    monkeypatch.setenv("ANTHROPIC_API_KEY", "k")
    sampling = Sampling(max_tokens=5000, temperature=0.5, thinking_budget=2000, reasoning_effort="low")
    with Loopback(lambda _: "x") as server:
        monkeypatch.setenv("OPENAI_BASE_URL", f"{server.url}/v1")
        for provider in (chat(server), responses(server), messages(server)):
            complete(provider, a_trial(sampling))
        by_chat, by_responses, by_messages = server.requests
    assert (by_chat["max_tokens"], by_chat["temperature"], by_chat["reasoning_effort"]) == (5000, 0.5, "low")
    assert (by_responses["max_output_tokens"], by_responses["reasoning"]) == (5000, {"effort": "low"})
    assert by_messages["thinking"] == {"type": "enabled", "budget_tokens": 2000}
    assert (by_messages["temperature"], by_messages["output_config"]) == (0.5, {"effort": "low"})


def test_unknown_usage_is_unknown_and_never_0() -> None:
    from harness.providers import openai_chat

    body = {"choices": [{"message": {"content": "x"}, "finish_reason": "stop"}]}
    assert openai_chat.completion(body).usage == Usage()


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
