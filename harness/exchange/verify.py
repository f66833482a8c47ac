"""Recomputes a submission from its transcripts and holds it against the rules of ``results/README.md``.

A submission is hostile until it is verified: no code, plugin folder or file that it names is loaded, its suite is only
compared with one at hand, and its programs run in the sandbox under that suite's limits.

    files -> suite, tasks, model -> the plan at hand -> each answer against its trial -> each verdict recomputed

What comes out are findings, one or more a check; a submission passes when none of them is a failure.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from harness import suite as suites
from harness.completion import Completion, Usage
from harness.errors import PegboardError, SandboxUnavailable
from harness.exchange import submission as submissions
from harness.exchange.attempts import COPIED
from harness.exchange.submission import Submission, Tier
from harness.models import ENGINES, concurrency
from harness.outcome import Outcome
from harness.plan import Cell, cost_usd, plan
from harness.plugins import Plugin, find
from harness.provenance import planned as planned_blocks
from harness.providers import anthropic_messages, openai_chat, openai_responses
from harness.providers.protocol import ProviderFailure
from harness.records import Record, completion_of, trial_fields
from harness.sandbox.choice import AUTO, WhenNeeded
from harness.store import RunFolder
from harness.suite import Model, Suite
from harness.trial import Trial
from harness.verdicts import judge_of, judged

FEWEST_ATTEMPTS = 5
"""Attempts at each task, variant, mode and size: with fewer, a rate says next to nothing."""

SHOWN = 3
"""Examples of one fault."""

CLOCK_SKEW = timedelta(minutes=10)
"""By how much a submitter's clock may be ahead of ours."""

NOT_THE_SUITE = ("name", "description", "models")
THE_MODELS_OWN = ("temperature", "thinking_budget", "reasoning_effort")
"""Of sampling, what a model may need its own value of; shown beside its result. The output cap is the suite's."""

RECOMPUTED = (
    "infeasible", "outcome", "detail", "strict_outcome", "optimal", "legal_moves", "fewest_moves", "first_illegal",
    "first_off_path", "goal_reached_at", "final_distance", "progress", "read_as", "candidates", "conflict",
)  # fmt: skip
ELSEWHERE = (
    "general", "hardcoded", "generalizes_to", "held_out", "other_instance", "unsolvable_twin", "program_outcome",
)  # fmt: skip
"""Fields of a verdict that follow from the answer and the rules alone; the second, of a program run also elsewhere."""

MOST = 10**12
"""No count, time or cost is larger."""

MACHINE_DEPENDENT = {Outcome.CODE_TIMEOUT, Outcome.CODE_RESOURCE}

NO_MODEL = ("oracle/", "replay/")

FILES = {"run.json", "answers.jsonl", "verdicts.jsonl", "errors.jsonl", "turns.jsonl", "lock", submissions.FILE}

Level = Literal["pass", "remark", "fail"]


@dataclass(frozen=True)
class Finding:
    check: str
    level: Level
    text: str


@dataclass(frozen=True, kw_only=True)
class Report:
    """What came of verifying one submission."""

    folder: Path
    submission: Submission | None
    findings: Sequence[Finding]
    suite: Suite | None = None
    """The suite at hand that it was held against."""
    tier: Tier = Tier.SELF_REPORTED

    @property
    def passed(self) -> bool:
        return all(finding.level != "fail" for finding in self.findings)

    @property
    def failures(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.level == "fail"]


@dataclass
class _Faults:
    """How often each check failed, with the first few examples."""

    counts: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)

    def add(self, check: str, text: str) -> None:
        self.counts[check] += 1
        if self.counts[check] <= SHOWN:
            self.examples.setdefault(check, []).append(text)

    def finding(self, check: str, well: str) -> Finding:
        number = self.counts[check]
        if not number:
            return Finding(check, "pass", well)
        more = f"; and {number - SHOWN} more" if number > SHOWN else ""
        return Finding(check, "fail", "; ".join(self.examples[check]) + more)


def suite_hash(suite: Suite) -> str:
    """SHA-256 of what a suite asks and under which caps, whoever is asked: 16 hexadecimal digits."""
    asked = suite.model_dump(mode="json", exclude=set(NOT_THE_SUITE))
    for name in THE_MODELS_OWN:
        del asked["sampling"][name]
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()[:16]


def bundled_suites() -> list[Suite]:
    return [suites.read(file) for file in suites.bundled().values()]


def verify(
    folder: Path,
    known: Sequence[Suite],
    *,
    confirmed: Tier = Tier.RE_SCORED,
    plugin_folders: Sequence[Path] = (),
    sandbox: str = AUTO,
) -> Report:
    """Hold the submission in ``folder`` against the rules. ``known`` are the suites that it may be a run of,
    ``confirmed`` the tier that maintainers vouch for beyond what is recomputed here.

    Raises SandboxUnavailable when its programs cannot be run safely here; every fault of the submission is a finding.
    """
    folder = folder.resolve()
    try:
        outside = _outside(folder)
        if outside:
            return Report(folder=folder, submission=None, findings=[Finding("files", "fail", outside)])
        said = submissions.read(folder)
    except PegboardError as error:
        return Report(folder=folder, submission=None, findings=[Finding("files", "fail", str(error.found))])
    run_folder = RunFolder(folder)
    try:
        run = run_folder.run()
        suite, model, findings = _asked(run, said, known)
        if suite is None or model is None:
            return Report(folder=folder, submission=said, findings=findings)
        plugins = {name: find(name, plugin_folders) for name in dict.fromkeys(grid.task for grid in suite.grid)}
        findings += _tasks(run, plugins)
        if any(finding.level == "fail" for finding in findings):
            return Report(folder=folder, submission=said, findings=findings, suite=suite)
        cells = plan(suite, plugins)
        findings += [*_planned(run, cells), *_listed(folder, run, said, suite), *_claimed(said, confirmed)]
        findings += _records(run_folder, run, said, model, cells, WhenNeeded(suite.limits.limits(), sandbox))
    except SandboxUnavailable:
        raise
    except PegboardError as error:
        failed = [Finding("files", "fail", error.found)]
        return Report(folder=folder, submission=said, findings=failed)
    report = Report(folder=folder, submission=said, findings=findings, suite=suite)
    tier = max(confirmed, Tier.RE_SCORED, key=_rank) if report.passed else report.tier
    return Report(folder=folder, submission=said, findings=findings, suite=suite, tier=tier)


def _rank(tier: Tier) -> int:
    return tier.rank


def _outside(folder: Path) -> str | None:
    """Why the folder's files are not to be read: a link may lead to anything on the machine that verifies."""
    if not folder.is_dir():
        return f"there is no folder {folder}"
    for file in sorted(folder.iterdir()):
        if file.is_symlink() or not file.is_file():
            return f"{file.name} is no plain file"
        if file.name not in FILES:
            return f"{file.name} is none of a submission's files ({', '.join(sorted(FILES))})"
    lacking = [name for name in ("run.json", "answers.jsonl", "verdicts.jsonl") if not (folder / name).is_file()]
    return f"it lacks {', '.join(lacking)}" if lacking else None


def _asked(
    run: Mapping[str, Any], said: Submission, known: Sequence[Suite]
) -> tuple[Suite | None, Model | None, list[Finding]]:
    """The suite at hand that was run, asked of the submission's model; None for what cannot be found out."""
    try:
        theirs = suites.validate(run["suite"], "run.json")
    except (PegboardError, ValidationError) as error:
        return None, None, [Finding("suite", "fail", f"run.json holds no suite: {error}")]
    digest = suite_hash(theirs)
    ours = next((suite for suite in known if suite_hash(suite) == digest), None)
    if ours is None:
        same = next((suite for suite in known if suite.name == theirs.name), None)
        differs = f"; {theirs.name} at hand has {suite_hash(same)}: {_difference(theirs, same)}" if same else ""
        found = f"the run's suite {theirs.name} has hash {digest}, which is none at hand{differs}"
        return None, None, [Finding("suite", "fail", f"{found}; --suite FILE names another")]
    findings = [Finding("suite", "pass", f"{ours.name}, hash {digest}")]
    names = [model.name for model in theirs.models]
    if names != [said.model] or not said.model.isprintable():
        found = f"the run asked {', '.join(names) or 'no model'}; the submission is of {said.model}"
        return None, None, [*findings, Finding("model", "fail", found)]
    return ours.model_copy(update={"models": theirs.models, "sampling": theirs.sampling}), theirs.models[0], findings


def _difference(theirs: Suite, ours: Suite) -> str:
    names = [name for name in Suite.model_fields if name not in NOT_THE_SUITE]
    return "they differ in " + ", ".join(name for name in names if getattr(theirs, name) != getattr(ours, name))


def _tasks(run: Mapping[str, Any], plugins: Mapping[str, Plugin]) -> list[Finding]:
    changed = [name for name, plugin in plugins.items() if run["tasks"].get(name, {}).get("sha256") != plugin.digest]
    if changed:
        found = f"run with other files of {', '.join(changed)} than are at hand, so nothing can be recomputed"
        return [Finding("tasks", "fail", f"{found}; verify it with Pegboard {run.get('pegboard')}")]
    return [Finding("tasks", "pass", f"{len(plugins)} with the files at hand")]


def _planned(run: Mapping[str, Any], cells: Sequence[Cell]) -> Iterator[Finding]:
    """Whether the run planned what the suite asks and marked what the rules mark."""
    names = ("model", "task", "variant", "mode", "size", "infeasible", "cells", "trials")

    def counted(blocks: Sequence[Mapping[str, Any]]) -> Counter[tuple[Any, ...]]:
        return Counter(tuple(block[name] for name in names) for block in blocks)

    theirs, ours = counted(run["planned"]), counted(planned_blocks(cells))
    if theirs == ours:
        yield Finding("plan", "pass", f"{len(cells)} cells, marked as the rules at hand mark them")
    else:
        other = [" ".join(map(str, block)) for block in sorted((theirs - ours) + (ours - theirs), key=str)[:SHOWN]]
        found = f"planned or marked otherwise than by the rules at hand: {'; '.join(other)}"
        own = any(cell.model.name.partition("/")[0] in ENGINES for cell in cells)
        yield Finding("plan", "fail", found + (" (marks counted with a model's own tokenizer are not)" if own else ""))
    attempts: Counter[tuple[Any, ...]] = Counter()
    for cell in cells:
        question = cell.question
        attempts[question.plugin.name, question.variant, cell.mode.name, question.size] += (
            cell.repeats if cell.asked else 0
        )
    few = [" ".join(map(str, name)) for name, number in attempts.items() if 0 < number < FEWEST_ATTEMPTS]
    if few:
        found = f"under {FEWEST_ATTEMPTS} attempts at {len(few)} combinations of task, variant, mode and size"
        yield Finding("attempts", "fail", f"{found}, such as {few[0]}")


def _listed(folder: Path, run: Mapping[str, Any], said: Submission, suite: Suite) -> Iterator[Finding]:
    """All runs of that model by that submitter are told, and those that came to an end are published beside it."""
    created = _moment(run.get("created"))
    faults = _Faults()
    if created is None or not said.lists(created):
        faults.add("runs listed", f"this run, begun {run.get('created')}, is not among the runs listed")
    for listed in said.runs:
        if listed.created == created:
            continue
        when = listed.created.isoformat()
        if listed.submission is None and not listed.broke_off:
            faults.add("runs listed", f"the run of {when} is neither published nor said to have broken off")
        elif listed.submission is not None and _created_by(folder.parent / listed.submission) != listed.created:
            faults.add("runs listed", f"the run of {when} is not in {listed.submission}, which is said to publish it")
    for name, other, other_created in _beside(folder, said, suite):
        if other_created == created:
            faults.add("runs listed", f"the same run is submitted as {name}")
        elif _plain(other.submitter) == _plain(said.submitter) and not said.lists(other_created):
            faults.add("runs listed", f"{name}, of the same submitter, model and suite, is not listed")
    yield faults.finding("runs listed", f"{len(said.runs)} of this model and suite, all accounted for")


def _beside(folder: Path, said: Submission, suite: Suite) -> Iterator[tuple[str, Submission, datetime]]:
    """Other submissions in the same place of the same model and suite, and when their runs began."""
    for file in sorted(folder.parent.glob(f"*/{submissions.FILE}")):
        if file.parent == folder or file.is_symlink():
            continue
        try:
            other, run = submissions.read(file.parent), RunFolder(file.parent).run()
            same = suite_hash(suites.validate(run["suite"], "run.json")) == suite_hash(suite)
        except PegboardError:
            continue  # told when that one is verified
        created = _moment(run.get("created"))
        if same and other.model == said.model and created is not None:
            yield file.parent.name, other, created


def _plain(name: str) -> str:
    return "".join(name.casefold().split())


def _created_by(folder: Path) -> datetime | None:
    try:
        return _moment(RunFolder(folder).run().get("created"))
    except PegboardError:
        return None


def _claimed(said: Submission, confirmed: Tier) -> Iterator[Finding]:
    most = max(confirmed, Tier.RE_SCORED, key=_rank)
    if said.tier.rank > most.rank:
        yield Finding("tier", "fail", f"claims {said.tier}; what can be confirmed here is {most}")
    else:
        yield Finding("tier", "pass", f"claims {said.tier}")


def _records(
    folder: RunFolder,
    run: Mapping[str, Any],
    said: Submission,
    model: Model,
    cells: Sequence[Cell],
    sandbox: WhenNeeded,
) -> Iterator[Finding]:
    """Every answer against the trial that it answers, and every verdict against its answer."""
    trials = [trial for cell in cells for trial in cell.trials()]
    by_key = {trial.key: trial for trial in trials}
    began = _moment(run.get("created"))
    faults = _Faults()
    stored = _stored_verdicts(folder, faults)
    judge = judge_of(cells, sandbox)
    asked: dict[str, datetime] = {}
    snapshots: Counter[str] = Counter()
    unknown_usage = 0
    for answer in folder.answers():
        key = answer["key"]
        name = _name(answer)
        trial = by_key.get(key) if isinstance(key, str) else None
        if trial is None:
            faults.add("answers", f"an answer to no planned trial: {name}")
            continue
        if key in asked:
            faults.add("answers", f"a second answer to one trial: {name}")
            continue
        malformed = _malformed(answer)
        if malformed:
            faults.add("answers", f"{name}: {malformed}")
            asked[key] = datetime.now(UTC)
            continue
        for check, text in _faults_of(answer, trial, model, began):
            faults.add(check, f"{name}: {text}")
        asked[key] = _moment(answer["asked_at"]) or datetime.now(UTC)
        snapshots[answer["returned_model"] or "unknown"] += 1
        unknown_usage += answer["output_tokens"] is None
        _compare(stored.pop(key, None), judged(judge, answer), answer, faults)
    for trial in trials:
        if trial.key not in asked:
            faults.add("answers", f"no answer to {_name({**trial_fields(trial)})}")
    for verdict in stored.values():
        faults.add("verdicts", f"a verdict on no answer: {_name(verdict)}")
    yield faults.finding("answers", f"{len(trials)} planned trials, each with exactly one answer")
    yield _snapshot(said, snapshots)
    yield faults.finding("caps", "nothing was generated beyond the output cap; settings as planned")
    yield faults.finding(
        "usage", f"counted or unknown, never 0{f' ({unknown_usage} unknown)' if unknown_usage else ''}"
    )
    yield faults.finding("costs", "as the price and the counts say")
    yield faults.finding("dates", "between the run's beginning and now")
    yield faults.finding("transcripts", "texts, stops and counts are what the providers' bodies say")
    yield faults.finding("verdicts", "one an answer, about that answer")
    yield faults.finding("outcomes", "recomputed; all as stored")
    if "outcomes that depend on the machine" in faults.counts:
        number = faults.counts["outcomes that depend on the machine"]
        found = f"{number} programs that hit a limit, there or here, end otherwise here; what is stored counts"
        yield Finding("outcomes", "remark", found)
    yield from _retries(folder, said, model, trials, asked)


def _name(record: Mapping[str, Any]) -> str:
    names = ("task", "variant", "size", "seed", "mode", "repeat")
    return f"{' '.join(str(record.get(name)) for name in names):.120} ({record.get('key')!s:.20})"


def _stored_verdicts(folder: RunFolder, faults: _Faults) -> dict[Any, Record]:
    stored: dict[Any, Record] = {}
    for verdict in folder.verdicts():
        key = str(verdict["key"])
        if key in stored:
            faults.add("verdicts", f"two verdicts on one answer: {_name(verdict)}")
        stored[key] = verdict
    return stored


def _malformed(answer: Mapping[str, Any]) -> str | None:
    """Why a record is not an answer as Pegboard writes it, if so."""
    kinds: dict[str, tuple[type, ...]] = {
        "prompt": (str,), "text": (str,), "stop": (str,), "asked_at": (str,), "raw": (dict,), "attempts": (int,),
        "latency_seconds": (int, float), "reasoning": (str, type(None)), "finish_reason": (str, type(None)),
        "returned_model": (str, type(None)), "cost_usd": (int, float, type(None)), "turns": (list, type(None)),
        **dict.fromkeys(Usage.__dataclass_fields__, (int, type(None))),
    }  # fmt: skip
    for name, kind in kinds.items():
        value = answer.get(name)
        if name not in answer or not isinstance(value, kind) or isinstance(value, bool):
            return f"{name} is {_short(value)}"
        if isinstance(value, (int, float)) and not -MOST < value < MOST:
            return f"{name} is {_short(value)}"
    if _moment(answer["asked_at"]) is None:
        return f"asked_at is {answer['asked_at']!r:.60}, no moment with a time zone"
    try:
        completion_of(answer)
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        return f"no completion: {error!r:.100}"
    return None


def _faults_of(
    answer: Mapping[str, Any], trial: Trial, model: Model, began: datetime | None
) -> Iterator[tuple[str, str]]:
    """What is wrong with one answer, each with the check that it fails."""
    for name, value in {**trial_fields(trial), "prompt": trial.prompt}.items():
        if answer.get(name) != value:
            check = "caps" if name in asdict(trial.sampling) else "answers"
            yield check, f"{name} is {_short(answer.get(name))}, planned was {_short(value)}"
    completion = completion_of(answer)
    for one in completion.turns or [completion]:
        tokens = one.usage.output_tokens
        if tokens is not None and tokens > trial.sampling.max_tokens:
            yield "caps", f"{tokens} tokens were generated; the cap is {trial.sampling.max_tokens}"
        if one.usage.input_tokens == 0 or (tokens == 0 and (one.text or one.reasoning)):
            yield "usage", "0 tokens; what is not known must be null"
        if any(count is not None and count < 0 for count in asdict(one.usage).values()):
            yield "usage", "a count below 0"
        if told := _misread(one, model):
            yield "transcripts", told
    cost = cost_usd(model, completion.usage.input_tokens, completion.usage.output_tokens)
    if answer["cost_usd"] is not None and (cost is None or not abs(cost - answer["cost_usd"]) <= 1e-9 + 1e-6 * cost):
        yield "costs", f"{answer['cost_usd']} US dollars; price and counts give {cost}"
    asked_at = _moment(answer["asked_at"])
    if asked_at is None or began is None or asked_at < began - timedelta(seconds=1):
        yield "dates", f"asked at {answer['asked_at']}, before the run began"
    elif asked_at > datetime.now(UTC) + CLOCK_SKEW:
        yield "dates", f"asked at {answer['asked_at']}, which is to come"


def _misread(stored: Completion, model: Model) -> str | None:
    """Where a stored answer is not what its provider's body says; None also where the body has no known form."""
    body = dict(stored.raw)
    provider = model.name.partition("/")[0]
    read = {
        "anthropic": anthropic_messages.completion,
        "openai": openai_chat.completion if model.base_url is not None else openai_responses.completion,
    }.get(provider)
    if read is None:
        return None
    try:
        again = read(body)
    except ProviderFailure as failure:
        return f"the provider's body holds no answer: {failure!s:.100}"
    for name in ("text", "stop", "usage", "model"):
        if getattr(again, name) != getattr(stored, name):
            return f"the {name} stored is not that of the provider's body"
    return None


def _compare(stored: Record | None, again: Record | str, answer: Mapping[str, Any], faults: _Faults) -> None:
    """Hold a stored verdict against the one computed again."""
    name = _name(answer)
    if stored is None:
        faults.add("verdicts", f"no verdict on {name}")
        return
    if isinstance(again, str):
        faults.add("outcomes", f"{name} cannot be judged here: {again:.100}")
        return
    for copied in COPIED:
        if stored.get(copied) != answer[copied]:
            faults.add(
                "verdicts",
                f"{name}: {copied} is {_short(stored.get(copied))}, the answer says {_short(answer[copied])}",
            )
            return
    other = [each for each in (*RECOMPUTED, *ELSEWHERE) if stored.get(each) != again[each]]
    if not other:
        return
    hit_a_limit_there = stored.get("outcome") in list(MACHINE_DEPENDENT) and "outcome" in other
    if hit_a_limit_there or _depends_on_the_machine(again, other):
        faults.add("outcomes that depend on the machine", name)
        return
    told = ", ".join(f"{each} {_short(stored.get(each))}, recomputed {again[each]!s:.40}" for each in other[:2])
    faults.add("outcomes", f"{name}: stored {told}")


def _depends_on_the_machine(again: Record, other: Sequence[str]) -> bool:
    """Whether all that differs is how a program fared elsewhere, where it hits a limit here."""
    ran = [*(again["held_out"] or {}).values(), again["other_instance"], again["unsolvable_twin"]]
    ran.append(again["program_outcome"])
    return {*other} <= {*ELSEWHERE} and any(outcome in MACHINE_DEPENDENT for outcome in ran)


def _short(value: Any) -> str:
    """What a record holds, for a finding."""
    try:
        return f"{value!r:.60}"
    except ValueError:  # a number of thousands of digits
        return f"a {type(value).__name__} without end"


def _snapshot(said: Submission, returned: Counter[str]) -> Finding:
    others = [name for name in returned if name != said.snapshot]
    if others:
        found = f"{sum(returned[name] for name in others)} answers are of {', '.join(sorted(others)[:SHOWN])}"
        return Finding("model", "fail", f"{found}; the snapshot said is {said.snapshot}")
    if said.model.startswith(NO_MODEL):
        return Finding("model", "remark", f"{said.model} is no language model, or answers from a file")
    return Finding("model", "pass", f"{said.model}, snapshot {said.snapshot}")


def _retries(
    folder: RunFolder, said: Submission, model: Model, trials: Sequence[Trial], asked: Mapping[str, datetime]
) -> Iterator[Finding]:
    """Whether anything was asked again that had been answered.

    A run asks in the order of its plan. A trial asked after later ones was asked again: after a provider's error, which
    is logged, or after a process died with the answer on its way. An answer that was thrown away looks like the latter.
    """
    failed_at: dict[str, datetime] = {}
    faults = _Faults()
    for error in folder.errors():
        at = _moment(error.get("at"))
        if error.get("error") == "provider_error" and at is not None:
            key = str(error["key"])
            failed_at[key] = at
            if key in asked and at > asked[key] + CLOCK_SKEW:
                faults.add("retries", f"{_name(error)}: failed at {error['at']}, after it was answered")
    latest = None
    again = []
    for trial in reversed(trials):
        at = asked.get(trial.key)
        if at is None:
            continue
        if latest is not None and at > latest and trial.key not in failed_at:
            again.append(trial)
        latest = at if latest is None else min(latest, at)
    logged = sum(key in failed_at for key in asked)
    told = f"{logged} trials asked again after errors that are logged"
    if again and (not said.interruptions or len(again) > concurrency(model)):
        found = f"{len(again)} trials were asked again without a logged error, such as {_name(trial_fields(again[0]))}"
        most = f"at most the {concurrency(model)} in flight are lost when a run is killed"
        faults.add("retries", f"{found}; submission.toml must say under interruptions what happened, and {most}")
    elif again:
        yield Finding("retries", "remark", f"{len(again)} trials were asked again; said is: {said.interruptions}")
    yield faults.finding("retries", told)


def _moment(text: Any) -> datetime | None:
    """A point in time from ISO 8601; None for what is none, or has no time zone."""
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return moment if moment.tzinfo is not None else None
