"""A table of text as Markdown, HTML and LaTeX. What stands in a cell was written by anyone, and is shown as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

import pandas as pd

_LATEX = {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    **{sign: "\\" + sign for sign in "&%$#_{}"},
}  # fmt: skip

STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;margin:2rem;color-scheme:light dark}"
    "table{border-collapse:collapse;font-variant-numeric:tabular-nums}"
    "th,td{padding:.3em .8em;text-align:left;border-bottom:1px solid #8885}"
    "td.number,th.number{text-align:right}"
)


def markdown(shown: pd.DataFrame, notes: Sequence[str] = ()) -> str:
    def line(cells: Sequence[str]) -> str:
        return "| " + " | ".join(" ".join(cell.replace("|", r"\|").split()) for cell in cells) + " |"

    rows = [list(shown.columns), ["---"] * len(shown.columns), *shown.to_numpy().tolist()]
    below = [f"\n{note}" for note in notes]
    return "\n".join([*map(line, rows), *below]) + "\n"


def html(shown: pd.DataFrame, title: str, notes: Sequence[str] = ()) -> str:
    """A page of its own, that loads nothing and runs nothing."""
    numeric = {name for name in shown if _is_numeric(shown[name])}

    def row(cells: Sequence[str], tag: str) -> str:
        kinds = [' class="number"' if name in numeric else "" for name in shown.columns]
        return "<tr>" + "".join(f"<{tag}{kind}>{escape(cell)}</{tag}>" for cell, kind in zip(cells, kinds, strict=True))

    return "\n".join(
        [
            '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">',
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
            f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n<h1>{escape(title)}</h1>\n<table>",
            f"<thead>{row(list(shown.columns), 'th')}</thead>\n<tbody>",
            *(row(cells, "td") for cells in shown.to_numpy().tolist()),
            "</tbody>\n</table>",
            *(f"<p>{escape(note)}" for note in notes),
            "</html>\n",
        ]
    )


def latex(shown: pd.DataFrame, notes: Sequence[str] = ()) -> str:
    r"""A ``tabular`` with the rules of the package booktabs: ``\usepackage{booktabs}``."""

    def lines() -> Iterator[str]:
        yield rf"\begin{{tabular}}{{{''.join('r' if _is_numeric(shown[name]) else 'l' for name in shown)}}}"
        yield r"\toprule"
        yield _row(list(shown.columns))
        yield r"\midrule"
        yield from map(_row, shown.to_numpy().tolist())
        yield r"\bottomrule"
        yield r"\end{tabular}"
        yield from (rf"\\ {_tex(note)}" for note in notes)

    return "\n".join(lines()) + "\n"


def _row(cells: Sequence[str]) -> str:
    return " & ".join(map(_tex, cells)) + r" \\"


def _tex(text: str) -> str:
    return "".join(_LATEX.get(sign, sign) for sign in " ".join(text.split()))


def _is_numeric(column: pd.Series[str]) -> bool:
    """Whether a column holds rates, counts and intervals, not words."""
    return all(re.fullmatch(r"[-+<>\d.,/% ()!]*", cell) for cell in column)
