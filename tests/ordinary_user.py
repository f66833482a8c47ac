"""Started by root, runs a command as an ordinary user that owns nothing.

    python tests/ordinary_user.py COMMAND ...

The interpreter and this repository may lie in a folder that only root can enter. So in a mount namespace of its own,
each such folder is replaced by one that holds nothing but the way to them. Exit code 3 when this is not permitted; then
the only line says why.
"""

from __future__ import annotations

import ctypes
import json
import os
import sys
from pathlib import Path

USER = 64_540
EXIT_UNAVAILABLE = 3
CLONE_NEWNS = 0x20000
MS_BIND, MS_REC, MS_PRIVATE = 0x1000, 0x4000, 0x40000

libc = ctypes.CDLL(None, use_errno=True)


def needed() -> list[Path]:
    """The folders that the command reads, none within another."""
    folders = {Path(sys.prefix), Path(sys.base_prefix), Path(sys.executable).resolve().parents[1], Path.cwd()}
    folders = {Path(os.path.realpath(folder)) for folder in folders}
    return sorted(folder for folder in folders if not folders & set(folder.parents))


def closed_above(folder: Path) -> Path | None:
    """The outermost folder on the way to this one that others cannot enter."""
    ways = [*reversed(folder.parents), folder]
    return next((way for way in ways if not way.stat().st_mode & 0o001), None)


def open_ways() -> None:
    """Make what is needed reachable, in this process and those that it starts. Raises OSError."""
    _check(libc.unshare(CLONE_NEWNS))
    _mount(None, "/", None, MS_REC | MS_PRIVATE)
    shut = {folder: closed for folder in needed() if (closed := closed_above(folder))}
    os.umask(0o022)
    held = {folder: os.open(folder, os.O_PATH) for folder in shut}
    for closed in set(shut.values()):
        _mount("tmpfs", str(closed), "tmpfs", 0, "mode=755")
    for folder, descriptor in held.items():
        folder.mkdir(parents=True, exist_ok=True)
        _mount(f"/proc/self/fd/{descriptor}", str(folder), None, MS_BIND | MS_REC)
        os.close(descriptor)


def become_user() -> None:
    os.setgroups([])
    os.setresgid(USER, USER, USER)
    os.setresuid(USER, USER, USER)


def _mount(source: str | None, at: str, kind: str | None, flags: int, options: str | None = None) -> None:
    texts = [None if text is None else text.encode() for text in (source, at, kind, options)]
    _check(libc.mount(texts[0], texts[1], texts[2], ctypes.c_ulong(flags), texts[3]))


def _check(result: int) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def main() -> None:
    try:
        open_ways()
        become_user()
    except OSError as error:
        sys.stdout.write(json.dumps({"unavailable": f"root may not become another user here: {error}"}) + "\n")
        sys.exit(EXIT_UNAVAILABLE)
    os.execve(sys.argv[1], sys.argv[1:], {**os.environ, "HOME": "/", "PYTHONDONTWRITEBYTECODE": "1"})


if __name__ == "__main__":
    main()
