"""LEADERBOARD.md and a static site of the submissions, for any file host: pages without scripts, and the data.

    FOLDER/index.html                    the tables
    FOLDER/submissions/<name>.html       one page a submission, verified or not
    FOLDER/data/standings.json, .csv     what the tables show
    FOLDER/data/<name>/                  the verified submission itself

Whatever a submission says is text: escaped, under a policy that allows no script, no frame and no other host. Nothing
depends on the time or on the machine, so that the same submissions make the same bytes.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from html import escape as escape_markup
from pathlib import Path

from harness.analysis.estimate import Estimate
from harness.errors import UsageError
from harness.exchange import submission
from harness.exchange.attempts import storable
from harness.exchange.standings import Entry, Ranked, Standing, as_records, standings
from harness.exchange.verify import Report

GENERATOR = '<meta name="generator" content="pegboard site">'
DOWNLOADS = ("run.json", "answers.jsonl", "verdicts.jsonl", "errors.jsonl", submission.FILE)
NONE_YET = "There is no verified submission yet. results/README.md says how to make one."

STYLE = """
:root{color-scheme:light dark;--line:#8884;--soft:#888}
body{font:16px/1.5 system-ui,sans-serif;max-width:84rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;display:block;overflow-x:auto;margin:1rem 0}
caption{text-align:left;padding:.3rem 0;color:var(--soft)}
th,td{text-align:left;vertical-align:top;padding:.3rem .8rem .3rem 0;border-bottom:1px solid var(--line)}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
td{overflow-wrap:break-word;min-width:3rem}
.fail{font-weight:600}.soft{color:var(--soft)}
@media print{body{margin:0;max-width:none}}
""".strip()
POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-"
    + base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    + "'"
)
COLUMNS = ("rank", "model", "snapshot", "submitter", "tier", "success", "95 %", "at most", "attempts",
    "instances", "truncated", "tokens", "USD", "settings", "begun")  # fmt: skip
NUMBERS = {"rank", "success", "95 %", "at most", "attempts", "instances", "truncated", "tokens", "USD"}
EXPLAINED = (
    "Rank: best and worst that the intervals allow; rows whose ranks overlap are not ordered. Success: mean over "
    "cells of task, variant, mode and size, every cell weighing the same, an answer cut by the token limit counted "
    "as failed; its 95 % Wilson limits, too wide where cells differ, are for these instances and take attempts as "
    "independent. At most: the upper limit when every answer cut counts as solved; ranks allow for it. Tokens: "
    "median output of an attempt. USD: mean cost of an attempt. All runs of one model by one submitter are pooled. "
    "Cells that cannot be solved, or whose answer cannot fit, are in no rate."
)


def refuse_others_folder(out: Path) -> None:
    """Raises UsageError for a folder with files that no site of ours is: what is in it will be replaced."""
    index = out / "index.html"
    if (
        out.exists()
        and any(out.iterdir())
        and not (index.is_file() and GENERATOR in index.read_text("utf-8", "replace"))
    ):
        raise UsageError(f"{out} holds something else than a site made by this command", "name an empty folder")


def write_site(reports: Sequence[Report], leaderboard: Path, out: Path) -> None:
    """Write LEADERBOARD.md and the site; what an earlier site in the folder held is replaced."""
    for report in reports:
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", report.folder.name):
            raise UsageError(f"{report.folder.name!r} cannot be a page's name", "use letters, digits, _, - and .")
    tables = standings(reports)
    texts = {
        out / "index.html": _index(tables, reports),
        out / "data/standings.json": json.dumps(storable(as_records(tables)), indent=2, sort_keys=True) + "\n",
        out / "data/standings.csv": _csv(tables),
        **{out / f"submissions/{report.folder.name}.html": _page(report, tables) for report in reports},
        leaderboard: _markdown(tables, reports),
    }
    for stale in ("data", "submissions"):
        shutil.rmtree(out / stale, ignore_errors=True)
    for file, text in texts.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(storable(text).encode())
    for report in reports:
        for name in DOWNLOADS if report.passed else ():
            if (report.folder / name).is_file():
                (out / "data" / report.folder.name).mkdir(parents=True, exist_ok=True)
                shutil.copyfile(report.folder / name, out / "data" / report.folder.name / name)


def _cells(row: Ranked) -> dict[str, str]:
    """One row as text, by column."""
    entry = row.entry
    return {
        "rank": str(row.best) if row.best == row.worst else f"{row.best}-{row.worst}",
        "model": entry.model,
        "snapshot": entry.snapshot,
        "submitter": entry.submitter,
        "tier": str(entry.tier),
        "success": _rate(entry.success.value),
        "95 %": _interval(entry.success),
        "at most": _rate(entry.at_most) if entry.truncated else "",
        "attempts": str(entry.success.n),
        "instances": str(entry.success.clusters),
        "truncated": str(entry.truncated),
        "tokens": "unknown" if entry.output_tokens is None else f"{entry.output_tokens:,.0f}",
        "USD": "unknown" if entry.cost_usd is None else f"{entry.cost_usd:.4f}",
        "settings": entry.settings or "default",
        "begun": entry.begun,
    }


def _rate(value: float | None) -> str:
    return "-" if value is None else f"{value:.1%}"


def _interval(estimate: Estimate) -> str:
    return "-" if estimate.low is None or estimate.high is None else f"{100 * estimate.low:.1f}-{estimate.high:.1%}"


def _index(tables: Sequence[Standing], reports: Sequence[Report]) -> str:
    body = ["<h1>Pegboard leaderboard</h1>"]
    if not tables:
        body.append(f"<p>{escape(NONE_YET)}</p>")
    for table in tables:
        body.append(f"<h2>{escape(table.suite)}</h2>")
        rows = [{**{k: escape(v) for k, v in _cells(row).items()}, "model": _links(row.entry)} for row in table.rows]
        body.append(_table(rows, f"Suite {escape(table.suite)}, hash <code>{table.digest}</code>"))
        body += [_block_table(table)]
    if tables:
        body.append(f"<p class=soft>{escape(EXPLAINED)}</p>")
        body.append('<p>Data: <a href="data/standings.json">JSON</a>, <a href="data/standings.csv">CSV</a>.</p>')
    body += _not_verified(reports)
    return _html("Pegboard leaderboard", body)


def _links(entry: Entry) -> str:
    pages = [f'<a href="submissions/{name}.html">{escape(entry.model)}</a>' for name in entry.submissions[:1]]
    more = [f'<a href="submissions/{name}.html">{n}</a>' for n, name in enumerate(entry.submissions[1:], start=2)]
    return " ".join(pages + more)


def _block_table(table: Standing) -> str:
    names = sorted({block.name for row in table.rows for block in row.entry.blocks})
    rows = []
    for row in table.rows:
        found = {block.name: block for block in row.entry.blocks}
        shown = {
            name: f"{found[name].solved}/{found[name].success.n} ({_interval(found[name].success)})"
            for name in names
            if name in found
        }
        rows.append(
            {
                "model": escape(row.entry.model),
                "submitter": escape(row.entry.submitter),
                **{escape(n): escape(shown.get(n, "-")) for n in names},
            }
        )
    return _table(rows, "Solved of scored attempts, with 95 % Wilson intervals, by task, variant and mode")


def _table(rows: Sequence[Mapping[str, str]], caption: str) -> str:
    """A table of cells that are HTML already."""
    names = list(rows[0])

    def cell(tag: str, name: str, text: str) -> str:
        scope = ' scope="col"' if tag == "th" else ""
        return f"<{tag}{scope}{' class=n' if name in NUMBERS else ''}>{text}</{tag}>"

    head = "".join(cell("th", name, name) for name in names)
    lines = ["<tr>" + "".join(cell("td", name, row[name]) for name in names) + "</tr>" for row in rows]
    body = "\n".join(lines)
    return f"<table><caption>{caption}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table>"


def _not_verified(reports: Sequence[Report]) -> list[str]:
    failed = [report for report in reports if not report.passed]
    if not failed:
        return []
    rows = [
        {
            "submission": f'<a href="submissions/{report.folder.name}.html">{report.folder.name}</a>',
            "why": escape("; ".join(f"{finding.check}: {finding.text}" for finding in report.failures)),
        }
        for report in failed
    ]
    return ["<h2>Not verified</h2>", _table(rows, "Submissions that break a rule; none of their numbers is shown")]


def _page(report: Report, tables: Sequence[Standing]) -> str:
    name, said = report.folder.name, report.submission
    state = f"verified, {report.tier}" if report.passed else "not verified"
    body = ['<p><a href="../index.html">Leaderboard</a></p>', f"<h1>{name}</h1>", f"<p>{state}</p>"]
    if said is not None:
        told = {"model": said.model, "snapshot": said.snapshot, "submitter": said.submitter, "contact": said.contact,
            "claimed": str(said.tier), "notes": said.notes, "interruptions": said.interruptions}  # fmt: skip
        rows = [{"": escape(key), "said": escape(value)} for key, value in told.items() if value]
        body.append(_table(rows, "What the submission says"))
    level = {"pass": "ok", "remark": "note", "fail": "<span class=fail>FAIL</span>"}
    rows = [{"": level[one.level], "check": escape(one.check), "found": escape(one.text)} for one in report.findings]
    body.append(_table(rows, "What was found by recomputing it"))
    for entry in (row.entry for table in tables for row in table.rows if name in row.entry.submissions):
        rows = [
            {
                "task, variant, mode": escape(block.name),
                "solved": f"{block.solved}/{block.success.n}",
                "success": _rate(block.success.value),
                "95 %": _interval(block.success),
                "instances": str(block.success.clusters),
                "failures": escape(", ".join(f"{n} {k}" for n, k in block.failures.items())),
            }
            for block in entry.blocks
        ]
        pooled = f", pooled over {len(entry.submissions)} submissions" if len(entry.submissions) > 1 else ""
        body.append(_table(rows, f"Results{pooled}"))
    if report.passed:
        files = [each for each in DOWNLOADS if (report.folder / each).is_file()]
        body.append("<p>Data: " + ", ".join(f'<a href="../data/{name}/{each}">{each}</a>' for each in files) + ".</p>")
    return _html(name, body)


def _html(title: str, body: Iterable[str]) -> str:
    head = [
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        GENERATOR,
        f"<title>{escape(title)}</title>",
        f"<style>{STYLE}</style></head><body>",
    ]
    return "\n".join([*head, *body, "</body></html>"]) + "\n"


def _csv(tables: Sequence[Standing]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, ["suite", "suite_hash", *COLUMNS, "submissions"], lineterminator="\n")
    writer.writeheader()
    for table in tables:
        for row in table.rows:
            own = {"suite": table.suite, "suite_hash": table.digest, "submissions": " ".join(row.entry.submissions)}
            writer.writerow({name: _no_formula(cell) for name, cell in {**own, **_cells(row)}.items()})
    return text.getvalue()


def _no_formula(cell: str) -> str:
    """What a spreadsheet would run, as text."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def _markdown(tables: Sequence[Standing], reports: Sequence[Report]) -> str:
    lines = ["# Leaderboard", "", "Made by `pegboard site` from the submissions in `submissions/`; not edited by hand."]
    if not tables:
        lines += ["", NONE_YET]
    for table in tables:
        lines += ["", f"## {_md(table.suite)}", "", f"Suite hash `{table.digest}`.", ""]
        lines += ["| " + " | ".join(COLUMNS) + " |", "|" + "---|" * len(COLUMNS)]
        lines += ["| " + " | ".join(_md(_cells(row)[name]) for name in COLUMNS) + " |" for row in table.rows]
    if tables:
        lines += ["", EXPLAINED]
    failed = [report for report in reports if not report.passed]
    if failed:
        lines += ["", "## Not verified", ""]
        lines += [f"- {report.folder.name}: {_md(', '.join(f.check for f in report.failures))}" for report in failed]
    return "\n".join(lines) + "\n"


def escape(text: str) -> str:
    """Text as HTML; letters that are not to be seen, such as those that turn the direction of reading, become marks."""
    return escape_markup(_visible(text))


def _visible(text: str) -> str:
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in " ".join(text.split()))


def _md(text: str) -> str:
    """Text that Markdown takes for text: in one line, with nothing that begins a link, a tag or a cell."""
    return re.sub(r"([\\`*_\[\]<>|&#~!])", r"\\\1", _visible(text))
