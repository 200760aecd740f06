"""What kind of evidence a claim in a draft would take, for a reader who has given none."""

import re
from collections.abc import Mapping
from typing import Final

from trygghet.claims.drafts.lexicon import GROUP, MEASURED, PEOPLE, PLACE, TIME, YOUNG, Kind
from trygghet.claims.drafts.reading import Found
from trygghet.claims.drafts.topics import TOPICS

_NONE_GIVEN: Final = "Inget underlag är angivet."
_TWO_WAVES: Final = "två mätningar med slumpmässiga urval som har fått samma fråga på samma sätt"
_THRESHOLD: Final = (
    "andelen ur ett slumpmässigt urval, med felmarginal, och en gräns för ordet som har bestämts i förväg"
)
_OWN: Final = "Svaren behöver komma från just den grupp som meningen gäller."
_TAKES: Final[Mapping[Kind, str]] = {
    "effect": "mätningar före och efter, både där insatsen gjordes och i ett jämförbart område som pekades ut i förväg",
    "count": "antalet svarande, för varje väg som svaren kom in på",
    "share": "skattningen med felmarginal, antal svarande, vilka som tillfrågades och när",
    "same_as_reference": f"{_TWO_WAVES}, rikets förändring mellan samma år, och en gräns för ”samma” som har bestämts i förväg",
    "source": "vilken mätning det är, vilka som svarade, hur många de var och när det var",
    "both": "båda frågorna, ställda till samma personer i ett slumpmässigt urval",
    "increased": _TWO_WAVES,
    "decreased": _TWO_WAVES,
    "unchanged": f"{_TWO_WAVES}, och en gräns för ”oförändrat” som har bestämts i förväg",
    "largest": "en rangordning av allt som jämförs, ur ett slumpmässigt urval, med ordningens osäkerhet",
    "more_than": "båda andelarna ur slumpmässiga urval, och felmarginalen för skillnaden mellan dem",
    "low": _THRESHOLD,
    "high": _THRESHOLD,
    "described": "andelen ur ett slumpmässigt urval, med felmarginal, och vad ”{words}” betyder, bestämt i förväg",
    "goal": "ett utgångsläge ur en undersökning, så att målet kan få en siffra och ett datum",
}
_NEEDS_A_SUBJECT: Final = frozenset({"largest", "low", "high"})


def lacking(found: Found) -> str:
    """Say what kind of evidence a claim would take, and that none was given.

    Parameters
    ----------
    found : Found
        A claim in a draft.

    Returns
    -------
    str
        In Swedish; empty for words that make no claim about people or places.
    """
    takes = _TAKES.get(found.kind)
    if takes is None or (found.kind in _NEEDS_A_SUBJECT and not _speaks_of_people(found.sentence)):
        return ""
    told = f"{_NONE_GIVEN} Det som behövs: {takes.format(words=found.words)}."
    of_some = GROUP.search(found.sentence) or YOUNG.search(found.sentence)
    return f"{told} {_OWN}" if of_some and found.kind not in {"count", "source", "goal"} else told


def _speaks_of_people(sentence: str) -> bool:
    """Whether a sentence names something that surveys ask, or those who are asked."""
    named = (PLACE, MEASURED, TIME, PEOPLE)
    return any(pattern.search(sentence) for pattern in named) or any(
        re.search(rf"(?<!\w)(?:{topic.words})", sentence, re.IGNORECASE) for topic in TOPICS
    )
