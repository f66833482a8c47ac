"""Charts as SVG text: every mark has a title that says its numbers, and a link to the attempts behind it.

Colours and strokes are classes of report.css: ``c0`` to ``c6`` a model's colour, ``d0`` to ``d3`` its dashes. A model
is told by colour, dash and the shape of its marks, so that none is needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from math import ceil, floor, hypot, inf, log10
from urllib.parse import urlencode

from harness.analysis.crossing import Crossing, shown
from harness.analysis.hazard import Survival
from harness.analysis.rates import wilson
from harness.report.data import FAMILIES, Curve, Dumbbell, Panel, Point, Rate
from harness.report.memorization import Puzzle, Version

WIDTH, HEIGHT = 400, 250
LEFT, RIGHT, TOP, BOTTOM = 44, 12, 12, 38
COLOURS, DASHES, SHAPES = 7, 4, 7
MOST_TICKS = 12
DODGE = 2.5
SHORT = 7
"""So far from a mark's middle an arrow ends."""
ROW, N50_ROOM = 15, 112
"""Of the rows below a chart that tell the models' N50: their height, and how wide the text is."""

Placed = Mapping[str, int]
"""A model's label to its place in the order of colours."""


@dataclass(frozen=True, kw_only=True)
class Axis:
    """From values to places on the picture."""

    low: float
    high: float
    start: float
    end: float
    ticks: Sequence[tuple[float, str]]
    title: str
    logarithmic: bool = False

    def __call__(self, value: float) -> float:
        low, high = (log10(self.low), log10(self.high)) if self.logarithmic else (self.low, self.high)
        value = log10(max(value, self.low)) if self.logarithmic else value
        share = (value - low) / (high - low) if high > low else 0.5
        return self.start + min(1.0, max(0.0, share)) * (self.end - self.start)


@dataclass(frozen=True, kw_only=True)
class Mark:
    x: float
    y: float
    low: float
    high: float
    tip: str
    link: str
    most: float | None = None
    """Where it would be had everything that the token limit cut been right; None where nothing was cut."""


@dataclass(frozen=True, kw_only=True)
class Line:
    label: str
    place: int
    marks: Sequence[Mark]
    beside: float = 0
    """How far it is moved sideways, so that equal curves do not hide one another."""


def success(panel: Panel, placed: Placed) -> str:
    """Success against size with Wilson bands; hatched where the shortest answer does not fit for any model. Below, each
    model's N50 with its interval."""
    x = sizes_axis(panel.sizes)
    y = percent_axis("solved")
    lines = _dodged([_success_line(panel, curve, placed) for curve in panel.curves])
    known = [(curve, curve.n50) for curve in panel.curves if curve.n50 is not None]
    return _framed(
        f"Success against size: {_named(panel)}",
        [
            _floors(panel, placed, x, y),
            _axes(x, y),
            *(_drawn(line, x, y, band=True) for line in lines),
            *(_n50(curve, n50, placed[curve.label], x, HEIGHT + ROW * (row + 0.5))
              for row, (curve, n50) in enumerate(known)),
        ],
        height=HEIGHT + ROW * len(known),
    )  # fmt: skip


def _n50(curve: Curve, n50: Crossing, place: int, x: Axis, y: float) -> str:
    """A row of its own: a mark if the value lies among the sizes asked, its interval, an arrow at an end that does
    not."""
    found = n50.estimate
    low, high = (-inf if found.low is None else found.low), (inf if found.high is None else found.high)
    left, right = x(max(low, curve.points[0].size)), x(min(high, curve.points[-1].size))
    first = f"M{_n(left + 4)} {_n(y - 3.5)}l-4 3.5l4 3.5" if low == -inf else f"M{_n(left)} {_n(y - 3.5)}v7"
    last = f"M{_n(right - 4)} {_n(y - 3.5)}l4 3.5l-4 3.5" if high == inf else f"M{_n(right)} {_n(y - 3.5)}v7"
    after = x.end - right >= left - x.start
    beside, anchor = (min(right + 9, WIDTH - N50_ROOM), "start") if after else (max(left - 9, LEFT + N50_ROOM), "end")
    tip = (
        f"{curve.label}: N50 {shown(n50)}, the size solved half the time and its 95 % interval; {found.method}; "
        f"n = {found.n}{'' if found.clusters is None else f', {found.clusters} instances'}; target: {found.target}"
    )
    mark = marker(place, x(found.value), y) if found.value is not None else ""
    return (
        f'<g data-model="{escape(curve.label)}" class="{_strokes(place)}"><title>{escape(tip)}</title>'
        f'<text x="{LEFT - 6}" y="{_n(y + 3.5)}" text-anchor="end">N50</text>'
        f'<path class="whisker" d="M{_n(left)} {_n(y)}H{_n(right)}{first}{last}"/>{mark}'
        f'<text class="value" x="{_n(beside)}" y="{_n(y + 3.5)}" text-anchor="{anchor}">'
        f"{escape(shown(n50))}</text></g>"
    )


def _success_line(panel: Panel, curve: Curve, placed: Placed) -> Line:
    marks = []
    for point in curve.points:
        low, high = point.rate.interval
        cut = point.families.get("truncated", 0)
        marks.append(
            Mark(
                x=point.size,
                y=100 * point.rate.value,
                low=100 * low,
                high=100 * high,
                tip=f"{curve.label}, size {point.size}: {told(point.rate)}{f'; {cut} cut' if cut else ''}",
                link=attempts_link(panel, curve.label, size=point.size),
                most=100 * (point.rate.solved + cut) / point.rate.attempts if cut else None,
            )
        )
    return Line(label=curve.label, place=placed[curve.label], marks=marks)


def _dodged(lines: Sequence[Line]) -> list[Line]:
    """Side by side, a few pixels apart."""
    middle = (len(lines) - 1) / 2
    return [replace(line, beside=DODGE * (number - middle)) for number, line in enumerate(lines)]


def _floors(panel: Panel, placed: Placed, x: Axis, y: Axis) -> str:
    """Where answers cannot fit: a hatched ground where that is so for every model, a dashed line for each other."""
    floors = {curve.label: min(curve.over_budget) for curve in panel.curves if curve.over_budget}
    if not floors:
        return ""
    parts = []
    common = max(floors.values()) if len(floors) == len(panel.curves) else None
    if common is not None:
        left, right = max(x.start, x(common - 0.5)), x.end
        parts.append(
            f'<rect class="floor" x="{_n(left)}" y="{_n(y.end)}" width="{_n(right - left)}" '
            f'height="{_n(y.start - y.end)}"><title>from size {common} on, the shortest answer does not fit into the '
            "token limit of any model</title></rect>"
        )
        parts.append(f'<text class="note" x="{_n(right - 4)}" y="{_n(y.end + 11)}" text-anchor="end">cannot fit</text>')
    for label, size in floors.items():
        if size != common:
            at = _n(x(size - 0.5))
            parts.append(
                f'<g data-model="{escape(label)}"><path class="limit {_strokes(placed[label])}" '
                f'd="M{at} {_n(y.start)}V{_n(y.end)}"><title>{escape(label)}: from size {size} on, the shortest '
                "answer does not fit into its token limit</title></path></g>"
            )
    return "".join(parts)


def tokens(panel: Panel, placed: Placed) -> str | None:
    """Median output tokens against size, with quartiles; None where no provider counted."""
    lines = []
    for curve in panel.curves:
        marks = [
            Mark(
                x=point.size,
                y=point.tokens.median,
                low=point.tokens.low,
                high=point.tokens.high,
                tip=f"{curve.label}, size {point.size}: median {point.tokens.median:,.0f} output tokens, quartiles "
                f"{point.tokens.low:,.0f} to {point.tokens.high:,.0f}, n = {point.tokens.count}",
                link=attempts_link(panel, curve.label, size=point.size),
            )
            for point in curve.points
            if point.tokens is not None
        ]
        if marks:
            lines.append(Line(label=curve.label, place=placed[curve.label], marks=marks))
    if not lines:
        return None
    x = sizes_axis(panel.sizes)
    y = log_axis([v for line in lines for m in line.marks for v in (m.low, m.high)], "output tokens", vertical=True)
    lines = _dodged(lines)
    return _framed(
        f"Output tokens against size: {_named(panel)}",
        [_axes(x, y), *(_drawn(line, x, y, band=True) for line in lines)],
    )


def cost(panel: Panel, placed: Placed) -> str | None:
    """Success against US dollars an attempt; None where no price is known."""
    lines = []
    for curve in panel.curves:
        if curve.cost is None or curve.cost <= 0:
            continue
        low, high = curve.rate.interval
        tip = f"{curve.label}: ${curve.cost:.4g} an attempt, {told(curve.rate)}"
        mark = Mark(
            x=curve.cost,
            y=100 * curve.rate.value,
            low=100 * low,
            high=100 * high,
            tip=tip,
            link=attempts_link(panel, curve.label),
        )
        lines.append(Line(label=curve.label, place=placed[curve.label], marks=[mark]))
    if not lines:
        return None
    x = log_axis([line.marks[0].x for line in lines], "US dollars an attempt", vertical=False)
    y = percent_axis("solved")
    return _framed(
        f"Success against cost: {_named(panel)}", [_axes(x, y), *(_drawn(line, x, y, bars=True) for line in lines)]
    )


def survival(panel: Panel, placed: Placed) -> str | None:
    """The share of answers still right after so many moves; None where no moves are written out."""
    curves = [(curve, curve.survival) for curve in panel.curves if curve.survival is not None]
    if not curves:
        return None
    longest = max(steps.moves[-1] for _, steps in curves)
    x = log_axis([1, max(2, longest)], "moves", vertical=False)
    y = percent_axis("still right")
    parts = [_axes(x, y)]
    for curve, steps in curves:
        still = "still on a shortest path" if curve.by_distance else "without an illegal move"
        tip = (
            f"{curve.label}: {steps.share[-1]:.0%} (95 % interval {steps.low[-1]:.0%} to {steps.high[-1]:.0%}) {still} "
            f"after {steps.moves[-1]:,} moves; n = {curve.followed}"
        )
        parts.append(_stepped(curve.label, steps, placed[curve.label], x, y, tip, attempts_link(panel, curve.label)))
    return _framed(f"Survival to the first wrong move: {_named(panel)}", parts)


def _stepped(label: str, steps: Survival, place: int, x: Axis, y: Axis, tip: str, link: str) -> str:
    path, upper = ([f"M{_n(x.start)} {_n(y(100))}"] for _ in range(2))
    lower, before = list[str](), 100.0
    for moves, share, low, high in zip(steps.moves, steps.share, steps.low, steps.high, strict=True):
        at = _n(x(moves))
        path.append(f"H{at}V{_n(y(100 * share))}")
        upper.append(f"H{at}V{_n(y(100 * high))}")
        lower.append(f"L{at} {_n(y(100 * low))}L{at} {_n(y(before))}")
        before = 100 * low
    return (
        f'<g data-model="{escape(label)}" class="{_strokes(place)}">'
        f'<path class="band" d="{"".join(upper)}{"".join(reversed(lower))}Z"/><path class="line" d="{"".join(path)}"/>'
        f'<a href="{escape(link)}"><title>{escape(tip)}</title>'
        f"{marker(place, x(steps.moves[-1]), y(100 * steps.share[-1]))}</a></g>"
    )


def memorization(puzzle: Puzzle, score: str, placed: Placed) -> str:
    """Success against a score of memorization, with an arrow from each model's canonical puzzle to its disguises."""
    x = score_axis([one.score for one in puzzle.versions], score)
    y = percent_axis("solved")
    arrows = (
        f'<g data-model="{escape(bare.label)}" class="{_strokes(placed[bare.label])}">'
        f'<path class="arrow" d="{path}"/></g>'
        for bare, worn in puzzle.arrows
        if (path := _arrow((x(bare.score), y(100 * bare.rate)), (x(worn.score), y(100 * worn.rate))))
    )
    marks = (_version(puzzle, one, score, placed[one.label], x, y) for one in puzzle.versions)
    return _framed(f"Success against {score}: {puzzle.task}, {puzzle.kind}", [_axes(x, y), *arrows, *marks])


def _version(puzzle: Puzzle, one: Version, score: str, place: int, x: Axis, y: Axis) -> str:
    low, high = wilson(one.rate * one.attempts, one.attempts)
    tip = (
        f"{one.label}, {one.variant}: {one.rate:.0%} solved (95 % Wilson interval {low:.0%} to {high:.0%}; "
        f"n = {one.attempts}; target: these instances), {score} {one.score:.4g}"
    )
    to = link("attempts", task=puzzle.task, variant=one.variant, model=one.label, marked="no")
    return (
        f'<g data-model="{escape(one.label)}" class="{_strokes(place)}{"" if one.canonical else " disguised"}">'
        f'<a href="{escape(to)}"><title>{escape(tip)}</title>{marker(place, x(one.score), y(100 * one.rate))}</a></g>'
    )


def _arrow(start: tuple[float, float], end: tuple[float, float]) -> str:
    """A line with a head, a little short of the mark that it leads to; nothing between marks that touch."""
    across, down = end[0] - start[0], end[1] - start[1]
    length = hypot(across, down)
    if length < 2 * SHORT:
        return ""
    across, down = across / length, down / length
    tip = end[0] - SHORT * across, end[1] - SHORT * down
    wings = [(tip[0] - 6 * across + turn * down, tip[1] - 6 * down - turn * across) for turn in (3, -3)]
    places = [start, tip, wings[0], tip, wings[1]]
    return "".join(f"{'L' if number else 'M'}{_n(at)} {_n(to)}" for number, (at, to) in enumerate(places))


def shares(panel: Panel, curve: Curve) -> str:
    """How attempts ended, a bar a size: a column of counts under each."""
    height, top, bottom = 190, 18, 36
    x = sizes_axis(panel.sizes)
    y = percent_axis("share", start=height - bottom, end=top)
    sizes = panel.sizes
    room = (x.end - x.start) / max(1, sizes[-1] - sizes[0] + 1) if sizes else 30
    width = max(4.0, min(34.0, 0.8 * room))
    bars = [bar for point in curve.points for bar in _bar(panel, curve, point, x(point.size), width, y)]
    return _framed(
        f"How attempts ended: {curve.label}, {_named(panel)}", [_axes(x, y, grid=False), *bars], height=height
    )


def _bar(panel: Panel, curve: Curve, point: Point, middle: float, width: float, y: Axis) -> Iterator[str]:
    at = 0.0
    for family, (name, _) in FAMILIES.items():
        count = point.families.get(family, 0)
        if not count:
            continue
        share = 100 * count / point.rate.attempts
        tip = f"size {point.size}: {name} {count} of {point.rate.attempts}"
        link = attempts_link(panel, curve.label, size=point.size, ended=family)
        yield (
            f'<a href="{escape(link)}"><title>{escape(tip)}</title><rect class="f-{family}" '
            f'x="{_n(middle - width / 2)}" y="{_n(y(at + share))}" width="{_n(width)}" '
            f'height="{_n(y(at) - y(at + share))}"/></a>'
        )
        at += share
    yield f'<text class="count" x="{_n(middle)}" y="{_n(y.end - 5)}" text-anchor="middle">{point.rate.attempts}</text>'


def dumbbells(pairs: Sequence[Dumbbell], placed: Placed, title: str) -> str:
    """Each model's success at moves (hollow) and at a program (filled), with their intervals."""
    row, top = 34, 12
    left = 150
    height = top + row * len(pairs) + BOTTOM
    x = percent_axis("solved", start=left, end=WIDTH - RIGHT)
    parts = [_bottom_axis(x, height - BOTTOM, top)]
    for number, pair in enumerate(pairs):
        y = top + row * number + row / 2
        listed, programmed = pair.listed[1], pair.programmed[1]
        name = pair.label if len(pair.label) <= 24 else f"…{pair.label[-23:]}"
        tips = [f"{pair.label}, {mode}: {told(rate)}" for mode, rate in (pair.listed, pair.programmed)]
        parts.append(
            f'<g data-model="{escape(pair.label)}" class="{_strokes(placed[pair.label])}">'
            f'<text class="name" x="{left - 10}" y="{_n(y + 4)}" text-anchor="end">{escape(name)}'
            f"<title>{escape(pair.label)}</title></text>"
            f'<path class="arm" d="M{_n(x(100 * listed.value))} {_n(y)}H{_n(x(100 * programmed.value))}"/>'
            f"{_whisker(listed, x, y - 5)}{_whisker(programmed, x, y + 5)}"
            f'<a href="{escape(_pair_link(pair, "enumerate"))}"><title>{escape(tips[0])}</title>'
            f'<circle class="hollow" cx="{_n(x(100 * listed.value))}" cy="{_n(y)}" r="5"/></a>'
            f'<a href="{escape(_pair_link(pair, pair.programmed[0]))}"><title>{escape(tips[1])}</title>'
            f'<rect class="mark" x="{_n(x(100 * programmed.value) - 4.5)}" y="{_n(y - 4.5)}" width="9" height="9"/></a>'
            "</g>"
        )
    return _framed(title, parts, height=height)


def _whisker(rate: Rate, x: Axis, y: float) -> str:
    low, high = rate.interval
    return f'<path class="whisker" d="M{_n(x(100 * low))} {_n(y)}H{_n(x(100 * high))}"/>'


def _pair_link(pair: Dumbbell, mode: str) -> str:
    return link("attempts", task=pair.task, variant=pair.variant, mode=mode, model=pair.label)


def interval(rate: Rate, place: int) -> str:
    """A rate with its interval on a rule from 0 to 100 %, as tall as a line of text."""
    low, high = rate.interval
    x = percent_axis("", start=6, end=114)
    return (
        '<svg class="rule" viewBox="0 0 120 16" width="120" height="16" aria-hidden="true">'
        '<path class="axis" d="M6 8H114M6 5V11M60 5V11M114 5V11"/>'
        f'<g class="{_strokes(place)}"><path class="span" d="M{_n(x(100 * low))} 8H{_n(x(100 * high))}"/>'
        f"{marker(place, x(100 * rate.value), 8)}</g></svg>"
    )


def swatch(place: int) -> str:
    """A model's line and mark, for a legend."""
    return (
        f'<svg class="swatch {_strokes(place)}" viewBox="0 0 28 14" width="28" height="14" aria-hidden="true">'
        f'<path class="line" d="M1 7H27"/>{marker(place, 14, 7)}</svg>'
    )


def family_swatch(family: str) -> str:
    return (
        '<svg class="swatch" viewBox="0 0 28 14" width="28" height="14" aria-hidden="true">'
        f'<rect class="f-{family}" x="1" y="1" width="26" height="12"/></svg>'
    )


def patterns() -> str:
    """The grounds of outcomes, told apart by hatching as well as by colour; used by every chart of the page."""
    lines = {
        "solved": "",
        "illegal": "M0 0L8 8M-2 6L2 10M6 -2L10 2",
        "wrong": "M0 8L8 0M-2 2L2 -2M6 10L10 6",
        "truncated": "M0 4H8",
        "gave_up": "M4 0V8",
        "claimed": "M0 4H8M4 0V8",
        "code": "M0 0L8 8M0 8L8 0",
        "unread": "M2 2h1M6 6h1",
        "refused": "M0 2H8M0 6H8",
        "floor": "M0 8L8 0M-2 2L2 -2M6 10L10 6",
    }
    tiles = (
        f'<pattern id="p-{name}" width="8" height="8" patternUnits="userSpaceOnUse"><rect class="g-{name}" width="8" '
        f'height="8"/><path class="h-{name}" d="{path}"/></pattern>'
        for name, path in lines.items()
    )
    return f'<svg class="patterns" width="0" height="0" aria-hidden="true"><defs>{"".join(tiles)}</defs></svg>'


def told(rate: Rate) -> str:
    low, high = rate.interval
    return (
        f"{rate.solved} of {rate.attempts} solved, {rate.value:.0%} (95 % Wilson interval {low:.0%} to {high:.0%}; "
        "target: these instances)"
    )


def link(view: str, **chosen: object) -> str:
    """An address within the page."""
    return f"#/{view}?{urlencode({name: value for name, value in chosen.items() if value is not None})}"


def attempts_link(panel: Panel, label: str, size: int | None = None, ended: str | None = None) -> str:
    return link(
        "attempts",
        task=panel.task,
        variant=panel.variant,
        mode=panel.mode,
        model=label,
        size=size,
        ended=ended,
        marked="no",
    )


def sizes_axis(sizes: Sequence[int]) -> Axis:
    low, high = (sizes[0], sizes[-1]) if sizes else (0, 1)
    stride = ceil(len(sizes) / MOST_TICKS) if sizes else 1
    ticks = [(size, f"{size:,}") for size in sizes[::stride]]
    return Axis(low=low - 0.5, high=high + 0.5, start=LEFT, end=WIDTH - RIGHT, ticks=ticks, title="size")


def percent_axis(title: str, start: float = HEIGHT - BOTTOM, end: float = TOP) -> Axis:
    ticks = [(value, f"{value}%") for value in (0, 25, 50, 75, 100)]
    return Axis(low=0, high=100, start=start, end=end, ticks=ticks, title=title)


def score_axis(values: Sequence[float], title: str) -> Axis:
    """As far as the values go, with round ticks, about five."""
    room = 0.06 * (max(values) - min(values)) or 0.5 * max(1.0, abs(values[0]))
    low, high = min(values) - room, max(values) + room
    power = 10.0 ** floor(log10((high - low) / 5))
    step = next(power * factor for factor in (1, 2, 5, 10) if 5 * power * factor >= (high - low) * 0.999)
    ticks = [(step * number, f"{step * number:.6g}") for number in range(ceil(low / step), floor(high / step) + 1)]
    return Axis(low=low, high=high, start=LEFT, end=WIDTH - RIGHT, ticks=ticks, title=title)


def log_axis(values: Iterable[float], title: str, *, vertical: bool) -> Axis:
    known = [value for value in values if value > 0] or [1.0]
    low, high = 10.0 ** floor(log10(min(known))), 10.0 ** ceil(log10(max(known)))
    high = high if high > low else 10 * low
    decades = range(round(log10(low)), round(log10(high)) + 1)
    stride = ceil(len(decades) / 7)
    steps = (1, 2, 5) if len(decades) <= 3 else (1,)
    values = [step * 10.0**decade for decade in decades[::stride] for step in steps]
    ticks = [(value, _short(value)) for value in values if value <= 1.001 * high]
    start, end = (HEIGHT - BOTTOM, TOP) if vertical else (LEFT, WIDTH - RIGHT)
    return Axis(low=low, high=high, start=start, end=end, ticks=ticks, title=title, logarithmic=True)


def _short(value: float) -> str:
    for unit, name in ((1e6, "M"), (1e3, "k")):
        if value >= unit:
            return f"{value / unit:g}{name}"
    return f"{value:g}"


def _drawn(line: Line, x: Axis, y: Axis, *, band: bool = False, bars: bool = False) -> str:
    marks = line.marks
    places = [x(mark.x) + line.beside for mark in marks]
    parts = []
    if band and len(marks) > 1:
        upper = [f"{_n(at)} {_n(y(m.high))}" for at, m in zip(places, marks, strict=True)]
        lower = [f"{_n(at)} {_n(y(m.low))}" for at, m in zip(places, marks, strict=True)]
        parts.append(f'<path class="band" d="M{"L".join([*upper, *reversed(lower)])}Z"/>')
    if bars or len(marks) == 1:
        ends = ((at, y(m.low), y(m.high)) for at, m in zip(places, marks, strict=True))
        parts += [f'<path class="whisker" d="M{_n(at)} {_n(low)}V{_n(high)}"/>' for at, low, high in ends]
    if len(marks) > 1:
        through = (f"{_n(at)} {_n(y(m.y))}" for at, m in zip(places, marks, strict=True))
        parts.append(f'<path class="line" d="M{"L".join(through)}"/>')
    for at, mark in zip(places, marks, strict=True):
        if mark.most is not None:
            parts.append(f'<path class="bound" d="M{_n(at)} {_n(y(mark.y))}V{_n(y(mark.most))}m-4 0h8"/>')
        shape = marker(line.place, at, y(mark.y))
        parts.append(f'<a href="{escape(mark.link)}"><title>{escape(mark.tip)}</title>{shape}</a>')
    return f'<g data-model="{escape(line.label)}" class="{_strokes(line.place)}">{"".join(parts)}</g>'


def marker(place: int, x: float, y: float) -> str:
    """Circle, square, triangle, diamond, downward triangle, cross or star, by a model's place."""
    r, shape = 4.2, (place + place // COLOURS) % SHAPES
    if shape == 0:
        return f'<circle class="mark" cx="{_n(x)}" cy="{_n(y)}" r="{r}"/>'
    outlines = (
        f"M{_n(x - 3.8)} {_n(y - 3.8)}h7.6v7.6h-7.6Z",
        f"M{_n(x)} {_n(y - 5)}l5 8.6h-10Z",
        f"M{_n(x)} {_n(y - 5.6)}l5.6 5.6l-5.6 5.6l-5.6 -5.6Z",
        f"M{_n(x)} {_n(y + 5)}l5 -8.6h-10Z",
        f"M{_n(x - 1.6)} {_n(y - 5)}h3.2v3.4h3.4v3.2h-3.4v3.4h-3.2v-3.4h-3.4v-3.2h3.4Z",
        f"M{_n(x)} {_n(y - 6)}l1.8 4.2l4.2 1.8l-4.2 1.8l-1.8 4.2l-1.8 -4.2l-4.2 -1.8l4.2 -1.8Z",
    )
    return f'<path class="mark" d="{outlines[shape - 1]}"/>'


def _strokes(place: int) -> str:
    return f"c{place % COLOURS} d{place // COLOURS % DASHES}"


def _axes(x: Axis, y: Axis, *, grid: bool = True) -> str:
    parts = [_bottom_axis(x, y.start, y.end if grid and x.logarithmic else y.start)]
    for value, label in y.ticks:
        at = _n(y(value))
        parts.append(f'<path class="grid" d="M{_n(x.start)} {at}H{_n(x.end)}"/>')
        parts.append(f'<text x="{_n(x.start - 6)}" y="{_n(y(value) + 3.5)}" text-anchor="end">{label}</text>')
    if y.logarithmic:
        parts.append(f'<text class="axis-title" x="{_n(x.start + 4)}" y="{_n(y.end - 3)}">{escape(y.title)}</text>')
    return "".join(parts)


def _bottom_axis(x: Axis, bottom: float, top: float) -> str:
    parts = [f'<path class="axis" d="M{_n(x.start)} {_n(bottom)}H{_n(x.end)}"/>']
    for value, label in x.ticks:
        at = _n(x(value))
        parts.append(f'<path class="grid" d="M{at} {_n(bottom + 4)}V{_n(top)}"/>')
        parts.append(f'<text x="{at}" y="{_n(bottom + 15)}" text-anchor="middle">{label}</text>')
    middle = _n((x.start + x.end) / 2)
    parts.append(
        f'<text class="axis-title" x="{middle}" y="{_n(bottom + 31)}" text-anchor="middle">{escape(x.title)}</text>'
    )
    return "".join(parts)


def _framed(title: str, parts: Iterable[str], height: float = HEIGHT) -> str:
    return (
        f'<svg class="chart" viewBox="0 0 {WIDTH} {_n(height)}" role="group" aria-label="{escape(title)}">'
        f"{''.join(parts)}</svg>"
    )


def _named(panel: Panel) -> str:
    return f"{panel.task}, {panel.variant}, {panel.mode}"


def _n(value: float) -> str:
    """A coordinate, to a tenth."""
    return f"{value:.1f}".removesuffix(".0")
