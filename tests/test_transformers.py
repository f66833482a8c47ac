"""Small models through transformers, on whatever device is at hand."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from trials import TRIAL

from harness.completion import Completion, Stop
from harness.providers.protocol import ProviderFailure
from harness.providers.transformers_model import TransformersModel
from harness.trial import Sampling, Trial

pytestmark = pytest.mark.filterwarnings("ignore")  # of libraries that are not ours


def trial(max_tokens: int, temperature: float | None = None) -> Trial:
    return replace(TRIAL, sampling=Sampling(max_tokens=max_tokens, temperature=temperature))


def answers(folder: Path, *trials: Trial) -> list[Completion]:
    async def whole() -> list[Completion]:
        model = TransformersModel(str(folder))
        try:
            return await asyncio.gather(*(model.complete(each) for each in trials))
        finally:
            await model.close()

    return asyncio.run(whole())


def test_an_answer_that_never_ends_is_cut_at_its_limit(tiny_models: dict[str, Path]) -> None:
    first, again, drawn = answers(tiny_models["plain"], trial(16, 0), trial(16, 0), trial(16, 2.0))
    assert (first.stop, first.finish_reason, first.usage.output_tokens) == (Stop.LENGTH, "length", 16)
    assert (first.usage.input_tokens or 0) > 10
    assert first.text == again.text != drawn.text


def test_an_answer_that_ends_by_itself_says_so(tiny_models: dict[str, Path]) -> None:
    (answer,) = answers(tiny_models["ending"], trial(200, 1.0))
    assert (answer.stop, answer.finish_reason) == (Stop.END, "stop")
    assert 0 < (answer.usage.output_tokens or 0) < 200


@pytest.mark.parametrize("name", ["nowhere", "base"])
def test_a_model_that_cannot_be_asked_is_asked_no_further(
    name: str, tiny_models: dict[str, Path], tmp_path: Path
) -> None:
    folder = tmp_path / name
    if name == "base":
        folder.mkdir()
        for file in tiny_models["plain"].iterdir():
            if file.name != "chat_template.jinja":
                (folder / file.name).symlink_to(file)
    with pytest.raises(ProviderFailure, match="no chat template" if name == "base" else "cannot load") as failed:
        answers(folder, trial(4))
    assert failed.value.fatal
