"""A study as one page: HTML with drawings in it, that asks nothing of a network and runs no script.

The same study gives the same bytes. Names come from models and files of others: whatever they hold is shown as text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from math import exp, log

import numpy as np

from harness.memorization.correlation import LEVEL, Unit, centred, strata
from harness.memorization.correlation_study import Result, Study
from harness.memorization.correlation_table import odds_line, refusals, test_table, view_table, visible

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
CORRECTORS = {"holm": "Holm", "bh": "Benjamini and Hochberg"}
RATES = (0.001, 0.01, 0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.95, 0.99, 0.999)
SHAPES = ("circle", "square", "triangle", "diamond")
COLOURS = 8
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 660, 400, 72, 16, 14, 48

STYLE = """
:root { color-scheme: light dark; --ink: #1b1b1b; --paper: #fff; --faint: #d5d5d5; --soft: #5c5c5c;
--c0: #0072b2; --c1: #d55e00; --c2: #007a5a; --c3: #b0477f; --c4: #8a6d00; --c5: #3288bd; --c6: #555; --c7: #6a3d9a; }
@media (prefers-color-scheme: dark) { :root { --ink: #ececec; --paper: #161616; --faint: #3d3d3d; --soft: #a8a8a8;
--c0: #56b4e9; --c1: #e69f00; --c2: #2fc79a; --c3: #e58fc0; --c4: #f0e442; --c5: #9ecae1; --c6: #bbb; --c7: #cab2d6; } }
body { background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; max-width: 60rem;
margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
.wide { overflow-x: auto; } table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding: .5rem 0; }
th, td { text-align: right; padding: .25rem .7rem; border-bottom: 1px solid var(--faint); overflow-wrap: normal; }
th:first-child, td:first-child { text-align: left; }
.warning { border-left: .3rem solid var(--c1); padding-left: .7rem; }
figure { margin: 1.5rem 0; } figcaption, .soft { color: var(--soft); font-size: .9rem; }
svg { max-width: 100%; height: auto; } svg text { fill: var(--ink); font: 12px system-ui, sans-serif; }
.grid { stroke: var(--faint); } .arrow { stroke-width: 1.2; fill: none; opacity: .6; } .key { white-space: nowrap; }
"""


@dataclass(frozen=True)
class _Mark:
    """A point of a plot: its place in the units of the axes, its model's number, what is said of it."""

    x: float
    y: float
    model: int
    canonical: bool
    said: str


@dataclass(frozen=True)
class _Axes:
    """From numbers to the drawing's places."""

    x: tuple[float, float]
    y: tuple[float, float]

    def across(self, value: float) -> float:
        low, high = self.x
        return LEFT + (value - low) / (high - low) * (WIDTH - LEFT - RIGHT)

    def down(self, value: float) -> float:
        low, high = self.y
        return HEIGHT - BOTTOM - (value - low) / (high - low) * (HEIGHT - TOP - BOTTOM)


def page(made: Study) -> str:
    """The whole page, in UTF-8."""
    body = "\n".join(line for result in made.results for line in _section(result, len(made.results) > 1))
    notes = "\n".join(_warning(warning) for warning in made.warnings)
    settings = made.settings
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Success and memorization</title>
<style>{STYLE}</style>
</head>
<body>
<h1>Success and memorization</h1>
<p>Does a model solve what it has memorized? Effects of models, puzzles and variants are taken away; what
is left is tested by permuting variants, at the level of {LEVEL:.0%}. Higher scores mean more memorized. Several scores
are corrected by {CORRECTORS[settings.correction]}; seed {settings.seed}.</p>
{notes}
{body}
<p class="soft">An association is no cause. Without one, no more is known than that none larger than the detectable
effect is likely.</p>
</body>
</html>
"""


def _shown(text: str) -> str:
    """Any text as text: marks of HTML escaped, what cannot be seen written as its code."""
    return escape(visible(text))


def _warning(text: str) -> str:
    return f'<p class="warning">{_shown(text)}</p>'


def _section(result: Result, several: bool) -> Iterator[str]:
    units = result.joined.units
    models = sorted({unit.model for unit in units})
    yield f"<h2>{_shown(result.score)} of {_shown(result.text_kind)} texts</h2>"
    yield from (_warning(warning) for warning in result.warnings)
    yield from _tests(result, several)
    if units:
        yield _key(models)
        yield _figure(
            _scatter(_raw(units, models), _arrows(units, models), result.score, "success"),
            "Success against the score. Filled: canonical; hollow: disguised; an arrow leads from a model's canonical "
            "puzzle to its disguise. Differences between models and puzzles are still in it.",
        )
        left = _left(units, models)
        if left:
            yield _figure(
                _scatter(left, [], f"{result.score}, what is left", "logits of success, what is left", rates=False),
                "What is tested: the same, less what a model has in common over a puzzle's variants and a variant "
                "over the models.",
            )
    yield from _views(result)
    if result.left_out:
        yield "<h3>Left out</h3><ul>" + "".join(f"<li>{_shown(what)}</li>" for what in result.left_out) + "</ul>"


def _tests(result: Result, several: bool) -> Iterator[str]:
    yield _table("Tests", *test_table(result, several))
    yield from (_warning(refusal) for refusal in refusals(result))


def _views(result: Result) -> Iterator[str]:
    yield _table("Pooled and stratified, beside length and size", *view_table(result))
    if (odds := odds_line(result)) is not None:
        yield f"<p>{_shown(odds)}.</p>"


def _table(caption: str, header: Sequence[str], body: Sequence[Sequence[str]]) -> str:
    head = "".join(f'<th scope="col">{_shown(cell)}</th>' for cell in header)
    rows = "".join("<tr>" + "".join(f"<td>{_shown(cell)}</td>" for cell in row) + "</tr>" for row in body)
    return (
        f'<div class="wide"><table><caption>{_shown(caption)}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _figure(drawing: str, caption: str) -> str:
    return f"<figure>{drawing}<figcaption>{_shown(caption)}</figcaption></figure>"


def _key(models: Sequence[str]) -> str:
    entries = [
        f'<span class="key"><svg width="16" height="14" aria-hidden="true">{_shape(8, 7, number, True, "")}</svg> '
        f"{_shown(model)}</span>"
        for number, model in enumerate(models)
    ]
    return f"<p>{' &#160; '.join(entries)}</p>"


def _raw(units: Sequence[Unit], models: Sequence[str]) -> list[_Mark]:
    return [_mark(unit, unit.score, unit.outcome, models, f"{_rate(unit.outcome):.0%}") for unit in units]


def _mark(unit: Unit, x: float, y: float, models: Sequence[str], outcome: str) -> _Mark:
    said = f"{unit.model}, {unit.structure}, {unit.variant}: success {outcome}, score {unit.score:.4g}"
    return _Mark(x, y, models.index(unit.model), unit.canonical, said)


def _rate(logit: float) -> float:
    return 1 / (1 + exp(-max(-700.0, min(700.0, logit))))


def _arrows(units: Sequence[Unit], models: Sequence[str]) -> list[tuple[int, Unit, Unit]]:
    """By the model's number, from each canonical unit to its disguises."""
    bare = {(unit.model, unit.structure): unit for unit in units if unit.canonical}
    return [
        (models.index(unit.model), bare[unit.model, unit.structure], unit)
        for unit in units
        if not unit.canonical and (unit.model, unit.structure) in bare
    ]


def _left(units: Sequence[Unit], models: Sequence[str]) -> list[_Mark]:
    """What ``centred`` leaves of each unit."""
    marks = []
    for stratum in strata(units)[0]:
        outcome, score = centred(stratum.outcome), centred(stratum.score)
        for (row, column), y in np.ndenumerate(outcome):
            model, variant = stratum.models[row], stratum.variants[column]
            said = f"{model}, {stratum.name}, {variant}: {y:+.2f} logits, score {score[row, column]:+.4g}"
            marks.append(_Mark(float(score[row, column]), float(y), models.index(model), "." not in variant, said))
    return marks


def _scatter(
    marks: Sequence[_Mark], arrows: Sequence[tuple[int, Unit, Unit]], across: str, up: str, *, rates: bool = True
) -> str:
    axes = _Axes(_range([mark.x for mark in marks]), _range([mark.y for mark in marks]))
    lines = [
        f'<path class="arrow" style="stroke:{_colour(model)}" d="{_arrow(axes, bare, worn)}"/>'
        for model, bare, worn in arrows
    ]
    shapes = [_shape(axes.across(m.x), axes.down(m.y), m.model, m.canonical, m.said) for m in marks]
    drawn = "".join([_frame(axes, across, up, rates), *lines, *shapes])
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img" '
        f'aria-label="{_shown(f"{up} against {across}")}">{drawn}</svg>'
    )


def _range(values: Sequence[float]) -> tuple[float, float]:
    low, high = min(values), max(values)
    room = (high - low) * 0.06 or max(1.0, abs(high)) * 0.5
    return low - room, high + room


def _frame(axes: _Axes, across: str, up: str, rates: bool) -> str:
    """Grid, ticks and names of the axes."""
    ticks = [(log(rate / (1 - rate)), f"{rate:.1%}".replace(".0%", "%")) for rate in RATES] if rates else _ticks(axes.y)
    parts = []
    for value, label in ticks:
        if axes.y[0] <= value <= axes.y[1]:
            y = axes.down(value)
            parts.append(f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
            parts.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{label}</text>')
    for value, label in _ticks(axes.x):
        x = axes.across(value)
        parts.append(f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{HEIGHT - BOTTOM}"/>')
        parts.append(f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 17}" text-anchor="middle">{label}</text>')
    middle = (TOP + HEIGHT - BOTTOM) / 2
    parts.append(
        f'<text x="{(LEFT + WIDTH - RIGHT) / 2:.1f}" y="{HEIGHT - 8}" text-anchor="middle">{_shown(across)}</text>'
    )
    turned = f'transform="rotate(-90 16 {middle:.1f})"'
    parts.append(f'<text x="16" y="{middle:.1f}" text-anchor="middle" {turned}>{_shown(up)}</text>')
    return "".join(parts)


def _ticks(span: tuple[float, float]) -> list[tuple[float, str]]:
    """Round numbers within a span, about five."""
    rough = (span[1] - span[0]) / 5
    power = 10.0 ** np.floor(np.log10(rough))
    step = float(next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough))
    first, last = int(np.ceil(span[0] / step)), int(np.floor(span[1] / step))
    return [(number * step, f"{number * step:.6g}") for number in range(first, last + 1)]


def _arrow(axes: _Axes, bare: Unit, worn: Unit) -> str:
    """A line with a head, a little short of the mark that it leads to."""
    start = np.array([axes.across(bare.score), axes.down(bare.outcome)])
    way = np.array([axes.across(worn.score), axes.down(worn.outcome)]) - start
    length = float(np.hypot(*way))
    if length < 12:
        return ""
    along = way / length
    side = np.array([-along[1], along[0]])
    tip = start + along * (length - 6)
    wings = [tip - along * 6 + side * turn for turn in (3, -3)]
    places = [start, tip, wings[0], tip, wings[1]]
    return "".join(f"{'ML'[i > 0]}{x:.1f} {y:.1f}" for i, (x, y) in enumerate(places))


def _colour(model: int) -> str:
    return f"var(--c{model % COLOURS})"


def _shape(x: float, y: float, model: int, filled: bool, said: str) -> str:
    """A mark whose colour and shape both tell the model."""
    fill = _colour(model) if filled else "var(--paper)"
    style = f'style="fill:{fill};stroke:{_colour(model)};stroke-width:1.6"'
    corners = {
        "square": [(-4, -4), (4, -4), (4, 4), (-4, 4)],
        "triangle": [(0, -5), (5, 4), (-5, 4)],
        "diamond": [(0, -6), (5, 0), (0, 6), (-5, 0)],
    }.get(SHAPES[(model + model // COLOURS) % len(SHAPES)])
    title = f"<title>{_shown(said)}</title>" if said else ""
    if corners is None:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" {style}>{title}</circle>'
    points = " ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in corners)
    return f'<polygon points="{points}" {style}>{title}</polygon>'
