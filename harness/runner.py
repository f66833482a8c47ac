"""Asks what is missing, stores every answer the moment it arrives, and judges on the side.

    trials -> workers, one set a model, each asking under that model's limit -> answers.jsonl
                                                                                    | read again, line by line
                                                                                    v
                                                     judges (threads) -------> verdicts.jsonl

Asking never waits for judging: the judges follow the file, at their own pace.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field, replace

from harness import journal
from harness.completion import Completion, joined
from harness.errors import PegboardError, RunFolderError
from harness.journal import Journal
from harness.models import concurrency
from harness.outcome import Outcome, Unscored
from harness.plan import cost_usd
from harness.providers.concurrency import AdaptiveLimit, Stopped
from harness.providers.protocol import Provider, ProviderFailure
from harness.providers.retrying import Asked, Reached, RetryPolicy, ask
from harness.records import (
    Record,
    answer_record,
    completion_of,
    timestamp,
    turn_record,
    unanswered_record,
    unjudged_record,
)
from harness.store import RunFolder
from harness.suite import Model
from harness.trial import Trial
from harness.verdicts import Judge, judged

FAILURES_IN_A_ROW = 20
"""After so many trials of one model have failed with none answered between, that model is asked no further."""

JUDGES = 2
"""Answers judged at a time, each in a thread; the sandbox's processes run beside them."""

JUDGING_AFTER_STOP = 10.0
"""Seconds for which a stopped run still takes up answers to judge; the rest is judged when it is resumed."""


Game = Callable[[Sequence[Completion]], Iterator[str]]
"""The prompts of a game of many turns, one after another; reads the answers from a list that grows beside it."""


@dataclass(frozen=True)
class Line:
    """One model's share of a run: what it is still to be asked."""

    model: Model
    provider: Provider
    trials: Sequence[Trial]
    limit: AdaptiveLimit
    games: Mapping[str, Game] = field(default_factory=dict)
    """Trials that take many turns, by their keys."""
    reached: Reached = field(default_factory=Reached)


@dataclass
class Tally:
    """What has happened so far; a display may read it at any time."""

    planned: int = 0
    answered: int = 0
    unmeasured: int = 0
    judged: int = 0
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    output_tokens: int = 0
    spent_usd: float = 0.0
    waits: int = 0
    """How often a retry had to wait."""
    last_failure: str = ""
    stopped: dict[str, str] = field(default_factory=dict)
    """Models that are asked no further, and why."""
    judging_failed: str = ""
    """Why answers are judged no further; asking goes on."""


@dataclass
class Run:
    """One run under way: where its records go, and what stops it."""

    folder: RunFolder
    judge: Judge
    tally: Tally
    stop: asyncio.Event
    """Set to ask nothing new; what is in flight is still awaited."""
    policy: RetryPolicy = field(default_factory=RetryPolicy)

    def __post_init__(self) -> None:
        self._arrived = asyncio.Event()
        self._all_asked_at: float | None = None

    async def measure(self, queues: Sequence[Sequence[Line]]) -> None:
        """Ask every line's trials and judge every answer: the queues beside one another, the lines of a queue one after
        another. A line's provider is closed as soon as its share is done. Cancelling loses no answer that has arrived.

        Raises RunFolderError when an answer cannot be written down: whatever is still in flight would be lost too.
        """
        with ExitStack() as stack:
            self._answers = stack.enter_context(Journal(self.folder.answers_file))
            self._verdicts = stack.enter_context(Journal(self.folder.verdicts_file))
            self._errors = stack.enter_context(Journal(self.folder.errors_file))
            self._stored_turns = {turn["key"]: turn for turn in self.folder.turns()}
            if any(line.games for queue in queues for line in queue):
                self._turns = stack.enter_context(Journal(self.folder.turns_file))
            pool = ThreadPoolExecutor(JUDGES, thread_name_prefix="judge")
            stack.callback(pool.shutdown, wait=False, cancel_futures=True)
            self._unjudged = self._follow()
            try:
                async with asyncio.TaskGroup() as tasks:
                    for _ in range(JUDGES):
                        tasks.create_task(self._judge(pool))
                    await self._ask_all(queues)
                    self._all_asked_at = time.monotonic()
                    self._arrived.set()
            except* RunFolderError as errors:
                raise _first(errors) from None

    async def _ask_all(self, queues: Sequence[Sequence[Line]]) -> None:
        async with asyncio.TaskGroup() as asked:
            for queue in queues:
                asked.create_task(self._ask_in_turn(deque(queue)))

    async def _ask_in_turn(self, waiting: deque[Line]) -> None:
        try:
            while waiting:
                await self._ask_line(waiting.popleft())
        finally:
            for line in waiting:
                await line.provider.close()

    async def _ask_line(self, line: Line) -> None:
        share = _Share(iter(line.trials))
        try:
            async with asyncio.TaskGroup() as workers:
                for _ in range(min(concurrency(line.model), len(line.trials))):
                    workers.create_task(self._work(line, share))
        finally:
            await line.provider.close()

    async def _work(self, line: Line, share: _Share) -> None:
        """One worker: take the next trial, ask, store; until nothing is left or the line is stopped."""
        while not self.stop.is_set() and line.model.name not in self.tally.stopped:
            trial = next(share.trials, None)
            if trial is None:
                return
            try:
                await self._ask(line, trial)
                share.failures = 0
            except Stopped:
                return
            except ProviderFailure as failure:
                self._fail(line, trial, share, failure)
            except _GameFault as fault:
                self._leave_unmeasured(trial, Unscored.HARNESS_ERROR, str(fault))

    async def _ask(self, line: Line, trial: Trial) -> None:
        asked_at = timestamp()
        game = line.games.get(trial.key)
        asked = await (self._ask_once(line, trial) if game is None else self._play(line, trial, game))
        record = answer_record(
            trial,
            asked.completion,
            asked_at=asked_at,
            latency_seconds=asked.latency_seconds,
            attempts=asked.attempts,
            cost_usd=_cost(line, asked.completion),
        )
        self._keep(self._answers, record)
        self._arrived.set()
        self.tally.answered += 1

    async def _ask_once(self, line: Line, trial: Trial) -> Asked:
        """One request's answer, counted as paid for: in a game that breaks off later, too."""
        asked = await ask(line.provider, trial, self.policy, line.limit, line.reached, self._count_wait, self.stop)
        self.tally.output_tokens += asked.completion.usage.output_tokens or 0
        self.tally.spent_usd += _cost(line, asked.completion) or 0.0
        return asked

    async def _play(self, line: Line, trial: Trial, game: Game) -> Asked:
        """All turns of a game as one answer. Each turn is stored when it arrives, and none that is stored is asked
        again."""
        answers: list[Completion] = []
        latency, attempts = 0.0, 0
        prompts = game(answers)
        while (prompt := await asyncio.to_thread(_next, prompts)) is not None:
            turn = replace(trial, prompt=prompt, turn=len(answers))
            stored = self._stored_turns.get(turn.key)
            if stored is None:
                asked = await self._ask_once(line, turn)
                stored = turn_record(
                    turn, asked.completion, latency_seconds=asked.latency_seconds, attempts=asked.attempts
                )
                self._keep(self._turns, stored)
            answers.append(completion_of(stored))
            latency += stored["latency_seconds"]
            attempts += stored["attempts"]
        return Asked(joined(answers), latency_seconds=latency, attempts=attempts)

    def _keep(self, where: Journal, record: Record) -> None:
        try:
            where.append(record)
        except OSError as error:
            raise RunFolderError(f"{where.file} cannot be written: {error.strerror}") from error

    def _fail(self, line: Line, trial: Trial, share: _Share, failure: ProviderFailure) -> None:
        self._leave_unmeasured(trial, Unscored.PROVIDER_ERROR, str(failure))
        share.failures += 1
        if failure.fatal:
            self.tally.stopped.setdefault(line.model.name, str(failure))
        elif share.failures >= FAILURES_IN_A_ROW:
            reason = f"{FAILURES_IN_A_ROW} trials in a row failed; the last: {failure}"
            self.tally.stopped.setdefault(line.model.name, reason)

    def _leave_unmeasured(self, trial: Trial, error: Unscored, message: str) -> None:
        self._note(self._errors, unanswered_record(trial, error, message))
        self.tally.last_failure = f"{trial.model}: {message}"
        self.tally.unmeasured += 1

    def _count_wait(self, _failure: ProviderFailure, _seconds: float) -> None:
        self.tally.waits += 1

    def _follow(self) -> Iterator[Record | None]:
        """Answers without a verdict, one by one; None whenever there is none yet."""
        judged = self.folder.judged()
        for answer in journal.follow(self.folder.answers_file):
            if answer is None or answer["key"] not in judged:
                yield answer

    async def _judge(self, pool: ThreadPoolExecutor) -> None:
        """One judge: take the next answer without a verdict, until all are asked and judged, or the run is stopped."""
        loop = asyncio.get_running_loop()
        while not self._judged_long_enough():
            self._arrived.clear()
            answer = next(self._unjudged)
            if answer is None and self._all_asked_at is not None:
                return
            if answer is None:
                await self._arrived.wait()
                continue
            try:
                verdict = await loop.run_in_executor(pool, judged, self.judge, answer)
            except PegboardError as error:  # wrong with every answer alike; asking goes on, resuming judges
                self.tally.judging_failed = str(error)
                return
            self._record(answer, verdict)

    def _judged_long_enough(self) -> bool:
        if self.tally.judging_failed:
            return True
        asked_all = self._all_asked_at
        return self.stop.is_set() and asked_all is not None and time.monotonic() - asked_all > JUDGING_AFTER_STOP

    def _record(self, answer: Record, verdict: Record | str) -> None:
        if isinstance(verdict, str):
            self._note(self._errors, unjudged_record(answer, verdict))
            self.tally.last_failure = verdict
        elif self._note(self._verdicts, verdict):
            self.tally.judged += 1
            if verdict["infeasible"] is None:
                self.tally.outcomes[Outcome(verdict["outcome"])] += 1

    def _note(self, where: Journal, record: Record) -> bool:
        """Write down what can be made again; that it cannot be written is no reason to give up what is in flight."""
        try:
            where.append(record)
        except OSError as error:
            self.tally.judging_failed = f"{where.file} cannot be written: {error.strerror}"
            return False
        return True


def _cost(line: Line, completion: Completion) -> float | None:
    return cost_usd(line.model, completion.usage.input_tokens, completion.usage.output_tokens)


class _GameFault(Exception):
    """A game that cannot go on, through a fault of ours or of its task's."""


def _next(prompts: Iterator[str]) -> str | None:
    """The next prompt of a game; None when it is over. Whatever a task raises, an attempt to exit included, is that
    game's alone."""
    try:
        return next(prompts, None)
    except (Exception, SystemExit) as error:
        raise _GameFault(f"{type(error).__name__}: {error}") from error


def _first(group: BaseExceptionGroup[RunFolderError]) -> RunFolderError:
    error = group.exceptions[0]
    return _first(error) if isinstance(error, BaseExceptionGroup) else error


@dataclass
class _Share:
    """What one line's workers share."""

    trials: Iterator[Trial]
    failures: int = 0
