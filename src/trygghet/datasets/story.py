"""What is true in Exempelstad: districts, scales, questions and the share of the inhabitants behind each answer, by wave.

Everything here is invented. The shares are set so that a promise draft has something to say and something that it may not say:
drugs are surely among the four priorities, what follows is nearly tied; Lunden is clearly less safe than the rest; evening safety
hardly moved between 2024 and 2026; about 12 per cent know of the promise.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

WAVES = ("2022", "2024", "2026")
SURVEYED_AGES = (16, 84)


@dataclass(frozen=True, slots=True)
class District:
    """One district: name, inhabitants aged 16-84 in 2026, mean age, invited by letter, unsafety in standard deviations."""

    name: str
    inhabitants: int
    mean_age: float
    invited: int
    unsafety: float


DISTRICTS = (
    District("Centrum", 8_240, 42.0, 500, 0.15),
    District("Lunden", 5_310, 39.0, 450, 0.85),
    District("Höjden", 4_150, 44.0, 370, 0.20),
    District("Sjöstaden", 6_120, 41.0, 420, 0.10),
    District("Brovallen", 4_870, 50.0, 360, -0.25),
    District("Ekbacken", 5_260, 47.0, 360, -0.30),
    District("Åsbyn", 2_060, 54.0, 290, -0.45),
)
GROUPS = {"utsatt_omrade": ("Lunden", "Höjden", "Sjöstaden")}
AGE_BANDS = {"16–29": (16, 29), "30–49": (30, 49), "50–64": (50, 64), "65–84": (65, 84)}
SEXES = {1: "Kvinna", 2: "Man", 3: "Annat"}
STREAMS = {1: "brev", 2: "webb", 3: "elev"}


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


def _waves(*shares: tuple[float, ...]) -> dict[str, tuple[float, ...]]:
    """One share vector a wave."""
    return dict(zip(WAVES, shares, strict=True))


def _split(
    levels: tuple[float, float, float], low: tuple[float, ...], high: tuple[float, ...]
) -> dict[str, tuple[float, ...]]:
    """Shares for a scale whose upper codes together hold ``levels``; ``low`` and ``high`` split the two halves."""
    return _waves(*(tuple((1 - p) * part for part in low) + tuple(p * part for part in high) for p in levels))


_PROBLEMS: tuple[tuple[str, str, tuple[float, float, float], float, dict[str, float], float], ...] = (
    ("nedskrapning", "Nedskräpning", (0.34, 0.36, 0.38), 0.30, {"Centrum": 0.3, "Sjöstaden": 0.1}, 0.02),
    ("skadegorelse", "Skadegörelse och klotter", (0.22, 0.24, 0.24), 0.40, {"Centrum": 0.2}, 0.05),
    ("narkotikahandel", "Öppen narkotikahandel", (0.30, 0.36, 0.40), 0.45, {"Lunden": 0.5}, 0.14),
    (
        "narkotikapaverkade",
        "Narkotikapåverkade personer på allmän plats",
        (0.27, 0.30, 0.33),
        0.45,
        {"Centrum": 0.5},
        0.08,
    ),
    ("berusade", "Berusade personer utomhus", (0.25, 0.23, 0.22), 0.35, {"Centrum": 0.5}, 0.04),
    (
        "ungdomsgrupper",
        "Ungdomsgrupper som bråkar eller stör ordningen",
        (0.30, 0.33, 0.34),
        0.50,
        {"Sjöstaden": 0.3},
        0.05,
    ),
    ("brak_vald", "Bråk och våld på allmän plats", (0.15, 0.17, 0.18), 0.50, {"Lunden": 0.3}, 0.07),
    (
        "sexuella_trakasserier",
        "Sexuella trakasserier",
        (0.09, 0.10, 0.10),
        0.40,
        {"kvinna": 0.5, "alder": -0.2},
        0.15,
    ),
    (
        "buskorning",
        "Buskörning med mopeder och bilar",
        (0.40, 0.40, 0.41),
        0.25,
        {"Ekbacken": 0.3, "Åsbyn": 0.2},
        0.03,
    ),
    ("inbrott", "Inbrott i bostäder och förråd", (0.20, 0.17, 0.15), 0.30, {"Brovallen": 0.4}, 0.09),
    ("cykelstold", "Cykelstölder", (0.29, 0.28, 0.27), 0.20, {"Centrum": 0.3}, 0.11),
    (
        "morka_platser",
        "Mörka eller dåligt upplysta platser",
        (0.35, 0.34, 0.33),
        0.50,
        {"kvinna": 0.4, "Åsbyn": 0.3},
        0.03,
    ),
)
_WORRIES: tuple[tuple[str, str, tuple[float, float, float], float, dict[str, float]], ...] = (
    ("overfall_misshandel", "överfall eller misshandel", (0.17, 0.19, 0.20), 0.65, {"kvinna": 0.2}),
    ("ran", "rån", (0.10, 0.12, 0.12), 0.60, {}),
    (
        "valdtakt_sexuellt",
        "våldtäkt eller annat sexualbrott",
        (0.11, 0.12, 0.12),
        0.50,
        {"kvinna": 1.1, "alder": -0.3},
    ),
    ("inbrott", "inbrott i din bostad", (0.16, 0.14, 0.13), 0.40, {"Brovallen": 0.3, "alder": 0.1}),
    ("bedrageri_nat", "bedrägeri på nätet eller per telefon", (0.21, 0.25, 0.28), 0.25, {"alder": 0.3}),
)
_EXPOSURES: tuple[tuple[str, str, tuple[float, float, float], float, dict[str, float], bool], ...] = (
    ("misshandel", "misshandel", (0.021, 0.020, 0.022), 0.20, {"alder": -0.5, "Lunden": 0.2}, False),
    ("hot", "hot", (0.046, 0.049, 0.050), 0.25, {"alder": -0.4}, False),
    (
        "sexualbrott",
        "sexuella trakasserier eller annat sexualbrott",
        (0.030, 0.034, 0.035),
        0.15,
        {"kvinna": 0.9, "alder": -0.6},
        True,
    ),
    (
        "stold",
        "stöld av eller ur fordon, cykelstöld eller annan stöld",
        (0.118, 0.112, 0.109),
        0.15,
        {"Centrum": 0.3},
        False,
    ),
    ("bedrageri", "bedrägeri på nätet eller per telefon", (0.058, 0.070, 0.084), 0.05, {"alder": 0.1}, False),
)


def _problem_items() -> tuple[Item, ...]:
    return tuple(
        Item(
            f"prob_{name}",
            f"f14{chr(ord('a') + place)}",
            "problem",
            f"Hur stort problem är följande i området där du bor? {text}",
            _split(levels, (0.38, 0.62), (0.63, 0.37)),
            loading,
            effects,
            dont_know,
            Measure(f"problem_{name}", text, "trygghet", (3, 4), (1, 2, 3, 4)),
        )
        for place, (name, text, levels, loading, effects, dont_know) in enumerate(_PROBLEMS)
    )


def _worry_items() -> tuple[Item, ...]:
    return tuple(
        Item(
            f"fraga_oro_{name}",
            f"f17{chr(ord('a') + place)}",
            "ofta",
            f"Hur ofta har du de senaste 12 månaderna oroat dig för att utsättas för {text}?",
            _split(levels, (0.45, 0.55), (0.72, 0.28)),
            loading,
            effects,
            measure=Measure(
                f"oro_{name}",
                f"Oro för {text.replace('din bostad', 'bostaden')}",
                "trygghet",
                (3, 4),
                (1, 2, 3, 4),
                reference_period="senaste 12 månaderna",
            ),
        )
        for place, (name, text, levels, loading, effects) in enumerate(_WORRIES)
    )


def _exposure_items() -> tuple[Item, ...]:
    return tuple(
        Item(
            f"fraga_utsatt_{name}",
            f"f20{chr(ord('a') + place)}",
            "utsatt",
            f"Har du själv under de senaste 12 månaderna utsatts för {text}?",
            _split(levels, (1.0,), (0.7, 0.3)),
            loading,
            effects,
            measure=Measure(
                f"utsatt_{name}",
                f"Utsatt för {text}",
                "sakerhet",
                (2, 3),
                (1, 2, 3),
                reference_period="senaste 12 månaderna",
                sensitive=sensitive,
            ),
        )
        for place, (name, text, levels, loading, effects, sensitive) in enumerate(_EXPOSURES)
    )


ITEMS: tuple[Item, ...] = (
    Item(
        "trygg_kvall",
        "f12a",
        "kvall",
        "Hur trygg är du ute ensam sent på kvällen där du bor?",
        _waves(
            (0.285, 0.375, 0.070, 0.150, 0.055, 0.065),
            (0.262, 0.363, 0.070, 0.166, 0.064, 0.075),
            (0.258, 0.362, 0.070, 0.168, 0.065, 0.077),
        ),
        0.80,
        {"kvinna": 0.25},
        0.01,
        Measure("otrygg_kvall", "Otrygg ute sent på kvällen", "trygghet", (3, 4, 5), (1, 2, 3, 4, 5, 6)),
    ),
    Item(
        "trygg_dag",
        "f12b",
        "dag",
        "Hur trygg är du ute ensam dagtid där du bor?",
        _split((0.072, 0.080, 0.082), (0.62, 0.38), (0.75, 0.25)),
        0.70,
        {},
        0.01,
        Measure("otrygg_dag", "Otrygg ute dagtid", "trygghet", (3, 4), (1, 2, 3, 4)),
    ),
    Item(
        "trygghet_betyg",
        "f13",
        "betyg",
        "Hur tryggt är det på det hela taget i området där du bor, från 0 (inte alls tryggt) till 10 (helt tryggt)?",
        _waves(
            (0.11, 0.16, 0.22, 0.18, 0.11, 0.09, 0.05, 0.04, 0.02, 0.01, 0.01),
            (0.10, 0.15, 0.21, 0.19, 0.11, 0.10, 0.05, 0.04, 0.03, 0.01, 0.01),
            (0.10, 0.15, 0.21, 0.18, 0.12, 0.10, 0.05, 0.04, 0.03, 0.01, 0.01),
        ),
        0.70,
        {},
        0.01,
    ),
    *_problem_items(),
    Item(
        "otrygg_plats",
        "f16",
        "ja_nej",
        "Finns det någon plats i kommunen där du känner dig otrygg?",
        _waves((0.66, 0.34), (0.63, 0.37), (0.62, 0.38)),
        0.60,
        {"kvinna": 0.2, "Centrum": 0.2},
        0.04,
        Measure(
            "namner_otrygg_plats", "Känner sig otrygg på någon plats", "trygghet", (1,), (1, 2, "dont_know")
        ),
    ),
    Item(
        "otrygg_tid",
        "f16b",
        "tid",
        "Vilken tid på dygnet känner du dig mest otrygg där?",
        _waves((0.02, 0.07, 0.57, 0.34), (0.02, 0.07, 0.58, 0.33), (0.02, 0.07, 0.58, 0.33)),
        0.10,
        {},
        0.02,
        Measure(
            "otrygg_morka_timmar", "Mest otrygg på kvällen eller natten", "trygghet", (3, 4), (1, 2, 3, 4)
        ),
        ("otrygg_plats", (1,)),
    ),
    *_worry_items(),
    Item(
        "fraga_avstar",
        "f19",
        "ofta",
        "Hur ofta har du de senaste 12 månaderna avstått från att gå ut på grund av otrygghet?",
        _split((0.105, 0.118, 0.121), (0.58, 0.42), (0.7, 0.3)),
        0.70,
        {"kvinna": 0.2},
        0.0,
        Measure(
            "avstar_ofta",
            "Avstår ofta från att gå ut på grund av otrygghet",
            "trygghet",
            (3, 4),
            (1, 2, 3, 4),
            reference_period="senaste 12 månaderna",
        ),
    ),
    *_exposure_items(),
    Item(
        "fraga_fortroende_polis",
        "f22a",
        "fortroende",
        "Vilket förtroende har du för hur polisen arbetar där du bor?",
        _waves(
            (0.14, 0.40, 0.26, 0.13, 0.07), (0.14, 0.41, 0.26, 0.12, 0.07), (0.15, 0.41, 0.25, 0.12, 0.07)
        ),
        0.35,
        {"Lunden": 0.2},
        0.07,
        Measure(
            "fortroende_polis", "Stort förtroende för polisen", "trygghet", (1, 2), (1, 2, 3, 4, 5), "low"
        ),
        streams=("brev",),
    ),
    Item(
        "fraga_fortroende_kommun",
        "f22b",
        "fortroende",
        "Vilket förtroende har du för hur kommunen arbetar med trygghet?",
        _waves(
            (0.05, 0.30, 0.38, 0.18, 0.09), (0.05, 0.29, 0.38, 0.18, 0.10), (0.06, 0.33, 0.36, 0.16, 0.09)
        ),
        0.35,
        {},
        0.12,
        Measure(
            "fortroende_kommun",
            "Stort förtroende för kommunens trygghetsarbete",
            "trygghet",
            (1, 2),
            (1, 2, 3, 4, 5),
            "low",
            version={"2026": "2"},
        ),
        streams=("brev",),
        wording={
            "2026": "Vilket förtroende har du för hur kommunen arbetar för att öka tryggheten där du bor?"
        },
    ),
    Item(
        "fraga_kann_lofte",
        "f25",
        "lofte",
        "Känner du till medborgarlöftet mellan kommunen och polisen?",
        _waves((0.945, 0.042, 0.013), (0.897, 0.079, 0.024), (0.860, 0.107, 0.033)),
        0.0,
        {"alder": 0.25},
        0.14,
        Measure(
            "kann_lofte", "Känner till medborgarlöftet", "trygghet", (1, 2), (1, 2, 3, "dont_know"), "low"
        ),
    ),
)
REPORTED = Item(
    "fraga_anmalt",
    "f21",
    "ja_nej",
    "Polisanmäldes den senaste händelsen?",
    _waves((0.61, 0.39), (0.62, 0.38), (0.63, 0.37)),
    0.0,
    {"alder": 0.2},
    0.03,
    Measure(
        "anmalt",
        "Polisanmälde den senaste händelsen",
        "sakerhet",
        (1,),
        (1, 2),
        "low",
        "senaste 12 månaderna",
    ),
)
SCHOOL_SAFETY = Item(
    "fraga_trygg_skola",
    "e3",
    "skola",
    "Hur trygg känner du dig i skolan?",
    _split((0.13, 0.14, 0.15), (0.45, 0.55), (0.7, 0.3)),
    0.6,
    {"kvinna": 0.2},
    0.0,
    Measure("otrygg_skola", "Otrygg i skolan", "trygghet", (3, 4), (1, 2, 3, 4)),
    streams=("elev",),
)


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a choose-up-to-three block: key, label, share of those who answer that choose it by wave, and leanings."""

    key: str
    label: str
    shares: tuple[float, float, float]
    unsafety: float = 0.0
    effects: Mapping[str, float] = field(default_factory=dict)


PRIORITIES = (
    Option("narkotika", "Narkotika", (0.385, 0.425, 0.455), 0.10, {"Lunden": 0.2}),
    Option(
        "grov_brottslighet", "Grov organiserad brottslighet", (0.285, 0.325, 0.330), 0.10, {"Lunden": 0.3}
    ),
    Option("ordning", "Grupper som stör ordningen", (0.310, 0.305, 0.308), 0.15, {"Sjöstaden": 0.3}),
    Option("nedskrapning", "Nedskräpning", (0.285, 0.290, 0.297), -0.20, {"Centrum": 0.2}),
    Option(
        "trafik",
        "Buskörning och farlig trafik",
        (0.305, 0.292, 0.290),
        -0.25,
        {"Ekbacken": 0.3, "Åsbyn": 0.4},
    ),
    Option("sexualbrott", "Sexualbrott", (0.262, 0.278, 0.281), 0.10, {"kvinna": 0.5, "alder": -0.2}),
    Option("inbrott", "Inbrott", (0.235, 0.195, 0.180), -0.10, {"Brovallen": 0.5, "alder": 0.2}),
    Option("skadegorelse", "Skadegörelse och klotter", (0.165, 0.155, 0.150), -0.10),
    Option("cykelstold", "Cykelstölder", (0.145, 0.125, 0.115), -0.15, {"Centrum": 0.4, "alder": -0.2}),
    Option("bedrageri", "Bedrägerier mot äldre", (0.085, 0.105, 0.125), 0.0, {"alder": 0.6}),
    Option(
        "belysning", "Mörka och otrygga platser", (0.105, 0.095, 0.090), 0.20, {"kvinna": 0.3, "Åsbyn": 0.3}
    ),
    Option("vald_nara", "Våld i nära relationer", (0.060, 0.063, 0.066), 0.0, {"kvinna": 0.4}),
)
UNIONS = {"ordning_och_nedskrapning": ("ordning", "nedskrapning")}
PUPIL_PRIORITIES = (
    Option("mobbning", "Mobbning och kränkningar", (0.46, 0.45, 0.44)),
    Option("droger", "Droger bland unga", (0.33, 0.38, 0.41), 0.1),
    Option("vald_skola", "Bråk och våld i skolan", (0.34, 0.36, 0.37), 0.2),
    Option("natet", "Hot och kränkningar på nätet", (0.30, 0.31, 0.33), 0.0, {"kvinna": 0.3}),
    Option("sexuellt", "Sexuella trakasserier", (0.27, 0.28, 0.28), 0.0, {"kvinna": 0.6}),
    Option("skolvag", "Trygg väg till skolan", (0.20, 0.19, 0.18), 0.2),
    Option("fritid", "Någonstans att vara på fritiden", (0.36, 0.35, 0.35), -0.1),
    Option("vuxna", "Fler vuxna ute på kvällarna", (0.22, 0.22, 0.21), 0.1),
)
SCHOOLS = {1: "Lundenskolan", 2: "Sjöstadens skola", 3: "Ekbackens skola", 4: "Exempelgymnasiet"}
GRADES = {1: "Årskurs 8", 2: "Gymnasiet år 2"}
