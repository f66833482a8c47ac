"""A file of JSON lines that only grows, and that a kill at any moment leaves readable."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Self

from harness.errors import RunFolderError

SYNC_SECONDS = 1.0
"""A line that is appended so long after the last was forced to disk takes with it to disk all lines before. Until such
a line comes, or the journal is closed, a power cut may lose what was appended since; a killed process loses nothing."""


class Journal:
    """Appends records. Opening mends a last line that a kill left torn; its bytes are kept beside the file."""

    def __init__(self, file: Path) -> None:
        self.file = file
        _mend(file)
        self._descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        sync_folder(file.parent)
        self._synced = time.monotonic()

    def append(self, record: Mapping[str, Any]) -> None:
        """Returns once the whole line is in the operating system's hands; raises OSError with nothing written."""
        line = json.dumps(record, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        rest = memoryview(line.encode("utf-8", "backslashreplace") + b"\n")
        before = os.fstat(self._descriptor).st_size
        try:
            while rest:
                rest = rest[os.write(self._descriptor, rest) :]
        except OSError:
            os.ftruncate(self._descriptor, before)  # half a line would spoil the next one
            raise
        if time.monotonic() - self._synced > SYNC_SECONDS:
            os.fsync(self._descriptor)
            self._synced = time.monotonic()

    def close(self) -> None:
        os.fsync(self._descriptor)
        os.close(self._descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def read(file: Path) -> Iterator[dict[str, Any]]:
    """Every whole record, in order; nothing when there is no file. A torn last line is passed over.

    Raises RunFolderError naming the line that is no record.
    """
    if not file.exists():
        return
    with file.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.endswith(b"\n"):
                return
            yield _record_at(file, number, line)


def follow(file: Path) -> Iterator[dict[str, Any] | None]:
    """Every whole record of a file that goes on growing, in order; None whenever there is no further one yet.

    Raises RunFolderError naming the line that is no record.
    """
    number = 0
    with file.open("rb") as lines:
        while True:
            start = lines.tell()
            line = lines.readline()
            if line.endswith(b"\n"):
                number += 1
                yield _record_at(file, number, line)
            else:
                lines.seek(start)
                yield None


def _record_at(file: Path, number: int, line: bytes) -> dict[str, Any]:
    try:
        return _record(line)
    except ValueError as error:
        raise RunFolderError(
            f"{file}:{number} is not a record: {error}", "move that line to another file to go on without it"
        ) from error


def _record(line: bytes) -> dict[str, Any]:
    """Raises ValueError for a line that is no object with a key, as every record is."""
    try:
        record = json.loads(line)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    if not isinstance(record, dict) or not record.get("key"):
        raise ValueError("it is no JSON object with a key")
    return record


def sync_folder(folder: Path) -> None:
    """Force to disk which files a folder holds: without it a power cut may lose a new file, its lines and all."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _mend(file: Path) -> None:
    """Cut off what follows the last newline, unless it is a whole record that only lacks it."""
    if not file.exists():
        return
    whole, torn = _split_last_line(file)
    if not torn:
        return
    try:
        _record(torn)
    except ValueError:
        with file.with_name(file.name + ".torn").open("ab") as kept:
            kept.write(torn + b"\n")
        os.truncate(file, whole)
    else:
        with file.open("ab") as lines:
            lines.write(b"\n")


def _split_last_line(file: Path, step: int = 1 << 20) -> tuple[int, bytes]:
    """(length up to and with the last newline, what follows it), reading backwards."""
    with file.open("rb") as lines:
        end = lines.seek(0, os.SEEK_END)
        tail = b""
        while end > 0 and b"\n" not in tail:
            start = max(0, end - step)
            lines.seek(start)
            tail = lines.read(end - start) + tail
            end = start
    _, newline, torn = tail.rpartition(b"\n")
    return (end + len(tail) - len(torn), torn) if newline else (0, tail)
