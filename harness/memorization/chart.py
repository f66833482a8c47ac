"""A line chart as SVG, in the colours of the page around it: ``--ink``, ``--faint`` and ``--c0`` to ``--c7``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10

WIDTH, HEIGHT = 760, 340
LEFT, RIGHT, TOP, BOTTOM = 70, 230, 12, 46
"""Room around the plot: for the numbers, the names of the curves, and the axes' names."""

COLOURS = 8


@dataclass(frozen=True)
class Curve:
    name: str
    points: Sequence[tuple[float, float]]
    joined: bool = True
    """By a line; else dots alone."""
    dashed: bool = False
    """A line without dots."""


def chart(curves: Sequence[Curve], across: str, up: str, *, logarithmic: bool = False) -> str:
    """The curves over one another; an empty text where there are no points.

    across, up: the axes' names, with units. logarithmic: the axis across; its values must be above 0.
    """
    points = [point for curve in curves for point in curve.points]
    if not points:
        return ""
    x_ticks = _powers([x for x, _ in points]) if logarithmic else _steps([0.0, *(x for x, _ in points)])
    y_ticks = _steps([0.0, *(y for _, y in points)])
    x = _scale(x_ticks, LEFT, WIDTH - RIGHT, logarithmic)
    y = _scale(y_ticks, HEIGHT - BOTTOM, TOP, False)
    return "\n".join(
        [
            f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(f"{up} over {across}")}">',
            *(_line(x(tick), TOP, x(tick), HEIGHT - BOTTOM, "faint") for tick in x_ticks),
            *(_line(LEFT, y(tick), WIDTH - RIGHT, y(tick), "faint") for tick in y_ticks),
            *(_text(x(tick), HEIGHT - BOTTOM + 16, _number(tick), "middle") for tick in x_ticks),
            *(_text(LEFT - 6, y(tick) + 4, _number(tick), "end") for tick in y_ticks),
            _text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, across, "middle"),
            f'<g transform="translate(14 {(TOP + HEIGHT - BOTTOM) / 2}) rotate(-90)">{_text(0, 0, up, "middle")}</g>',
            *(_drawn(curve, place, x, y) for place, curve in enumerate(curves)),
            "</svg>",
        ]
    )


def _drawn(curve: Curve, place: int, x: Callable[[float], float], y: Callable[[float], float]) -> str:
    colour = f"var(--c{place % COLOURS})"
    dash = ' stroke-dasharray="6 4"' if curve.dashed else ""
    line = " ".join(f"{x(across):.1f},{y(up):.1f}" for across, up in curve.points)
    parts = []
    if curve.joined:
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>')
    if not curve.dashed:
        parts += [f'<circle cx="{x(a):.1f}" cy="{y(b):.1f}" r="3" fill="{colour}"/>' for a, b in curve.points]
    row, start = TOP + 8 + 20 * place, WIDTH - RIGHT + 12
    parts.append(f'<path d="M{start} {row}h20" stroke="{colour}" stroke-width="2"{dash}/>')
    parts.append(_text(start + 26, row + 4, curve.name, "start"))
    return "\n".join(parts)


def _scale(ticks: Sequence[float], start: float, end: float, logarithmic: bool) -> Callable[[float], float]:
    """From a value to its place, the first tick at ``start`` and the last at ``end``."""
    low, high = ticks[0], ticks[-1]
    if logarithmic:
        return lambda value: start + (end - start) * (log10(value / low) / log10(high / low))
    return lambda value: start + (end - start) * (value - low) / (high - low)


def _powers(values: Sequence[float]) -> list[float]:
    """1, 2 and 5 times powers of ten around the values, or powers of ten alone where they span many."""
    low, high = floor(log10(min(values))), ceil(log10(max(values)))
    factors = (1, 2, 5) if high - low <= 3 else (1,)
    ticks = [factor * 10.0**power for power in range(low, high + 2) for factor in factors]
    below = [tick for tick in ticks if tick <= min(values)][-1]
    above = next(tick for tick in ticks if tick >= max(values) and tick > below)
    return [tick for tick in ticks if below <= tick <= above]


def _steps(values: Sequence[float]) -> list[float]:
    """Round numbers around the values, some six of them."""
    span = (max(values) - min(values)) or 1.0
    rough = span / 5
    power = 10.0 ** floor(log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough)
    return [step * place for place in range(floor(min(values) / step), ceil(max(values) / step + 1e-9) + 1)]


def _number(value: float) -> str:
    for limit, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= limit:
            return f"{value / limit:g}{letter}"
    return f"{value:g}"


def _line(x1: float, y1: float, x2: float, y2: float, colour: str) -> str:
    return f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" stroke="var(--{colour})"/>'


def _text(x: float, y: float, said: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(said)}</text>'
