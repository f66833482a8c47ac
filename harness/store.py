"""One run's folder: what was asked, every answer that was paid for, every verdict, every error.

results/<run>/
    run.json          the resolved suite, versions and hashes: all that is needed to resume
    turns.jsonl       the single answers of games of many turns, before the game is over and in answers.jsonl as one
    answers.jsonl     appended and flushed before anything else happens to an answer; never rewritten
    verdicts.jsonl    derived from answers.jsonl; may be rebuilt at any time
    errors.jsonl      trials that have no outcome, through no fault of the model
    lock              held by the process that works on the folder
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from harness import journal
from harness.errors import RunFolderError, UsageError
from harness.records import Record

RUN_FORMAT = 2
"""Raised whenever a run folder written before could not be read as it was meant."""

MENDING = "restore the file from a copy; the answers beside it are untouched"


class _Task(BaseModel):
    version: int
    sha256: str | None = None


class _Block(BaseModel):
    """Cells of a plan that are counted together."""

    model: str
    task: str
    variant: str
    mode: str
    size: int
    infeasible: str | None
    cells: int
    trials: int


class _RunFile(BaseModel):
    """What is read again of a run file; the rest is for people."""

    suite: dict[str, Any]
    plugins: list[str]
    tasks: dict[str, _Task]
    planned: list[_Block]


class RunFolder:
    """A folder that holds one run. Reading needs no lock; writing is done within ``locked``."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.run_file = path / "run.json"
        self.answers_file = path / "answers.jsonl"
        self.turns_file = path / "turns.jsonl"
        self.verdicts_file = path / "verdicts.jsonl"
        self.errors_file = path / "errors.jsonl"

    def create(self, run: Record) -> None:
        """Write the run file. Raises RunFolderError when the folder holds a run already, or is in use."""
        self.path.mkdir(parents=True, exist_ok=True)
        with self.locked():
            if self.run_file.exists():
                raise RunFolderError(
                    f"{self.path} already holds a run",
                    f"pegboard resume {self.path} asks what is missing; --out names another folder",
                )
            self._write({"format": RUN_FORMAT, **run})

    def run(self) -> dict[str, Any]:
        """The run file. Raises UsageError when this is no run folder, RunFolderError when the file is damaged."""
        if not self.run_file.is_file():
            raise UsageError(f"{self.path} is no run folder: it has no run.json", "name a folder such as results/<run>")
        try:
            run = json.loads(self.run_file.read_text("utf-8"))
        except (ValueError, RecursionError) as error:
            raise RunFolderError(f"{self.run_file} is damaged: {error}", MENDING) from error
        if isinstance(run, dict) and run.get("format") != RUN_FORMAT:
            raise RunFolderError(
                f"{self.run_file} has format {run.get('format')!r}; this version of Pegboard reads {RUN_FORMAT}",
                "use the version of Pegboard that made it",
            )
        try:
            _RunFile.model_validate(run, strict=True)
        except ValidationError as error:
            problem = error.errors()[0]
            place = ".".join(map(str, problem["loc"])) or "the whole file"
            raise RunFolderError(f"{self.run_file} is damaged: {place}: {problem['msg']}", MENDING) from error
        return dict(run)

    def replace_plan(self, planned: Sequence[Record]) -> None:
        """Mark the plan's cells anew, as the rules at hand certify them; done within ``locked``."""
        self._write({**self.run(), "planned": list(planned)})

    def answers(self) -> Iterator[Record]:
        return journal.read(self.answers_file)

    def turns(self) -> Iterator[Record]:
        return journal.read(self.turns_file)

    def verdicts(self) -> Iterator[Record]:
        return journal.read(self.verdicts_file)

    def errors(self) -> Iterator[Record]:
        return journal.read(self.errors_file)

    def answered(self) -> set[str]:
        """Keys of the trials whose answer is stored."""
        return {record["key"] for record in self.answers()}

    def judged(self) -> set[str]:
        return {record["key"] for record in self.verdicts()}

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Work on the folder alone. Raises RunFolderError at once when another process does."""
        descriptor = os.open(self.path / "lock", os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(descriptor, 20).decode("ascii", "replace").strip()
            os.close(descriptor)
            raise RunFolderError(
                f"{self.path} is in use by another pegboard process (pid {holder or 'unknown'})",
                "wait for it to end, or stop it with Ctrl-C there",
            ) from None
        try:
            os.truncate(descriptor, 0)
            os.write(descriptor, str(os.getpid()).encode())
            yield
        finally:
            os.close(descriptor)

    @contextmanager
    def rebuilding_verdicts(self) -> Iterator[journal.Journal]:
        """A journal that takes the place of verdicts.jsonl when the block ends well, and vanishes when it does not."""
        fresh = self.path / "verdicts.jsonl.new"
        fresh.unlink(missing_ok=True)  # of a process that was killed
        try:
            with journal.Journal(fresh) as verdicts:
                yield verdicts
            fresh.replace(self.verdicts_file)
        finally:
            fresh.unlink(missing_ok=True)

    def _write(self, run: Mapping[str, Any]) -> None:
        """Put the run file in place whole: whatever happens meanwhile leaves the old one or the new one."""
        fresh = self.path / "run.json.new"
        with fresh.open("w", encoding="utf-8", errors="backslashreplace") as written:
            written.write(json.dumps(run, indent=2, ensure_ascii=False) + "\n")
            written.flush()
            os.fsync(written.fileno())
        fresh.replace(self.run_file)
        journal.sync_folder(self.path)
