"""How much of vLLM's own batch throughput asking through the provider keeps: the same prompts, model and limits.

One side is vLLM's offline ``LLM.chat`` over all prompts at once; the other asks the provider for all of them at a time,
as a run does. A tiny model of random weights shows our overhead at its largest: a real one computes far longer a token.

    python benchmarks/vllm_batch.py [prompts, default 128] [tokens each, default 128]       in .ci/vllm's environment
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent / "tests"))

OPTIONS = {
    "gpu_memory_utilization": 0.1,
    "kv_cache_memory_bytes": 256 << 20,
    "enforce_eager": True,
    "max_model_len": 1024,
    "enable_prefix_caching": False,
}


def main() -> None:
    prompts = int(sys.argv[1]) if len(sys.argv) > 1 else 128
    tokens = int(sys.argv[2]) if len(sys.argv) > 2 else 128
    from tiny_model import tiny_model

    with tempfile.TemporaryDirectory() as folder:
        model = str(tiny_model(Path(folder)))
        offline, made = asked_offline(model, prompts, tokens)
        provider, also_made = asyncio.run(asked_through_the_provider(model, prompts, tokens))
    print(f"{prompts} prompts, {tokens} tokens each at most; loading and one warm-up answer not counted")
    print(f"  vLLM's own LLM.chat    {offline:6.2f} s  {made / offline:7.0f} tokens/s")
    print(f"  through the provider   {provider:6.2f} s  {also_made / provider:7.0f} tokens/s")
    print(f"  ratio of seconds per token {(provider / also_made) / (offline / made):.2f}")


def texts(prompts: int) -> list[str]:
    return [f"Puzzle {number}: list all moves of a tower with {number} disks." for number in range(prompts)]


def asked_offline(model: str, prompts: int, tokens: int) -> tuple[float, int]:
    """Seconds, and tokens made."""
    from vllm import LLM, SamplingParams

    engine = LLM(model, **OPTIONS)
    parameters = SamplingParams(max_tokens=tokens, temperature=1.0)
    conversations = [[{"role": "user", "content": text}] for text in texts(prompts)]
    engine.chat(conversations[:1], parameters, use_tqdm=False)
    began = time.monotonic()
    outputs = engine.chat(conversations, parameters, use_tqdm=False)
    seconds = time.monotonic() - began
    engine.llm_engine.engine_core.shutdown()  # its processes would keep this one from ending
    return seconds, sum(len(output.outputs[0].token_ids) for output in outputs)


async def asked_through_the_provider(model: str, prompts: int, tokens: int) -> tuple[float, int]:
    from trials import TRIAL

    from harness.providers.vllm_engine import VllmEngine

    engine = VllmEngine(model, OPTIONS)
    sampling = replace(TRIAL.sampling, max_tokens=tokens, temperature=1.0)
    trials = [replace(TRIAL, prompt=text, sampling=sampling) for text in texts(prompts)]
    await engine.complete(trials[0])
    began = time.monotonic()
    answers = await asyncio.gather(*(engine.complete(trial) for trial in trials))
    seconds = time.monotonic() - began
    await engine.close()
    return seconds, sum(answer.usage.output_tokens or 0 for answer in answers)


if __name__ == "__main__":
    main()
