"""What works on this machine, said without showing any secret."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version

import click

KEYS = {"OPENAI_API_KEY": "openai/...", "ANTHROPIC_API_KEY": "anthropic/..."}
CLIENTS = ("openai", "anthropic", "lupa", "pandas")


@click.command()
def doctor() -> int:
    """Say what works on this machine: sandbox, clients, engines, keys (present or not, never shown), tasks."""
    findings = [*_sandbox(), *_clients(), *_engines(), *_keys(), *_tasks()]
    click.echo(f"pegboard {version('pegboard')}, Python {platform.python_version()}, {platform.platform()}")
    for good, text in findings:
        click.echo(f"  {click.style('ok', fg='green') if good else click.style('--', fg='yellow')}  {text}")
    return 0 if all(good for good, text in findings if text.startswith(("sandbox", "task"))) else 3


def _sandbox() -> Iterator[tuple[bool, str]]:
    """The one that is used, then what each tier walls off here or why it cannot be had."""
    from harness.errors import PegboardError
    from harness.sandbox.choice import AUTO, TIERS, choose
    from harness.sandbox.protocol import Limits

    for name in (AUTO, *TIERS):
        kind = "sandbox " if name == AUTO else "tier    "
        try:
            yield True, f"{kind}  {_waiting_to_be_built(name) or choose(Limits(), name).told}"
        except PegboardError as error:
            yield False, f"{kind}  {name}: {error.found}"


def _waiting_to_be_built(name: str) -> str | None:
    """That a look at a machine builds nothing."""
    from harness.sandbox.choice import WASM
    from harness.sandbox.wasm.component import is_built

    return f"{name} (its Python is built when it is first used)" if name == WASM and not is_built() else None


def _clients() -> Iterator[tuple[bool, str]]:
    for name in CLIENTS:
        try:
            yield True, f"package   {name} {version(name)}"
        except PackageNotFoundError:
            yield False, f"package   {name} is not installed"


def _engines() -> Iterator[tuple[bool, str]]:
    """What runs models in this process."""
    from harness.errors import UsageError
    from harness.models import ENGINES, INSTALL, SMOLLM2, engine
    from harness.providers.local_llama import weights

    for provider in ENGINES:
        found = engine(provider)
        yield bool(found), f"engine    {found or f'none, {INSTALL[provider]}'}, for {provider}/..."
    try:
        yield True, f"weights   {weights(SMOLLM2).name}, for local/{SMOLLM2}"
    except UsageError as error:
        yield False, f"weights   {error.found}"


def _keys() -> Iterator[tuple[bool, str]]:
    for name, models in KEYS.items():
        present = bool(os.environ.get(name))
        yield present, f"key       {name} is {'set' if present else 'not set'}, for {models}"


def _tasks() -> Iterator[tuple[bool, str]]:
    from harness.errors import PegboardError
    from harness.plugins import discover, load

    for files in discover().values():
        try:
            plugin = load(files)
        except PegboardError as error:
            yield False, f"task      {error}"
            continue
        yield True, f"task      {plugin.name} ({files.root.origin}, solvers: {', '.join(plugin.solvers) or 'none'})"
