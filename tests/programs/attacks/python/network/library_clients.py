# Connects by clients of the library.
import asyncio
import importlib


def solve(target):
    place = ("127.0.0.1", target["port"])

    async def talk():
        await asyncio.wait_for(asyncio.open_connection(*place), 1)

    for attempt in (
        lambda: importlib.import_module("urllib.request").urlopen(f"http://127.0.0.1:{target['port']}/", timeout=0.5),
        lambda: importlib.import_module("urllib.request").urlopen("file://" + target["secret_file"]).read(),
        lambda: importlib.import_module("http.client").HTTPConnection(*place, timeout=0.5).connect(),
        lambda: importlib.import_module("smtplib").SMTP(*place, timeout=0.5),
        lambda: asyncio.run(talk()),
    ):
        try:
            found = attempt()
        except Exception:
            continue
        return f"BREACH: {found}"
    return "held"
