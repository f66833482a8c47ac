"""A headless Chromium to look at pages with, over the DevTools protocol; tests are skipped where there is none."""

from __future__ import annotations

import asyncio
import base64
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import aiohttp

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PATIENCE = 30.0
"""Seconds until something that should be there is given up."""


def chromium() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)


class Browser:
    """One tab. ``requests`` are the addresses of everything that was asked for, ``faults`` what scripts complained
    of, refusals by the page's own policy included."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, loop: asyncio.AbstractEventLoop) -> None:
        self._socket, self._loop = socket, loop
        self._number = 0
        self.requests: list[str] = []
        self.faults: list[str] = []

    def command(self, method: str, **parameters: Any) -> Any:
        return self._loop.run_until_complete(asyncio.wait_for(self._command(method, parameters), PATIENCE))

    async def _command(self, method: str, parameters: dict[str, Any]) -> Any:
        self._number += 1
        await self._socket.send_json({"id": self._number, "method": method, "params": parameters})
        while True:
            message = await self._socket.receive_json()
            self._note(message)
            if message.get("id") == self._number:
                assert "error" not in message, message["error"]
                return message["result"]

    def _note(self, message: dict[str, Any]) -> None:
        told = message.get("params", {})
        match message.get("method"):
            case "Network.requestWillBeSent":
                self.requests.append(told["request"]["url"])
            case "Runtime.exceptionThrown":
                self.faults.append(str(told["exceptionDetails"]))
            case "Log.entryAdded":
                self.faults.append(told["entry"]["text"])

    def open(self, file: Path, place: str = "") -> None:
        """Load a file anew, at a place within it."""
        self.command("Page.navigate", url="about:blank")
        self.command("Page.navigate", url=f"{file.resolve().as_uri()}{place}")
        self.wait("document.readyState === 'complete'")

    def evaluate(self, expression: str) -> Any:
        got = self.command("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in got, got["exceptionDetails"]
        return got["result"].get("value")

    def wait(self, expression: str) -> None:
        """Until an expression is true."""
        end = time.monotonic() + PATIENCE
        while not self.evaluate(f"Boolean({expression})"):
            assert time.monotonic() < end, f"never became true: {expression}"
            time.sleep(0.02)

    def press(self, key: str, code: int, text: str = "") -> None:
        """One key of the keyboard, with its number in the browser's table."""
        told = {"key": key, "code": key, "windowsVirtualKeyCode": code, "text": text}
        self.command("Input.dispatchKeyEvent", type="keyDown", **told)
        self.command("Input.dispatchKeyEvent", type="keyUp", **told)

    def screenshot(self, file: Path, width: int = 1280, height: int = 900, dark: bool = False) -> None:
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.command("Emulation.setDeviceMetricsOverride", **size)
        theme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.command("Emulation.setEmulatedMedia", features=[theme])
        file.write_bytes(base64.b64decode(self.command("Page.captureScreenshot", format="png")["data"]))


@contextmanager
def browser(program: str, folder: Path) -> Iterator[Browser]:
    """A browser that keeps what it writes in a folder."""
    flags = ["--headless", "--disable-gpu", "--remote-debugging-port=0", f"--user-data-dir={folder}", "--no-first-run"]
    flags += ["--no-sandbox"] if os.getuid() == 0 else []
    with subprocess.Popen(
        [program, *flags, "about:blank"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as child:
        loop = asyncio.new_event_loop()
        session = loop.run_until_complete(_session())
        try:
            socket = loop.run_until_complete(_connected(session, folder))
            tab = Browser(socket, loop)
            for domain in ("Page", "Runtime", "Network", "Log"):
                tab.command(f"{domain}.enable")
            yield tab
            loop.run_until_complete(socket.close())
        finally:
            loop.run_until_complete(session.close())
            loop.close()
            child.terminate()
            child.wait()


async def _session() -> aiohttp.ClientSession:
    return aiohttp.ClientSession()


async def _connected(session: aiohttp.ClientSession, folder: Path) -> aiohttp.ClientWebSocketResponse:
    end = time.monotonic() + PATIENCE
    told = folder / "DevToolsActivePort"
    while not (told.is_file() and told.read_text()):
        assert time.monotonic() < end, "the browser does not start"
        await asyncio.sleep(0.05)
    port = told.read_text().splitlines()[0]
    async with session.get(f"http://127.0.0.1:{port}/json/list") as answer:
        tabs = await answer.json()
    address = next(tab["webSocketDebuggerUrl"] for tab in tabs if tab["type"] == "page")
    return await session.ws_connect(address, max_msg_size=0)
