"""What ``measure`` found, as a table in Markdown and as a page with curves that needs nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from typing import Any, TypeVar

from harness.memorization.capacity import ALPHA
from harness.memorization.chart import Curve, chart
from harness.memorization.plateau import Plateau, Slope, plateaus, slope

Row = Mapping[str, Any]
Each = TypeVar("Each")

STYLE = """
:root { color-scheme: light dark; --ink: #1c1e21; --paper: #fff; --faint: #d5d8dc;
  --c0: #0b6bcb; --c1: #c2410c; --c2: #15803d; --c3: #7e22ce; --c4: #a16207; --c5: #0f766e; --c6: #be185d;
  --c7: #475569; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e8eb; --paper: #16181b; --faint: #3a3f45;
  --c0: #6cb2ff; --c1: #ff9a62; --c2: #6ddb8f; --c3: #cf9bff; --c4: #e5c04b; --c5: #5fd6c8; --c6: #ff8fc1;
  --c7: #aab4c0; } }
body { margin: 2rem auto; max-width: 60rem; padding: 0 1rem; font: 16px/1.5 system-ui, sans-serif;
  color: var(--ink); background: var(--paper); }
svg { width: 100%; height: auto; } svg text { fill: var(--ink); font: 12px system-ui, sans-serif; }
pre { overflow-x: auto; font-size: 13px; }
"""


def told(row: Row) -> str:
    """A row in a line, while models are being trained."""
    found = (
        f"{row['memorized_bits_per_param']:.2f} bits/parameter memorized"
        if row["data"] == "uniform"
        else f"{row['unintended_bits_per_param']:.2f} bits/parameter unintended"
    )
    name = f"{row['data']} L={row['layers']} d={row['width']} N={row['samples']:,} seed {row['seed']}"
    return f"{name}: {found}, test {row['test_bits_per_token']:.2f} bits/token, {row['cpu_seconds']:.0f} s"


def table(rows: Sequence[Row]) -> str:
    """All that was measured, in Markdown: plateaus and their line first, then a row for each model."""
    uniform = [row for row in rows if row["data"] == "uniform"]
    text = [row for row in rows if row["data"] == "text"]
    parts = [_plateaus(plateaus(rows))] if uniform else []
    if uniform:
        parts += ["Uniform random tokens: memorized = data set's bits - code length.", _table(_UNIFORM, uniform)]
    if text:
        parts += ["Text: against a model of the same shape that was trained on all of it.", _table(_TEXT, text)]
    return "\n\n".join(parts) or "nothing measured yet"


def _plateaus(found: Sequence[Plateau]) -> str:
    columns: Mapping[str, Callable[[Plateau], str]] = {
        "parameters P": lambda each: f"{each.params:,}",
        "seed": lambda each: str(each.seed),
        "most memorized, bits": lambda each: f"{each.bits:,.0f}",
        "bits/P": lambda each: f"{each.bits / each.params:.2f}",
        "at N": lambda each: f"{each.samples:,}",
        "crossed": lambda each: "yes" if each.crossed else "no: more data may hold more",
    }
    return f"{_table(columns, found)}\n\n{fit_told(slope(found))}"


def fit_told(fit: Slope | None) -> str:
    """The line in words."""
    if fit is None:
        return "No line: plateaus of at least two sizes of model are needed."
    low_high = "" if fit.interval is None else f" (95 % {fit.interval[0]:.2f} to {fit.interval[1]:.2f})"
    return (
        f"Fitted: {fit.alpha:.2f} bits a parameter{low_high}, intercept {fit.intercept:,.0f} bits, from {fit.plateaus} "
        f"plateaus. The paper: {ALPHA}, of models of 100 thousand to 20 million parameters and 1,000,000 steps."
    )


_SHARED: dict[str, Callable[[Row], str]] = {
    "P": lambda row: f"{row['params']:,}",
    "L": lambda row: str(row["layers"]),
    "d": lambda row: str(row["width"]),
    "N": lambda row: f"{row['samples']:,}",
    "seed": lambda row: str(row["seed"]),
}
_ENDED: dict[str, Callable[[Row], str]] = {
    "train": lambda row: f"{row['train_bits_per_token']:.3f}",
    "test": lambda row: f"{row['test_bits_per_token']:.2f}",
    "steps": lambda row: f"{row['steps']:,}",
    "settled": lambda row: "yes" if row["settled"] else "no",
    "CPU s": lambda row: f"{row['cpu_seconds']:.0f}",
}
_UNIFORM: Mapping[str, Callable[[Row], str]] = {
    **_SHARED,
    "tokens scored": lambda row: f"{row['tokens_scored']:,}",
    "bits, S tokens": lambda row: f"{row['dataset_bits_s']:,.0f}",
    "bits, S-1": lambda row: f"{row['dataset_bits_s_minus_1']:,.0f}",
    "memorized": lambda row: f"{row['memorized_bits']:,.0f}",
    "bits/P": lambda row: f"{row['memorized_bits_per_param']:.2f}",
    **_ENDED,
}
_TEXT: Mapping[str, Callable[[Row], str]] = {
    **_SHARED,
    "tokens scored": lambda row: f"{row['tokens_scored']:,}",
    "code length": lambda row: f"{row['code_length_bits']:,.0f}",
    "reference": lambda row: f"{row['reference_bits']:,.0f}",
    "unintended": lambda row: f"{row['unintended_bits']:,.0f}",
    "if untrained": lambda row: f"{row['unintended_bits_if_untrained']:,.0f}",
    "signed": lambda row: f"{row['signed_bits']:,.0f}",
    "bits/P": lambda row: f"{row['unintended_bits_per_param']:.2f}",
    **_ENDED,
}


def _table(columns: Mapping[str, Callable[[Each], str]], rows: Iterable[Each]) -> str:
    cells = [list(columns), *([cell(row) for cell in columns.values()] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = [
        "| " + " | ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in cells
    ]
    return "\n".join([lines[0], "|" + "|".join("-" * (width + 1) + ":" for width in widths) + "|", *lines[1:]])


def page(setting: str, about: str, rows: Sequence[Row]) -> str:
    """The page: plateau, the line through the plateaus, test loss over data set size, and the tables."""
    uniform = [row for row in rows if row["data"] == "uniform"]
    text = [row for row in rows if row["data"] == "text"]
    charts = [
        ("What is memorized levels off", _plateau_chart(uniform)),
        ("The plateau against parameters", _slope_chart(plateaus(rows))),
        ("Test loss over data set size, uniform tokens", _loss_chart(uniform)),
        ("Unintended memorization of text", _unintended_chart(text)),
        ("Test loss over data set size, text", _loss_chart(text)),
    ]
    body = "\n".join(f"<h2>{escape(title)}</h2>\n{drawn}" for title, drawn in charts if drawn)
    return (
        '<!doctype html>\n<html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Memorization, measured</title>\n<style>{STYLE}</style>\n"
        f"<h1>Memorization, measured</h1>\n<p>Setting {escape(setting)}: {escape(about)}.</p>\n"
        f"<p>{escape(fit_told(slope(plateaus(rows))))}</p>\n{body}\n<h2>All models</h2>\n"
        f"<pre>{escape(table(rows))}</pre>\n</html>\n"
    )


def _plateau_chart(rows: Sequence[Row]) -> str:
    found = _curves(rows, lambda row: row["dataset_bits"] / row["params"], lambda row: row["memorized_bits_per_param"])
    most = max((x for curve in found for x, _ in curve.points), default=0.0)
    least = min((x for curve in found for x, _ in curve.points), default=0.0)
    expected = Curve(
        f"min(data, {ALPHA} P), the paper", sorted({(x, min(x, ALPHA)) for x in (least, ALPHA, most)}), dashed=True
    )
    return chart([*found, expected], "bits of data a parameter", "memorized bits a parameter", logarithmic=True)


def _slope_chart(found: Sequence[Plateau]) -> str:
    fit = slope(found)
    if fit is None:
        return ""
    ends = [min(each.params for each in found), max(each.params for each in found)]
    line = Curve("fitted", [(end, fit.intercept + fit.alpha * end) for end in ends])
    paper = Curve(f"{ALPHA} P, the paper", [(end, ALPHA * end) for end in ends], dashed=True)
    dots = Curve("plateaus", [(each.params, each.bits) for each in found], joined=False)
    return chart([line, dots, paper], "parameters", "bits")


def _loss_chart(rows: Sequence[Row]) -> str:
    found = _curves(rows, lambda row: row["samples"], lambda row: row["test_bits_per_token"])
    return chart(found, "training sequences", "test loss, bits a token", logarithmic=True)


def _unintended_chart(rows: Sequence[Row]) -> str:
    smaller = [row for row in rows if not row["reference"]]
    found = [
        *_curves(smaller, lambda row: row["samples"], lambda row: row["unintended_bits"], "unintended, "),
        *_curves(
            smaller, lambda row: row["samples"], lambda row: row["unintended_bits_if_untrained"], "if untrained, "
        ),
        *_curves(smaller, lambda row: row["samples"], lambda row: row["signed_bits"], "signed, ", dashed=True),
    ]
    return chart(found, "training sequences", "bits", logarithmic=True)


def _curves(
    rows: Sequence[Row],
    across: Callable[[Row], float],
    up: Callable[[Row], float],
    name: str = "",
    dashed: bool = False,
) -> list[Curve]:
    """A curve for each shape: the mean over seeds at each size of data set."""
    shapes: dict[str, dict[float, list[float]]] = {}
    for row in rows:
        curve = shapes.setdefault(f"{name}P={row['params']:,}", {})
        curve.setdefault(across(row), []).append(up(row))
    return [
        Curve(label, sorted((x, sum(ys) / len(ys)) for x, ys in points.items()), dashed=dashed)
        for label, points in shapes.items()
    ]
