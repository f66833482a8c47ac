"""What many tests share: the bundled tasks, a sandbox with small limits."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import settings
from tiny_model import tiny_model

from harness.plugins import Plugin, discover, load
from harness.sandbox.choice import open_sandbox
from harness.sandbox.protocol import Limits, Sandbox

settings.register_profile("unhurried", deadline=None)  # a busy machine is no failure
settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def plugins() -> dict[str, Plugin]:
    return {name: load(files) for name, files in discover().items()}


@pytest.fixture(scope="session")
def hanoi(plugins: dict[str, Plugin]) -> Plugin:
    return plugins["tower_of_hanoi"]


@pytest.fixture(scope="session")
def river(plugins: dict[str, Plugin]) -> Plugin:
    return plugins["river_crossing"]


@pytest.fixture(scope="session")
def sandbox() -> Sandbox:
    return open_sandbox(Limits(cpu_seconds=2, wall_seconds=8, memory_mb=512, output_mb=16, value_mb=16))


@pytest.fixture(scope="session")
def tiny_models(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Real files of models with random weights: one without and one with a BOS, and one that soon ends its answers."""
    lacking = [name for name in ("torch", "transformers") if find_spec(name) is None]
    if lacking:
        pytest.skip(f"{' and '.join(lacking)} not installed: .ci/vllm runs these tests")
    folder = tmp_path_factory.mktemp("models")
    return {
        "plain": tiny_model(folder / "plain"),
        "bos": tiny_model(folder / "bos", "llama", bos=True),
        "ending": tiny_model(folder / "ending", ending=True),
    }
