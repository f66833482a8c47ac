"""From a text and what models said of it to one flat record, and how a stream of texts becomes scores.jsonl.

    texts -> windows -> batches of like length -> measures (a model's numbers, a model's completions) -> scores.jsonl

A window is all that is held of a corpus. What is in scores.jsonl is not asked again.
"""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import islice
from json import dumps
from typing import Any

from harness.errors import ProviderRefused, UsageError
from harness.memorization.texts import Absent, Text
from harness.providers.concurrency import Stopped, pause, spread
from harness.providers.protocol import ProviderFailure

WINDOW = 256
"""Texts that are held at a time, and sorted by their length."""

BATCH_CHARACTERS = 1 << 18
"""Of the texts that a model is given at a time; a longer text is a batch by itself."""

ATTEMPTS = 5
FIRST_WAIT = 1.0
"""Seconds before a failed batch is asked again; doubled each time."""

FAILURES_IN_A_ROW = 20

Columns = Mapping[str, Any]
Measure = Callable[[Sequence[str]], Awaitable[Sequence[Columns]]]
"""Columns of each of some texts. Raises UsageError for a text that cannot be scored, ProviderFailure."""


@dataclass
class Tally:
    """What has happened so far; a display may read it at any time."""

    scored: int = 0
    known: int = 0
    """Scored in an earlier run."""
    absent: int = 0
    """Asked for, and not there: a solution of what has none."""
    failed: int = 0
    characters: int = 0
    last_failure: str = ""
    in_a_row: int = field(default=0, repr=False)


def key(settings: Mapping[str, Any], text: Text) -> str:
    """20 hexadecimal digits: the hash of what was scored, of how, and of what it was scored for."""
    place = [text.task, text.version, text.variant, text.size, text.seed, text.kind, text.source]
    content = dumps([settings, place, text.sha256], sort_keys=True, ensure_ascii=False)
    return sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def record(settings: Mapping[str, Any], text: Text, columns: Columns) -> dict[str, Any]:
    """A line of scores.jsonl: which text, its lengths without any model, and the columns of the measures."""
    written = text.text.encode()
    return {
        "key": key(settings, text),
        "model": settings["model"],
        "reference": settings["reference"],
        "task": text.task,
        "version": text.version,
        "variant": text.variant,
        "size": text.size,
        "seed": text.seed,
        "text_kind": text.kind,
        "source": text.source,
        "id": text.id,
        "label": text.label,
        "sha256": text.sha256,
        "bytes": len(written),
        "characters": len(text.text),
        "zlib_bytes": len(zlib.compress(written)),
        **columns,
    }


async def scored(
    texts: Iterator[Text],
    measures: Sequence[Measure],
    *,
    most: int,
    tally: Tally,
    stop: asyncio.Event,
    before: Callable[[], Awaitable[None]],
) -> AsyncIterator[tuple[Text, Columns | str]]:
    """Each text with its columns or with the reason why it has none; until ``stop`` is set.

    most: texts in a batch. before: awaited once, when there is anything to score.
    Raises ProviderRefused for a model that fails with everything, and what iterating the texts raises.
    """
    begun = False
    while not stop.is_set() and (window := await asyncio.to_thread(lambda: [*islice(texts, WINDOW)])):
        if not begun:
            await before()
            begun = True
        for batch in batches(window, most):
            if stop.is_set():
                return
            for text, columns in await _measured(batch, measures, tally, stop):
                if not isinstance(columns, str):
                    tally.scored += 1
                    tally.characters += len(text.text)
                yield text, columns


def batches(window: Sequence[Text], most: int) -> Iterator[list[Text]]:
    """Texts of like length, the shortest first; at most so many, and so many characters with padding."""
    batch: list[Text] = []
    for text in sorted(window, key=lambda text: len(text.text)):
        if batch and (len(batch) == most or len(text.text) * (len(batch) + 1) > BATCH_CHARACTERS):
            yield batch
            batch = []
        batch.append(text)
    if batch:
        yield batch


def fresh(
    texts: Iterable[Text | Absent], settings: Mapping[str, Any], known: Collection[str], tally: Tally
) -> Iterator[Text]:
    """Those that exist and are not known yet. known: keys of stored records."""
    for text in texts:
        if isinstance(text, Absent):
            tally.absent += 1
        elif key(settings, text) in known:
            tally.known += 1
        else:
            yield text


async def _measured(
    batch: Sequence[Text], measures: Sequence[Measure], tally: Tally, stop: asyncio.Event
) -> list[tuple[Text, Columns | str]]:
    """Each text with its columns, or why it has none. A text that stands twice in a batch is scored once."""
    different = list(dict.fromkeys(text.text for text in batch))
    try:
        found: dict[str, Columns | str] = dict(zip(different, await _patiently(different, measures, stop), strict=True))
        tally.in_a_row = 0
    except Stopped:
        return []
    except (UsageError, ProviderFailure) as error:
        if isinstance(error, ProviderFailure) and (error.fatal or error.unreachable):
            raise ProviderRefused(str(error)) from error
        if len(different) > 1:  # one of them is at fault
            return [
                pair
                for text in different
                for pair in await _measured([one for one in batch if one.text == text], measures, tally, stop)
            ]
        _count_failure(tally, error, len(batch))
        found = {different[0]: str(error)}
    return [(text, found[text.text]) for text in batch]


def _count_failure(tally: Tally, error: Exception, texts: int) -> None:
    tally.failed += texts
    tally.last_failure = error.found if isinstance(error, UsageError) else str(error)
    tally.in_a_row += isinstance(error, ProviderFailure)
    if tally.in_a_row >= FAILURES_IN_A_ROW:
        raise ProviderRefused(f"{FAILURES_IN_A_ROW} texts in a row failed; the last: {error}")


async def _patiently(texts: Sequence[str], measures: Sequence[Measure], stop: asyncio.Event) -> list[Columns]:
    """All measures' columns of each text; asked again where that may help. Raises Stopped in place of waiting."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            found = [await measure(texts) for measure in measures]
            return [
                {name: value for part in parts for name, value in part.items()} for parts in zip(*found, strict=True)
            ]
        except ProviderFailure as failure:
            if not failure.retry or attempt == ATTEMPTS:
                raise
            await pause(spread(max(FIRST_WAIT * 2 ** (attempt - 1), failure.retry_after or 0.0)), stop)
    raise AssertionError("the last attempt returns or raises")
