"""The capacity commands: how much a model holds, and what follows from it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from harness.cli.capacity_measure import measure
from harness.cli.quantities import Quantities, as_json, notes

SUFFIXES = {"K": 1e3, "M": 1e6, "B": 1e9, "T": 1e12}


class Amount(click.ParamType[Any]):
    """A number as people write it: 124000000, 1.5e9, 124M, 1.5B."""

    name = "NUMBER"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        if isinstance(value, (int, float)):
            return value
        text = str(value).replace(",", "").replace("_", "")
        factor = SUFFIXES.get(text[-1:].upper(), 1)
        try:
            number = float(text[:-1] if factor > 1 else text) * factor
        except ValueError:
            self.fail(f"{value!r} is no number such as 124000000, 1.5e9, 124M or 1.5B", param, ctx)
        return int(number) if number.is_integer() else number


AMOUNT = Amount()
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)

params_argument = click.argument("params", type=AMOUNT)
vocabulary = click.option("--vocabulary", type=int, default=50257, show_default=True, help="Tokens there are.")
length = click.option("--length", type=int, default=64, show_default=True, help="Tokens of a sample.")
alpha = click.option("--alpha", type=AMOUNT, default=3.6, show_default=True, help="Bits a parameter.")
bits_per_token = click.option(
    "--bits-per-token",
    type=AMOUNT,
    default=None,
    help="Of the data, by a reference model; uniform random tokens, the upper bound, when not given.",
)


@click.group()
def capacity() -> None:
    """How much a model holds, and what follows for memorization and privacy.

    Every number comes with its unit and what to know about it; `pegboard capacity formulas` lists them all. NUMBER may
    be written 124000000, 1.5e9, 124M or 1.5B.
    """


@click.command()
@click.option("--vocabulary", type=int, required=True, help="Tokens there are.")
@click.option("--context", type=int, required=True, help="Positions, in tokens.")
@click.option("--layers", type=int, required=True)
@click.option("--width", type=int, required=True, help="Of the residual stream.")
@as_json
def params(vocabulary: int, context: int, layers: int, width: int, as_json: bool) -> None:
    """Count the parameters of a GPT-2-shaped model."""
    from harness.memorization.capacity import capacity_bits, gpt2_params

    count = gpt2_params(vocabulary=vocabulary, context=context, layers=layers, width=width)
    Quantities(
        values=[("parameters", count, ""), ("capacity", capacity_bits(count), "bits")],
        notes=notes(gpt2_params, capacity_bits),
    ).show(as_json)


@click.command()
@params_argument
@click.option("--alpha", type=AMOUNT, default=None, help="Bits a parameter, for a row of its own.")
@as_json
def bits(params: float, alpha: float | None, as_json: bool) -> None:
    """Say what a model of PARAMS parameters holds, at the measured bits a parameter."""
    from harness.memorization.capacity import ALPHA, ALPHA_BY_PRECISION, capacity_bits

    alphas = {"headline": ALPHA, **ALPHA_BY_PRECISION, **({} if alpha is None else {"--alpha": alpha})}
    held = {name: capacity_bits(params, each) for name, each in alphas.items()}
    Quantities(
        values=[("parameters", params, "")],
        rows=[
            {"measured in": name, "bits a parameter": alphas[name], "bits": of, "megabytes": of / 8e6}
            for name, of in held.items()
        ],
        notes=notes(capacity_bits),
    ).show(as_json)


@click.command()
@params_argument
@click.argument("samples", type=AMOUNT)
@length
@vocabulary
@bits_per_token
@alpha
@as_json
def regime(
    params: float,
    samples: float,
    length: int,
    vocabulary: int,
    bits_per_token: float | None,
    alpha: float,
    as_json: bool,
) -> None:
    """Say where PARAMS parameters and SAMPLES samples stand to the peak of double descent."""
    from harness.memorization import double_descent
    from harness.memorization.capacity import capacity_bits, dataset_entropy_bits, expected_memorization_bits

    data = _data_bits(samples * length, vocabulary, bits_per_token)
    ratio = double_descent.capacity_ratio(data, params, alpha)
    found = double_descent.regime(ratio)
    Quantities(
        values=[
            ("data", data, "bits"),
            ("capacity", capacity_bits(params, alpha), "bits"),
            ("ratio", ratio, "data / capacity; the peak is at 1"),
            ("octaves", found.octaves, "log2 of the ratio"),
            ("expected memorization", expected_memorization_bits(params, data, alpha), "bits"),
            ("parameters at the peak", data / alpha, ""),
            ("samples at the peak", samples / ratio, ""),
        ],
        rows=[
            {"what": "regime", "is": found.label},
            {"what": "in the source article", "is": f"{found.article_label} (swapped)"},
            {"what": "training loss", "is": found.train},
            {"what": "test loss", "is": found.test},
            {"what": "more data", "is": found.more_data},
            {"what": "more parameters", "is": found.more_params},
        ],
        notes=[
            *notes(double_descent.regime),
            *(notes(dataset_entropy_bits) if bits_per_token is None else []),
            *notes(capacity_bits),
        ],
    ).show(as_json)


@click.command()
@click.argument("tokens", type=AMOUNT)
@click.option("--tokens-per-param", type=AMOUNT, required=True, help="As many as each parameter shall have at least.")
@click.option("--safety", type=AMOUNT, default=1, show_default=True, help="Capacity for each bit of the data.")
@vocabulary
@bits_per_token
@alpha
@as_json
def size(
    tokens: float,
    tokens_per_param: float,
    safety: float,
    vocabulary: int,
    bits_per_token: float | None,
    alpha: float,
    as_json: bool,
) -> None:
    """Say which sizes of a model hold TOKENS tokens of data and still see enough of them."""
    from harness.memorization import sizing
    from harness.memorization.capacity import dataset_entropy_bits

    data = _data_bits(tokens, vocabulary, bits_per_token)
    found = sizing.size(data, tokens, safety=safety, tokens_per_param=tokens_per_param, alpha=alpha)
    Quantities(
        values=[
            ("data", data, "bits"),
            ("lowest", found.lowest, "parameters, to hold the data"),
            ("highest", found.highest, "parameters, to have enough tokens each"),
            ("empty", found.empty, ""),
        ],
        notes=[
            found.told,
            *notes(sizing.size),
            *(notes(dataset_entropy_bits) if bits_per_token is None else []),
        ],
    ).show(as_json)


@click.command()
@params_argument
@click.argument("samples", type=AMOUNT, required=False)
@click.option("--f1", type=AMOUNT, default=None, help="Instead of SAMPLES: how many bring the attack down to this F1.")
@length
@as_json
def membership(params: float, samples: float | None, f1: float | None, length: int, as_json: bool) -> None:
    """Say how well a loss attack finds members among SAMPLES samples, in every form of the law."""
    from harness.errors import UsageError
    from harness.memorization import membership as law

    if (samples is None) == (f1 is None):
        raise UsageError("give either SAMPLES or --f1", "pegboard capacity membership 124M 1500000")
    asked = samples if f1 is None else law.membership_samples(f1, params) * law.SAMPLE_TOKENS / length
    found = law.membership(asked or 0, params, length)
    Quantities(
        values=[
            ("samples", asked, f"of {length} tokens"),
            ("tokens a parameter", found.tokens_per_param, ""),
            ("re-derived", found.f1, "F1, 0.5 is chance"),
            ("printed with bits", found.printed_f1_bits, "F1, wrong"),
            ("printed with parameters", found.printed_f1_params, "F1, wrong"),
        ],
        notes=[*found.warnings, *notes(law.membership_f1, law.membership_f1_as_printed, law.membership)],
    ).show(as_json)


@click.command()
@params_argument
@click.argument("tokens", type=AMOUNT)
@vocabulary
@as_json
def privacy(params: float, tokens: float, vocabulary: int, as_json: bool) -> None:
    """Say how much of TOKENS tokens each of PARAMS parameters sees, and what that is taken to mean."""
    from harness.memorization.membership import SAMPLE_TOKENS, membership_f1
    from harness.memorization.privacy import data_bits_per_param, privacy_band, private_tokens_per_param

    each = data_bits_per_param(tokens, vocabulary, params)
    Quantities(
        values=[
            ("data", each, "bits a parameter, at most"),
            ("tokens", tokens / params, "a parameter"),
            ("threshold", private_tokens_per_param(vocabulary), "tokens a parameter: 1000 bits"),
            ("band", privacy_band(tokens / params), "of the source article"),
            ("membership", membership_f1(tokens / SAMPLE_TOKENS, params), "F1 by the re-derived law, 0.5 is chance"),
        ],
        notes=notes(privacy_band, private_tokens_per_param, membership_f1),
    ).show(as_json)


@click.command()
@click.argument("train_extracted", type=int)
@click.argument("train_texts", type=int)
@click.argument("test_extracted", type=int)
@click.argument("test_texts", type=int)
@as_json
def extraction(train_extracted: int, train_texts: int, test_extracted: int, test_texts: int, as_json: bool) -> None:
    """Say how much oftener training texts are extracted than unseen ones, with an interval.

    TRAIN_EXTRACTED of TRAIN_TEXTS that were trained on, TEST_EXTRACTED of TEST_TEXTS that were not.
    """
    from harness.memorization.excess import excess_extraction

    found = excess_extraction(train_extracted, train_texts, test_extracted, test_texts)
    Quantities(
        values=[
            ("extracted if trained on", train_extracted / train_texts, "share"),
            ("extracted if unseen", test_extracted / test_texts, "share"),
            ("excess", found.difference, "difference of the shares"),
            ("lowest", found.low, "95 % interval"),
            ("highest", found.high, "95 % interval"),
            ("normalized", found.normalized, "of what cannot be guessed"),
        ],
        notes=notes(excess_extraction),
    ).show(as_json)


@click.command()
@click.argument("memorized", metavar="BITS", type=AMOUNT)
@click.argument("samples", type=AMOUNT)
@click.option("--delta", type=AMOUNT, default=0.05, show_default=True, help="How improbable a larger gap is.")
@as_json
def bounds(memorized: float, samples: int, delta: float, as_json: bool) -> None:
    """Bound the gap between test and training loss of a model that has learnt BITS bits from SAMPLES samples."""
    from harness.memorization.generalization import occam, pac_bayes, rademacher, xu_raginsky

    found = {
        "Occam": occam(memorized, samples, delta),
        "McAllester-Maurer": pac_bayes(memorized, samples, delta),
        "Xu-Raginsky": xu_raginsky(memorized, samples),
        "Rademacher": rademacher(memorized, samples),
    }
    Quantities(
        rows=[{"bound": name, "value": bound.value, "vacuous": bound.vacuous} for name, bound in found.items()],
        notes=notes(pac_bayes, xu_raginsky, rademacher),
    ).show(as_json)


@click.command()
@click.argument("file", type=FILE)
@click.option("--codec", default="zlib", show_default=True, help="zlib, bz2 or lzma.")
@as_json
def rarity(file: Path, codec: str, as_json: bool) -> None:
    """Say how rare the words of each text in FILE are, and how far it compresses.

    FILE has a text a line; or, if it ends in .jsonl, an object a line with "text" and, to correlate rarity with
    memorization, "mem_u" in bits.
    """
    from harness.cli.items import numbers, texts
    from harness.memorization import rarity as rare
    from harness.memorization.compressibility import compressibility

    items = texts(file)
    documents = [rare.words(item["text"]) for item in items]
    collection = rare.collect(documents)
    compressed = [compressibility(item["text"], codec) for item in items]
    standard = [rare.tfidf_standard(document, collection) for document in documents]
    paper = [rare.tfidf_morris(document, collection) for document in documents]
    values: list[tuple[str, float | None, str]] = []
    used: list[Callable[..., Any]] = [rare.tfidf_morris, rare.tfidf_standard, compressibility]
    if any("mem_u" in item for item in items):
        found = rare.rarity_memorization(paper, numbers(file, items, "mem_u"))
        for name, one in (("remembered", found.remembered), ("all", found.every)):
            values += [
                (f"{name} texts", one.texts, "with mem_u above 0" if one is found.remembered else ""),
                (f"{name} rho", one.rho, "Spearman's, of the paper's TF-IDF and mem_u"),
                (f"{name} lowest", one.low, "95 % interval"),
                (f"{name} highest", one.high, "95 % interval"),
            ]
        used.append(rare.rarity_memorization)
    Quantities(
        values=values,
        rows=[
            {
                "text": _short(item["text"]),
                "words": len(document),
                "paper's TF-IDF": morris,
                "standard TF-IDF": usual,
                "bytes": packed.raw,
                "compressed": packed.compressed,
                "net ratio": packed.net_ratio,
            }
            for item, document, morris, usual, packed in zip(items, documents, paper, standard, compressed, strict=True)
        ],
        notes=notes(*used),
    ).show(as_json)


@click.command()
@click.argument("file", type=FILE)
@click.option("--capacity", "room", type=AMOUNT, required=True, help="What there is to allocate, in the unit of cost.")
@click.option("--gamma", type=AMOUNT, default=1, show_default=True, help="How much frequency counts.")
@as_json
def allocate(file: Path, room: float, gamma: float, as_json: bool) -> None:
    """Plan which documents of FILE get a limited capacity, and how likely each is to.

    FILE is a .csv with a heading, or a .jsonl, of name, value and cost; with frequency it is said which documents win
    by repetition, and with tfidf and compressibility too which have priority.
    """
    from harness.cli.items import numbers, records
    from harness.memorization.allocation import frequency_competition, knapsack, priority

    items = records(file, ("name", "value", "cost"))
    plan = knapsack(numbers(file, items, "value"), numbers(file, items, "cost"), room)
    columns: dict[str, list[Any]] = {name: numbers(file, items, name) for name in ("value", "cost")}
    columns["chosen"] = [place in plan.chosen for place in range(len(items))]
    used: list[Callable[..., Any]] = [knapsack]
    if "frequency" in items[0]:
        frequency = numbers(file, items, "frequency")
        columns["by frequency"] = frequency_competition(frequency, gamma)
        used.append(frequency_competition)
        if "tfidf" in items[0] and "compressibility" in items[0]:
            tfidf, compressed = (numbers(file, items, name) for name in ("tfidf", "compressibility"))
            columns["priority"] = priority(tfidf, compressed, frequency, gamma=gamma)
            used.append(priority)
    Quantities(
        values=[("value", plan.value, "of what is chosen"), ("cost", plan.cost, f"of {room:,}")],
        rows=[
            {"name": str(item["name"]), **{name: column[place] for name, column in columns.items()}}
            for place, item in enumerate(items)
        ],
        notes=notes(*used),
    ).show(as_json)


@click.command()
@click.argument("file", type=FILE)
@click.option("--capacity", "plateau", type=AMOUNT, default=1, show_default=True, help="What the curve rises to.")
@as_json
def grokking(file: Path, plateau: float, as_json: bool) -> None:
    """Fit when generalization sets in to the measurements in FILE: a .csv or .jsonl of time and generalizing."""
    from harness.cli.items import numbers, records
    from harness.memorization import curves

    items = records(file, ("time", "generalizing"))
    found = curves.fit_grokking(numbers(file, items, "time"), numbers(file, items, "generalizing"), capacity=plateau)
    Quantities(
        rows=[
            {"what": name, "estimate": value, "lowest": low, "highest": high, "unit": unit}
            for name, value, (low, high), unit in (
                ("onset", found.onset, found.onset_interval, "time; 95 % interval"),
                ("rate", found.rate, found.rate_interval, "1 / time; 95 % interval"),
            )
        ],
        values=[("residual", found.residual, "standard deviation of what the curve leaves")],
        notes=notes(curves.grokking, curves.fit_grokking),
    ).show(as_json)


@click.command()
@click.argument("steps", type=AMOUNT)
@click.argument("branching", type=AMOUNT)
@click.option(
    "--pattern-bits", type=AMOUNT, default=0, show_default=True, help="That the task's pattern needs besides."
)
@alpha
@as_json
def emergence(steps: int, branching: float, pattern_bits: float, alpha: float, as_json: bool) -> None:
    """Say how many bits a path of STEPS steps among BRANCHING choices has, and which size holds them."""
    from harness.memorization.emergence import emergence_params, task_information_bits

    task = task_information_bits(steps, branching)
    Quantities(
        values=[
            ("path", task, "bits"),
            ("threshold", emergence_params(task, pattern_bits, alpha), "parameters"),
        ],
        notes=notes(task_information_bits, emergence_params),
    ).show(as_json)


@click.command()
@click.argument("sizes", metavar="PARAMS...", type=AMOUNT, nargs=-1, required=True)
@alpha
@as_json
def scaling(sizes: tuple[float, ...], alpha: float, as_json: bool) -> None:
    """Say what loss Kaplan's law gives to models of PARAMS parameters, by their capacity."""
    from harness.memorization.capacity import capacity_bits
    from harness.memorization.curves import critical_capacity_bits, scaling_loss

    Quantities(
        values=[("critical capacity", critical_capacity_bits(alpha), "bits")],
        rows=[
            {
                "parameters": each,
                "capacity in bits": capacity_bits(each, alpha),
                "nats a token": scaling_loss(each, alpha=alpha),
            }
            for each in sizes
        ],
        notes=notes(scaling_loss),
    ).show(as_json)


@click.command()
@click.argument("names", metavar="[NAME]...", nargs=-1)
@as_json
def formulas(names: tuple[str, ...], as_json: bool) -> None:
    """List what the toolkit computes: formula, unit, source, status and what to know; all, or those named."""
    from harness.errors import UnknownName
    from harness.memorization.formula import every

    known = {one.name: one for one in every()}
    for name in names:
        if name not in known:
            raise UnknownName("formula", name, known)
    chosen = [known[name] for name in names or known]
    if as_json or not names:
        rows = [{"name": one.name, "unit": one.unit, "status": str(one.status), "formula": one.text} for one in chosen]
        full = [
            {**row, "module": one.module, "source": one.source, "note": one.note}
            for row, one in zip(rows, chosen, strict=True)
        ]
        Quantities(rows=full if as_json else rows).show(as_json)
        return
    for one in chosen:
        Quantities(
            values=[
                (one.name, one.text, ""),
                ("unit", one.unit, ""),
                ("source", one.source, ""),
                ("status", str(one.status), ""),
                ("python", f"harness.memorization.{one.module}.{one.name}", ""),
            ],
            notes=[one.note] if one.note else [],
        ).show(as_json)


for command in (
    *(params, bits, regime, size, membership, privacy, extraction, bounds),
    *(rarity, allocate, grokking, emergence, scaling, formulas, measure),
):
    capacity.add_command(command)


def _data_bits(tokens: float, vocabulary: int, bits_per_token: float | None) -> float:
    """Of the data, by a reference model or by the uniform bound."""
    from harness.memorization.capacity import dataset_entropy_bits

    if bits_per_token is not None:
        return tokens * bits_per_token
    return dataset_entropy_bits(samples=tokens, length=1, vocabulary=vocabulary)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 32 else f"{line[:31]}…"
