"""Providers against a real server: what is sent, what comes back, and what is done about every fault."""

from __future__ import annotations

import asyncio
import errno
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest
from loopback import Loopback
from trials import TRIAL

from harness.completion import Completion, Stop, Usage
from harness.errors import UsageError
from harness.providers import anthropic_messages, failures, openai_chat, openai_responses
from harness.providers.anthropic_messages import AnthropicMessages
from harness.providers.concurrency import AdaptiveLimit
from harness.providers.openai_chat import OpenAIChat
from harness.providers.openai_responses import OpenAIResponses
from harness.providers.protocol import Provider, ProviderFailure
from harness.providers.requests import checked_address
from harness.providers.retrying import Asked, Reached, RetryPolicy, ask
from harness.trial import Sampling, Trial

Read = Callable[[Mapping[str, Any]], Completion]

QUICK = RetryPolicy(attempts=4, first_wait=0.01, longest_wait=0.05)


def a_trial(sampling: Sampling | None = None) -> Trial:
    return replace(TRIAL, sampling=sampling or TRIAL.sampling)


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


def limited_to(seconds: float, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("openai_chat", "openai_responses", "anthropic_messages"):
        monkeypatch.setattr(f"harness.providers.{module}.attempt_seconds", lambda _: seconds)


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


@pytest.mark.parametrize("fault", ["401", "403", "404"])
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
    limited_to(0.3, monkeypatch)
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
    assert openai_chat.completion(a_chat()).usage == Usage()
    assert openai_chat.completion(a_chat(usage={"prompt_tokens": "11", "completion_tokens": True})).usage == Usage()


def a_chat(message: object = None, finish_reason: object = "stop", **more: object) -> dict[str, Any]:
    said = {"content": "x"} if message is None else message
    return {"choices": [{"message": said, "finish_reason": finish_reason}], **more}


def a_response(**more: object) -> dict[str, Any]:
    content = [{"type": "output_text", "text": "x"}]
    return {"output": [{"type": "message", "content": content}], "status": "completed", **more}


def a_message(**more: object) -> dict[str, Any]:
    return {"content": [{"type": "text", "text": "x"}], "stop_reason": "end_turn", **more}


CHAT, RESPONSES, MESSAGES = openai_chat.completion, openai_responses.completion, anthropic_messages.completion


@pytest.mark.parametrize(
    ("read", "body"),
    [
        (CHAT, {"choices": [None]}),
        (CHAT, {"choices": ["x"]}),
        (CHAT, {"choices": "x"}),
        (CHAT, {"choices": [{"message": "x"}]}),
        (CHAT, a_chat({"content": 7})),
        (CHAT, a_chat({"content": ["x"]})),
        (CHAT, a_chat(finish_reason=["stop"])),
        (CHAT, a_chat(model=7)),
        (CHAT, a_chat(usage=[1])),
        (CHAT, a_chat(usage={"prompt_tokens_details": "x"})),
        (RESPONSES, a_response(output=[None])),
        (RESPONSES, a_response(output=[{"type": "message", "content": "abc"}])),
        (RESPONSES, a_response(incomplete_details="x")),
        (RESPONSES, a_response(usage="x")),
        (MESSAGES, a_message(content=[None])),
        (MESSAGES, a_message(content="abc")),
        (MESSAGES, a_message(stop_reason={})),
        (MESSAGES, a_message(usage=[])),
    ],
)
def test_a_body_of_another_shape_is_a_fault_worth_asking_again(read: Read, body: dict[str, Any]) -> None:
    with pytest.raises(ProviderFailure) as failed:
        read(body)
    assert failed.value.retry


@pytest.mark.parametrize(
    ("read", "body"),
    [
        (CHAT, a_chat(finish_reason="error")),
        (CHAT, a_chat(finish_reason="abort")),
        (CHAT, a_chat(finish_reason=None)),
        (CHAT, {"choices": [{"message": {"content": ""}}]}),
        (CHAT, a_chat(error={"code": 502, "message": "upstream"})),
        (CHAT, {"choices": [{"message": {"content": "x"}, "finish_reason": "stop", "error": {"code": 502}}]}),
        (RESPONSES, a_response(status="in_progress")),
        (RESPONSES, a_response(status="queued")),
        (RESPONSES, a_response(status="failed")),
        (RESPONSES, a_response(status="cancelled")),
        (RESPONSES, a_response(status="incomplete", incomplete_details={"reason": "server_error"})),
        (RESPONSES, a_response(status="incomplete")),
        (RESPONSES, a_response(error={"code": "server_error"})),
        (MESSAGES, a_message(stop_reason=None)),
        (MESSAGES, a_message(error={"type": "api_error"})),
    ],
)
def test_an_answer_that_the_server_did_not_finish_is_no_answer(read: Read, body: dict[str, Any]) -> None:
    with pytest.raises(ProviderFailure) as failed:
        read(body)
    assert failed.value.retry


@pytest.mark.parametrize("reason", ["length", "max_tokens", "MAX_TOKENS", "model_length"])
def test_a_token_limit_is_known_in_other_protocols_words(reason: str) -> None:
    assert openai_chat.completion(a_chat(finish_reason=reason)).stop is Stop.LENGTH


def test_a_small_server_that_gives_no_reason_at_all_has_answered() -> None:
    completion = openai_chat.completion({"choices": [{"message": {"content": "x"}}]})
    assert (completion.text, completion.stop) == ("x", Stop.UNKNOWN)


def test_content_in_parts_is_joined() -> None:
    parts = [{"type": "thinking", "thinking": []}, {"type": "text", "text": "a"}, {"type": "text", "text": "b"}]
    assert openai_chat.completion(a_chat({"content": parts})).text == "ab"


@pytest.mark.parametrize("odd", ["NaN", "-Infinity", "1e999", "[" * 100_000, "[" * 500 + "]" * 500])
def test_a_body_that_could_not_be_stored_is_asked_again(connect: Callable[[Loopback], Provider], odd: str) -> None:
    with Loopback(lambda _: "x", faults={1: f'{{"choices": {odd}, "output": {odd}}}'}) as server:
        assert asked(connect(server), a_trial()).attempts == 2


def test_a_body_is_utf_8_whatever_its_header_says() -> None:
    with Loopback(lambda _: "größer", faults={1: "charset"}) as server:
        result = asked(chat(server), a_trial())
    assert (result.completion.text, result.attempts) == ("größer", 1)


def test_a_server_that_drips_is_given_up(
    connect: Callable[[Loopback], Provider], monkeypatch: pytest.MonkeyPatch
) -> None:
    limited_to(0.3, monkeypatch)
    with Loopback(lambda _: "x", faults={1: "drip"}) as server:
        assert asked(connect(server), a_trial()).attempts == 2


def test_a_broken_connection_is_not_told_as_a_time_out(connect: Callable[[Loopback], Provider]) -> None:
    with Loopback(lambda _: "x", faults=lambda _: "reset") as server:
        with pytest.raises(ProviderFailure, match=r"the connection to .* broke"):
            asked(connect(server), a_trial())
        assert len(server.requests) == QUICK.attempts


def test_a_network_that_gave_up_is_not_told_as_a_time_out() -> None:
    gave_up = OSError(errno.ETIMEDOUT, "Connection timed out")
    assert "broke" in str(failures.of_connection(gave_up, "http://example.org", 879))


def test_a_silent_server_is_told_as_a_time_out(
    connect: Callable[[Loopback], Provider], monkeypatch: pytest.MonkeyPatch
) -> None:
    limited_to(0.1, monkeypatch)
    with (
        Loopback(lambda _: "x", faults=lambda _: "hang") as server,
        pytest.raises(ProviderFailure, match="no answer within"),
    ):
        asked(connect(server), a_trial())


@pytest.fixture
def dropping() -> Iterator[str]:
    """An address whose packets are dropped: a listener that accepts nobody, with its queue full."""
    with socket.socket() as listener, socket.socket() as first, socket.socket() as second:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for filler in (first, second):
            filler.setblocking(False)
            filler.connect_ex(listener.getsockname())
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


@pytest.mark.parametrize("name", ["chat", "responses", "messages"])
def test_an_address_that_drops_packets_is_told_soon(name: str, dropping: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    monkeypatch.setenv("ANTHROPIC_API_KEY", "k")
    monkeypatch.setenv("OPENAI_BASE_URL", dropping)
    monkeypatch.setattr("harness.providers.requests.CONNECT_SECONDS", 0.3)
    makers: dict[str, Callable[[], Provider]] = {
        "chat": lambda: OpenAIChat("m", dropping),
        "responses": lambda: OpenAIResponses("m"),
        "messages": lambda: AnthropicMessages("m", dropping),
    }
    began = time.monotonic()
    with pytest.raises(ProviderFailure, match="nobody answers") as failed:
        asked(makers[name](), a_trial())
    assert failed.value.fatal
    assert time.monotonic() - began < 5


def test_a_wrong_path_is_told_from_an_unknown_model() -> None:
    with Loopback(lambda _: "x", faults={1: "404"}) as server:
        with pytest.raises(ProviderFailure, match="knows no model m"):
            asked(OpenAIChat("m", f"{server.url}/v1"), a_trial())
        with pytest.raises(ProviderFailure, match=r"no such path.*/v1"):
            asked(OpenAIChat("m", server.url), a_trial())


def test_a_key_that_was_never_set_is_not_told_as_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with (
        Loopback(lambda _: "x", faults=lambda _: "401") as server,
        pytest.raises(ProviderFailure, match="none is set in OPENAI_API_KEY"),
    ):
        asked(chat(server), a_trial())


@pytest.mark.parametrize(
    "address",
    [
        "",
        "127.0.0.1:8911/v1",
        "localhost:8000/v1",
        "ftp://x",
        "http://[::1/v1",
        "http://",
        "http://h:99999/",
        "http://a b",
    ],
)
def test_what_is_no_address_is_refused_before_it_is_used(address: str) -> None:
    with pytest.raises(UsageError, match="is no server's address") as refused:
        checked_address(address)
    assert address in str(refused.value)
    assert "http://localhost:8000/v1" in str(refused.value)


def test_an_address_with_a_password_is_refused_and_the_password_not_repeated() -> None:
    with pytest.raises(UsageError) as refused:
        checked_address("https://me:secret@example.org/v1")
    assert "example.org" in str(refused.value)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("address", ["http://localhost:8000/v1", "https://example.org", "http://[::1]:8000/v1/"])
def test_an_address_is_taken_as_it_is_given(address: str) -> None:
    assert checked_address(address) == address
