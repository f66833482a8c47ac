"""The corpus: attack programs, each of which tries to get through a wall, and honest programs, which must work.

    programs/attacks/LANGUAGE/CATEGORY/NAME     defines solve(target); target is what Arena.target says
    programs/honest/LANGUAGE/NAME               defines solve(n), is called with 5

A program's comment lines at its top are its header: a sentence, then fields, each "name: text". In attacks:

    ends: timeout, resource     the endings that are allowed (all, when not given)
    limit: memory, cpu          the limits one of which must be named
    never: text                 must not appear in anything that comes out; may be given again
    value: JSON                 the only value that may come out
    pair: look_for_x            the attack of the same category that is run next and must find nothing

In honest programs, one of "value: JSON" and "printed: text" (with \\n for the end of a line); and "seconds: 3" where
it may take long. An attack says "BREACH: what" by what it returns or prints when it got through, and bounds itself: it
must do no harm to a machine without a sandbox.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from harness.sandbox.protocol import Ending, Language, Limit

PROGRAMS = Path(__file__).parent / "programs"
SUFFIX: dict[Language, str] = {"python": ".py", "lua": ".lua"}
COMMENT: dict[Language, str] = {"python": "# ", "lua": "-- "}
LIMIT_NAMES = set(get_args(Limit))


class BadHeader(ValueError):
    """The header of a program of the corpus cannot be read."""


@dataclass(frozen=True, kw_only=True)
class Attack:
    """A program that tries to get through a wall."""

    language: Language
    category: str
    name: str
    source: str
    tries: str
    """What it tries, in a sentence."""
    ends: frozenset[str] = frozenset(get_args(Ending))
    """The endings that are allowed."""
    limits: frozenset[str] = frozenset()
    """The limits one of which must be named; empty: any, or none."""
    never: tuple[str, ...] = ()
    """Texts that must not appear in anything that comes out."""
    value: str | None = None
    """The JSON text of the only value that it may return."""
    pair: str | None = None
    """The attack of the same category that is run next, and must find nothing."""

    @property
    def id(self) -> str:
        return f"{self.language}/{self.category}/{self.name}"

    @property
    def is_slow(self) -> bool:
        """Whether it may use up all the time that it is given."""
        return bool(self.limits & {"cpu", "wall"})


@dataclass(frozen=True, kw_only=True)
class Honest:
    """A program that does nothing wrong, and must work."""

    language: Language
    name: str
    source: str
    shows: str
    """What must work, in a sentence."""
    value: str | None = None
    printed: str | None = None
    seconds: float | None = None

    @property
    def id(self) -> str:
        return f"{self.language}/honest/{self.name}"


def attacks(*languages: Language) -> list[Attack]:
    """The attacks in these languages; without any, in all. Raises BadHeader."""
    found = [
        _attack(path, language)
        for language in languages or SUFFIX
        for path in sorted((PROGRAMS / "attacks" / language).glob(f"*/*{SUFFIX[language]}"))
    ]
    ids = {attack.id for attack in found}
    for attack in found:
        if attack.pair and f"{attack.language}/{attack.category}/{attack.pair}" not in ids:
            raise BadHeader(f"{attack.id}: its pair is {attack.pair}, but there is no such program in its folder")
    return found


def honest_programs(*languages: Language) -> list[Honest]:
    """The honest programs in these languages; without any, in all. Raises BadHeader."""
    return [
        _honest(path, language)
        for language in languages or SUFFIX
        for path in sorted((PROGRAMS / "honest" / language).glob(f"*{SUFFIX[language]}"))
    ]


def _attack(path: Path, language: Language) -> Attack:
    header = _Header(path, language, {"ends", "limit", "never", "value", "pair"})
    return Attack(
        language=language,
        category=path.parent.name,
        name=path.stem,
        source=header.source,
        tries=header.sentence,
        ends=header.names("ends", set(get_args(Ending))) or frozenset(get_args(Ending)),
        limits=header.names("limit", LIMIT_NAMES),
        never=tuple(header.fields.get("never", ())),
        value=header.json("value"),
        pair=header.one("pair"),
    )


def _honest(path: Path, language: Language) -> Honest:
    header = _Header(path, language, {"value", "printed", "seconds"})
    printed, seconds = header.one("printed"), header.one("seconds")
    if (header.one("value") is None) == (printed is None):
        raise header.bad("must say what comes out: either 'value: JSON' or 'printed: TEXT'")
    if seconds is not None and not re.fullmatch(r"\d+(\.\d+)?", seconds):
        raise header.bad(f"'seconds: {seconds}' is not a number of seconds")
    return Honest(
        language=language,
        name=path.stem,
        source=header.source,
        shows=header.sentence,
        value=header.json("value"),
        printed=None if printed is None else printed.replace("\\n", "\n"),
        seconds=None if seconds is None else float(seconds),
    )


class _Header:
    """The comment at the top of a program: a sentence, then lines ``name: text``."""

    def __init__(self, path: Path, language: Language, known: set[str]) -> None:
        self.path = path
        self.source = path.read_text("utf-8")
        self.fields: dict[str, list[str]] = {}
        sentence: list[str] = []
        for line in self._lines(COMMENT[language]):
            name, colon, text = line.partition(": ")
            if colon and name in known:
                self.fields.setdefault(name, []).append(text.strip())
            elif not self.fields:
                sentence.append(line)
            else:
                raise self.bad(f"has the line '{line}'; after the sentence come only {', '.join(sorted(known))}")
        self.sentence = " ".join(sentence)
        if not self.sentence:
            raise self.bad(f"must begin with a sentence behind '{COMMENT[language]}'")

    def _lines(self, comment: str) -> Iterator[str]:
        for line in self.source.splitlines():
            if not line.startswith(comment.rstrip()):
                return
            yield line[len(comment) :].strip()

    def one(self, name: str) -> str | None:
        texts = self.fields.get(name, [])
        if len(texts) > 1:
            raise self.bad(f"says '{name}' more than once")
        return texts[0] if texts else None

    def names(self, name: str, known: set[str]) -> frozenset[str]:
        found = {part.strip() for part in (self.one(name) or "").split(",")} - {""}
        if unknown := found - known:
            raise self.bad(f"says '{name}: {', '.join(sorted(unknown))}'; known are {', '.join(sorted(known))}")
        return frozenset(found)

    def json(self, name: str) -> str | None:
        text = self.one(name)
        try:
            json.loads(text or "null")
        except ValueError as error:
            raise self.bad(f"says '{name}: {text}', which is no JSON: {error}") from None
        return text

    def bad(self, what: str) -> BadHeader:
        return BadHeader(f"the header of {self.path} {what}")
