"""The files that answers are kept in, whatever a kill or a full disk did to their ends."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.errors import RunFolderError
from harness.journal import Journal, follow, read

TEXT = st.text(st.characters(codec=None), max_size=40)
RECORDS = st.lists(
    st.fixed_dictionaries({"key": st.text("0123456789abcdef", min_size=1, max_size=5), "text": TEXT}), max_size=6
)


@given(records=RECORDS)
def test_what_is_appended_is_read_back_lone_surrogates_included(
    records: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("journal") / "a.jsonl"
    with Journal(file) as journal:
        for record in records:
            journal.append(record)
    assert list(read(file)) == records


@given(records=RECORDS.filter(bool), data=st.data())
def test_a_file_cut_anywhere_keeps_every_whole_line_and_goes_on(
    records: list[dict[str, Any]], data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("journal") / "a.jsonl"
    with Journal(file) as journal:
        for record in records:
            journal.append(record)
    whole = file.read_bytes()
    cut = data.draw(st.integers(0, len(whole)))
    file.write_bytes(whole[:cut])
    kept = whole[:cut].count(b"\n")
    assert list(read(file)) == records[:kept]
    with Journal(file) as journal:
        journal.append({"key": "next"})
    after = list(read(file))
    assert after[-1] == {"key": "next"}
    assert after[:-1] in (records[:kept], records[: kept + 1])  # a whole record that only lacked its newline is kept


@pytest.mark.parametrize("end", ["null", "[1]", '{"key": [' + "[" * 100_000])
def test_an_end_that_is_no_record_is_torn_however_it_reads(tmp_path: Path, end: str) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text('{"key": 1}\n' + end)
    Journal(file).close()
    assert list(read(file)) == [{"key": 1}]


def test_a_torn_line_is_kept_beside_the_file(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(b'{"key": 1}\n{"key": "to')
    Journal(file).close()
    assert file.read_bytes() == b'{"key": 1}\n'
    assert (tmp_path / "a.jsonl.torn").read_bytes() == b'{"key": "to\n'


@pytest.mark.parametrize(
    "line", ["not a record", "null", "[1]", "{}", "[" * 100_000, '{"key": ' * 100_000, "\0", '{"key": "\udcff"}']
)
def test_a_damaged_line_in_the_middle_is_named_and_nothing_is_touched(tmp_path: Path, line: str) -> None:
    file = tmp_path / "a.jsonl"
    before = json.dumps({"key": 1}) + f"\n{line}\n" + json.dumps({"key": 2}) + "\n"
    file.write_text(before, "utf-8", "surrogateescape")
    with pytest.raises(RunFolderError, match=r"a\.jsonl:2"):
        list(read(file))
    with pytest.raises(RunFolderError, match=r"a\.jsonl:2"):
        list(follow(file))
    assert file.read_text("utf-8", "surrogateescape") == before


def test_a_line_that_does_not_fit_on_the_disk_leaves_no_half(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    script = (
        "import resource, sys; from pathlib import Path; from harness.journal import Journal\n"
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))\n"
        "journal = Journal(Path(sys.argv[1])); journal.append({'key': '1'})\n"
        "try: journal.append({'key': 'x' * 200})\n"
        "except OSError: print('told')\n"
        "journal.append({'key': '2'})\n"
    )
    done = subprocess.run([sys.executable, "-c", script, file], capture_output=True, text=True, check=False)
    assert done.stdout == "told\n", done.stderr
    assert [record["key"] for record in read(file)] == ["1", "2"]
