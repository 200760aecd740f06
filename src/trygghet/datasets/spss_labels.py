"""Variable labels, value labels and user-missing codes of the synthetic SPSS file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from trygghet.datasets.codebook_text import RELATIONS
from trygghet.datasets.forms import BLOCK_NO_ANSWER, block_columns
from trygghet.datasets.options import PRIORITIES, PUPIL_PRIORITIES, Option
from trygghet.datasets.places import DISTRICTS, GRADES, SCHOOLS, SEXES
from trygghet.datasets.questions import ITEMS, REPORTED, SCHOOL_SAFETY
from trygghet.datasets.scales import SCALES
from trygghet.ingest import SpssDictionary

_PLACES = {number: place.name for number, place in enumerate(DISTRICTS, start=1)}
_NO_ANSWER = {9: "Ej svar"}


@dataclass(frozen=True, slots=True)
class _Column:
    """One column's label, value labels and user-missing codes."""

    name: str
    label: str
    values: Mapping[int, str] = field(default_factory=dict)
    missing: tuple[int, ...] = ()
    measure: Literal["nominal", "ordinal", "scale"] = "nominal"


def dictionary_of(wave: str) -> SpssDictionary:
    """Labels of one wave's file.

    Parameters
    ----------
    wave : str
        Year of the wave.

    Returns
    -------
    SpssDictionary
        Questions, value labels, user-missing codes and measurement levels.
    """
    columns = [*_background(), *_items(wave), *_block("f30", PRIORITIES), *_block("e5", PUPIL_PRIORITIES)]
    return SpssDictionary(
        questions={column.name: column.label for column in columns},
        labels={
            column.name: {float(code): text for code, text in column.values.items()}
            for column in columns
            if column.values
        },
        user_missing={
            column.name: [float(code) for code in column.missing] for column in columns if column.missing
        },
        measures={column.name: column.measure for column in columns},
        file_label=f"Trygghet i Exempelstad {wave} (syntetiska data)",
    )


def _background() -> Iterator[_Column]:
    yield _Column("lopnr", "Löpnummer")
    yield _Column("strom", "Insamlingsväg", {1: "Brev till urval", 2: "Öppen webblänk", 3: "Elevenkät"})
    yield _Column("svarssatt", "Svarssätt", {1: "Papper", 2: "Webb"})
    yield _Column("stratum", "Stratum (område enligt folkbokföringen)", _PLACES)
    yield _Column("stratum_n", "Invånare 16–84 år i stratum", measure="scale")
    yield _Column("vikt", "Kalibrerad vikt, summerar till befolkningen", measure="scale")
    yield _Column("f1", "1. Är du …?", {**SEXES, **_NO_ANSWER}, (9,))
    yield _Column("f2", "2. Födelseår", {9999: "Ej svar"}, (9999,), "scale")
    yield _Column("f3", "3. Koppling till Exempelstad", RELATIONS)
    yield _Column("f4", "4. Område", {**_PLACES, 98: "Vet ej", 99: "Ej svar"}, (98, 99))
    yield _Column("f33", "33. Är det något du vill tillägga?")
    yield _Column("e1", "Elev 1. Årskurs", GRADES)
    yield _Column("e2", "Elev 2. Skola", SCHOOLS)


def _items(wave: str) -> Iterator[_Column]:
    for item in (*ITEMS, REPORTED, SCHOOL_SAFETY):
        scale = SCALES[item.scale]
        yield _Column(
            item.column,
            f"{item.column[1:]}. {item.wording.get(wave, item.question)}",
            {**scale.labels, **{code: text for code, (_, text) in scale.missing.items()}},
            tuple(scale.missing),
            "ordinal" if scale.labels else "scale",
        )


def _block(stem: str, options: Sequence[Option]) -> Iterator[_Column]:
    texts = [*(option.label for option in options), "Inget av dessa"]
    for column, text in zip(block_columns(stem, options), texts, strict=True):
        yield _Column(
            column,
            f"{stem[1:]}. Prioritera: {text}",
            {0: "Ej vald", 1: "Vald", **_NO_ANSWER},
            (BLOCK_NO_ANSWER,),
        )
