"""How this package's processes are started: our own interpreter, our own import path, and nobody's settings."""

from __future__ import annotations

import json
import os
import subprocess
import sys

_START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from {} import main; main(*sys.argv[2:])"

NEW_GROUP = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
"""On Windows what a new session is elsewhere: Ctrl-C does not reach the process."""


def command(module: str, *arguments: str) -> list[str]:
    """Calls ``main`` of a module with the arguments."""
    path = [os.path.abspath(each) for each in sys.path]  # noqa: PTH100 - the empty entry is the current folder
    return [sys.executable, "-I", "-S", "-c", _START.format(module), json.dumps(path), *arguments]


def environment(**more: str) -> dict[str, str]:
    """Nothing, but for what Windows needs to start Python at all."""
    return {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ} | more
