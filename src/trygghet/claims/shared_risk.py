"""How a report's risk of a false statement is divided, in words for its method annex."""

from typing import Final

from trygghet.claims.declared import Families, Kind
from trygghet.claims.draft import level_in_words
from trygghet.claims.said import Both, Listing, Said, Words
from trygghet.claims.wording import Sentence

FAMILY_NAMES: Final[dict[Kind, Both]] = {
    "priorities": Both("ordningen mellan prioriteringar", "the order of priorities"),
    "headline": Both(
        "huvudindikatorer mot gränser och ord som är bestämda i förväg",
        "headline indicators against thresholds and words that were declared beforehand",
    ),
    "districts": Both("områden mot resten av kommunen", "areas against the rest of the municipality"),
    "follow_up": Both("utvecklingen sedan förra mätningen", "development since the survey before"),
    "district_table": Both(
        "märkena ▲ och ▼ i tabellen över områden", "the marks ▲ and ▼ in the table of areas"
    ),
}


def shared_risk(families: Families) -> Sentence:
    """Say how large a report's risk of a false statement is, and which families share it.

    Parameters
    ----------
    families : Families
        The declared families.

    Returns
    -------
    Sentence
        In both languages.
    """
    risk = 1 - families.level
    gaps: dict[str, Said] = {
        "risk": Both(level_in_words(risk), level_in_words(risk, "en")),
        "level": Both(level_in_words(families.family_level), level_in_words(families.family_level, "en")),
        "k": Words(len(families.declared)),
        "names": Listing([FAMILY_NAMES[family.kind] for family in families.declared]),
    }
    return Sentence("families.shared" if len(families.declared) > 1 else "families.one", gaps)
