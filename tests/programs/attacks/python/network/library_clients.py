# Connects by clients of the library.
import asyncio
import http.client
import urllib.request


def solve(target):
    def with_asyncio():
        async def talk():
            await asyncio.open_connection("127.0.0.1", target["port"])

        asyncio.run(asyncio.wait_for(talk(), 1))

    for attempt in (
        lambda: urllib.request.urlopen(f"http://127.0.0.1:{target['port']}/", timeout=0.5),
        lambda: http.client.HTTPConnection("127.0.0.1", target["port"], timeout=0.5).connect(),
        lambda: urllib.request.urlopen("file://" + target["secret_file"]).read(),
        with_asyncio,
    ):
        try:
            found = attempt()
        except Exception:
            continue
        return f"BREACH: {found}"
    return "held"
