"""The compiled component: built when it is first needed, then found in the user's cache.

A compiled component is machine code, and whoever can write it can do all that this user can. So it is loaded only from
a file and a folder that belong to this user and that nobody else may write.
"""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from harness.errors import SandboxUnavailable
from harness.sandbox.wasm import own_process

PACKAGES = ("componentize-py", "wasmtime")
OWN, SHARED = Path(__file__).parent / "inside", Path(__file__).parent.parent / "inside"
SOURCES = [
    *(OWN / name for name in ("program.wit", "runner.py")),
    *(SHARED / name for name in ("ending.py", "preload.py", "python_program.py")),
]
SETTINGS = [Path(__file__).parent / name for name in ("build.py", "engine.py")]
BUILD_SECONDS = 600.0
"""How long the build may take: a quarter of a minute, unless the machine is slow or very busy."""

_building = Lock()


def compiled_component() -> Path:
    """Where it lies. Builds it when it is not there, which is told on standard error.

    Raises SandboxUnavailable when packages are missing, it cannot be built, or another user could have written it.
    """
    file = _file()
    try:
        with _building:
            if not file.exists():
                _build(file)
        for place in (file.parent, file):
            _only_ours(place)
    except OSError as error:
        raise SandboxUnavailable(
            f"the WebAssembly Python cannot be kept in {file.parent}: {error}",
            "set XDG_CACHE_HOME to a folder that you can write",
        ) from error
    return file


def is_built() -> bool:
    """Raises SandboxUnavailable when it could not be."""
    return _file().exists()


def _file() -> Path:
    try:
        return cache_folder() / "wasm" / f"python-{_key()}.cwasm"
    except RuntimeError as error:
        raise SandboxUnavailable(f"there is no cache: {error}", "set XDG_CACHE_HOME to a folder of yours") from error


def cache_folder() -> Path:
    """Where this user's programs keep what can be made again. Raises RuntimeError when nobody knows the user's home."""
    if named := os.environ.get("XDG_CACHE_HOME"):
        return Path(named, "pegboard")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "pegboard"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local", "pegboard", "cache")
    return Path.home() / ".cache" / "pegboard"


def _key() -> str:
    """Names everything that the compiled component depends on."""
    try:
        parts = [f"{package} {version(package)}" for package in PACKAGES]
    except PackageNotFoundError as error:
        raise SandboxUnavailable(
            f"the sandbox wasm needs {' and '.join(PACKAGES)}, and {error.name} is not installed",
            'pip install "pegboard[wasm]"',
        ) from error
    parts += [platform.system(), platform.machine()]
    parts += [hashlib.sha256(file.read_bytes()).hexdigest() for file in (*SOURCES, *SETTINGS)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _build(file: Path) -> None:
    sys.stderr.write(f"building the WebAssembly Python once, about 20 seconds, into {file}\n")
    sys.stderr.flush()
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with TemporaryDirectory(dir=file.parent, prefix="building-") as scratch:
        for source in SOURCES:
            shutil.copy(source, scratch)
        Path(scratch, "lib", "site-packages").mkdir(parents=True)
        compiled = Path(scratch, file.name)
        _run_build(scratch, compiled)
        compiled.chmod(0o600)
        compiled.replace(file)


def _run_build(scratch: str, compiled: Path) -> None:
    try:
        built = subprocess.run(  # noqa: S603 - our own interpreter and module
            own_process.command("harness.sandbox.wasm.build", scratch, str(compiled)),
            # An empty "virtual environment": componentize-py would bake in what the user has installed.
            env=own_process.environment(VIRTUAL_ENV=scratch),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=BUILD_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise SandboxUnavailable(
            f"the WebAssembly Python was not built within {BUILD_SECONDS:g} seconds", "try again on a quieter machine"
        ) from error
    if built.returncode or not compiled.exists():
        complaint = built.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise SandboxUnavailable(
            f"the WebAssembly Python could not be built: {complaint or f'exit status {built.returncode}'}",
            f"try other versions of {' and '.join(PACKAGES)}",
        )


def _only_ours(place: Path) -> None:
    if sys.platform == "win32":
        return  # a user's own folders are closed to others there
    found = place.stat()
    if found.st_uid != os.geteuid() or found.st_mode & 0o022:
        raise SandboxUnavailable(
            f"{place} belongs to another user or can be written by others, so nothing is loaded from it",
            f"delete {place}, or set XDG_CACHE_HOME to a folder of your own",
        )
