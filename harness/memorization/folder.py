"""One folder of scores: one model, one reference, one set of methods; any texts, added to at any time.

scores/<name>/
    run.json        settings, versions, what the conformance test found
    scores.jsonl    one line a text; appended, never rewritten
    errors.jsonl    texts that could not be scored, and why
    lock            held by the process that works on the folder
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from harness import journal
from harness.errors import RunFolderError, UsageError
from harness.journal import Journal
from harness.memorization.texts import Text
from harness.store import RunFolder

FORMAT = 1
KIND = "memorization"


class ScoresFolder:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.run_file = path / "run.json"
        self.scores_file = path / "scores.jsonl"
        self.errors_file = path / "errors.jsonl"
        self._open: list[Journal] = []

    def run(self) -> dict[str, Any]:
        """run.json. Raises UsageError where there is none, RunFolderError where it is something else's."""
        if not self.run_file.is_file():
            raise UsageError(
                f"{self.path} holds no scores: it has no run.json", "pegboard memorize ... --out makes one"
            )
        try:
            run = json.loads(self.run_file.read_text("utf-8"))
        except (ValueError, RecursionError) as error:
            raise RunFolderError(f"{self.run_file} is damaged: {error}", "restore it from a copy") from error
        if not isinstance(run, dict) or run.get("kind") != KIND or run.get("format") != FORMAT:
            raise RunFolderError(f"{self.path} holds something else than scores", "name another folder with --out")
        return run

    def records(self) -> Iterator[dict[str, Any]]:
        return journal.read(self.scores_file)

    def known(self, settings: Mapping[str, Any]) -> set[str]:
        """Keys of the stored records. Raises RunFolderError where they were made with other settings."""
        if not self.run_file.exists():
            if self.path.is_dir() and any(file.name != "lock" for file in self.path.iterdir()):
                raise RunFolderError(f"{self.path} holds something else than scores", "name another folder with --out")
            return set()
        begun = self.run()["settings"]
        other = [name for name in {**begun, **settings} if begun.get(name) != settings.get(name)]
        if other:
            told = "; ".join(f"{name}: {begun.get(name)!r} there, {settings.get(name)!r} now" for name in other)
            raise RunFolderError(f"{self.path} was made with other settings: {told}", "name another folder with --out")
        return {record["key"] for record in self.records()}

    @contextmanager
    def working(self) -> Iterator[None]:
        """Work on the folder alone; one in which nothing was begun is not left behind. Raises RunFolderError."""
        made = not self.path.exists()
        self.path.mkdir(parents=True, exist_ok=True)
        try:
            with RunFolder(self.path).locked():
                try:
                    yield
                finally:
                    for each in self._open:
                        each.close()
                    self._open = []
        finally:
            if made and not self.run_file.exists():
                (self.path / "lock").unlink(missing_ok=True)
                with suppress(OSError):
                    self.path.rmdir()

    def begin(self, run: Mapping[str, Any]) -> None:
        """Write run.json anew, and open the journals; done within ``working``."""
        fresh = self.run_file.with_name("run.json.new")
        with fresh.open("w", encoding="utf-8") as written:
            written.write(json.dumps({"format": FORMAT, "kind": KIND, **run}, indent=2, ensure_ascii=False) + "\n")
            written.flush()
            os.fsync(written.fileno())
        fresh.replace(self.run_file)
        self._open = [Journal(self.scores_file), Journal(self.errors_file)]

    def keep(self, record: Mapping[str, Any]) -> None:
        """Append a text's scores."""
        self._append(0, record)

    def note(self, key: str, text: Text, reason: str) -> None:
        """Write down why a text has none."""
        self._append(1, {"key": key, "where": text.where, "sha256": text.sha256, "reason": reason})

    def _append(self, place: int, record: Mapping[str, Any]) -> None:
        try:
            self._open[place].append(record)
        except OSError as error:
            raise RunFolderError(f"{self._open[place].file} cannot be written: {error.strerror}") from error
