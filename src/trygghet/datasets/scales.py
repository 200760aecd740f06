"""Answer scales of the questionnaire, and what a question and its indicator are."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Scale:
    """An answer scale: codes in the order of growing concern, their labels, and the codes for no valid answer."""

    labels: Mapping[int, str]
    order: tuple[int, ...]
    missing: Mapping[int, tuple[str, str]]


_NO_ANSWER = {9: ("no_answer", "Ej svar")}
_DONT_KNOW = {8: ("dont_know", "Vet ej"), **_NO_ANSWER}
_SAFE = {1: "Mycket trygg", 2: "Ganska trygg", 3: "Ganska otrygg", 4: "Mycket otrygg"}
_STAYS_IN = {5: "Går inte ut på grund av otrygghet", 6: "Går inte ut av annan orsak"}
_TRUST = {
    1: "Mycket stort",
    2: "Ganska stort",
    3: "Varken stort eller litet",
    4: "Ganska litet",
    5: "Mycket litet",
}
SCALES = {
    "kvall": Scale({**_SAFE, **_STAYS_IN}, (1, 2, 6, 3, 4, 5), _DONT_KNOW),
    "dag": Scale(_SAFE, (1, 2, 3, 4), _DONT_KNOW),
    "betyg": Scale(
        {}, (10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0), {98: ("dont_know", "Vet ej"), 99: ("no_answer", "Ej svar")}
    ),
    "problem": Scale(
        {1: "Inget problem", 2: "Litet problem", 3: "Ganska stort problem", 4: "Mycket stort problem"},
        (1, 2, 3, 4),
        _DONT_KNOW,
    ),
    "ofta": Scale({1: "Aldrig", 2: "Sällan", 3: "Ganska ofta", 4: "Mycket ofta"}, (1, 2, 3, 4), _NO_ANSWER),
    "utsatt": Scale({1: "Nej", 2: "Ja, en gång", 3: "Ja, flera gånger"}, (1, 2, 3), _NO_ANSWER),
    "ja_nej": Scale({1: "Ja", 2: "Nej"}, (2, 1), _DONT_KNOW),
    "tid": Scale({1: "Morgon", 2: "Dag", 3: "Kväll", 4: "Natt"}, (1, 2, 3, 4), _DONT_KNOW),
    "fortroende": Scale(_TRUST, (1, 2, 3, 4, 5), {8: ("dont_know", "Ingen uppfattning"), **_NO_ANSWER}),
    "lofte": Scale({1: "Ja, känner väl till", 2: "Ja, har hört talas om", 3: "Nej"}, (3, 2, 1), _DONT_KNOW),
    "skola": Scale(_SAFE, (1, 2, 3, 4), _NO_ANSWER),
}


@dataclass(frozen=True, slots=True)
class Measure:
    """The indicator that is read off an item: which codes count, which are the base, and how it is to be understood."""

    name: str
    label: str
    concept: str
    counts: tuple[int, ...]
    base: tuple[int | str, ...]
    worse: str = "high"
    reference_period: str = "vid svarstillfället"
    version: Mapping[str, str] = field(default_factory=dict)
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One question: where it stands in the file, what the inhabitants would answer, and how the answer hangs on who they are.

    ``shares`` holds, for each wave, the share of inhabitants behind each code in the scale's order among those with an opinion;
    ``loading`` is the correlation with a person's general unsafety; ``effects`` shift the item for a district, for women
    (``kvinna``) or with age (``alder``, per standard deviation). ``asked_if`` routes: (variable, codes); everyone else is not asked.
    """

    variable: str
    column: str
    scale: str
    question: str
    shares: Mapping[str, tuple[float, ...]]
    loading: float
    effects: Mapping[str, float] = field(default_factory=dict)
    dont_know: float = 0.0
    measure: Measure | None = None
    asked_if: tuple[str, tuple[int, ...]] | None = None
    streams: tuple[str, ...] = ("brev", "webb")
    wording: Mapping[str, str] = field(default_factory=dict)
