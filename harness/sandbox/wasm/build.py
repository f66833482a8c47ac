"""Bakes a folder of modules into a component with CPython, and compiles it for this machine. A process of its own."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

from wasmtime.component import Component

from harness.sandbox.wasm.engine import engine

WORLD = "program"
RUNNER = "runner"


def main(folder: str, compiled: str) -> None:
    """The folder holds the modules and the world's description; ``compiled`` is written."""
    component = Path(folder, f"{RUNNER}.wasm")
    world = str(Path(folder, f"{WORLD}.wit"))
    sys.argv = ["componentize-py", "--quiet", "--wit-path", world, "--world", WORLD]
    sys.argv += ["componentize", RUNNER, "--python-path", folder, "--output", str(component)]
    importlib.import_module("componentize_py").script()
    Path(compiled).write_bytes(Component.from_file(engine(), component).serialize())
