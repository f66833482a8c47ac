"""No program gets through a wall, whatever the tier and whoever runs Pegboard; and honest programs work.

For each tier and user, ``battle.py`` runs once, when the first of its tests asks; each test then looks at one program.
One battle at a time: it needs both cores of a small machine, and its programs are given little time.
"""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from battle import AFTERWARDS, EXIT_UNAVAILABLE
from corpus import Attack, Honest, attacks, honest_programs

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
    return {line["program"]: line for line in lines}
