"""No program gets through a wall, whatever the tier and whoever runs Pegboard; and honest programs work.

For each tier and user, ``battle.py`` runs once, when the first of its tests asks; each test then looks at one program.
One battle at a time: it needs both cores of a small machine, and its programs are given little time.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import corpus
import pytest
from arena import Arena, Harness
from battle import AFTERWARDS, EXIT_UNAVAILABLE
from corpus import Attack, Honest, attacks, honest_programs

from harness.sandbox.protocol import Execution, Program
from harness.task import Arguments

TESTS = Path(__file__).parent
CORPUS: list[Attack | Honest] = [*attacks(), *honest_programs()]
PROGRAMS = [*(program.id for program in CORPUS), AFTERWARDS]
TIERS = ["linux-full", "linux-seccomp"]
USERS = ["root", "user"] if os.getuid() == 0 else ["user"]

Told = dict[str, dict[str, Any]]
"""What a battle told of each program."""


@pytest.fixture(scope="session")
def battles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this run of the tests share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.mark.xdist_group("battles")
@pytest.mark.timeout(1200)  # the first test of each tier and user waits for its battle
@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize(
    ("tier", "user"),
    [pytest.param(tier, user, id=f"{tier}-{user}") for tier in TIERS for user in USERS],
)
def test_an_attack_is_held_and_an_honest_program_works(tier: str, user: str, program: str, battles: Path) -> None:
    told = _fought(tier, user, battles)
    if "unavailable" in told:
        pytest.skip(told["unavailable"]["reason"])
    assert program in told, "the battle ended before this program was run"
    problems = told[program]["problems"]
    assert not problems, f"{told[program]}"


def _stop(process: int) -> None:
    os.kill(process, signal.SIGSTOP)
    while Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "T":
        time.sleep(0.001)


HARM: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "writes a file": (lambda target: Path(target["folder"], "new").touch(), "the folder changed: ., new"),
    "changes a mode": (lambda target: Path(target["folder"], "kept.txt").chmod(0o600), "the folder changed: kept.txt"),
    "connects": (
        lambda target: socket.create_connection(("127.0.0.1", target["port"])).close(),
        "heard something: TCP",
    ),
    "sends a datagram": (
        lambda target: socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(b"x", target["datagram_socket"]),
        "heard something: Unix datagram",
    ),
    "signals the victim": (lambda target: os.kill(target["victim"], signal.SIGUSR1), "the victim's ShdPnd changed"),
    "stops the victim": (lambda target: _stop(target["victim"]), "the victim's stopped changed"),
    "ends the victim": (lambda target: os.kill(target["victim"], signal.SIGKILL), "the victim"),
    "signals the harness": (lambda target: os.kill(target["harness"], signal.SIGUSR1), "the harness was sent SIGUSR1"),
    "leaves a process": (lambda _: subprocess.Popen(["sleep", "5"]), "processes are left over"),
    "leaves a descriptor": (lambda _: os.pipe(), "open descriptors"),
    "tells a secret": (lambda target: Path(target["secret_file"]).read_text(), "a secret came out of it"),
    "says so itself": (lambda _: "BREACH: through", "it got through: 'BREACH: through'"),
}
"""What a program might do, and the problem that must be seen."""


@dataclass(frozen=True)
class Unwalled:
    """Stands for a sandbox with a hole: does one harm in this very process."""

    harm: Callable[[dict[str, Any]], object]

    def run(self, program: Program, arguments: Arguments) -> Execution:
        target = cast(dict[str, Any], arguments["target"])
        if program.source == ATTACK.source:
            return Execution(ending="ok", printed=str(self.harm(target)))
        return Execution(ending="ok", value=f"[120, [1, 2, 3], {target['port']}]")


ATTACK = Attack(language="python", category="filesystem", name="any", source="any", tries="Tries something.")


@pytest.mark.parametrize(("harm", "problem"), HARM.values(), ids=HARM.keys())
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_the_arena_sees_what_a_program_gets_through_with(
    harm: Callable[[dict[str, Any]], object], problem: str
) -> None:
    with Harness() as harness, Arena(harness) as arena:
        problems = arena.run(ATTACK, Unwalled(harm)).problems
    assert problem in "; ".join(problems)


def test_the_arena_sees_nothing_in_a_harmless_program() -> None:
    with Harness() as harness, Arena(harness) as arena:
        assert arena.run(ATTACK, Unwalled(lambda _: "held")).problems == []


@pytest.mark.parametrize(
    ("header", "problem"),
    [
        ("def solve(target): pass", "must begin with a sentence"),
        ("# Tries something.\n# ends: fine", "says 'ends: fine'; known are bad_return"),
        ("# Tries something.\n# limit: patience", "says 'limit: patience'"),
        ("# Tries something.\n# value: [1", "which is no JSON"),
        ("# Tries something.\n# ends: ok\n# And more.", "has the line 'And more.'"),
        ("# Tries something.\n# value: 1\n# value: 2", "says 'value' more than once"),
        ("# Tries something.\n# pair: nobody", "there is no such program"),
    ],
)
def test_a_header_that_cannot_be_read_is_told(
    header: str, problem: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "attacks" / "python" / "filesystem" / "program.py"
    program.parent.mkdir(parents=True)
    program.write_text(header + "\n\n\ndef solve(target): pass\n")
    monkeypatch.setattr(corpus, "PROGRAMS", tmp_path)
    with pytest.raises(corpus.BadHeader, match=re.escape(problem)):
        attacks("python")


def _fought(tier: str, user: str, battles: Path) -> Told:
    """What the battle told; it is fought here unless another test or worker has done so."""
    result = battles / f"battle-{tier}-{user}.json"
    with (battles / "battle.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not result.exists():
            result.write_text(json.dumps(_fight(tier, user)))
        told: Told = json.loads(result.read_text())
    return told


def _fight(tier: str, user: str) -> Told:
    command = [sys.executable, str(TESTS / "battle.py"), "--sandbox", tier]
    if user == "user" and os.getuid() == 0:
        command = [sys.executable, str(TESTS / "ordinary_user.py"), *command]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=TESTS.parent)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    if done.returncode == EXIT_UNAVAILABLE:
        return {"unavailable": {"reason": lines[0]["unavailable"]}}
    assert done.returncode in {0, 1}, f"the battle broke down (exit status {done.returncode}): {done.stderr[-2000:]}"
    told = {line["program"]: line for line in lines}
    if done.stderr:
        told[AFTERWARDS]["problems"].append(
            f"a program wrote where the harness writes its errors: {done.stderr[-500:]!r}"
        )
    return told
