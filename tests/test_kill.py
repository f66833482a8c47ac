"""Killed at random moments, a run loses no answer that it completed and asks exactly what is missing."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from loopback import Loopback

PEGBOARD = [sys.executable, "-c", "from harness.cli import main; main()"]
TRIALS = 600
KILLS = 12
IN_FLIGHT = 8


@pytest.mark.parametrize("seed", [1])
def test_kill_9_at_random_moments_loses_nothing_and_repeats_only_what_was_in_flight(tmp_path: Path, seed: int) -> None:
    moment = random.Random(seed)
    answers = tmp_path / "run" / "answers.jsonl"
    with Loopback(lambda _: "moves = [[1, 0, 2]]", latency=0.03) as server:
        flags = [
            "--task",
            "tower_of_hanoi",
            "--sizes",
            "1-10",
            "--seeds",
            "0-5",
            "--repeats",
            "10",
            "--mode",
            "enumerate",
        ]
        model = ["--model", "openai/any", "--base-url", f"{server.url}/v1", "--concurrency", str(IN_FLIGHT)]
        command = ["run", *flags, *model, "--out", "run"]
        kills = lost = 0
        while True:
            process = subprocess.Popen([*PEGBOARD, *command], cwd=tmp_path, stderr=subprocess.PIPE)
            asked_before = len(server.requests)
            while len(server.requests) == asked_before and process.poll() is None:
                time.sleep(0.005)
            time.sleep(moment.uniform(0.0, 0.25))
            settled = len(server.answered)
            time.sleep(0.1)  # more than enough for what was answered by then to be written down
            if process.poll() is None and kills < KILLS:
                process.send_signal(signal.SIGKILL)
                kills += 1
            _, complaints = process.communicate()
            stored = answers.read_bytes().count(b"\n") if answers.exists() else 0
            assert stored >= settled - lost, "an answer that had arrived was lost"
            lost = len(server.answered) - stored
            command = ["resume", "run"]
            if process.returncode == 0:
                break
            assert process.returncode == -signal.SIGKILL, complaints.decode()
        asked = len(server.requests)
    kept = [json.loads(line) for line in answers.read_bytes().splitlines()]
    assert kills == KILLS
    assert len({answer["key"] for answer in kept}) == len(kept) == TRIALS
    assert TRIALS <= asked <= TRIALS + KILLS * IN_FLIGHT  # only what was in flight at a kill is asked again
