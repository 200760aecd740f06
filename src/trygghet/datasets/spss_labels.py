"""Variable labels, value labels and user-missing codes of the synthetic SPSS file."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from trygghet.datasets.codebook_text import RELATIONS
from trygghet.datasets.sampling import block_columns
from trygghet.datasets.story import (
    DISTRICTS,
    GRADES,
    ITEMS,
    PRIORITIES,
    PUPIL_PRIORITIES,
    REPORTED,
    SCALES,
    SCHOOL_SAFETY,
    SCHOOLS,
    SEXES,
    Option,
)

_PLAIN = {
    "lopnr": "Löpnummer",
    "strom": "Insamlingssätt: urval",
    "svarssatt": "Svarssätt",
    "stratum": "Stratum (område enligt folkbokföringen)",
    "stratum_n": "Invånare 16–84 år i stratum",
    "vikt": "Kalibrerad vikt, summerar till befolkningen",
    "f1": "1. Är du …?",
    "f2": "2. Födelseår",
    "f3": "3. Koppling till Exempelstad",
    "f4": "4. Område",
    "f33": "33. Är det något du vill tillägga?",
    "e1": "Elev 1. Årskurs",
    "e2": "Elev 2. Skola",
}
_PLACES = {number: place.name for number, place in enumerate(DISTRICTS, start=1)}


@dataclass(frozen=True, slots=True)
class SpssLabels:
    """What SPSS stores beside the numbers.

    Parameters
    ----------
    columns : dict
        Label of each column.
    values : dict
        Value labels of each column.
    missing : dict
        Codes declared user-missing, by column.
    """

    columns: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[float, str]] = field(default_factory=dict)
    missing: dict[str, tuple[float, ...]] = field(default_factory=dict)


def labels_of(wave: str) -> SpssLabels:
    """Labels of one wave's file.

    Parameters
    ----------
    wave : str
        Year of the wave.

    Returns
    -------
    SpssLabels
        Column labels, value labels, user-missing codes.
    """
    labels = SpssLabels(columns=dict(_PLAIN))
    labels.values.update(
        strom={1: "Brev till urval", 2: "Öppen webblänk", 3: "Elevenkät"},
        svarssatt={1: "Papper", 2: "Webb"},
        stratum={float(code): name for code, name in _PLACES.items()},
        f1={**SEXES, 9: "Ej svar"},
        f2={9999: "Ej svar"},
        f3=dict(RELATIONS),
        f4={**_PLACES, 98: "Vet ej", 99: "Ej svar"},
        e1=dict(GRADES),
        e2=dict(SCHOOLS),
    )
    labels.missing.update(f1=(9.0,), f2=(9999.0,), f4=(98.0, 99.0))
    for item in (*ITEMS, REPORTED, SCHOOL_SAFETY):
        scale = SCALES[item.scale]
        labels.columns[item.column] = f"{item.column}. {item.wording.get(wave, item.question)}"
        labels.values[item.column] = {
            **scale.labels,
            **{code: text for code, (_, text) in scale.missing.items()},
        }
        labels.missing[item.column] = tuple(float(code) for code in scale.missing)
    _label_block(labels, "f30", PRIORITIES)
    _label_block(labels, "e5", PUPIL_PRIORITIES)
    return labels


def _label_block(labels: SpssLabels, stem: str, options: Sequence[Option]) -> None:
    texts = [*(option.label for option in options), "Inget av dessa"]
    for column, text in zip(block_columns(stem, options), texts, strict=True):
        labels.columns[column] = f"{stem}. Prioritera: {text}"
        labels.values[column] = {0: "Ej vald", 1: "Vald"}
