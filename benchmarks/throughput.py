"""How much of a bare client loop's throughput a run keeps: 2,000 trials, 100 at a time, against a local server.

Both sides ask the same server, in a process of its own, through the official client, and parse and store each answer;
the run also plans, judges and writes verdicts. Printed: seconds, requests a second, the ratio, and peak memory.

    python benchmarks/throughput.py [latency in seconds, default 0.2]
"""

from __future__ import annotations

import asyncio
import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

TRIALS, CONCURRENCY = 2000, 100
ROOT = Path(__file__).parent.parent
PORT = 18_543
URL = f"http://127.0.0.1:{PORT}/v1"


async def bare(out: Path) -> None:
    """The loop that a person would write: a semaphore's worth of workers, one line an answer."""
    import openai

    transport = openai.DefaultAioHttpClient()  # the one that Pegboard uses, and the fastest at hand
    client = openai.AsyncOpenAI(api_key="none", base_url=URL, max_retries=0, http_client=transport)
    numbers = iter(range(TRIALS))
    with out.open("w") as lines:

        async def work() -> None:
            for _ in numbers:
                answer = await client.chat.completions.create(
                    model="any", messages=[{"role": "user", "content": "What now?" * 100}], max_tokens=1000
                )
                lines.write(json.dumps({"text": answer.choices[0].message.content}) + "\n")

        began = time.monotonic()
        await asyncio.gather(*(work() for _ in range(CONCURRENCY)))
        print(time.monotonic() - began)
    await client.close()


def main() -> None:
    if sys.argv[1:2] == ["--bare"]:
        asyncio.run(bare(Path(sys.argv[2])))
        return
    latency = sys.argv[1] if len(sys.argv) > 1 else "0.2"
    server = subprocess.Popen([sys.executable, str(ROOT / "tests" / "loopback.py"), str(PORT), latency])
    time.sleep(2)
    try:
        with tempfile.TemporaryDirectory() as folder:
            loop, said = timed([sys.executable, __file__, "--bare", f"{folder}/bare.jsonl"])
            loop_asking = float(said)
            flags = ["--task", "tower_of_hanoi", "--sizes", "1-10", "--repeats", "200", "--mode", "enumerate"]
            flags += ["--model", "openai/any", "--base-url", URL, "--concurrency", str(CONCURRENCY)]
            pegboard = [sys.executable, "-c", "from harness.cli import main; main()"]
            run, _ = timed([*pegboard, "run", *flags, "--out", f"{folder}/run"])
            answers = [json.loads(line) for line in Path(f"{folder}/run/answers.jsonl").read_bytes().splitlines()]
            run_asking = seconds_between(answers)
    finally:
        server.kill()
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{TRIALS} trials, {CONCURRENCY} at a time, {latency} s latency; {len(answers)} answers stored")
    print("                   whole process        first request to last answer")
    for name, whole, asking in (("bare client loop", loop, loop_asking), ("pegboard run", run, run_asking)):
        print(f"{name:<17} {whole:6.2f} s {TRIALS / whole:5.0f}/s    {asking:6.2f} s {TRIALS / asking:5.0f}/s")
    print(f"{'ratio':<17} {loop / run:6.2f}              {loop_asking / run_asking:6.2f}")
    print(f"largest process    {peak:6.0f} MB")


def seconds_between(answers: list[dict[str, Any]]) -> float:
    """From the first trial asked to the last answer."""
    asked = [datetime.fromisoformat(answer["asked_at"]) for answer in answers]
    answered = [at + timedelta(seconds=answer["latency_seconds"]) for at, answer in zip(asked, answers, strict=True)]
    return (max(answered) - min(asked)).total_seconds()


def timed(command: list[str]) -> tuple[float, str]:
    """Wall seconds of a command, and what it said."""
    began = time.monotonic()
    done = subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    return time.monotonic() - began, done.stdout


if __name__ == "__main__":
    main()
