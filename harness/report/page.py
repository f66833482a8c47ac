"""Puts the page together: one file that asks nothing of any network, and whose text cannot run.

Scripts and style are allowed by their hashes alone: whatever a transcript might smuggle in could not run.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import Any

from harness.leaderboard import COVERAGE_WANTED
from harness.report import charts
from harness.report.charts import Placed
from harness.report.data import FAMILIES, Dumbbell, Findings, Panel, Rate, Standing
from harness.report.memorization import Memorization
from harness.report.transcripts import inline

FILTERS = ("task", "variant", "mode", "model")

UNSEEN = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069\\ud800-\\udfff]")
"""What no one sees, and what turns the order of the text around it; halves of surrogate pairs."""


def page(found: Findings, memorized: Memorization | None, index: Mapping[str, Any], chunks: Sequence[str]) -> str:
    """The whole file."""
    script, style = _beside("report.js"), _beside("report.css")
    policy = (
        f"default-src 'none'; script-src {_digest(script)}; style-src {_digest(style)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    placed = {label: place for place, label in enumerate(found.labels)}
    body = "\n".join(
        [
            charts.patterns(),
            _header(found),
            _filters(found),
            f'<main id="overview">{"".join(_sections(found, memorized, placed))}</main>',
            '<main id="drill" hidden tabindex="-1"></main>',
            f"<noscript><p>{WITHOUT_SCRIPT}</p></noscript>",
            f'<script type="application/json" id="index">{inline(index)}</script>',
            *(f'<script type="text/plain" id="chunk-{n}">{chunk}</script>' for n, chunk in enumerate(chunks)),
            f"<script>{script}</script>",
        ]
    )
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{_text(_title(found))}</title>\n<style>{style}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


@cache
def _beside(name: str) -> str:
    return files("harness.report").joinpath(name).read_text("utf-8")


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}'"


def _text(value: object) -> str:
    """Text of others in HTML, with what cannot be seen written out."""
    return escape(UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", str(value)))


def _title(found: Findings) -> str:
    return f"Pegboard: {', '.join(dict.fromkeys(about['suite'].get('name', 'run') for about in found.about))}"


def _header(found: Findings) -> str:
    unmeasured = found.planned - found.scored
    coverage = found.scored / found.planned if found.planned else 1.0
    facts = [
        f"{len(found.labels)} model{_s(len(found.labels))}",
        f"{found.scored:,} scored attempts of {found.planned:,} planned at feasible cells",
        *(f"{count:,} cells left out of every rate: {why}" for why, count in found.marked.items()),
    ]
    warnings = [*found.disproved]
    if coverage < COVERAGE_WANTED:
        warnings.append(
            f"Coverage is {coverage:.0%}: {unmeasured:,} planned attempts have no outcome. What is missing may not be "
            "missing at random."
        )
    elif unmeasured > 0:
        facts.append(f"{unmeasured:,} unmeasured")
    told = "".join(f'<p class="warning" role="note">⚠ {_text(warning)}</p>' for warning in warnings)
    return (
        f'<header><p class="brand">Pegboard report</p><h1>{_text(_title(found).removeprefix("Pegboard: "))}</h1>'
        f'<p class="facts">{" · ".join(map(_text, facts))}</p>'
        f"{told}{_about(found)}</header>"
    )


def _about(found: Findings) -> str:
    rows = [
        [
            run.path.name,
            about["suite"].get("name", ""),
            about.get("created", ""),
            about.get("pegboard", ""),
            ((about.get("git") or {}).get("commit") or "")[:12]
            + (" changed" if (about.get("git") or {}).get("changed") else ""),
            ", ".join(f"{task} {of['version']}" for task, of in sorted(about["tasks"].items())),
        ]
        for run, about in zip(found.runs, found.about, strict=True)
    ]
    table = _table(["run", "suite", "begun", "Pegboard", "source", "tasks and versions"], rows)
    return f"<details><summary>{len(rows)} run{_s(len(rows))}, versions</summary>{table}</details>"


def _filters(found: Findings) -> str:
    values = {
        "task": {panel.task for panel in found.panels},
        "variant": {panel.variant for panel in found.panels},
        "mode": {panel.mode for panel in found.panels},
    }
    chosen = {name: sorted(of) for name, of in values.items()} | {"model": [*found.labels]}
    boxes = "".join(_select(name, [(value, value) for value in chosen[name]]) for name in FILTERS)
    ended = _select("ended", [(name, title) for name, (title, _) in FAMILIES.items()])
    return (
        '<nav id="filters" class="js" aria-label="Filters" hidden>'
        f'{boxes}{ended}<button type="button" id="clear">clear</button>'
        '<a id="matching" href="#/attempts">attempts</a>'
        '<span id="count" role="status"></span></nav>'
    )


def _select(name: str, values: Iterable[tuple[str, str]]) -> str:
    options = "".join(f'<option value="{escape(value)}">{_text(told)}</option>' for value, told in values)
    return f'<label>{name} <select name="{name}"><option value="">all</option>{options}</select></label>'


def _sections(found: Findings, memorized: Memorization | None, placed: Placed) -> Iterator[str]:
    legend = _legend(placed)
    panels = found.panels
    yield _section("leaderboard", "Leaderboard", LEADERBOARD, _board(found, placed))
    yield _section(
        "success", "How large a puzzle is solved?", SUCCESS, legend + _panels(panels, placed, charts.success)
    )
    yield _section("programs", "Moves or a program?", PROGRAMS, legend + _dumbbells(found.dumbbells, placed))
    yield _section("failures", "How do attempts end?", FAILURES, _family_legend(panels) + _shares(panels))
    yield _section(
        "survival", "When does the first wrong move come?", SURVIVAL, legend + _panels(panels, placed, charts.survival)
    )
    yield _section("tokens", "How much is written?", TOKENS, legend + _panels(panels, placed, charts.tokens))
    yield _section("cost", "What does it cost?", COST, legend + _panels(panels, placed, charts.cost))
    if memorized is not None:
        reading = MEMORIZATION.format(score=_text(memorized.score))
        yield _section(
            "memorization", "Is what is solved memorized?", reading, legend + _memorization(memorized, placed)
        )


WITHOUT_SCRIPT = "Charts and tables are here as they are; filters, attempts and replays need JavaScript."
LEADERBOARD = """Success is solved / scored attempts at feasible cells, with its 95 % Wilson interval; it speaks
of these instances. Where instances were tried several times, the interval by instance speaks of others like them.
A rank is the range that the intervals allow within one task, variant and mode, where answers cut by the token limit
might all have been solved: overlapping models are not ordered. Infrastructure errors are in no rate."""
SUCCESS = """Bands are 95 % Wilson intervals. A dotted line up from a mark ends where it would be had every
answer that the token limit cut been right. Hatched: even the shortest right answer does not fit into the token
limit, so that nothing there says anything about reasoning; a dashed upright line says so of one model. Every
mark opens its attempts. N50 is the size solved half the time, with its 95 % interval: centred isotonic regression, as
<code>pegboard collapse</code> has it; answers that were cut count as unsolved. An arrow, and &lt; or &gt;, where it
lies off the sizes that were asked."""
PROGRAMS = """Over the sizes asked in both modes: a circle for moves written out, a square for a program that
returns them; the thin lines are 95 % Wilson intervals. A square far to the right of its circle: the algorithm
is known, carrying it out is what fails."""
FAILURES = """Each bar is one size; the number above it is how many scored attempts it holds. A segment opens
its attempts."""
SURVIVAL = """Kaplan-Meier estimate, with its log-log 95 % interval, of the share of answers whose every move so
far is legal and on a shortest path (or, where shortest paths are not known and the mark says so, legal). Answers
that were cut, given up or finished are censored where they end: being cut is no error. All sizes together; programs
are left out. A curve ends where fewer than 3 or 5 % of its answers are still at risk."""
TOKENS = """Median output tokens (with reasoning) of scored attempts; the band spans the quartiles. A curve that
falls where puzzles grow is a model that tries less."""
COST = """Mean US dollars an attempt at the suite's prices against success with its 95 % Wilson interval, over
all sizes."""
MEMORIZATION = """Success against the score <bdi>{score}</bdi> of a puzzle's statement: the higher, the better it is
memorized. A mark is one model at one variant, over the modes and sizes in which all of the puzzle's variants were
asked: filled where the puzzle is told as it is known, hollow in a disguise. An arrow leads from a model's canonical
puzzle to its disguise: down and to the left, it is both less memorized and less often solved. Differences between
models, puzzles and disguises are still in it: the chart shows, <code>pegboard correlate</code> tests it."""


def _section(name: str, title: str, reading: str, content: str) -> str:
    return (
        f'<section id="{name}"><h2>{title}</h2><p class="reading">{reading}</p>{content}'
        '<p class="none" hidden>Nothing here matches the filters.</p></section>'
    )


def _legend(placed: Placed) -> str:
    items = (
        f'<li data-model="{escape(label)}">{charts.swatch(place)}<bdi>{_text(label)}</bdi></li>'
        for label, place in placed.items()
    )
    return f'<ul class="legend" aria-label="Models">{"".join(items)}</ul>'


def _family_legend(panels: Sequence[Panel]) -> str:
    seen = {name for panel in panels for curve in panel.curves for point in curve.points for name in point.families}
    items = (f"<li>{charts.family_swatch(name)}{title}</li>" for name, (title, _) in FAMILIES.items() if name in seen)
    return f'<ul class="legend" aria-label="Outcomes">{"".join(items)}</ul>'


def _panels(panels: Iterable[Panel], placed: Placed, draw: Callable[[Panel, Placed], str | None]) -> str:
    drawn = ((panel, draw(panel, placed)) for panel in panels)
    figures = [_figure(panel, chart, _heading(panel)) for panel, chart in drawn if chart is not None]
    return _grid(figures)


def _shares(panels: Iterable[Panel]) -> str:
    return _grid(
        [
            _figure(
                panel, charts.shares(panel, curve), f"{_text(curve.label)}<small>{_heading(panel)}</small>", curve.label
            )
            for panel in panels
            for curve in panel.curves
            if curve.points
        ]
    )


def _dumbbells(pairs: Sequence[Dumbbell], placed: Placed) -> str:
    groups: dict[tuple[str, str, str], list[Dumbbell]] = {}
    for pair in pairs:
        groups.setdefault((pair.task, pair.variant, pair.programmed[0]), []).append(pair)
    figures = []
    for (task, variant, mode), group in groups.items():
        panel = Panel(task=task, variant=variant, mode=mode, curves=[])
        title = f"enumerate and {mode}: {task}, {variant}"
        figures.append(_figure(panel, charts.dumbbells(group, placed, title), f"{_heading(panel)} against enumerate"))
    return _grid(figures)


def _memorization(memorized: Memorization, placed: Placed) -> str:
    figures = [
        f'<figure class="panel" data-task="{escape(puzzle.task)}"><figcaption><bdi>{_text(puzzle.task)}</bdi> · '
        f"<bdi>{_text(puzzle.kind)}</bdi></figcaption>{charts.memorization(puzzle, memorized.score, placed)}</figure>"
        for puzzle in memorized.puzzles
    ]
    return _grid(figures) + "".join(f'<p class="hint">{_text(warning)}</p>' for warning in memorized.warnings)


def _grid(figures: Sequence[str]) -> str:
    if not figures:
        return '<p class="empty">The runs hold nothing for this chart.</p>'
    return f'<div class="panels">{"".join(figures)}</div>'


def _figure(panel: Panel, chart: str, heading: str, label: str | None = None) -> str:
    of = f' data-model="{escape(label)}"' if label is not None else ""
    return (
        f'<figure class="panel" data-task="{escape(panel.task)}" data-variant="{escape(panel.variant)}" '
        f'data-mode="{escape(panel.mode)}"{of}><figcaption>{heading}</figcaption>{chart}</figure>'
    )


def _heading(panel: Panel) -> str:
    return f"<bdi>{_text(panel.task)}</bdi> · <bdi>{_text(panel.variant)}</bdi> · <bdi>{_text(panel.mode)}</bdi>"


def _board(found: Findings, placed: Placed) -> str:
    standings = found.standings
    columns = ["task", "variant", "mode", "model", "rank", "tie", "success", "95 % interval", "by instance", "solved",
               "optimal", "general", "strict", "impossible", "over budget", "unmeasured"]  # fmt: skip
    used = [name for name in columns if name in ALWAYS or any(_cell(name, one, placed)[0] for one in standings)]
    head = "".join(f'<th scope="col" data-column="{number}">{escape(name)}</th>' for number, name in enumerate(used))
    rows = "".join(_board_row(one, used, placed) for one in standings)
    hints = " ".join([*found.notes, "⚑ fewer than 95 % of the planned attempts have an outcome."])
    return (
        f'<div class="wide"><table id="board" class="sortable"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody>'
        f'</table></div><p class="hint">{_text(hints)}</p>'
    )


ALWAYS = {"task", "variant", "mode", "model", "success", "95 % interval", "solved"}


def _board_row(one: Standing, columns: Sequence[str], placed: Placed) -> str:
    cells = "".join(
        f'<td data-v="{escape(str(value))}"{NUMERIC if name not in FILTERS else ""}>{html}</td>'
        for name in columns
        for html, value in [_cell(name, one, placed)]
    )
    return (
        f'<tr data-task="{escape(one.task)}" data-variant="{escape(one.variant)}" data-mode="{escape(one.mode)}" '
        f'data-model="{escape(one.label)}"{"" if one.covered else FLAGGED}>{cells}</tr>'
    )


NUMERIC, FLAGGED = ' class="number"', ' class="flagged"'


def _cell(name: str, one: Standing, placed: Placed) -> tuple[str, object]:
    """A cell as HTML, and the value it is sorted by."""
    row = one.row
    scored = row["attempts"] > 0
    match name:
        case "task" | "variant" | "mode":
            value = getattr(one, name)
            return f"<bdi>{_text(value)}</bdi>", value
        case "model":
            link = charts.link("attempts", task=one.task, variant=one.variant, mode=one.mode, model=one.label)
            return (
                f'{charts.swatch(placed[one.label])}<a href="{escape(link)}"><bdi>{_text(one.label)}</bdi></a>',
                one.label,
            )
        case "rank" | "tie" | "by instance" if name in one.shown:
            by = {"rank": "best", "tie": "group", "by instance": "clustered_low"}[name]
            return one.shown[name], row[by] if row[by] is not None else -1
        case "success" if scored:
            return f"{row['success']:.0%}", row["success"]
        case "95 % interval" if scored:
            drawn = charts.interval(Rate(row["solved"], row["attempts"]), placed[one.label])
            return f"{drawn} {100 * row['low']:.0f}-{row['high']:.0%}", row["low"]
        case "solved" if scored:
            return f"{row['solved']:,}/{row['attempts']:,}", row["solved"]
        case "impossible" if row["impossible_asked"]:
            return f"{row['impossible_right']:,}/{row['impossible_asked']:,}", row["impossible_right"]
        case "over budget" if row["over_budget"]:
            return f"{row['over_budget']:,}", row["over_budget"]
        case "unmeasured" if row["unmeasured"]:
            return f"{row['unmeasured']:,}{'' if one.covered else ' ⚑'}", row["unmeasured"]
        case "optimal" | "general" | "strict" if scored and row[name] is not None:
            return f"{row[name]:,}", row[name]
        case _:
            return "" if name not in ALWAYS else "-", -1


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    cells = "".join(f'<th scope="col">{_text(name)}</th>' for name in head)
    body = "".join(f"<tr>{''.join(f'<td>{_text(value)}</td>' for value in row)}</tr>" for row in rows)
    return f'<div class="wide"><table><thead><tr>{cells}</tr></thead><tbody>{body}</tbody></table></div>'


def _s(count: int) -> str:
    return "" if count == 1 else "s"
