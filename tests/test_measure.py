"""Measuring capacity: the line through plateaus, what counts as memorized, and going on after an interrupt."""

from __future__ import annotations

import re
from importlib.util import find_spec
from math import log2
from pathlib import Path
from typing import Any

import pytest

from harness.analysis.quantiles import student_t
from harness.errors import UnknownName, UsageError
from harness.memorization import measure, measure_page, small_gpt2, training_data
from harness.memorization.capacity import gpt2_params
from harness.memorization.chart import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, Curve, chart
from harness.memorization.measure import Cell, Setting
from harness.memorization.plateau import plateaus, slope
from harness.memorization.small_gpt2 import Shape, Training

needs_torch = pytest.mark.skipif(
    find_spec("torch") is None or find_spec("transformers") is None,
    reason="torch or transformers not installed: .ci/vllm runs these tests",
)

SHAPE = Shape(vocabulary=8, context=6, layers=1, width=8, heads=2)
TEXT_SHAPE = Shape(vocabulary=training_data.ASCII, context=8, layers=1, width=8, heads=2)
TRAINING = Training(steps=60, batch=16, rate=0.03)
SETTING = Setting(
    about="for a test",
    uniform={SHAPE: (4, 8)},
    text={TEXT_SHAPE: (8,)},
    seeds=(0,),
    uniform_training=TRAINING,
    text_training=TRAINING,
)
CORPUS = b"for each in range(10):\n    print(each, each * each)\n" * 400


def row(params: int, samples: int, bits: float, seed: int = 0) -> dict[str, Any]:
    shape = {"vocabulary": 64, "context": 16, "layers": 1, "width": params // 100}
    found = {"samples": samples, "seed": seed, "dataset_bits": 96.0 * samples, "memorized_bits": bits}
    return {"data": "uniform", "params": params, **shape, **found}


@pytest.fixture
def one_thread() -> None:
    """Several on a busy machine wait for one another longer than they work."""
    import torch

    torch.set_num_threads(1)


@pytest.mark.parametrize(("freedom", "expected"), [(1, 12.706), (2, 4.303), (4, 2.776), (10, 2.228), (60, 2.000)])
def test_students_t_is_that_of_the_tables(freedom: int, expected: float) -> None:
    assert student_t(0.975, freedom) == pytest.approx(expected, abs=0.001)


def test_a_plateau_is_the_most_that_any_data_set_gave() -> None:
    found = plateaus([row(1000, 10, 900), row(1000, 40, 2100), row(1000, 90, 2000), row(2000, 10, 900)])
    assert [(each.params, each.bits, each.samples, each.crossed) for each in found] == [
        (1000, 2100, 40, True),
        (2000, 900, 10, False),
    ]


def test_plateaus_on_a_line_give_its_slope_and_no_doubt() -> None:
    rows = [row(size, samples, 2.5 * size + 100 - samples) for size in (1000, 2000, 3000) for samples in (0, 1000)]
    fit = slope(plateaus(rows))
    assert fit is not None
    assert (fit.alpha, fit.intercept, fit.plateaus) == pytest.approx((2.5, 100, 3))
    assert fit.interval == pytest.approx((2.5, 2.5))


def test_the_interval_is_that_of_least_squares() -> None:
    """A worked example: sizes 1, 2, 3 thousand, bits off the line by 10, -20, 10; t of one degree of freedom."""
    bits = {1000: 2510.0, 2000: 4980.0, 3000: 7510.0}
    fit = slope(
        plateaus([row(size, samples, found - samples) for size, found in bits.items() for samples in (0, 1000)])
    )
    assert fit is not None
    assert fit.interval is not None
    error = (600 / 1 / 2_000_000) ** 0.5
    assert fit.interval[1] - fit.alpha == pytest.approx(12.7062 * error, rel=1e-4)


def test_no_line_is_drawn_through_plateaus_that_may_be_higher_or_of_one_size() -> None:
    uncrossed = [row(1000, 10, 900), row(2000, 10, 1800)]
    assert slope(plateaus(uncrossed)) is None
    assert slope(plateaus([*uncrossed, row(2000, 20, 1700)])) is None


def test_a_setting_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(UnknownName, match="setting 'latop'") as failed:
        measure.find("latop")
    assert "laptop" in failed.value.next_step


@pytest.mark.parametrize("name", measure.SETTINGS)
def test_data_sets_of_every_setting_lie_on_both_sides_of_what_the_paper_expects(name: str) -> None:
    for shape, sizes in measure.SETTINGS[name].uniform.items():
        params = gpt2_params(vocabulary=shape.vocabulary, context=shape.context, layers=shape.layers, width=shape.width)
        bits = [size * shape.context * log2(shape.vocabulary) / params for size in sizes]
        assert min(bits) < 3.6 < max(bits), shape


def test_whatever_makes_a_cell_another_gives_it_another_key() -> None:
    cells = [
        cell
        for setting in (measure.find("laptop"), measure.find("laptop", bos=False), SETTING)
        for stage in measure.cells(setting, CORPUS)
        for cell in stage
    ]
    assert len({cell.key for cell in cells}) == len(cells)


@pytest.mark.parametrize("xs", [(1.0, 32.2), (16.0, 512.0), (1.0,), (10.0,), (137_000.0,), (3.0, 2e6), (0.004, 0.2)])
def test_every_point_of_a_chart_lies_between_its_axes(xs: tuple[float, ...]) -> None:
    drawn = chart([Curve("one", [(x, x) for x in xs])], "N", "bits", logarithmic=True)
    marks = [(float(x), float(y)) for x, y in re.findall(r'cx="([\d.-]+)" cy="([\d.-]+)"', drawn)]
    assert len(marks) == len(xs)
    assert all(LEFT <= x <= WIDTH - RIGHT and TOP <= y <= HEIGHT - BOTTOM for x, y in marks)


def test_a_chart_has_a_mark_for_each_point_and_a_name_for_each_curve() -> None:
    drawn = chart(
        [Curve("a < b", [(1, 2), (1000, 3)]), Curve("law", [(1, 1), (9, 2)], dashed=True)],
        "N",
        "bits",
        logarithmic=True,
    )
    assert drawn.count("<circle") == 2
    assert "a &lt; b" in drawn
    assert chart([], "N", "bits") == ""


@needs_torch
@pytest.mark.usefixtures("one_thread")
@pytest.mark.parametrize("shape", [SHAPE, TEXT_SHAPE, Shape(vocabulary=64, context=16, layers=3, width=12, heads=3)])
def test_a_model_has_the_parameters_of_the_formula(shape: Shape) -> None:
    counted = sum(weights.numel() for weights in small_gpt2.new_model(shape, seed=0).parameters())
    assert counted == Cell(data="uniform", shape=shape, samples=1, seed=0, training=TRAINING).params


@needs_torch
@pytest.mark.usefixtures("one_thread")
@pytest.mark.parametrize(("bos", "scored"), [(True, 6), (False, 5)])
def test_few_sequences_are_memorized_whole_and_counted_by_the_tokens_that_are_scored(
    bos: bool, scored: int, tmp_path: Path
) -> None:
    training = Training(steps=250, batch=16, rate=0.03, bos=bos)
    found = measure.measured(Cell(data="uniform", shape=SHAPE, samples=4, seed=0, training=training), tmp_path, b"")
    assert (found["tokens_scored"], found["dataset_bits"]) == (4 * scored, 4 * scored * 3)
    assert (found["dataset_bits_s"], found["dataset_bits_s_minus_1"]) == (72, 60)
    # With a BOS, which of the four sequences it is costs 2 bits of each; without, the first token says it mostly.
    assert found["dataset_bits"] - 4 * 2 - 3 < found["memorized_bits"] <= found["dataset_bits"] + 1e-6
    assert found["memorized_bits"] == pytest.approx(found["dataset_bits"] - found["code_length_bits"])
    assert found["test_bits_per_token"] > 3  # nothing can be known of other sequences


@needs_torch
@pytest.mark.usefixtures("one_thread")
def test_nothing_is_memorized_by_a_model_that_was_not_trained(tmp_path: Path) -> None:
    training = Training(steps=1, batch=16, rate=1e-9)
    found = measure.measured(Cell(data="uniform", shape=SHAPE, samples=64, seed=0, training=training), tmp_path, b"")
    assert abs(found["memorized_bits"]) < 0.02 * found["dataset_bits"]


@needs_torch
@pytest.mark.usefixtures("one_thread")
def test_windows_of_a_text_do_not_meet_those_that_are_tested() -> None:
    corpus = bytes(range(1, 128)) * 200
    train, tested = training_data.windows(corpus, TEXT_SHAPE, None, seed=0)
    assert len(train) + len(tested) == len(corpus) // TEXT_SHAPE.context
    assert training_data.windows(corpus, TEXT_SHAPE, None, seed=1)[1].equal(tested)
    with pytest.raises(UsageError, match="the corpus holds"):
        training_data.windows(corpus, TEXT_SHAPE, 5000, seed=0)


@needs_torch
@pytest.mark.usefixtures("one_thread")
def test_a_measurement_goes_on_where_it_was_ended(tmp_path: Path) -> None:
    begun = measure.run(SETTING, tmp_path, CORPUS, workers=1)
    _, total, first = next(begun)
    begun.close()  # as an interrupt does
    assert total == 4
    kept = (tmp_path / "cells.jsonl").read_text("utf-8")
    rest = [found["key"] for _, _, found in measure.run(SETTING, tmp_path, CORPUS, workers=1)]
    assert len(rest) == 3
    assert first["key"] not in rest
    assert (tmp_path / "cells.jsonl").read_text("utf-8").startswith(kept)
    assert list(measure.run(SETTING, tmp_path, CORPUS, workers=1)) == []
    rows = measure.rows(SETTING, tmp_path, CORPUS)
    (text,) = [each for each in rows if each["data"] == "text" and not each["reference"]]
    assert text["signed_bits"] == pytest.approx(text["reference_bits"] - text["code_length_bits"])
    assert text["unintended_bits"] >= max(0, text["signed_bits"])
    page = measure_page.page("test", SETTING.about, rows)
    assert page.count("<svg") == 4  # one size of model: no line
    assert "http" not in page


@needs_torch
@pytest.mark.usefixtures("one_thread")
def test_no_model_is_begun_when_the_time_is_over(tmp_path: Path) -> None:
    assert list(measure.run(SETTING, tmp_path, CORPUS, seconds=-1, workers=1)) == []
