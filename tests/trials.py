"""One trial for tests that care for little in it; ``dataclasses.replace`` changes what they do care for."""

from __future__ import annotations

from harness.trial import Sampling, Trial

TRIAL = Trial(
    task="tower_of_hanoi",
    version=1,
    size=1,
    seed=0,
    variant="tower",
    mode="enumerate",
    model="any",
    base_url=None,
    sampling=Sampling(max_tokens=100),
    repeat=0,
    prompt="What now?",
)
