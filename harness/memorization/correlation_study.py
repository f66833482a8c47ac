"""A whole study: every score tested, each with what could mislead about it beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

from harness.analysis.multiplicity import benjamini_hochberg, holm
from harness.errors import UnknownName, UsageError
from harness.memorization import correlation
from harness.memorization.correlation import (
    CLUSTERS,
    Association,
    Contrast,
    Odds,
    PValue,
    Unit,
    View,
    signs_differ,
)
from harness.memorization.correlation_units import Asked, Counts, Joined, Text, joined, joined_by_mode, score_names

BASELINES = ("bytes", "tokens")
"""Columns of the scores that tell nothing but a text's length."""
DEFAULT_SCORES = ("mem_u", "loss")
CORRECTIONS: Mapping[str, Callable[[Sequence[float]], list[float]]] = {"holm": holm, "bh": benjamini_hochberg}
AT_AN_END = 0.25
"""Share of units with all or nothing solved that is warned of."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What is tested, and how."""

    scores: Sequence[str] = ()
    """Without any: mem_u or, where there is none, loss."""
    kinds: Sequence[str] = ("statement",)
    correction: str = "holm"
    seed: int = 0
    draws: int = correlation.DRAWS


@dataclass(frozen=True, kw_only=True)
class Result:
    """What one score of one kind of text came to."""

    score: str
    text_kind: str
    joined: Joined
    success: Association
    modes: Association | None
    """The same for logit(listing) - logit(writing a program): the term memorization x mode. None without both."""
    contrast: Contrast | None
    views: Mapping[str, Sequence[View]]
    """The score's, and those of length and size."""
    odds: Odds
    left_out: Sequence[str]
    warnings: Sequence[str]
    adjusted: Mapping[str, float | None]
    """By test, the p-value corrected over all scores and kinds of text."""


@dataclass(frozen=True, kw_only=True)
class Study:
    results: Sequence[Result]
    settings: Settings
    warnings: Sequence[str]


def study(counts: Counts, texts: Sequence[Text], settings: Settings, warnings: Sequence[str] = ()) -> Study:
    """Test every score of every kind of text. Raises UsageError and UnknownName where a score, a kind of text or a
    model in common is lacking."""
    refuse_strangers(counts, texts)
    results = []
    for kind in dict.fromkeys(settings.kinds):
        of_kind = texts_of(kind, texts)
        for score in dict.fromkeys(settings.scores or [default_score(of_kind)]):
            if score not in score_names(of_kind):
                raise UnknownName("score", score, score_names(of_kind), f"the scores of {kind} texts")
            results.append(_result(counts, of_kind, score, kind, settings))
    adjusted = _adjusted(results, CORRECTIONS[settings.correction])
    results = [replace(result, adjusted=each) for result, each in zip(results, adjusted, strict=True)]
    return Study(results=results, settings=settings, warnings=warnings)


def refuse_strangers(counts: Counts, texts: Sequence[Text]) -> None:
    """Raises UsageError where no model was both asked and scored."""
    asked, known = {each.model for each in counts}, {text.model for text in texts}
    if not asked & known:
        raise UsageError(
            f"no model was both asked and scored: asked {', '.join(sorted(asked))}; scored {', '.join(sorted(known))}",
            "--alias SCORED=ASKED says that two names are one model",
        )


def texts_of(kind: str, texts: Sequence[Text]) -> list[Text]:
    """Those of one kind. Raises UnknownName where there is none."""
    of_kind = [text for text in texts if text.kind == kind]
    if not of_kind:
        raise UnknownName("kind of text", kind, {text.kind for text in texts}, "the scores")
    return of_kind


def default_score(texts: Sequence[Text]) -> str:
    """mem_u or, where there is none, loss. Raises UsageError where there is neither."""
    present = score_names(texts)
    chosen = next((score for score in DEFAULT_SCORES if score in present), None)
    if chosen is None:
        raise UsageError("the scores have neither mem_u nor loss", f"--score names one of {', '.join(present)}")
    return chosen


def _result(counts: Counts, texts: Sequence[Text], score: str, kind: str, settings: Settings) -> Result:
    seed, draws = settings.seed, settings.draws
    data = joined(counts, texts, score)
    strata, lost = correlation.strata(data.units)
    success = correlation.associate(strata, seed=seed, draws=draws)
    by_mode = joined_by_mode(counts, texts, score)
    modes = correlation.associate(correlation.strata(by_mode.units)[0], differences=True, seed=seed, draws=draws)
    seen = {score: correlation.views(data.units), **_baselines(counts, texts, data)}
    odds = _odds(data)
    return Result(
        score=score,
        text_kind=kind,
        joined=data,
        success=success,
        modes=modes if by_mode.units else None,
        contrast=correlation.contrast(data.units, seed=seed, draws=draws),
        views=seen,
        odds=odds,
        left_out=[*data.left_out, *lost],
        warnings=_warnings(data, success, seen[score], odds),
        adjusted={},
    )


def _baselines(counts: Counts, texts: Sequence[Text], data: Joined) -> dict[str, Sequence[View]]:
    """What a text's length and a puzzle's size go with by themselves."""
    seen: dict[str, Sequence[View]] = {}
    for name in BASELINES:
        if name in score_names(texts):
            seen[name] = correlation.views(joined(counts, texts, name).units)
    sizes: dict[tuple[str, str, str], list[int]] = {}
    for asked in data.counts:
        sizes.setdefault((asked.model, asked.structure, asked.variant), []).append(asked.size)
    seen["size"] = correlation.views(
        [replace(unit, score=sum(of := sizes[_name(unit)]) / len(of)) for unit in data.units]
    )
    return seen


def _name(unit: Unit) -> tuple[str, str, str]:
    return unit.model, unit.structure, unit.variant


def _odds(data: Joined) -> Odds:
    """Success above the median score against below it, within model, structure, mode and size."""
    if not data.units:
        return Odds(None, None)
    middle = median(unit.score for unit in data.units)
    above = {_name(unit) for unit in data.units if unit.score > middle}
    tables: dict[tuple[object, ...], list[float]] = {}
    for asked, (solved, attempts) in data.counts.items():
        table = tables.setdefault((asked.model, asked.structure, asked.mode, asked.size), [0.0] * 4)
        first = 0 if (asked.model, asked.structure, asked.variant) in above else 2
        table[first] += solved
        table[first + 1] += attempts - solved
    return correlation.odds([(a, b, c, d) for a, b, c, d in tables.values()])


def _warnings(data: Joined, success: Association, seen: Sequence[View], odds: Odds) -> list[str]:
    said = []
    pooled, tested = seen[0].correlation, seen[-1].correlation
    if signs_differ(pooled, tested):
        said.append(
            f"the sign turns: {pooled:+.2f} over all units, {tested:+.2f} within puzzles, models and variants "
            "(Simpson's paradox); the first is no evidence"
        )
    if odds.reversed:
        said.append(
            f"the odds ratio turns: {odds.pooled:.2f} over all attempts, {odds.stratified:.2f} within model, puzzle, "
            "mode and size (Simpson's paradox)"
        )
    if success.slope is None:
        said.append(
            "within puzzles and variants nothing is left to compare: the score may be the same for every model, all or "
            "nothing may be solved, or no puzzle was asked in two ways"
        )
    elif success.variants < CLUSTERS:
        said.append(f"{success.variants} variants: below {CLUSTERS}, a bootstrap's interval is too narrow")
    return said + _all_or_nothing(data.counts)


def _all_or_nothing(counts: Counts) -> list[str]:
    """Units in which everything or nothing is solved tell little."""
    sums: dict[tuple[str, str, str], tuple[int, int]] = {}
    for asked, (solved, attempts) in counts.items():
        name = _unit_of(asked)
        before = sums.get(name, (0, 0))
        sums[name] = before[0] + solved, before[1] + attempts
    ends = sum(solved in (0, attempts) for solved, attempts in sums.values())
    if not sums or ends / len(sums) < AT_AN_END:
        return []
    return [f"{ends} of {len(sums)} units have all or nothing solved: choose sizes near where half is"]


def _unit_of(asked: Asked) -> tuple[str, str, str]:
    return asked.model, asked.structure, asked.variant


def tests(result: Result) -> dict[str, tuple[Association | Contrast, PValue]]:
    """The tests of a result by name."""
    made = {"success": result.success, "modes": result.modes, "contrast": result.contrast}
    return {name: (test, test.test) for name, test in made.items() if test is not None}


def _adjusted(
    results: Sequence[Result], correct: Callable[[Sequence[float]], list[float]]
) -> list[dict[str, float | None]]:
    """Corrected over scores and kinds of text, each test by itself."""
    adjusted: list[dict[str, float | None]] = [{} for _ in results]
    for name in ("success", "modes", "contrast"):
        found = [(i, made[name][1].p) for i, r in enumerate(results) if name in (made := tests(r))]
        given = [(i, p) for i, p in found if p is not None]
        corrected = dict(zip([i for i, _ in given], correct([p for _, p in given]), strict=True))
        for i, _ in found:
            adjusted[i][name] = corrected.get(i)
    return adjusted
