"""What others would know of Exempelstad: recorded crime and votes at dialogues. Everything here is invented."""

from collections.abc import Mapping

import pandas as pd

from trygghet.datasets.places import DISTRICTS

_ORIGIN = "Syntetiska uppgifter, påhittade av trygghet.datasets"
_RECORDED: Mapping[str, int] = {
    "Narkotika": 284,
    "Grov organiserad brottslighet": 41,
    "Grupper som stör ordningen": 97,
    "Buskörning och farlig trafik": 312,
    "Sexualbrott": 86,
    "Inbrott": 63,
    "Skadegörelse och klotter": 498,
    "Cykelstölder": 231,
    "Bedrägerier mot äldre": 176,
    "Våld i nära relationer": 118,
    "Våldsbejakande extremism": 3,
}
_VOTES: Mapping[str, int] = {
    "Narkotika": 46,
    "Grov organiserad brottslighet": 18,
    "Grupper som stör ordningen": 39,
    "Nedskräpning": 41,
    "Buskörning och farlig trafik": 52,
    "Sexualbrott": 12,
    "Inbrott": 9,
    "Skadegörelse och klotter": 17,
    "Cykelstölder": 6,
    "Bedrägerier mot äldre": 14,
    "Mörka och otrygga platser": 37,
    "Våld i nära relationer": 5,
}
RECORDED, VOTES = "anmalda_brott_syntetisk.csv", "dialogroster_syntetisk.csv"


def source_tables(wave: str) -> dict[str, pd.DataFrame]:
    """Declared tables of a wave.

    Parameters
    ----------
    wave : str
        Year.

    Returns
    -------
    dict of str to DataFrame
        Tables by the name of their file; none for the waves before 2026, when nobody kept any.
    """
    if wave != "2026":
        return {}
    inhabitants = sum(place.inhabitants for place in DISTRICTS)
    recorded = _table(
        _RECORDED,
        unit="anmälda brott per 1 000 invånare",
        period="september 2025–augusti 2026",
        population="anmälda händelser i Exempelstad",
        coverage="det som inte anmäls",
    )
    votes = _table(
        _VOTES,
        unit="röster",
        period="maj–juni 2026",
        population="108 deltagare i sex medborgardialoger, högst tre röster var",
        coverage="de som inte kom",
    )
    return {RECORDED: recorded.assign(inhabitants=inhabitants), VOTES: votes}


def _table(numbers: Mapping[str, int], **told: str) -> pd.DataFrame:
    """One row an area, with what the numbers mean."""
    frame = pd.DataFrame({"area": list(numbers), "value": list(numbers.values())})
    return frame.assign(**told, source=_ORIGIN)
