"""The report: what it counts, that it is one closed file, and that no answer can run or break it."""

from __future__ import annotations

import base64
import gzip
import json
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from browser import Browser, browser, chromium
from click.testing import CliRunner
from made_runs import a_run

from harness import modes
from harness.analysis.collapse import collapse
from harness.analysis.crossing import shown
from harness.analysis.hazard import survival
from harness.analysis.series import points, series, walks
from harness.cli.app import pegboard
from harness.completion import Completion, Stop
from harness.errors import UsageError
from harness.leaderboard import for_people, leaderboard, notes
from harness.outcome import Outcome
from harness.plugins import Plugin
from harness.question import pose
from harness.report import replays, report
from harness.report.data import FAMILY_OF, findings
from harness.report.replays import Performance, Stage, perform
from harness.report.transcripts import packed
from harness.store import RunFolder
from harness.task import Json

PERFECT = "moves = [[1,0,2],[2,0,1],[1,2,1],[3,0,2],[1,1,0],[2,1,2],[1,0,2]]"
WRONG = "moves = [[1,0,2],[2,0,1],[3,0,1],[3,0,2]]"
PWN = "window.pwned=1"
HOSTILE = (
    f"<!--<script>{PWN}",
    f"</script><script>{PWN}</script><img src=x onerror={PWN}>",
    f"<svg onload={PWN}><style>*{{display:none}}</style><base href=http://example.invalid/>]]>",
    "half a pair \ud83d and \udc00, the other way \u202egnp.exe\u202c\u2066 \u0000\u0007\u001b[2J",
    "x" * 1_000_000,
    "${" + PWN + "} `" + PWN + "` \\u003cscript\\u003e --> " + PERFECT,
)
MODEL = f'a"><img src=x onerror={PWN}>.jsonl'


def answered(task: str, size: int, text: str) -> dict[str, Any]:
    asked = {"task": task, "size": size, "seed": 0, "variant": "tower" if task == "tower_of_hanoi" else "row"}
    return {**asked, "mode": "enumerate", "text": text, "stop": "end", "finish_reason": "stop", "output_tokens": 7}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    """Hostile answers of a model with a hostile name, and ordinary ones."""
    folder = tmp_path_factory.mktemp("report")
    texts = [PERFECT, WRONG, *HOSTILE]
    lines = [answered("tower_of_hanoi", 3, text) for text in texts] + [answered("checker_jumping", 1, "moves = []")]
    (folder / MODEL).write_text("".join(json.dumps(line) + "\n" for line in lines))
    (folder / "suite.toml").write_text(
        f"name = \"hostile\"\nmodels = ['replay/{folder / MODEL}']\n"
        f'[[grid]]\ntask = "tower_of_hanoi"\nsizes = [3]\nmodes = ["enumerate"]\nrepeats = {len(texts)}\n'
        '[[grid]]\ntask = "checker_jumping"\nsizes = [1]\nmodes = ["enumerate"]\n'
    )
    done = CliRunner().invoke(pegboard, ["run", str(folder / "suite.toml"), "--out", str(folder / "run")])
    assert done.exit_code == 0, done.output
    return RunFolder(folder / "run")


class Elements(HTMLParser):
    """What a page is made of."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.attributes: set[str] = set()
        self.texts: list[tuple[dict[str, str | None], str]] = []
        self._open: dict[str, str | None] | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes |= {name for name, _ in attrs}
        self._open = dict(attrs) if tag in {"script", "style"} else None

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            self.texts.append((self._open, data))

    def handle_endtag(self, tag: str) -> None:
        self._open = None


def chunks(page: str) -> list[dict[str, Any]]:
    found = re.findall(r'<script type="text/plain" id="chunk-\d+">([^<]*)</script>', page)
    return [json.loads(gzip.decompress(base64.b64decode(chunk))) for chunk in found]


def test_the_same_run_gives_the_same_bytes(run: RunFolder) -> None:
    assert report([run]).html == report([RunFolder(run.path)]).html


def test_a_chunk_has_one_header_whatever_python_writes_it() -> None:
    assert base64.b64decode(packed({}))[:10] == b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"


def test_only_the_scripts_and_the_style_of_the_page_itself_are_allowed(run: RunFolder) -> None:
    page = report([run]).html
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert policy.start() < page.index("<style") < page.index("<script")
    assert policy[1].startswith("default-src 'none'; ")
    assert "unsafe" not in policy[1]
    parts = Elements(page)
    run_or_applied = [text for attributes, text in parts.texts if "type" not in attributes]
    assert len(run_or_applied) == 2
    for text in run_or_applied:
        assert base64.b64encode(sha256(text.encode()).digest()).decode() in policy[1]


def test_no_answer_and_no_name_becomes_a_part_of_the_page(run: RunFolder) -> None:
    page = report([run]).html
    parts = Elements(page)
    assert parts.tags["script"] == 3
    assert parts.tags["style"] == 1
    assert not parts.tags.keys() & {"img", "base", "b", "iframe", "link", "object"}
    assert not {name for name in parts.attributes if name.startswith("on")} | {"src", "style"} & parts.attributes
    assert "<!--" not in page
    page.encode("utf-8")


def test_answers_come_out_of_the_file_as_they_went_in(run: RunFolder) -> None:
    [chunk] = chunks(report([run]).html)
    assert {entry["text"] for entry in chunk["attempts"]} == {PERFECT, WRONG, *HOSTILE, "moves = []"}
    stored = {answer["prompt"] for answer in run.answers()}
    assert {chunk["prompts"][entry["prompt"]] for entry in chunk["attempts"]} == stored


def test_transcripts_are_left_out_as_asked(run: RunFolder) -> None:
    [failures], [none] = chunks(report([run], kept="failures").html), chunks(report([run], kept="none").html)
    kept = {entry["text"] for entry in failures["attempts"] if entry is not None}
    assert PERFECT not in kept
    assert WRONG in kept
    assert set(none["attempts"]) == {None}


def performance(plugin: Plugin, variant: str, text: str, size: int = 3, mode: str = "enumerate") -> Performance | None:
    asked = modes.find(mode)
    return perform(Stage(asked.question(pose(plugin, size, 0, variant)), asked), Completion(text=text, stop=Stop.END))


def test_a_replay_ends_at_the_move_that_breaks_a_rule(hanoi: Plugin) -> None:
    shown = performance(hanoi, "tower", WRONG)
    assert shown is not None
    assert shown.moves == ["[1,0,2]", "[2,0,1]"]
    assert len(shown.scenes) == 3
    assert shown.refused is not None
    assert (shown.refused["number"], shown.refused["rule"], shown.refused["names"]) == (3, "larger_on_smaller", ["3"])


def test_a_replay_in_a_disguise_draws_the_bare_puzzle(hanoi: Plugin) -> None:
    disguise = next(iter(hanoi.puzzle.disguises))
    asked = pose(hanoi, 3, 0, f"tower.{disguise}")
    bare: list[Json] = [[1, 0, 2], [2, 0, 1]]
    assert asked.mask is not None
    moves = json.dumps([asked.mask.item(hanoi.puzzle.parse(item)) for item in bare])
    shown, plain = (performance(hanoi, variant, f"moves = {told}") for variant, told in
                    ((f"tower.{disguise}", moves), ("tower", bare)))  # fmt: skip
    assert shown is not None
    assert plain is not None
    assert shown.scenes == plain.scenes


def test_the_middle_of_a_long_replay_is_left_out_and_its_end_is_not(
    hanoi: Plugin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replays, "HEAD", 2)
    monkeypatch.setattr(replays, "TAIL", 2)
    shown = performance(hanoi, "tower", PERFECT)
    assert shown is not None
    assert (shown.moves, shown.left_out) == (["[1,0,2]", "[2,0,1]", "[2,1,2]", "[1,0,2]"], 3)
    whole = json.loads(shown.scenes[-1])
    assert sum(map(len, whole.values() if isinstance(whole, dict) else whole)) == 3


def test_programs_are_shown_and_never_run_again(hanoi: Plugin) -> None:
    text = "```python\ndef solve(disks, start, goal):\n    return []\n```"
    assert performance(hanoi, "tower", text, mode="function/python") is None
    asked = modes.find("function/python")
    assert (replays.program(pose(hanoi, 3), asked, Completion(text=text, stop=Stop.END)) or "").startswith("def solve")


def test_a_task_that_is_not_at_hand_costs_its_replays_alone(tmp_path: Path) -> None:
    folder = a_run(tmp_path / "run", [{"trials": 1}], [VERDICT])
    folder.answers_file.write_text(json.dumps({**ANSWER, "key": "0"}) + "\n")
    written = report([folder])
    assert (written.attempts, written.replays) == (1, 0)
    assert written.unplayed == {"the task t is not at hand (--plugins DIR)": 1}


USAGE = dict.fromkeys(("input_tokens", "output_tokens", "reasoning_tokens", "cached_tokens"))
ASKED = {"task": "t", "size": 3, "seed": 0, "variant": "v", "mode": "enumerate", "model": "a/b", "version": 1}
UNKNOWN = dict.fromkeys(("reasoning", "finish_reason", "returned_model", "raw", "turns"))
ANSWER = {**ASKED, **UNKNOWN, **USAGE, "prompt": "?", "text": "", "stop": "end"}
MOVES = ("fewest_moves", "first_illegal", "first_off_path", "final_distance", "cost_usd")
VERDICT = {"repeat": 0, "reason": "", "legal_moves": 0, **dict.fromkeys(MOVES), **USAGE}


def test_marked_cells_and_unmeasured_trials_are_in_no_chart_but_on_the_page(tmp_path: Path) -> None:
    planned: list[dict[str, Any]] = [
        {"trials": 10},
        {"trials": 1, "infeasible": "unsolvable"},
        {"trials": 0, "size": 9, "infeasible": "output budget"},
    ]
    failed = {**VERDICT, "outcome": "truncated", "strict_outcome": "truncated"}
    folder = a_run(tmp_path / "run", planned, [VERDICT, VERDICT, failed, {**VERDICT, "infeasible": "unsolvable"}])
    found = findings([folder])
    [panel] = found.panels
    [curve] = panel.curves
    assert [(point.size, point.rate.solved, point.rate.attempts) for point in curve.points] == [(3, 2, 3)]
    assert curve.over_budget == [9]
    assert (found.planned, found.scored) == (10, 3)
    page = report([folder]).html
    assert "Coverage is 30%: 7 planned attempts have no outcome" in page
    assert 'class="flagged"' in page


def test_a_run_without_any_answer_is_a_page_too(tmp_path: Path) -> None:
    page = report([a_run(tmp_path / "run", [{"trials": 10}], [])]).html
    assert "0 scored attempts of 10 planned" in page
    assert "The runs hold nothing for this chart." in page


def test_models_whose_intervals_overlap_are_not_ordered(tmp_path: Path) -> None:
    counts = {"a/best": 20, "a/second": 18, "a/last": 2}
    verdicts = [
        {**VERDICT, "model": model, "outcome": outcome, "strict_outcome": outcome}
        for model, solved in counts.items()
        for outcome in ["solved"] * solved + ["illegal_move"] * (20 - solved)
    ]
    folder = a_run(tmp_path / "run", [{"trials": 20, "model": model} for model in counts], verdicts)
    ranks = {one.label: (one.row["best"], one.row["worst"]) for one in findings([folder]).standings}
    assert ranks == {"a/best": (1, 2), "a/second": (1, 2), "a/last": (3, 3)}


def test_what_was_cut_is_not_held_against_a_model_in_its_rank(tmp_path: Path) -> None:
    outcomes = {"a/whole": ["solved"] * 20, "a/cut": ["solved"] * 2 + ["truncated"] * 18}
    verdicts = [
        {**VERDICT, "model": model, "outcome": outcome, "strict_outcome": outcome}
        for model, ended in outcomes.items()
        for outcome in ended
    ]
    folder = a_run(tmp_path / "run", [{"trials": 20, "model": model} for model in outcomes], verdicts)
    assert {(one.row["best"], one.row["worst"]) for one in findings([folder]).standings} == {(1, 2)}


def test_the_table_has_the_columns_of_the_terminal(tmp_path: Path) -> None:
    verdicts = [
        {**VERDICT, "model": model, "seed": seed, "outcome": outcome, "strict_outcome": outcome}
        for model, solved in {"a/first": 4, "a/second": 3}.items()
        for seed in range(8)
        for outcome in (["solved"] if seed < solved else ["illegal_move"]) * 3
    ]
    folder = a_run(tmp_path / "run", [{"trials": 24, "model": model} for model in ("a/first", "a/second")], verdicts)
    shown = for_people(leaderboard([folder]))
    page = report([folder]).html
    assert [*shown["rank"]] == ["1-2", "1-2"]
    for name in ("rank", "tie", "by instance"):
        assert f">{name}</th>" in page
        assert all(f">{told}</td>" in page for told in shown[name])
    assert all(note in page for note in notes(leaderboard([folder])))


def walked(first_wrong: int | None, legal: int, **change: Any) -> dict[str, Any]:
    outcome = "illegal_move" if first_wrong else "truncated"
    told = {"first_illegal": first_wrong, "legal_moves": legal, "fewest_moves": 40, "final_distance": 1}
    return {**VERDICT, **told, "outcome": outcome, "strict_outcome": outcome, **change}


def test_the_survival_drawn_is_that_of_the_analysis_as_far_as_enough_are_at_risk(tmp_path: Path) -> None:
    verdicts = [*(walked(n, n - 1) for n in (6, 6, 6, 7, 10, 13)), *(walked(None, n) for n in (6, 9, 10, 30))]
    folder = a_run(tmp_path / "run", [{"trials": len(verdicts)}], verdicts)
    [panel] = findings([folder]).panels
    [curve] = panel.curves
    whole = survival(walks(series([folder])[0]))
    assert curve.survival is not None
    assert whole is not None
    assert (curve.followed, curve.survival.moves, curve.by_distance) == (10, (6, 7, 10), True)
    assert set(zip(curve.survival.moves, curve.survival.share, strict=True)) < set(
        zip(whole.moves, whole.share, strict=True)
    )


def test_where_distances_are_not_known_the_survival_is_that_to_an_illegal_move(tmp_path: Path) -> None:
    verdicts = [walked(n, n - 1, final_distance=None) for n in (2, 3, 4, 5)]
    page = report([a_run(tmp_path / "run", [{"trials": 4}], verdicts)], kept="none").html
    assert "without an illegal move after" in page


def attempts_at(sizes: dict[int, int], of: int = 10) -> list[dict[str, Any]]:
    """So many attempts at each size, of which some are solved."""
    return [
        {**VERDICT, "size": size, "outcome": outcome, "strict_outcome": outcome}
        for size, solved in sizes.items()
        for outcome in ["solved"] * solved + ["illegal_move"] * (of - solved)
    ]


@pytest.mark.parametrize(
    ("solved", "relation"),
    [({3: 10, 4: 8, 5: 4, 6: 0}, "="), ({3: 10, 4: 10, 5: 10}, ">"), ({3: 2, 4: 0, 5: 0}, "<")],
)
def test_n50_stands_under_the_chart_as_the_collapse_command_has_it(
    tmp_path: Path, solved: dict[int, int], relation: str
) -> None:
    planned = [{"trials": 10, "size": size} for size in solved]
    folder = a_run(tmp_path / "run", planned, attempts_at(solved))
    n50 = collapse(points(series([folder])[0])).n50
    assert n50.relation == relation
    page = report([folder], kept="none").html
    assert f">{escape(shown(n50))}</text>" in page
    assert f"N50 {escape(shown(n50))}, the size solved half the time" in page


def test_where_nothing_was_scored_no_n50_is_told(tmp_path: Path) -> None:
    planned: list[dict[str, Any]] = [{"trials": 0, "size": 9, "infeasible": "output budget"}, {"trials": 10}]
    assert ">N50</text>" not in report([a_run(tmp_path / "run", planned, [])]).html


SOLVED_OF_TEN = {("a/one", "v"): 9, ("a/one", "v.worn"): 3, ("a/two", "v"): 6, ("a/two", "v.worn"): 6}


@pytest.fixture
def disguised(tmp_path: Path) -> RunFolder:
    """Two models at a puzzle and its disguise; scores of its statements beside the run, under other names."""
    verdicts = [
        {**one, "model": model, "variant": variant}
        for (model, variant), solved in SOLVED_OF_TEN.items()
        for one in attempts_at({3: solved})
    ]
    scores = [
        {"model": model.replace("a/", "local/"), "task": "t", "variant": variant, "text_kind": "statement", "size": 3,
         "key": f"{model} {variant}", "mem_u": float(solved)}
        for (model, variant), solved in SOLVED_OF_TEN.items()
    ]  # fmt: skip
    (tmp_path / "scores.jsonl").write_text("".join(json.dumps(score) + "\n" for score in scores))
    planned = [{"trials": 10, "model": model, "variant": variant} for model, variant in SOLVED_OF_TEN]
    return a_run(tmp_path / "run", planned, verdicts)


ALIASES = {"local/one": "a/one", "local/two": "a/two"}


def test_success_is_drawn_against_scores_with_an_arrow_to_each_disguise(disguised: RunFolder) -> None:
    scores = disguised.path.with_name("scores.jsonl")
    page = report([disguised], kept="none", scores=[scores], aliases=ALIASES).html
    section = page[page.index('<section id="memorization">') :]
    assert "<code>pegboard correlate</code> tests it" in section
    assert re.findall(r"<title>(a/[^:]*: \d+% solved)", section) == [
        f"{model}, {variant}: {10 * solved}% solved" for (model, variant), solved in SOLVED_OF_TEN.items()
    ]
    assert section.count('class="c0 d0 disguised"') == 1
    arrows = re.findall(r'<path class="arrow" d="([^"]*)"', section)
    assert len(arrows) == 1, "of the model that solves as much in disguise, both marks are in one place"


def test_without_scores_nothing_is_said_of_memorization(disguised: RunFolder) -> None:
    assert 'id="memorization"' not in report([disguised], kept="none").html


def test_the_command_takes_scores_and_says_when_they_are_of_other_models(disguised: RunFolder) -> None:
    scores, out = disguised.path.with_name("scores.jsonl"), disguised.path.with_name("report.html")
    asked = ["report", str(disguised.path), "--out", str(out), "--transcripts", "none", "--memorization", str(scores)]
    named = [part for name, other in ALIASES.items() for part in ("--alias", f"{name}={other}")]
    assert CliRunner().invoke(pegboard, [*asked, *named]).exit_code == 0
    assert 'id="memorization"' in out.read_text()
    with pytest.raises(UsageError, match="no model was both asked and scored"):
        CliRunner().invoke(pegboard, asked, catch_exceptions=False)


def test_every_outcome_is_in_one_family() -> None:
    assert set(FAMILY_OF) == set(Outcome)


def test_the_script_is_valid() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    subprocess.run([node, "--check", Path(report.__code__.co_filename).parent / "report.js"], check=True)


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    program = chromium()
    if program is None:
        pytest.skip("no Chromium is installed")
    with browser(program, tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.fixture(scope="module")
def page(run: RunFolder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("page") / "report.html"
    done = CliRunner().invoke(pegboard, ["report", str(run.path), "--out", str(file)])
    assert done.exit_code == 0, done.output
    return file


def key_of(run: RunFolder, text: str) -> str:
    return next(str(answer["key"]) for answer in run.answers() if answer["text"] == text)


def test_the_page_asks_for_nothing_but_itself_and_has_no_fault(tab: Browser, page: Path) -> None:
    tab.requests.clear()
    tab.open(page)
    tab.wait("document.documentElement.classList.contains('scripted')")
    assert {address for address in tab.requests if address != "about:blank"} == {page.resolve().as_uri()}
    assert tab.faults == []
    assert tab.evaluate("document.querySelectorAll('#success svg.chart').length") == 2


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_a_hostile_answer_is_shown_as_text(tab: Browser, page: Path, run: RunFolder, number: int) -> None:
    tab.open(page, f"#/attempt/{key_of(run, HOSTILE[number])}")
    tab.wait("document.querySelector('#drill pre[aria-label=Answer]')")
    shown = tab.evaluate("document.querySelector('#drill pre[aria-label=Answer]').textContent")
    assert shown.isprintable()
    assert shown[:30].startswith(HOSTILE[number][:10])
    assert tab.evaluate("window.pwned === undefined && !document.querySelector('img, base, iframe')")
    assert tab.evaluate("getComputedStyle(document.querySelector('h1')).display") == "block"
    assert tab.faults == []


def test_a_long_answer_is_shown_in_part_and_then_whole(tab: Browser, page: Path, run: RunFolder) -> None:
    tab.open(page, f"#/attempt/{key_of(run, HOSTILE[4])}")
    tab.wait("document.querySelector('#drill pre[aria-label=Answer]')")
    assert "950,000 are not shown" in tab.evaluate("document.getElementById('drill').textContent")
    tab.evaluate("document.querySelector('#drill details button').click()")
    assert tab.evaluate("document.querySelector('#drill pre[aria-label=Answer]').textContent.length") == 1_000_000


def test_a_permalink_opens_a_step_of_a_replay_and_keys_go_on_from_there(
    tab: Browser, page: Path, run: RunFolder
) -> None:
    key = key_of(run, WRONG)
    tab.open(page, f"#/attempt/{key}/1")
    tab.wait("document.querySelector('.replay svg')")
    assert tab.evaluate("document.querySelector('.told').textContent") == "move 1 of 3: [1,0,2]"
    tab.press("ArrowRight", 39)
    tab.press("ArrowRight", 39)
    assert tab.evaluate("document.querySelector('.told').textContent").startswith("✗ move 3, [3,0,1]: ")
    assert tab.evaluate("document.querySelectorAll('.thing.named').length") == 1
    assert tab.evaluate("location.hash") == f"#/attempt/{key}/3"
    tab.press("Home", 36)
    assert tab.evaluate("document.querySelector('.told').textContent") == "start; 3 moves follow"
    tab.press("Escape", 27)
    tab.wait("document.querySelectorAll('#drill tbody tr').length === 8")
    assert tab.faults == []


def test_what_a_filter_hides_is_counted(tab: Browser, page: Path) -> None:
    tab.open(page, "#/?task=checker_jumping")
    tab.wait("document.getElementById('count').textContent")
    assert tab.evaluate("document.getElementById('count').textContent") == "1 of 2 rows shown, 1 hidden"
    assert tab.evaluate("[...document.querySelectorAll('#success .panel')].filter((p) => p.offsetParent).length") == 1


def test_a_mark_of_a_chart_opens_its_attempts(tab: Browser, page: Path) -> None:
    tab.open(page)
    place = tab.evaluate("document.querySelector('#success [data-task=tower_of_hanoi] svg a').getAttribute('href')")
    tab.evaluate(f"location.hash = {json.dumps(place)}")
    tab.wait("document.querySelectorAll('#drill tbody tr').length === 8")
    assert tab.evaluate("document.getElementById('count').textContent") == "8 of 9 attempts, 1 hidden"


def test_a_column_sorts_both_ways(tab: Browser, page: Path) -> None:
    tab.open(page)
    first = "document.querySelector('#board tbody td').textContent"
    for wanted in ("checker_jumping", "tower_of_hanoi"):
        tab.evaluate("document.querySelector('#board th button').click()")
        assert tab.evaluate(first) == wanted


def test_every_kind_of_drawing_draws(tab: Browser, page: Path) -> None:
    tab.open(page)
    scenes = {
        "pegs": {"A": [3, 2, 1], "B": [], "C": []},
        "stacks": [["A", "B"], [], ["C"]],
        "line": ["R", None, "B"],
        "river": {"left": ["a_1", "A_1"], "right": [], "boat": "left"},
        "table": {"lamp": "on", "other": "off"},
    }
    for kind, scene in scenes.items():
        drawn = tab.evaluate(
            "(() => { const stage = document.createElement('div'); document.body.append(stage);"
            f"painter({json.dumps(kind)}, stage)({json.dumps(scene)}, null, null);"
            "const things = stage.querySelectorAll('svg .thing').length; stage.remove(); return things; })()"
        )
        assert drawn == {"pegs": 3, "stacks": 3, "line": 2, "river": 3, "table": 4}[kind]
