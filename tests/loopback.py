"""A real HTTP server on 127.0.0.1 that speaks OpenAI's chat completions and Responses and Anthropic's Messages.

    with Loopback(lambda prompt: "moves = []") as server:
        ... f"{server.url}/v1" ...

``faults`` says what goes wrong with the n-th request (counted from 1); "ok" is what happens to all others:

    429  500  529  401  404  400  ...   an error status; 429 asks to wait a moment, "503 7" asks to wait seven seconds
    hang  drip                          no answer at all; an answer of a byte now and then that never ends
    cut  reset                          the connection breaks in the middle of the body; before any answer
    short  overloaded                   a stream that ends early without a word; one that an error event ends
    garbage  shapeless  empty           200 with no JSON; with JSON of no known shape; with an empty answer
    length                              a right answer that a token limit ended
    charset                             a right answer in UTF-8 after a byte order mark, said to be in another encoding
    {...                                200 with this very text as its body

As a program: ``python tests/loopback.py PORT LATENCY`` serves until it is killed.
"""

from __future__ import annotations

import asyncio
import codecs
import json
import sys
import threading
from collections.abc import Callable, Mapping
from typing import Any, Self

from aiohttp import web


class Loopback:
    """Runs in a thread of its own while the ``with`` block lasts."""

    def __init__(
        self,
        answer: Callable[[str], str],
        *,
        faults: Mapping[int, str] | Callable[[int], str] = {},  # noqa: B006 - never changed
        latency: float = 0.0,
        port: int = 0,
    ) -> None:
        self._answer = answer
        self._fault = faults if callable(faults) else lambda number: faults.get(number, "ok")
        self._latency = latency
        self._port = port
        self.requests: list[dict[str, Any]] = []
        """The bodies received, in order."""
        self.answered: list[str] = []
        """The prompts whose answers were sent whole."""
        self.in_flight = 0
        self.most_in_flight = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def __enter__(self) -> Self:
        self._loop = asyncio.new_event_loop()
        started = threading.Event()
        self._thread = threading.Thread(target=self._serve, args=(started,), daemon=True)
        self._thread.start()
        started.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def _serve(self, started: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        runner = self._loop.run_until_complete(self._start())
        started.set()
        self._loop.run_forever()
        self._loop.run_until_complete(runner.cleanup())
        self._loop.close()

    async def _start(self) -> web.AppRunner:
        app = web.Application(client_max_size=1 << 26)
        for path in ("/v1/chat/completions", "/v1/responses", "/v1/messages"):
            app.router.add_post(path, self._handle)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", self._port)
        await site.start()
        self._port = runner.addresses[0][1]
        return runner

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        self.requests.append(body)
        number = len(self.requests)
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            return await self._respond(request, body, self._fault(number))
        finally:
            self.in_flight -= 1

    async def _respond(self, request: web.Request, body: dict[str, Any], fault: str) -> web.StreamResponse:
        if self._latency:
            await asyncio.sleep(self._latency)
        if fault == "hang":
            await asyncio.sleep(3600)
        if fault == "drip":
            return await _dripping(request)
        if fault == "reset":
            _reset(request)
            return web.Response()
        if fault[:3].isdigit():
            wait = fault[4:] or ("0.05" if fault == "429" else "")
            said = {"error": {"message": "no such model" if fault == "404" else "injected", "type": "injected"}}
            return web.json_response(said, status=int(fault[:3]), headers={"retry-after": wait} if wait else {})
        if fault.startswith("{"):
            return web.Response(text=fault, content_type="application/json")
        if fault == "garbage":
            return web.Response(text="<html>gateway</html>", content_type="application/json")
        if fault == "shapeless":
            return web.json_response({"hello": "there"})
        prompt = prompt_of(body)
        text = "" if fault == "empty" else self._answer(prompt)
        shaped = SHAPES[request.path](text, fault == "length")
        content, kind = json.dumps(shaped, ensure_ascii=False).encode(), "application/json"
        if fault == "charset":
            content, kind = codecs.BOM_UTF8 + content, "application/json; charset=idna"
        if body.get("stream"):
            content, kind = _streamed(shaped, fault), "text/event-stream"
        response = web.StreamResponse(headers={"content-type": kind, "content-length": str(len(content))})
        await response.prepare(request)
        if fault == "cut":
            await response.write(content[: len(content) // 2])
            _reset(request)
            return response
        await response.write(content)
        await response.write_eof()
        self.answered.append(prompt)
        return response


def _reset(request: web.Request) -> None:
    assert request.transport is not None
    request.transport.abort()


async def _dripping(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"content-type": "application/json"})
    await response.prepare(request)
    while True:
        await response.write(b" ")
        await asyncio.sleep(0.05)


def prompt_of(body: Mapping[str, Any]) -> str:
    return body["input"] if "input" in body else body["messages"][-1]["content"]  # type: ignore[no-any-return]


def _chat(text: str, cut: bool) -> dict[str, Any]:
    return {
        "id": "c",
        "object": "chat.completion",
        "model": "loopback-2026",
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": text},
                "finish_reason": "length" if cut else "stop",
            }
        ],
        "usage": {
            "prompt_tokens": 11,
            "completion_tokens": 7,
            "total_tokens": 18,
            "completion_tokens_details": {"reasoning_tokens": 3},
            "prompt_tokens_details": {"cached_tokens": 2},
        },
    }


def _responses(text: str, cut: bool) -> dict[str, Any]:
    message = {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": text}]}
    return {
        "id": "r",
        "object": "response",
        "model": "loopback-2026",
        "status": "incomplete" if cut else "completed",
        "incomplete_details": {"reason": "max_output_tokens"} if cut else None,
        "output": [{"type": "reasoning", "summary": [{"type": "summary_text", "text": "hm"}]}, message],
        "usage": {
            "input_tokens": 11,
            "output_tokens": 7,
            "input_tokens_details": {"cached_tokens": 2},
            "output_tokens_details": {"reasoning_tokens": 3},
        },
    }


def _message(text: str, cut: bool) -> dict[str, Any]:
    return {
        "id": "m",
        "type": "message",
        "role": "assistant",
        "model": "loopback-2026",
        "content": [{"type": "thinking", "thinking": "hm", "signature": ""}, {"type": "text", "text": text}],
        "stop_reason": "max_tokens" if cut else "end_turn",
        "usage": {
            "input_tokens": 9,
            "cache_read_input_tokens": 2,
            "cache_creation_input_tokens": 0,
            "output_tokens": 7,
        },
    }


def _streamed(message: dict[str, Any], fault: str) -> bytes:
    """Anthropic's server-sent events for a message."""
    usage = message["usage"]
    started = {**message, "content": [], "stop_reason": None, "usage": {**usage, "output_tokens": 1}}
    events: list[dict[str, Any]] = [{"type": "message_start", "message": started}]
    for index, block in enumerate(message["content"]):
        kind = block["type"]
        events += [
            {"type": "content_block_start", "index": index, "content_block": {**block, kind: ""}},
            {"type": "ping"},
            {"type": "content_block_delta", "index": index, "delta": {"type": f"{kind}_delta", kind: block[kind]}},
            {"type": "content_block_stop", "index": index},
        ]
    if fault == "overloaded":
        events.append({"type": "error", "error": {"type": "overloaded_error", "message": "injected"}})
    elif fault != "short":
        ended = {"stop_reason": message["stop_reason"], "stop_sequence": None}
        counted = {"output_tokens": usage["output_tokens"]}
        events += [{"type": "message_delta", "delta": ended, "usage": counted}, {"type": "message_stop"}]
    return b"".join(f"event: {event['type']}\ndata: {json.dumps(event)}\n\n".encode() for event in events)


SHAPES: dict[str, Callable[[str, bool], dict[str, Any]]] = {
    "/v1/chat/completions": _chat,
    "/v1/responses": _responses,
    "/v1/messages": _message,
}


if __name__ == "__main__":
    with Loopback(lambda _: "moves = [[1, 0, 2]]", port=int(sys.argv[1]), latency=float(sys.argv[2])):
        threading.Event().wait()
