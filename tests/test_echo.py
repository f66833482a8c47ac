"""Scoring over HTTP: right numbers from a server that echoes, and a reason for each that does not really."""

from __future__ import annotations

import asyncio
import math
import threading
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, Self

import pytest
from aiohttp import web

from harness.errors import UsageError
from harness.providers.openai_echo import OpenAIEcho
from harness.providers.protocol import ProviderFailure
from harness.providers.scoring import Scored

BOS = 256
"""After the bytes, which are the other tokens."""


def logprob(before: int, token: int) -> float:
    """A model that anybody can compute: how likely a byte is after another, from a fixed and bumpy table."""
    return _bumps(before, token) - math.log(sum(math.exp(_bumps(before, other)) for other in range(257)))


def _bumps(before: int, token: int) -> float:
    return 3.0 * math.sin(before * 7.1 + token * 12.9)


def expected(text: str, *, bos: bool) -> Scored:
    ids = [*([BOS] if bos else []), *text.encode()]
    found = [logprob(*pair) for pair in pairwise(ids)]
    return Scored(token_ids=ids, logprobs=[None, *found], bos=bos)


class Echoing:
    """A completions server of that model; ``fault`` changes each answer's choice before it is sent."""

    def __init__(self, fault: Callable[[dict[str, Any]], object] = lambda _: None, *, bos: bool = False) -> None:
        self._fault, self._bos = fault, bos

    def __enter__(self) -> Self:
        self._loop, started = asyncio.new_event_loop(), threading.Event()
        self._thread = threading.Thread(target=self._serve, args=(started,), daemon=True)
        self._thread.start()
        started.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def _serve(self, started: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        app = web.Application()
        app.router.add_post("/v1/completions", self._complete)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        self._loop.run_until_complete(runner.setup())
        self._loop.run_until_complete(web.TCPSite(runner, "127.0.0.1", 0).start())
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
        started.set()
        self._loop.run_forever()
        self._loop.run_until_complete(runner.cleanup())
        self._loop.close()

    async def _complete(self, request: web.Request) -> web.Response:
        body = await request.json()
        prompt = body["prompt"]
        ids = prompt if isinstance(prompt, list) else list(prompt.encode())
        if isinstance(prompt, str) and self._bos and body.get("add_special_tokens", True):
            ids = [BOS, *ids]
        new = [(number * 37 + 11) % 128 for number in range(body["max_tokens"])]
        whole = [*ids, *new]
        numbers = [None, *(logprob(*pair) for pair in pairwise(whole))]
        choice = {
            "text": "",  # vLLM sends none beside token ids
            "prompt_token_ids": ids,
            "token_ids": new,
            "logprobs": {"token_logprobs": numbers if body.get("echo") else numbers[len(ids) :]},
            "finish_reason": "length",
        }
        if isinstance(failed := self._fault(choice), int) and body.get("echo"):
            return web.json_response({"error": {"message": "echo is not supported"}}, status=failed)
        return web.json_response({"id": "c", "object": "text_completion", "model": "m", "choices": [choice]})


def score(server: Echoing, *texts: str) -> Sequence[Scored]:
    async def once() -> Sequence[Scored]:
        scorer = OpenAIEcho("m", server.url)
        try:
            return await scorer.score(texts)
        finally:
            await scorer.close()

    return asyncio.run(once())


@pytest.mark.parametrize("bos", [False, True])
def test_every_token_has_the_probability_that_the_model_gives_it(bos: bool) -> None:
    texts = ["To be, or not to be", "x", "Ünïcödé\n\n"]
    with Echoing(bos=bos) as server:
        for found, text in zip(score(server, *texts), texts, strict=True):
            wanted = expected(text, bos=bos)
            assert (list(found.token_ids), found.bos) == (wanted.token_ids, bos)
            assert found.logprobs == pytest.approx(wanted.logprobs)


def test_a_text_of_nothing_has_no_tokens_but_a_bos() -> None:
    with Echoing() as plain, Echoing(bos=True) as with_bos:
        assert score(plain, "") == [Scored(token_ids=[], logprobs=[], bos=False)]
        assert score(with_bos, "") == [Scored(token_ids=[BOS], logprobs=[None], bos=True)]


def numbers(choice: dict[str, Any]) -> list[float | None]:
    return choice["logprobs"]["token_logprobs"]  # type: ignore[no-any-return]


def to_the_front(choice: dict[str, Any]) -> None:
    """As llama-cpp-python 0.3.36 does where no BOS is added."""
    if numbers(choice)[0] is None:
        choice["logprobs"]["token_logprobs"] = [*numbers(choice)[1:], -1.0]


def to_the_front_behind_none(choice: dict[str, Any]) -> None:
    if numbers(choice)[0] is None:
        choice["logprobs"]["token_logprobs"] = [None, *numbers(choice)[2:], -1.0]


def to_the_back(choice: dict[str, Any]) -> None:
    if numbers(choice)[0] is None:
        choice["logprobs"]["token_logprobs"] = [None, -1.0, *numbers(choice)[1:-1]]


def without_echo(choice: dict[str, Any]) -> None:
    choice["logprobs"] = {"token_logprobs": []}


def flattened(choice: dict[str, Any]) -> None:
    if numbers(choice)[0] is None:
        choice["logprobs"]["token_logprobs"] = [None, *(-math.log(257) for _ in numbers(choice)[1:])]


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (to_the_front, "gives the first token a log-probability"),
        (to_the_front_behind_none, "shifted by one to the front"),
        (to_the_back, "shifted by one to the back"),
        (without_echo, "ignores echo"),
        (lambda choice: choice.pop("logprobs"), "ignores echo, or gives no log-probabilities"),
        (lambda choice: choice.pop("prompt_token_ids"), "which tokens it scored"),
        (lambda choice: numbers(choice).pop(), "log-probabilities of"),
        (lambda choice: numbers(choice).__setitem__(-1, None), "without a log-probability"),
        (flattened, "nats apart"),
        (lambda _: 400, "refuses to: the server answered 400: .*echo is not supported"),
    ],
)
def test_a_server_whose_echo_is_not_what_it_should_be_is_refused_with_the_reason(
    fault: Callable[[dict[str, Any]], object], reason: str
) -> None:
    with Echoing(fault) as server, pytest.raises(UsageError, match=reason) as refused:
        score(server, "To be, or not to be")
    assert "vllm/" in refused.value.next_step


def test_a_server_that_fails_for_now_is_not_refused_for_good() -> None:
    with Echoing(lambda _: 503) as server, pytest.raises(ProviderFailure, match="503") as failed:
        score(server, "To be")
    assert failed.value.retry
