"""Scoring texts: which texts there are, which scorers are believed, and what ends up in a folder of scores."""

from __future__ import annotations

import asyncio
import csv
import io
import itertools
import json
import math
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from loopback import Loopback
from test_echo import Echoing, expected, to_the_back, to_the_front, to_the_front_behind_none, without_echo
from test_local import with_smollm2

from harness.errors import UnknownName, UsageError
from harness.memorization import scores
from harness.memorization.access import LIKELIHOOD, choose
from harness.memorization.completions import COMPLETIONS, SAMPLES, WORDING, parted
from harness.memorization.conformance import check
from harness.memorization.evidence import LogProbabilities
from harness.memorization.scores import Tally, scored
from harness.memorization.summary import separation, summary
from harness.memorization.texts import FILE, KINDS, Absent, Text, of_files, of_puzzles, of_question
from harness.modes.prompt import statement
from harness.plugins import Plugin
from harness.providers.scoring import Scored
from harness.question import pose
from harness.suite import Model

PEGBOARD = (sys.executable, "-c", "from harness.cli import main; main()")
LINES = (
    "To be, or not to be, that is the question that we ask",
    "Colourless green ideas sleep furiously in their beds",
    "z",
)


def pegboard(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*PEGBOARD, *map(str, arguments)], cwd=cwd, capture_output=True, text=True, check=False)


def jsonl(file: Path, *lines: object) -> Path:
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
    return file


def records(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "scores.jsonl").read_text("utf-8").splitlines()]


# --- texts


def test_a_puzzle_gives_its_statement_its_solution_and_its_programs(hanoi: Plugin) -> None:
    texts = list(of_puzzles([hanoi], sizes=[2], variants=["tower"]))
    assert all(isinstance(text, Text) for text in texts)
    found = {text.kind: text.text for text in texts if isinstance(text, Text)}
    assert tuple(found) == KINDS
    assert found["statement"] == statement(pose(hanoi, 2, 0, "tower"))
    assert found["moves"] == "moves = [[1, 0, 1], [2, 0, 2], [1, 1, 2]]"
    assert found["program/python"] == hanoi.solvers["python"]
    assert found["program/lua"] == hanoi.solvers["lua"]


def test_a_disguise_gives_other_texts_of_the_same_puzzle(hanoi: Plugin) -> None:
    bare, worn = (
        {text.kind: text.text for text in of_puzzles([hanoi], sizes=[3], variants=[variant]) if isinstance(text, Text)}
        for variant in ("tower", "tower.renamed")
    )
    assert [kind for kind in KINDS if bare[kind] == worn[kind]] == []


def test_a_solution_that_does_not_exist_is_absent_with_the_reason(plugins: dict[str, Plugin]) -> None:
    dead = of_question(pose(plugins["checker_jumping"], 3, 0, "dead"), "moves")
    assert dead == Absent(where="checker_jumping dead size 3 seed 0 moves", why="there is none")
    long = of_question(pose(plugins["tower_of_hanoi"], 20), "moves")
    assert isinstance(long, Absent)
    assert "1,048,575 moves" in long.why


def test_texts_of_puzzles_are_made_only_as_they_are_taken(hanoi: Plugin) -> None:
    sizes = range(1, 10_000)
    first = next(of_puzzles([hanoi], sizes=sizes, kinds=["moves"]))
    assert isinstance(first, Text)
    assert first.size == 1
    with pytest.raises(UnknownName, match="kind of text"):
        next(of_puzzles([hanoi], sizes=sizes, kinds=["hints"]))


def test_a_users_lines_and_files_are_texts_to_the_last_byte(tmp_path: Path) -> None:
    lines = tmp_path / "some.jsonl"
    lines.write_text('{"text": "a\\n", "id": 7, "label": "member", "more": [1]}\n\n{"text": "ü"}\n', "utf-8")
    whole = tmp_path / "whole.txt"
    whole.write_bytes(b"one\r\ntwo\n")
    found = list(of_files([lines, whole]))
    assert [text.text for text in found] == ["a\n", "ü", "one\r\ntwo\n"]
    assert [text.source for text in found] == [f"{lines}:1", f"{lines}:3", str(whole)]
    assert [(text.id, text.label, text.kind) for text in found] == [(7, "member", FILE), *[(None, None, FILE)] * 2]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'{"text": "a"}\n{"text": ""}\n', "some.jsonl:2 is an empty text"),
        (b'{"txt": "a"}\n', "some.jsonl:1 has no text"),
        (b"text\n", "some.jsonl:1 is no JSON"),
        (b'{"text": "\\ud800"}\n', "some.jsonl:1 holds half a character"),
        (b'{"text": "a", "label": [1]}\n', "label is a list"),
        (b'"\xff"\n', "some.jsonl:1 is no JSON"),
    ],
)
def test_a_line_that_is_no_text_is_named(tmp_path: Path, content: bytes, reason: str) -> None:
    (tmp_path / "some.jsonl").write_bytes(content)
    with pytest.raises(UsageError, match=reason):
        list(of_files([tmp_path / "some.jsonl"]))


# --- conformance


class Bytes:
    """A scorer of the computable model of the echo tests; ``fault`` changes the numbers of a text."""

    def __init__(self, fault: Callable[[list[Any]], list[Any]] = lambda numbers: numbers, *, bos: bool = False) -> None:
        self._fault, self._bos = fault, bos

    async def score(self, texts: Sequence[str]) -> list[Scored]:
        right = [expected(text, bos=self._bos) for text in texts]
        return [replace(one, logprobs=self._fault(list(one.logprobs))) for one in right]

    async def close(self) -> None:
        pass


@pytest.mark.parametrize("bos", [False, True])
def test_a_scorer_of_right_numbers_is_believed(bos: bool) -> None:
    found = asyncio.run(check(Bytes(bos=bos), "m"))
    assert (found.bos, found.batch_apart, found.beginning_apart) == (bos, 0, 0)
    assert found.ending_apart > 0.1


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (lambda numbers: [None, *numbers[2:], -1.0][: len(numbers)], "right neighbour's"),
        (lambda numbers: [None, -1.0, *numbers[1:-1]][: len(numbers)], "left neighbour's"),
        (lambda numbers: numbers[1:], "numbers for"),
        (lambda numbers: [], "0 numbers for"),
        (lambda numbers: [-1.0, *numbers[1:]], "the first token a number"),
        (lambda numbers: [*numbers[:-1], None] if len(numbers) > 1 else numbers, "without a number"),
        (lambda numbers: [None, *(1.0 for _ in numbers[1:])], "gives 1.0 as the logarithm"),
        (lambda numbers: [None, *(-math.inf for _ in numbers[1:])], "gives -inf as the logarithm"),
        (lambda numbers: [None, *(-3.0 for _ in numbers[1:])], "not the text's"),
    ],
)
def test_a_scorer_of_other_numbers_is_refused_with_the_reason(fault: Callable[[Any], Any], reason: str) -> None:
    with pytest.raises(UsageError, match=reason) as refused:
        asyncio.run(check(Bytes(fault), "m"))
    assert "verbatim" in refused.value.next_step


def test_a_scorer_whose_numbers_depend_on_what_is_beside_a_text_is_refused() -> None:
    class Crowded(Bytes):
        async def score(self, texts: Sequence[str]) -> list[Scored]:
            return [
                replace(one, logprobs=[None if n is None else n * len(texts) for n in one.logprobs])
                for one in await super().score(texts)
            ]

    with pytest.raises(UsageError, match="alone and beside others"):
        asyncio.run(check(Crowded(), "m"))


def test_numbers_that_do_not_depend_on_the_order_are_refused() -> None:
    class Unordered(Bytes):
        async def score(self, texts: Sequence[str]) -> list[Scored]:
            return [
                replace(one, logprobs=[None, *(-t / 50 for t in one.token_ids[1:])])
                for one in await super().score(texts)
            ]

    with pytest.raises(UsageError, match="do not depend on what precedes"):
        asyncio.run(check(Unordered(), "m"))


# --- the stream


async def nothing() -> None:
    pass


def test_no_more_than_a_window_of_a_corpus_is_held_and_batches_are_of_like_length() -> None:
    drawn = itertools.count()

    def endless() -> Iterator[Text]:
        for number in drawn:
            yield Text(text="y" * (1 + number * 7919 % 101), kind=FILE, source=f"f:{number}")

    asked: list[Sequence[str]] = []
    stop = asyncio.Event()

    async def measure(texts: Sequence[str]) -> list[dict[str, Any]]:
        asked.append(texts)
        if len(asked) == 3:
            stop.set()
        return [{} for _ in texts]

    async def run() -> list[Text]:
        stream = scored(endless(), [measure], most=16, tally=Tally(), stop=stop, before=nothing)
        return [text async for text, _ in stream]

    done = asyncio.run(run())
    assert next(drawn) <= scores.WINDOW + 1
    lengths = [len(text.text) for text in done]
    assert lengths == sorted(lengths)
    assert len(done) == 48
    assert all(len(set(texts)) == len(texts) for texts in asked)


def test_one_text_that_cannot_be_scored_does_not_take_others_with_it() -> None:
    async def measure(texts: Sequence[str]) -> list[dict[str, Any]]:
        if "bad" in texts:
            raise UsageError("a text is too long")
        return [{"loss": len(text)} for text in texts]

    texts = [Text(text=text, kind=FILE, source=f"f:{text}") for text in ("a", "bad", "cc")]

    async def run(tally: Tally) -> dict[str, Any]:
        stream = scored(iter(texts), [measure], most=8, tally=tally, stop=asyncio.Event(), before=nothing)
        return {text.text: columns async for text, columns in stream}

    tally = Tally()
    found = asyncio.run(run(tally))
    assert found == {"a": {"loss": 1}, "bad": "a text is too long", "cc": {"loss": 2}}
    assert (tally.scored, tally.failed, tally.last_failure) == (2, 1, "a text is too long")


def test_columns_are_those_of_the_log_probabilities() -> None:
    choice = choose([], Model(name="openai/m", base_url="http://h/v1"), {"reference"})
    measure = LogProbabilities(target=Bytes(bos=True), reference=Bytes(bos=True), methods=choice.likelihood)
    (columns,) = asyncio.run(measure(["To be"]))
    right = [number for number in expected("To be", bos=True).logprobs if number is not None]
    assert columns["bits"] == pytest.approx(-sum(right) / math.log(2))
    assert columns["bits_per_byte"] == pytest.approx(columns["bits"] / 5)
    assert (columns["tokens"], columns["scored_tokens"], columns["bos"]) == (5, 5, True)
    assert columns["loss"] == pytest.approx(sum(right) / 5)
    assert (columns["mem_u"], columns["mem_signed"], columns["extraction"]) == (0, 0, None)
    assert columns["reference_bits"] == columns["bits"]


def test_a_prefix_is_put_in_front_of_every_text() -> None:
    choice = choose(["recall"], Model(name="local/smollm2"), {"prefix"})
    (columns,) = asyncio.run(LogProbabilities(target=Bytes(bos=True), methods=choice.likelihood, prefix="Z ")(["abc"]))
    alone = expected("abc", bos=True).logprobs[1:]
    after = expected("Z abc", bos=True).logprobs[3:]
    assert columns["recall"] == pytest.approx(sum(n or 0 for n in after) / sum(n or 0 for n in alone))


# --- which methods


def test_all_that_a_model_can_serve_is_chosen_where_nothing_is_named() -> None:
    served = Model(name="openai/m", base_url="http://h/v1")
    assert {*choose([], served, {"reference", "prefix"}).names} == {*LIKELIHOOD} - {"min_k_plus_plus"}
    assert {*choose([], Model(name="transformers/m"), {"reference", "prefix"}).names} == {*LIKELIHOOD}
    assert not {"mem_u", "recall"} & {*choose([], served).names}
    assert choose([], Model(name="anthropic/m")).names == ["verbatim", "blocks", "extractible"]


@pytest.mark.parametrize(
    ("method", "model", "reason"),
    [
        ("min_k_plus_plus", "local/smollm2", "whole distribution at each token, and local/smollm2 shows"),
        ("loss", "anthropic/m", "and anthropic/m shows text only"),
        ("mem_u", "local/smollm2", "mem_u needs --reference MODEL"),
        ("recall", "local/smollm2", "recall needs --prefix FILE"),
    ],
)
def test_a_method_that_cannot_be_served_is_refused_naming_those_that_can(method: str, model: str, reason: str) -> None:
    with pytest.raises(UsageError, match=reason) as refused:
        choose([method], Model(name=model))
    assert "verbatim" in refused.value.next_step
    assert ("loss" in refused.value.next_step) == (model != "anthropic/m")


def test_a_method_that_does_not_exist_is_told_with_its_near_misses() -> None:
    with pytest.raises(UnknownName) as refused:
        choose(["min_k_pluss"], Model(name="local/smollm2"))
    assert "min_k_plus_plus" in refused.value.next_step


# --- the command, over HTTP


def test_scores_are_stored_once_and_tabulated(tmp_path: Path) -> None:
    file = jsonl(tmp_path / "my.jsonl", *({"text": text, "label": len(text) > 1} for text in LINES))
    asked: list[str] = []
    with Echoing(lambda choice: asked.append(bytes(choice["prompt_token_ids"]).decode())) as server:
        command = ("memorize", file, "--model", "openai/m", "--base-url", server.url, "--out", "s")
        done = pegboard(*command, "--method", "loss", "--method", "zlib", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        first = [text for text in asked if text in LINES]
        again = pegboard(*command, "--method", "loss", "--method", "zlib", "--format", "json", cwd=tmp_path)
        assert again.returncode == 0
        assert [text for text in asked if text in LINES] == first
        other = pegboard(*command, "--method", "loss", cwd=tmp_path)
        assert other.returncode == 5
        assert "made with other settings: methods" in other.stderr
    assert sorted(first) == sorted(LINES)
    stored = {record["source"]: record for record in records(tmp_path / "s")}
    for number, text in enumerate(LINES, start=1):
        record = stored[f"{file}:{number}"]
        right = [n for n in expected(text, bos=False).logprobs if n is not None]
        assert record["bits"] == pytest.approx(-sum(right) / math.log(2))
        assert record["loss"] == (pytest.approx(sum(right) / len(right)) if right else None)
        assert (record["bytes"], record["text_kind"], record["bos"]) == (len(text), "file", False)
    assert "loss" in done.stdout
    assert "characters  tokens  zlib_bytes" in done.stdout
    rows = json.loads(again.stdout)
    assert [(row["label"], row["texts"], row["loss_texts"]) for row in rows] == [(False, 1, 0), (True, 2, 2)]
    (run,) = [json.loads((tmp_path / "s" / "run.json").read_text("utf-8"))]
    assert run["conformance"]["openai/m"]["bos"] is False
    table = pegboard("memorize", "--out", "s", "--format", "csv", cwd=tmp_path).stdout
    assert [row["texts"] for row in csv.DictReader(io.StringIO(table))] == ["1", "2"]


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (without_echo, "ignores echo"),
        (to_the_front, "gives the first token a log-probability"),
        (to_the_front_behind_none, "shifted by one to the front"),
        (to_the_back, "shifted by one to the back"),
    ],
)
def test_a_server_that_ignores_echo_or_shifts_its_numbers_scores_nothing(
    tmp_path: Path, fault: Callable[[dict[str, Any]], object], reason: str
) -> None:
    jsonl(tmp_path / "my.jsonl", {"text": LINES[0]})
    with Echoing(fault) as server:
        done = pegboard(
            "memorize", "my.jsonl", "--model", "openai/m", "--base-url", server.url, "--out", "s", cwd=tmp_path
        )
    assert done.returncode == 2
    assert reason in done.stderr
    assert not (tmp_path / "s").exists()


def test_ctrl_c_keeps_what_was_scored_and_the_same_command_scores_the_rest(tmp_path: Path) -> None:
    texts = [f"{LINES[0]} number {number}" for number in range(200)]
    jsonl(tmp_path / "my.jsonl", *({"text": text} for text in texts))
    asked: list[str] = []

    def slowly(choice: dict[str, Any]) -> None:
        asked.append(bytes(choice["prompt_token_ids"]).decode())
        time.sleep(0.01)

    with Echoing(slowly) as server:
        command = [*PEGBOARD, "memorize", "my.jsonl", "--model", "openai/m", "--base-url", server.url, "--out", "s"]
        command += ["--method", "loss"]
        with subprocess.Popen(
            command, cwd=tmp_path, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as going:
            stored = tmp_path / "s" / "scores.jsonl"
            for _ in range(600):
                if stored.exists() and stored.stat().st_size:
                    break
                time.sleep(0.05)
            going.send_signal(signal.SIGINT)
            _, told = going.communicate(timeout=60)
        assert going.returncode == 130, told
        assert 0 < len(records(tmp_path / "s")) < len(texts)
        with stored.open("ab") as torn:
            torn.write(b'{"key":"half a li')  # as a kill leaves it
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert len(records(tmp_path / "s")) == len(texts) == len({record["sha256"] for record in records(tmp_path / "s")})
    assert sorted(text for text in asked if text in texts) == sorted(texts)


def test_a_server_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    jsonl(tmp_path / "my.jsonl", {"text": "x"})
    done = pegboard("memorize", "my.jsonl", "--model", "openai/m", "--base-url", "http://127.0.0.1:9/v1", cwd=tmp_path)
    assert done.returncode == 6
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "scores").exists() or not [*(tmp_path / "scores").iterdir()]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["my.jsonl"], "say which model"),
        (["--model", "local/smollm2"], "nothing to score"),
        (["--model", "local/smollm2", "--task", "tower_of_hanoi"], "needs sizes"),
        (["--model", "local/smollm2", "my.jsonl", "--text-kind", "hint", "--method", "loss"], "unknown kind of text"),
        (["--model", "local/smollm2", "my.jsonl", "--engine", "threads"], "gives no value"),
        (["--out", "nowhere"], "holds no scores"),
        (["--out", "."], "holds no scores"),
        (["--model", "local/smollm2", "my.jsonl", "--out", "."], "holds something else"),
    ],
)
def test_what_cannot_be_asked_is_told(tmp_path: Path, arguments: list[str], reason: str) -> None:
    jsonl(tmp_path / "my.jsonl", {"text": "x"})
    done = pegboard("memorize", *arguments, cwd=tmp_path)
    assert done.returncode in (2, 5), done.stderr
    assert reason in done.stderr


# --- completions


def remembering(texts: Sequence[str]) -> Callable[[str], str]:
    """A chat model that knows some texts by heart, and makes up the others anew each time."""
    numbers = itertools.count()

    def answer(prompt: str) -> str:
        given = prompt.removeprefix(WORDING)
        known = [text for text in texts if text.startswith(given)]
        return known[0].removeprefix(given).strip() if known else f"nothing {next(numbers)} of {next(numbers)} it"

    return answer


def test_a_text_known_by_heart_is_told_from_one_that_is_not_by_completions_alone(tmp_path: Path) -> None:
    jsonl(tmp_path / "my.jsonl", {"text": LINES[0], "label": "known"}, {"text": LINES[1], "label": "new"})
    with Loopback(remembering(LINES[:1])) as server:
        where = ("--model", "openai/m", "--base-url", f"{server.url}/v1", "--out", "s")
        methods = [word for name in COMPLETIONS for word in ("--method", name)]
        done = pegboard("memorize", "my.jsonl", *where, *methods, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert len(server.answered) == 2 * (1 + SAMPLES)
        assert {body.get("temperature") for body in server.requests} == {0.0, 0.8}
    known, new = sorted(records(tmp_path / "s"), key=lambda record: record["label"])
    assert [known[name] for name in COMPLETIONS] == [1.0, 1.0, 1.0, 1.0]
    assert [new[name] for name in COMPLETIONS] == [0.0, 0.0, 0.0, 0.0]
    assert known.get("bits") is None


def test_a_text_is_parted_at_the_end_of_a_word() -> None:
    assert parted("one two three") == ("one two", " three")
    assert parted("x") == ("x", "")


# --- real models


@with_smollm2
@pytest.mark.filterwarnings("ignore")
def test_an_embedded_model_scores_a_famous_line_as_better_known_than_an_odd_one(tmp_path: Path) -> None:
    file = jsonl(
        tmp_path / "my.jsonl", {"text": "To be, or not to be, that is the"}, {"text": "To it, yes fox to up, hat is"}
    )
    done = pegboard("memorize", file, "--model", "local/smollm2", "--method", "loss", "--out", "s", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    famous, odd = records(tmp_path / "s")
    assert famous["loss"] > odd["loss"] + 1 if famous["source"].endswith(":1") else odd["loss"] > famous["loss"] + 1


@pytest.mark.filterwarnings("ignore")
def test_transformers_serves_every_method_and_itself_as_a_reference_knows_no_less(
    tmp_path: Path, tiny_models: dict[str, Path]
) -> None:
    (tmp_path / "prefix.txt").write_text("Something unseen. ")
    file = jsonl(tmp_path / "my.jsonl", {"text": "To be, Or not to be. " * 8})
    name = f"transformers/{tiny_models['bos']}"
    command = ("memorize", file, "--model", name, "--reference", name, "--prefix", "prefix.txt", "--out", "s")
    done = pegboard(*command, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    (record,) = records(tmp_path / "s")
    assert [name for name in LIKELIHOOD if record[name] is None] == []
    assert (record["mem_u"], record["mem_signed"]) == pytest.approx((0, 0), abs=1e-3)
    assert record["bos"] is record["reference_bos"] is True


# --- tables and pages


def test_means_are_of_the_texts_that_have_the_score() -> None:
    line = {"model": "m", "reference": None, "task": "t", "variant": "v", "text_kind": "moves", "label": None}
    lines = [
        {**line, "size": size, "characters": size, "loss": loss} for size, loss in ((1, -1.0), (2, None), (3, -3.0))
    ]
    (row,) = summary(lines, ["loss"])
    assert (row["texts"], row["characters"], row["loss"], row["loss_texts"]) == (3, 2.0, -2.0, 2)
    assert [row["size"] for row in summary(lines, ["loss"], by_size=True)] == [1, 2, 3]


def test_two_labels_are_told_apart_beside_what_sizes_alone_tell() -> None:
    lines = [
        {"label": label, "bytes": size, "zlib_bytes": 9, "loss": loss}
        for label, size, loss in (("non-member", 5, -3.0), ("member", 7, -1.0), ("non-member", 9, -2.0))
    ]
    found = separation(lines, ["loss"])
    assert found is not None
    assert (found.above, found.below) == ("member", "non-member")
    assert found.aucs == {"bytes": 0.5, "zlib_bytes": 0.5, "loss": 1.0}
    assert separation([{**line, "label": line["label"] == "member"} for line in lines], []).above is True  # type: ignore[union-attr]
    assert separation(lines[:1], ["loss"]) is None


def test_the_page_explains_every_field_method_and_flag(tmp_path: Path) -> None:
    page = (Path(__file__).parent.parent / "docs" / "memorization.md").read_text("utf-8")
    (tmp_path / "my.jsonl").write_text('{"text": "To be"}\n')
    with Echoing() as server:
        pegboard("memorize", "my.jsonl", "--model", "openai/m", "--base-url", server.url, "--out", "s", cwd=tmp_path)
    (record,) = records(tmp_path / "s")
    told = [*record, *LIKELIHOOD, *COMPLETIONS]
    flags = [
        word.strip(" ,") for word in pegboard("memorize", "--help", cwd=tmp_path).stdout.split() if word[:2] == "--"
    ]
    assert [name for name in told if f"`{name}`" not in page] == []
    assert [flag for flag in flags if flag != "--help" and f"`{flag}" not in page] == []


@with_smollm2
def test_the_pages_python_works(tmp_path: Path) -> None:
    page = (Path(__file__).parent.parent / "docs" / "memorization.md").read_text("utf-8")
    source = page.split("```python\n")[1].split("```")[0]
    done = subprocess.run([sys.executable, "-c", source], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "nats a token" in done.stdout, done.stderr
