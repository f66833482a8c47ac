"""Scores through a server that repeats a prompt with its log-probabilities: ``/v1/completions`` with ``echo``.

vLLM's server does. Others are believed only after they were tried, as it is: many ignore ``echo``, and some give each
token the number of its neighbour.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any

from harness.errors import UsageError
from harness.providers.body import table, tables
from harness.providers.failures import Destination
from harness.providers.openai_chat import NO_KEY
from harness.providers.openai_responses import KEY_NAME
from harness.providers.protocol import ProviderFailure
from harness.providers.requests import attempt_seconds, body_of, timeouts
from harness.providers.scoring import Scored

AT_A_TIME = 16

PROBE = "The quick brown fox jumps over the lazy xylophone, and"
CONTINUED = 16
"""Tokens that the server makes itself, with log-probabilities to which those of the echo are held."""

MOST_APART = 0.25
"""Nats, on average, by which the two may differ: in half precision they do by a tenth; a neighbour's by whole nats."""


class OpenAIEcho:
    """A Scorer; it answers no trials."""

    def __init__(self, name: str, base_url: str) -> None:
        import openai

        self._name = name
        self._address = base_url
        self._client = openai.AsyncOpenAI(
            api_key=os.environ.get(KEY_NAME) or NO_KEY,
            base_url=base_url,
            max_retries=0,
            http_client=openai.DefaultAioHttpClient(),
        )
        self._sdk = openai
        self._destination = Destination(name, base_url, KEY_NAME, key_set=bool(os.environ.get(KEY_NAME)))
        self._trying = asyncio.Lock()
        self._bos: Sequence[int] | None = None
        self._places = asyncio.Semaphore(AT_A_TIME)

    async def score(self, texts: Sequence[str]) -> list[Scored]:
        """See ``Scorer.score``. Raises UsageError for a server whose echo cannot be used, with the reason."""
        bos = await self._tried()
        return await asyncio.gather(*(self._scored(text, bos) for text in texts))

    async def close(self) -> None:
        await self._client.close()

    async def _scored(self, text: str, bos: Sequence[int]) -> Scored:
        if not text:
            return Scored(token_ids=bos, logprobs=[None for _ in bos], bos=bool(bos))
        async with self._places:
            ids, logprobs = await self._echo(text)
        return Scored(token_ids=ids, logprobs=logprobs, bos=bool(bos) and list(ids[:1]) == list(bos))

    async def _tried(self) -> Sequence[int]:
        """The BOS that the server puts in front, if it does; the server was tried, once."""
        async with self._trying:
            if self._bos is None:
                try:
                    self._bos = await self._try()
                except ProviderFailure as failure:
                    if failure.retry or failure.fatal:
                        raise
                    raise self._refused(f"it refuses to: {failure}") from failure
            return self._bos

    async def _try(self) -> Sequence[int]:
        ids, _ = await self._echo(PROBE)
        plain, _ = await self._echo(PROBE, add_special_tokens=False)
        bos = ids[: len(ids) - len(plain)]
        if len(bos) > 1 or [*bos, *plain] != list(ids):
            raise self._refused("it puts more around a text than a BOS in front")
        made = await self._ask(ids, max_tokens=CONTINUED, temperature=1.0, top_p=1.0, seed=0, ignore_eos=True)
        new, told = _numbers(made, "token_ids"), _logprobs(made)
        if not new or told is None or len(told) != len(new):
            raise self._refused("it gives no log-probabilities of what it generates, to compare its echo with")
        again, echoed = await self._echo([*ids, *new])
        if list(again) != [*ids, *new]:
            raise self._refused("it echoes other tokens than it was sent")
        apart = [abs((a or 0.0) - (b or 0.0)) for a, b in zip(echoed[len(ids) :], told, strict=True)]
        if sum(apart) / len(apart) > MOST_APART:
            raise self._refused(
                f"its echo gives the tokens that it has just generated other log-probabilities, "
                f"{sum(apart) / len(apart):.1f} nats apart on average{_shift(echoed[len(ids) :], told)}"
            )
        return bos

    async def _echo(self, prompt: str | Sequence[int], **more: Any) -> tuple[Sequence[int], Sequence[float | None]]:
        """Token ids and log-probabilities of a prompt. Raises UsageError for an answer that holds no such."""
        choice = await self._ask(prompt, echo=True, max_tokens=0, **more)
        ids, logprobs = _numbers(choice, "prompt_token_ids"), _logprobs(choice)
        if not logprobs:
            raise self._refused("it ignores echo, or gives no log-probabilities with it")
        if not ids:
            raise self._refused("it does not say which tokens it scored (return_token_ids)")
        if len(logprobs) != len(ids):
            raise self._refused(f"it gives {len(logprobs)} log-probabilities of {len(ids)} tokens")
        if logprobs[0] is not None:
            raise self._refused("it gives the first token a log-probability, before which there is nothing")
        if any(value is None or not isfinite(value) for value in logprobs[1:]):
            raise self._refused("it leaves tokens without a log-probability")
        return ids, logprobs

    async def _ask(self, prompt: str | Sequence[int], *, max_tokens: int, **more: Any) -> Mapping[str, Any]:
        seconds = attempt_seconds(max_tokens)
        body = await body_of(
            self._client.completions.with_raw_response.create(
                model=self._name,
                prompt=prompt if isinstance(prompt, str) else list(prompt),
                max_tokens=max_tokens,
                logprobs=0,
                timeout=timeouts(seconds),
                extra_body={"return_token_ids": True, **more},
            ),
            self._sdk,
            self._destination,
            seconds,
        )
        return next(iter(tables(body, "choices")), {})

    def _refused(self, why: str) -> UsageError:
        return UsageError(
            f"{self._name} at {self._address} cannot score text: {why}",
            "vLLM's server can, and so can vllm/, transformers/ and local/ models",
        )


def _numbers(choice: Mapping[str, Any], name: str) -> list[int]:
    found = choice.get(name)
    return found if isinstance(found, list) and all(isinstance(token, int) for token in found) else []


def _logprobs(choice: Mapping[str, Any]) -> list[float | None] | None:
    found = table(choice, "logprobs").get("token_logprobs")
    if not isinstance(found, list) or not all(value is None or isinstance(value, (int, float)) for value in found):
        return None
    return found


def _shift(echoed: Sequence[float | None], told: Sequence[float | None]) -> str:
    """Says so where each number is the neighbour's."""
    pairs = {
        "by one to the front": zip(echoed, told[1:], strict=False),
        "by one to the back": zip(echoed[1:], told, strict=False),
    }
    for direction, values in pairs.items():
        apart = [abs((a or 0.0) - (b or 0.0)) for a, b in values]
        if sum(apart) / len(apart) <= MOST_APART:
            return f": they are shifted {direction}"
    return ""
