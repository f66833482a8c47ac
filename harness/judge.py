"""From a completion to a verdict: which outcome of ``docs/outcomes.md`` an attempt ended in, and why.

``judge`` needs no model and no network, only the sandbox for modes that ask for programs, so everything it says
can be said again later from the recorded answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from harness import modes
from harness.completion import Completion, Stop
from harness.errors import UsageError
from harness.extract.reading import Reading
from harness.modes.mode import Answer, Mode
from harness.outcome import SAID_IMPOSSIBLE, SAID_SOLVABLE, Outcome, Verdict
from harness.question import Question, pose
from harness.referee import Replay, replay
from harness.sandbox.protocol import Execution, Sandbox
from harness.task import Instance, Puzzle

HELD_OUT_SIZES = 4
"""At how many sizes, other than the one asked, a program is run."""

HELD_OUT_MOVES = 70_000
"""Longest answer, in moves, that a program is asked for at a size other than the one at hand."""


TOLD_FREELY = {"list", "items", "prose"}
"""Forms in which a plan or an example is told as well: an answer that was cut may not have come to its list yet."""

WANDERING = 10
"""A solution of more than so many times the fewest moves is one of a random walk, not of a solver."""

MOST_REASON = 500
"""Characters of a verdict's reason."""

MOST_IN_PASSING = 8
"""Moves that a plan or an example may begin with; a longer legal beginning is an answer."""


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """A verdict, and how it was come by."""

    verdict: Verdict
    strict_outcome: Outcome
    """The outcome if only the exact form asked for were read."""
    reading: Reading | None = None
    execution: Execution | None = None
    held_out: dict[int, Outcome] = field(default_factory=dict)
    """For a program: the outcome at each other size that it was run at."""
    other_instance: Outcome | None = None
    """For a program: the outcome at another instance of the size asked: the next seed's or, for one that is rightly
    said to be impossible, its solvable twin's."""
    unsolvable_twin: Outcome | None = None
    """For a program: the outcome at the unsolvable twin of the instance asked, where there is one."""
    program_outcome: Outcome | None = None
    """For a program that the model also carried out itself: the outcome when it is run."""

    @property
    def generalizes_to(self) -> int | None:
        """The largest size, other than the one asked, that the program solved."""
        return max((size for size, outcome in self.held_out.items() if outcome is Outcome.SOLVED), default=None)

    @property
    def hardcoded(self) -> bool | None:
        """Whether a program that is right at the size asked is right at no other; None where that was not tried."""
        if not self.held_out or self.verdict.outcome is not Outcome.SOLVED:
            return None
        return self.generalizes_to is None

    @property
    def general(self) -> bool | None:
        """Whether a program that is right where it was asked is right everywhere else that it was run, and does not
        wander about: what tells a solver from a program that was lucky. None where that was not tried."""
        elsewhere = [*self.held_out.values(), self.other_instance, self.unsolvable_twin]
        tried = [outcome for outcome in elsewhere if outcome is not None]
        if not tried or self.verdict.outcome is not Outcome.SOLVED:
            return None
        return all(outcome is Outcome.SOLVED for outcome in tried) and not self._wanders

    @property
    def _wanders(self) -> bool:
        fewest = self.verdict.fewest_moves
        return fewest is not None and self.verdict.legal_moves > WANDERING * fewest


def judge(question: Question, mode: Mode, completion: Completion, sandbox: Sandbox) -> Judgement:
    """Raises SandboxUnavailable; every fault of the completion is an outcome."""
    also = modes.find(mode.also) if mode.also is not None else None
    answer, verdict = _attempt(question, mode, completion, sandbox)
    judgement = Judgement(
        verdict=verdict,
        strict_outcome=_strictly(verdict.outcome, strict=answer.strict),
        reading=answer.reading,
        execution=answer.execution,
        program_outcome=_attempt(question, also, completion, sandbox)[1].outcome if also is not None else None,
    )
    if answer.execution is None or answer.execution.ending != "ok" or not mode.general:
        return judgement

    def outcome_at(other: Question) -> Outcome:
        return _attempt(other, mode, completion, sandbox)[1].outcome

    beside, twin = _next_instance(question), _unsolvable_twin(question)
    return replace(
        judgement,
        held_out={other.size: outcome_at(other) for other in _other_sizes(question)},
        other_instance=outcome_at(beside) if beside is not None else None,
        unsolvable_twin=outcome_at(twin) if twin is not None else None,
    )


def _attempt(asked: Question, mode: Mode, completion: Completion, sandbox: Sandbox) -> tuple[Answer, Verdict]:
    question = mode.question(asked)
    puzzle, instance = question.puzzle, question.instance
    answer = mode.answer(question, completion, sandbox)
    if answer.ended is not None or answer.reading is None:
        verdict = answer.ended or Verdict(outcome=Outcome.EMPTY_OUTPUT, reason="the model said nothing")
    else:
        ran = answer.execution is not None
        verdict = decide(puzzle, instance, answer.reading, cut=completion.stop is Stop.LENGTH and not ran)
        if ran and verdict.outcome is Outcome.PARSE_FAILURE:
            verdict = replace(verdict, outcome=Outcome.CODE_BAD_RETURN)
    if answer.unfinished and verdict.outcome is not Outcome.SOLVED:
        reason = "the token limit was reached inside the program"
        verdict = Verdict(outcome=Outcome.TRUNCATED, detail="in_answer", reason=reason)
    if completion.stop is Stop.REFUSAL and verdict.outcome is not Outcome.SOLVED:
        verdict = Verdict(
            outcome=Outcome.REFUSED, reason=f"the provider withheld the answer ({completion.finish_reason})"
        )
    return answer, replace(verdict, reason=_printable(verdict.reason), fewest_moves=instance.certificate.fewest_moves)


def _printable(reason: str) -> str:
    """A reason may quote what a model or a program said: shortened, and without what a terminal would obey."""
    clipped = reason if len(reason) <= MOST_REASON else reason[: MOST_REASON - 3] + "..."
    return clipped if clipped.isprintable() else "".join(c if c.isprintable() else repr(c)[1:-1] for c in clipped)


def decide(puzzle: Puzzle, instance: Instance, reading: Reading, *, cut: bool) -> Verdict:
    """The outcome of what was read, the first definition that matches; ``cut`` when a token limit ended it."""
    match reading.kind:
        case "moves":
            return _of_moves(reading, replay(puzzle, instance, reading.items), instance, cut=cut)
        case "impossible":
            return _of_impossible(instance)
        case "solvable":
            return _of_solvable(instance)
        case "empty" if not cut:
            return Verdict(outcome=Outcome.EMPTY_OUTPUT, reason="the model said nothing")
        case "empty":
            return Verdict(
                outcome=Outcome.TRUNCATED, detail="in_reasoning", reason="the token limit was reached before any answer"
            )
        case _ if cut:
            return Verdict(
                outcome=Outcome.TRUNCATED, detail="in_answer", reason="the token limit was reached before any move"
            )
        case "code":
            reason = "a program was written where the moves were asked for"
            return Verdict(outcome=Outcome.GAVE_UP, detail="wrong_modality", reason=reason)
        case "declined":
            reason = "the answer says that it will not list the moves"
            return Verdict(outcome=Outcome.GAVE_UP, detail="declined", reason=reason)
        case _:
            reason = "no move was found in the answer"
            return Verdict(outcome=Outcome.PARSE_FAILURE, detail="no_answer", reason=reason)


def _of_impossible(instance: Instance) -> Verdict:
    certificate = instance.certificate
    if certificate.solvable == "unsolvable":
        reason = f"rightly says that it is impossible ({certificate.method})"
        return Verdict(outcome=Outcome.SOLVED, detail=SAID_IMPOSSIBLE, reason=reason)
    known = (
        f"can be solved in {certificate.fewest_moves} moves" if certificate.fewest_moves is not None else "is solvable"
    )
    if certificate.solvable == "unknown":
        known = "is not certified either way"
    return Verdict(outcome=Outcome.CLAIMED_UNSOLVABLE, reason=f"says that it is impossible, but the instance {known}")


def _of_solvable(instance: Instance) -> Verdict:
    certificate = instance.certificate
    if certificate.solvable == "solvable":
        reason = f"rightly says that it can be solved ({certificate.method})"
        return Verdict(outcome=Outcome.SOLVED, detail=SAID_SOLVABLE, reason=reason)
    known = "cannot" if certificate.solvable == "unsolvable" else "is not known to"
    reason = f"says that it can be solved, but the instance {known} ({certificate.method})"
    return Verdict(outcome=Outcome.CLAIMED_SOLVABLE, reason=reason)


def _of_moves(reading: Reading, played: Replay, instance: Instance, *, cut: bool) -> Verdict:
    outcome, detail, reason = _ending(reading, played, cut=cut)
    fewest = instance.certificate.fewest_moves
    solved = outcome is Outcome.SOLVED
    return Verdict(
        outcome=outcome,
        detail=detail,
        reason=reason,
        legal_moves=played.legal_moves,
        optimal=played.legal_moves == fewest if solved and fewest is not None else None,
        first_illegal=played.illegal if outcome is Outcome.ILLEGAL_MOVE else None,
        first_off_path=played.first_off_path,
        goal_reached_at=played.goal_reached_at,
        final_distance=played.final_distance,
        progress=_progress(played),
    )


def _ending(reading: Reading, played: Replay, *, cut: bool) -> tuple[Outcome, str | None, str]:
    made = f"{played.legal_moves:,} legal moves"
    if played.solved:
        return Outcome.SOLVED, None, f"{made} reach the goal"
    told_freely = cut and reading.form in TOLD_FREELY
    wrong = played.illegal is not None or played.malformed is not None
    if told_freely and wrong and played.legal_moves < MOST_IN_PASSING:
        return Outcome.TRUNCATED, "in_answer", "the token limit was reached before any list of moves"
    if played.illegal is not None and played.legal_moves not in reading.breaks:
        return Outcome.ILLEGAL_MOVE, played.rule, played.reason
    if cut and (told_freely or not reading.closed) and played.illegal is None:
        broken_off = ", after it had been abbreviated" if reading.abbreviated else ""
        return Outcome.TRUNCATED, "in_answer", f"the token limit was reached after {made}{broken_off}"
    if played.malformed is not None:
        return Outcome.PARSE_FAILURE, "malformed", played.reason
    if reading.abbreviated:
        return Outcome.GAVE_UP, "abbreviated", f"the list is abbreviated after {made}"
    if played.goal_reached_at is not None:
        return (
            Outcome.WRONG_FINAL_STATE,
            "overshoot",
            f"the goal is reached at move {played.goal_reached_at:,} and left again; {made} in all",
        )
    if played.goal_permuted:
        return Outcome.WRONG_FINAL_STATE, "goal_permuted", f"{made} reach the goal in all but its labels"
    if played.first_off_path is None and played.start_distance is not None:
        return (
            Outcome.WRONG_FINAL_STATE,
            "incomplete",
            f"{made}, all on a shortest path, stop {played.final_distance:,} moves before the goal",
        )
    return Outcome.WRONG_FINAL_STATE, "off_path", f"{made} do not reach the goal"


def _progress(played: Replay) -> float | None:
    if not played.start_distance or played.final_distance is None:
        return None
    return 1 - played.final_distance / played.start_distance


def _strictly(outcome: Outcome, *, strict: bool) -> Outcome:
    read = {Outcome.SOLVED, Outcome.ILLEGAL_MOVE, Outcome.WRONG_FINAL_STATE, Outcome.CLAIMED_UNSOLVABLE}
    return Outcome.PARSE_FAILURE if outcome in read and not strict else outcome


def _other_sizes(question: Question) -> Iterator[Question]:
    """The sizes nearest to the one asked, at which a right program must be right as well."""
    puzzle = question.plugin.puzzle
    others = (size for size in puzzle.held_out or puzzle.sizes if size != question.size)
    posed = (_posed(question, size, question.seed) for size in sorted(others, key=_nearness(question)))
    return islice((other for other in posed if other is not None), HELD_OUT_SIZES)


def _next_instance(question: Question) -> Question | None:
    """Another instance of the same size, of an unsolvable one its solvable twin; None when the next seed's is the same,
    or cannot be asked."""
    kind = question.plugin.puzzle.twins.get(question.kind)
    if kind is not None:
        variant = kind + (f".{question.disguise}" if question.disguise else "")
        return _posed(replace(question, variant=variant), question.size, question.seed)
    other = _posed(question, question.size, question.seed + 1)
    return other if other is not None and other.instance.arguments != question.instance.arguments else None


def _unsolvable_twin(question: Question) -> Question | None:
    """What looks like the instance asked and has no solution; None where the task has no such."""
    twins = [twin for twin, kind in question.plugin.puzzle.twins.items() if kind == question.kind]
    if not twins:
        return None
    variant = twins[0] + (f".{question.disguise}" if question.disguise else "")
    try:
        return pose(question.plugin, question.size, question.seed, variant)
    except UsageError:
        return None


def _posed(question: Question, size: int, seed: int) -> Question | None:
    """Another case of the same task; None when the task has no such case, or none that can be asked of a program."""
    try:
        other = pose(question.plugin, size, seed, question.variant)
    except UsageError:
        return None
    return other if _can_be_asked_of_a_program(other) else None


def _nearness(question: Question) -> Callable[[int], int]:
    return lambda size: abs(size - question.size)


def _can_be_asked_of_a_program(question: Question) -> bool:
    certificate = question.instance.certificate
    return certificate.solvable == "solvable" and (certificate.fewest_moves or 0) <= HELD_OUT_MOVES
