"""Disguises: the same puzzle behind other names, and nothing that gives it away."""

from __future__ import annotations

import json
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness import labels
from harness.completion import Completion, Stop
from harness.disguise import mask
from harness.errors import PegboardError, UsageError
from harness.item import item
from harness.judge import judge
from harness.modes import MODES
from harness.modes.prompt import prompt, statement
from harness.modes.solution import shortest_solution
from harness.neutral import neutral
from harness.outcome import Outcome
from harness.plugins import Plugin, discover, load
from harness.question import Question, pose, variants
from harness.referee import replay
from harness.reference import algorithm, reference
from harness.sandbox.protocol import Program, Sandbox
from harness.task import Json

PLUGINS = {name: load(files) for name, files in discover().items()}
DISGUISED = [
    (name, variant) for name, plugin in PLUGINS.items() for variant in variants(plugin.puzzle) if "." in variant
]
FAMOUS = (
    "hanoi",
    "lucas",
    "brahma",
    "jealous",
    "missionar",
    "cannibal",
    "husband",
    "river crossing",
    "blocks world",
    "blocksworld",
    "checker",
    "peg solitaire",
    "frogs and toads",
    "toads and frogs",
    "chinese rings",
    "baguenaudier",
)


def _solvable(name: str, variant: str, size: int | None = None, seed: int = 1) -> Question:
    plugin = PLUGINS[name]
    question = pose(plugin, plugin.puzzle.sizes[1] if size is None else size, seed, variant)
    if question.instance.certificate.solvable != "solvable":
        pytest.skip("an unsolvable twin has no solution to translate")
    return question


def _bare(question: Question) -> Question:
    return pose(question.plugin, question.size, question.seed, question.kind)


@pytest.mark.parametrize(("name", "variant"), DISGUISED)
def test_a_solution_is_as_long_in_a_disguise_and_is_accepted_there(name: str, variant: str) -> None:
    question = _solvable(name, variant)
    told = shortest_solution(question) or []
    assert len(told) == _bare(question).instance.certificate.fewest_moves
    assert replay(question.puzzle, question.instance, [item(question.puzzle, part) for part in told]).solved


@pytest.mark.parametrize(("name", "variant"), DISGUISED)
def test_the_certificate_is_that_of_the_bare_puzzle(name: str, variant: str) -> None:
    plugin = PLUGINS[name]
    for size in plugin.puzzle.sizes[:3]:
        question = pose(plugin, size, 2, variant)
        assert question.instance.certificate == _bare(question).instance.certificate


@pytest.mark.parametrize(("name", "variant"), DISGUISED)
def test_arguments_come_back_from_a_disguise_as_they_went_in(name: str, variant: str) -> None:
    question = pose(PLUGINS[name], PLUGINS[name].puzzle.sizes[1], 3, variant)
    assert question.mask is not None
    assert question.mask.undo(json.loads(json.dumps(question.instance.arguments))) == _bare(question).instance.arguments


@pytest.mark.parametrize(("name", "variant"), DISGUISED)
def test_no_disguise_tells_what_it_disguises(name: str, variant: str) -> None:
    question = pose(PLUGINS[name], PLUGINS[name].puzzle.sizes[1], 1, variant)
    texts = [statement(question)]
    if question.instance.certificate.solvable == "solvable":
        texts = [prompt(mode, question) for mode in MODES.values() if mode.ask != "reply"]
    told = [word for word in FAMOUS for text in texts if word in text.casefold()]
    assert told == []


@pytest.mark.parametrize(("name", "variant"), DISGUISED)
def test_the_famous_solution_breaks_a_changed_rule(name: str, variant: str) -> None:
    question = _solvable(name, variant)
    disguise = PLUGINS[name].puzzle.disguises[question.disguise or ""]
    if disguise.kind != "changed rule":
        pytest.skip("its rules are the bare puzzle's")
    if question.kind != PLUGINS[name].puzzle.variants[0]:
        pytest.skip("only the well-known kind has a famous solution")
    famous = shortest_solution(_bare(question)) or []
    played = replay(question.puzzle, question.instance, [item(question.puzzle, part) for part in famous])
    assert not played.solved
    assert played.illegal == 1 or played.malformed == 1 or (played.illegal or 99) < len(famous)


def test_there_are_at_least_twelve_structures_in_disguise() -> None:
    assert len({(name, variant.partition(".")[2]) for name, variant in DISGUISED}) >= 12


@pytest.mark.parametrize("name", PLUGINS)
@pytest.mark.parametrize("language", ["lua", "python"])
def test_the_program_shown_as_an_algorithm_still_solves(name: str, language: str, sandbox: Sandbox) -> None:
    """In every disguise, and for an instance other than the one that it was made for."""
    plugin = PLUGINS[name]
    for disguise in plugin.puzzle.disguises:
        made_for, other = (
            _solvable(name, f"{plugin.puzzle.variants[0]}.{disguise}", size, size) for size in plugin.puzzle.sizes[1:3]
        )
        source = algorithm(made_for) if language == "python" else reference(made_for, "lua")
        assert source is not None
        text = f"```{language}\n{source}```"
        mode = MODES[f"function/{language}"]
        verdict = judge(other, mode, Completion(text=text, stop=Stop.END), sandbox).verdict
        assert verdict.outcome is Outcome.SOLVED, verdict.reason


WORDY = """
from functools import partial
import collections as things


class Bank:
    boats = 2

    def cross(self, *, people):
        return self.boats + people


def named(*, why=1):
    'What it is for.'
    return why


def caught(boat):
    error = None
    try:
        return 1 // boat
    except ZeroDivisionError as error:
        return str(error)


def matched(journey):
    match journey:
        case [first, *rest]:
            rest = [*rest, first]
            return rest
        case {"to": place, **more}:
            more = dict(more)
            return place, more


def solve(people):
    counter = things.Counter(people)
    called = [Bank().cross(people=3), named(why=4), partial(named, why=5)()]
    return [*called, caught(0), matched(people), matched({"to": 1, "by": 2})]
"""


def test_a_program_without_its_words_is_the_same_program() -> None:
    def solved(source: str) -> object:
        names: dict[str, Any] = {}
        exec(source, names)
        return names["solve"]([1, 2, 3])

    told = neutral(WORDY, keep="solve")
    assert solved(told) == solved(WORDY)
    assert not any(word in told for word in ("Bank", "counter", "caught", "journey", "What it is for"))


def test_a_program_in_a_disguise_has_no_word_of_the_bare_one(hanoi: Plugin) -> None:
    source = algorithm(pose(hanoi, 3, 0, "tower.symbols")) or ""
    assert not [word for word in ("disk", "peg", "gather", "tower", '"""', "#") if word in source]


@given(
    size=st.integers(1, 8),
    seed=st.integers(0, 10_000),
    disguise=st.sampled_from([*PLUGINS["tower_of_hanoi"].puzzle.disguises]),
)
def test_names_are_one_to_one_and_fit_on_a_line(size: int, seed: int, disguise: str) -> None:
    question = pose(PLUGINS["tower_of_hanoi"], size, seed, f"tower.{disguise}")
    assert question.mask is not None
    names = [name for told in question.mask.told.values() for name in told.values()]
    assert len(set(names)) == len(names)
    assert not [name for name in names if " " in str(name)]


def test_a_name_from_elsewhere_is_an_unknown_name_and_a_bare_number_too(hanoi: Plugin) -> None:
    question = pose(hanoi, 3, 0, "tower.depot")
    crate = question.instance.arguments["lightest_first"][0]
    place = question.instance.arguments["places"][1]
    for moves in ([[crate, "Atlantis", place]], [[crate, 0, place]], [["Nobody", place, place]]):
        played = replay(question.puzzle, question.instance, [item(question.puzzle, part) for part in moves])
        assert (played.illegal, played.rule) == (1, "unknown_name")
    nothing: list[Json] = [[1, 0, 2], ["a", "b", "c"], True, {}]
    assert all(item(question.puzzle, part).malformed is not None for part in nothing)


@pytest.mark.parametrize(
    "form",
    [
        "moves = {json}",
        "{rows}",
        "Here it is:\n\n{items}",
        "{numbered}",
        "| Step | Crate | From | To |\n|---|---|---|---|\n{table}",
        "1. **Tavo**: first some words.\n\nmoves = {json}",
        "**Moves**\n\n```json\n{json}\n```",
    ],
)
def test_an_answer_in_a_disguise_is_read_in_the_forms_that_models_write(
    hanoi: Plugin, sandbox: Sandbox, form: str
) -> None:
    question = pose(hanoi, 4, 1, "tower.depot")
    moves: list[list[str]] = shortest_solution(question) or []  # type: ignore[assignment] # three names each
    text = form.format(
        json=json.dumps(moves),
        rows="\n".join(" ".join(move) for move in moves),
        items="\n".join(f"{n}. {json.dumps(move)}" for n, move in enumerate(moves, 1)),
        table="\n".join(f"| {n} | **{crate}** | {a} | {b} |" for n, (crate, a, b) in enumerate(moves, 1)),
        numbered="\n".join(f"{n}. Carry {crate} from {a} to {b}." for n, (crate, a, b) in enumerate(moves, 1)),
    )
    verdict = judge(question, MODES["enumerate"], Completion(text=text, stop=Stop.END), sandbox).verdict
    assert verdict.outcome is Outcome.SOLVED, verdict.reason


def test_two_things_with_one_name_are_refused_before_anything_is_asked(hanoi: Plugin) -> None:
    disguise = replace(hanoi.puzzle.disguises["depot"], labels={"disk": labels.in_order("x", "x", "y")})
    with pytest.raises(PegboardError, match="the same name"):
        mask(hanoi.puzzle, disguise, pose(hanoi, 3).instance.arguments, Random(0))


def test_a_disguise_that_has_too_few_names_says_so(hanoi: Plugin) -> None:
    few = replace(hanoi.puzzle.disguises["depot"], labels={"disk": labels.named("x", "y")})
    puzzle = replace(hanoi.puzzle, disguises={"few": few})
    with pytest.raises(UsageError, match="names for 2, not for 3"):
        pose(replace(hanoi, puzzle=puzzle), 3, 0, "tower.few")


@pytest.mark.parametrize(("disguise", "there_are"), [("depot", "4,900"), ("symbols", "1,800")])
def test_more_things_than_there_are_names_to_draw_are_refused(hanoi: Plugin, disguise: str, there_are: str) -> None:
    with pytest.raises(UsageError, match=f"names for {there_are}, not for 4,901"):
        pose(hanoi, 4901, 0, f"tower.{disguise}")


def test_names_that_another_sort_has_by_chance_are_drawn_again(hanoi: Plugin) -> None:
    peg = labels.named("Riga", "Kiel", "Oslo", "Genoa")
    disguise = replace(hanoi.puzzle.disguises["depot"], labels={"disk": labels.in_order("Riga", "Tavo"), "peg": peg})
    arguments = pose(hanoi, 2).instance.arguments
    for seed in range(20):
        assert {*mask(hanoi.puzzle, disguise, arguments, Random(seed)).told["peg"].values()} == {
            "Kiel",
            "Oslo",
            "Genoa",
        }


@given(count=st.integers(0, 300), seed=st.integers())
def test_drawn_names_are_distinct_and_the_same_for_the_same_seed(count: int, seed: int) -> None:
    for drawn in (labels.words, labels.codes):
        names = drawn(range(count), Random(seed))
        assert len(set(names)) == count
        assert names == drawn(range(count), Random(seed))


def test_the_same_state_is_asked_about_in_every_disguise(hanoi: Plugin) -> None:
    bare = MODES["next"].question(pose(hanoi, 5, 2, "tower"))
    for disguise in hanoi.puzzle.disguises:
        worn = MODES["next"].question(pose(hanoi, 5, 2, f"tower.{disguise}"))
        assert worn.mask is not None
        assert worn.mask.undo(worn.instance.arguments) == bare.instance.arguments


def test_programs_in_a_disguise_are_handed_its_names(hanoi: Plugin, sandbox: Sandbox) -> None:
    question = pose(hanoi, 2, 1, "tower.depot")
    told = Program(
        "def solve(crates, stacked, destination, lightest_first, places): return [destination, *places]", "python"
    )
    value = json.loads(sandbox.run(told, question.instance.arguments).value or "")
    assert value == [question.instance.arguments["destination"], *question.instance.arguments["places"]]


def test_an_unknown_disguise_is_told_with_near_misses(hanoi: Plugin) -> None:
    with pytest.raises(UsageError, match=r"tower\.depot"):
        pose(hanoi, 3, 0, "tower.depott")


def test_a_part_of_a_move_that_names_nothing_is_left_as_it_is(hanoi: Plugin) -> None:
    """A move that says how often: its count is no name in any disguise."""
    often = replace(
        hanoi.puzzle,
        move_shape=("disk", "peg", "peg", None),
        parse=lambda data: (*hanoi.puzzle.parse(data[:3]), data[3]),  # type: ignore[index] # a list
        apply=lambda state, move: hanoi.puzzle.apply(state, move[:3]),
    )
    question = pose(replace(hanoi, puzzle=often), 3, 1, "tower.depot")
    crate, *_ = question.instance.arguments["lightest_first"]
    first, second, third = question.instance.arguments["places"]
    assert question.puzzle.parse([crate, first, third, 7])[-1] == 7
    assert question.puzzle.item((1, 0, 1, 7)) == [crate, first, second, 7]
