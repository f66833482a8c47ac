"""The program that a perfect model would write: the task's own, or in a disguise that one between two translations.

A reference program takes names as they come; only numbers are translated, by the lists in which a disguise names them.
The translation takes the name ``solve``, so that a program must not call itself by it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from string import Template

from harness.neutral import neutral
from harness.question import Question
from harness.sandbox.protocol import ENTRY_POINT, Language
from harness.task import Shape

BARE = "bare_solve"
"""What the task's own function is called there, also where it calls itself."""

PYTHON = Template("""$source


def $entry($parameters):
    shown = [$shown]
    listed = {$listed}
    first = $first
    meant = {sort: {name: first[sort] + i for i, name in enumerate(names)} for sort, names in listed.items()}
    told = {sort: {first[sort] + i: name for i, name in enumerate(names)} for sort, names in listed.items()}

    def through(shape, value, names):
        if isinstance(shape, str):
            return names[shape][value] if shape in names else value
        if isinstance(shape, list):
            return [through(shape[0], part, names) for part in value]
        if isinstance(shape, tuple):
            return [through(part, own, names) for part, own in zip(shape, value)]
        return value

    moves = bare_solve(*[through(shape, value, meant) for shape, value in zip($shapes, shown)])
    return moves if isinstance(moves, str) else [through($move, move, told) for move in moves]
""")

LUA = Template("""$source

function $entry($parameters)
  local shown = {$shown}
  local listed = {$listed}
  local first = {$first}
  local shapes = $shapes
  local meant, told = {}, {}
  for sort, names in pairs(listed) do
    meant[sort], told[sort] = {}, {}
    for i, name in ipairs(names) do
      meant[sort][name] = first[sort] + i - 1
      told[sort][first[sort] + i - 1] = name
    end
  end

  local function through(shape, value, names)
    if not shape then return value end
    if type(shape) == "string" then
      if not names[shape] then return value end
      return names[shape][value]
    end
    local parts = {}
    for i, part in ipairs(value) do parts[i] = through(shape.each or shape[i], part, names) end
    return parts
  end

  for i, value in ipairs(shown) do shown[i] = through(shapes[i], value, meant) end
  local moves = bare_solve(table.unpack(shown))
  if type(moves) == "string" then return moves end
  for i, move in ipairs(moves) do moves[i] = through($move, move, told) end
  return moves
end
""")


PASSING_ON: Mapping[Language, Template] = {
    "python": Template("$source\n\n\ndef $entry($parameters):\n    return bare_solve($shown)\n"),
    "lua": Template("$source\n\nfunction $entry($parameters)\n  return bare_solve($shown)\nend\n"),
}
"""Where no number is renamed: what a disguise lists beside is not handed on."""


def reference(question: Question, language: Language) -> str | None:
    """The program's source; None when the task has none in this language."""
    source = question.plugin.solvers.get(language)
    if source is None or question.mask is None:
        return source
    return _between_translations(question, source, language)


def algorithm(question: Question) -> str | None:
    """The reference program in Python as a prompt may show it: in a disguise without any word that tells what it is."""
    source = reference(question, "python")
    if source is None or question.mask is None:
        return source
    return neutral(source, keep=ENTRY_POINT)


def _between_translations(question: Question, source: str, language: Language) -> str:
    """Arguments that the disguise lists are for the translation alone; the others are handed on in their order. The
    parameters are numbered: an argument may be called as something that the translation needs, such as ``pairs``."""
    assert question.mask is not None  # noqa: S101 - the caller has looked
    disguise, puzzle = question.mask.disguise, question.plugin.puzzle
    bare_name = {here: name for name, here in disguise.called.items()}
    if not disguise.listed:
        return source
    parameters = {name: f"p{number}" for number, name in enumerate(question.instance.arguments, start=1)}
    shown = [name for name in parameters if name not in disguise.listed]
    source = re.sub(rf"\b{ENTRY_POINT}\b", BARE, source.rstrip())
    called = {
        "source": source,
        "entry": ENTRY_POINT,
        "parameters": ", ".join(parameters.values()),
        "shown": ", ".join(parameters[name] for name in shown),
    }
    code = {sort: f"sort{number}" for number, sort in enumerate(puzzle.sorts, start=1)}
    firsts = {sort: next(iter(names)) for sort, names in question.mask.told.items() if names}
    listed = {code[sort]: parameters[name] for name, sort in disguise.listed.items() if type(firsts[sort]) is int}
    first = {code[sort]: firsts[sort] for sort in disguise.listed.values() if type(firsts[sort]) is int}
    if not listed:
        return PASSING_ON[language].substitute(called)
    shapes = [_coded(puzzle.shapes.get(bare_name.get(name, name)), code) for name in shown]
    move = _coded(puzzle.move_shape, code)
    if language == "lua":
        return LUA.substitute(
            called,
            listed=", ".join(f"{sort} = {name}" for sort, name in listed.items()),
            first=", ".join(f"{sort} = {number}" for sort, number in first.items()),
            shapes="{" + ", ".join(map(_in_lua, shapes)) + "}",
            move=_in_lua(move),
        )
    names = ", ".join(f"{sort!r}: {name}" for sort, name in listed.items())
    return PYTHON.substitute(called, listed=names, first=first, shapes=repr(shapes), move=repr(move))


def _coded(shape: Shape, code: Mapping[str, str]) -> Shape:
    """A shape with other names for the sorts: the task's own would tell what they are."""
    if isinstance(shape, str):
        return code[shape]
    if isinstance(shape, list):
        return [_coded(shape[0], code)]
    return tuple(_coded(part, code) for part in shape) if isinstance(shape, tuple) else None


def _in_lua(shape: Shape) -> str:
    if shape is None:
        return "false"
    if isinstance(shape, str):
        return json.dumps(shape)
    if isinstance(shape, list):
        return "{each = " + _in_lua(shape[0]) + "}"
    return "{" + ", ".join(map(_in_lua, shape)) + "}"
