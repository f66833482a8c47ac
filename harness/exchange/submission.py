"""What a submission says of itself: ``submission.toml``, beside a run's own files in one folder.

``results/README.md`` explains every field and the rules.
"""

from __future__ import annotations

import hashlib
import tomllib
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from harness.errors import UsageError

FILE = "submission.toml"

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Said = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]

Folder = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$")]


class Tier(StrEnum):
    """How far a result has been checked, weakest first."""

    SELF_REPORTED = "self-reported"
    """Nothing was recomputed."""
    RE_SCORED = "re-scored"
    """Every outcome was recomputed from the transcripts, and every rule of submission holds."""
    SPOT_RERUN = "spot-rerun"
    """Besides, maintainers asked a part of it anew and found no difference."""
    RUN_BY_MAINTAINERS = "run-by-maintainers"

    @property
    def rank(self) -> int:
        return list(Tier).index(self)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ListedRun(_Strict):
    """One run of this model on this suite by this submitter, published or not."""

    created: AwareDatetime
    """When it began: ``created`` of its run.json."""
    submission: Folder | None = None
    """The folder of the submission that publishes it."""
    broke_off: Said = ""
    """For a run that never came to its end and is not published: why."""


class Submission(_Strict):
    submitter: Line
    contact: Line
    model: Line
    """As the run names it: provider/model."""
    snapshot: Line
    """The dated version as the provider's answers name it; "unknown" where they name none."""
    tier: Tier
    """Claimed."""
    runs: list[ListedRun] = Field(min_length=1, max_length=1000)
    interruptions: Said = ""
    """What interrupted the run, when answers were asked for again that no logged error explains."""
    notes: Said = ""

    def lists(self, created: datetime) -> bool:
        return any(run.created == created for run in self.runs)


def read(folder: Path) -> Submission:
    """The submission in a folder. Raises UsageError naming the file, the field, and what was expected there."""
    file = folder / FILE
    if not file.is_file():
        raise UsageError(f"{folder} is no submission: it has no {FILE}", "results/README.md says what a submission is")
    try:
        return Submission.model_validate(tomllib.loads(file.read_text("utf-8")))
    except ValidationError as error:
        faults = [f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors()]
        raise UsageError(f"{file}: {'; '.join(faults)}", "results/README.md explains every field") from error
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{file} is not TOML: {error}") from error


CONFIRMED = "confirmed.toml"
"""Beside the folder of submissions, and of the maintainers alone: which of them they have rerun."""


class _Confirmation(_Strict):
    tier: Tier
    answers_sha256: str
    """Of the answers.jsonl that was looked at: a submission changed since is no longer confirmed."""
    by: Line
    date: date
    how: Said


def confirmed(folder: Path) -> Tier:
    """The tier that maintainers vouch for; re-scored where they have said nothing. Raises UsageError."""
    file = folder.resolve().parent.parent / CONFIRMED
    if not file.is_file():
        return Tier.RE_SCORED
    try:
        said = {name: _Confirmation.model_validate(table) for name, table in tomllib.loads(file.read_text()).items()}
    except ValueError as error:
        raise UsageError(f"{file}: {error}", "results/README.md explains every field") from error
    confirmation, answers = said.get(folder.resolve().name), folder / "answers.jsonl"
    if confirmation is None or not answers.is_file():
        return Tier.RE_SCORED
    with answers.open("rb") as content:
        same = hashlib.file_digest(content, "sha256").hexdigest() == confirmation.answers_sha256
    return confirmation.tier if same else Tier.RE_SCORED
