"""What the inhabitants of Exempelstad would answer: the share behind each answer, by wave.

Everything here is invented. The shares are set so that a promise draft has something to say and something that it may not say:
drugs are surely among the four priorities, what follows is nearly tied; Lunden is clearly less safe than the rest; evening safety
hardly moved between 2024 and 2026; about 12 per cent know of the promise.
"""

from trygghet.datasets.batteries import by_wave, exposure_items, problem_items, split_shares, worry_items
from trygghet.datasets.scales import Item, Measure

ITEMS: tuple[Item, ...] = (
    Item(
        "trygg_kvall",
        "f12a",
        "kvall",
        "Hur trygg är du ute ensam sent på kvällen där du bor?",
        by_wave(
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
        split_shares((0.072, 0.080, 0.082), (0.62, 0.38), (0.75, 0.25)),
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
        by_wave(
            (0.11, 0.16, 0.22, 0.18, 0.11, 0.09, 0.05, 0.04, 0.02, 0.01, 0.01),
            (0.10, 0.15, 0.21, 0.19, 0.11, 0.10, 0.05, 0.04, 0.03, 0.01, 0.01),
            (0.10, 0.15, 0.21, 0.18, 0.12, 0.10, 0.05, 0.04, 0.03, 0.01, 0.01),
        ),
        0.70,
        {},
        0.01,
    ),
    *problem_items(),
    Item(
        "otrygg_plats",
        "f16",
        "ja_nej",
        "Finns det någon plats i kommunen där du känner dig otrygg?",
        by_wave((0.66, 0.34), (0.63, 0.37), (0.62, 0.38)),
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
        by_wave((0.02, 0.07, 0.57, 0.34), (0.02, 0.07, 0.58, 0.33), (0.02, 0.07, 0.58, 0.33)),
        0.10,
        {},
        0.02,
        Measure(
            "otrygg_morka_timmar", "Mest otrygg på kvällen eller natten", "trygghet", (3, 4), (1, 2, 3, 4)
        ),
        ("otrygg_plats", (1,)),
    ),
    *worry_items(),
    Item(
        "fraga_avstar",
        "f19",
        "ofta",
        "Hur ofta har du de senaste 12 månaderna avstått från att gå ut på grund av otrygghet?",
        split_shares((0.105, 0.118, 0.121), (0.58, 0.42), (0.7, 0.3)),
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
    *exposure_items(),
    Item(
        "fraga_fortroende_polis",
        "f22a",
        "fortroende",
        "Vilket förtroende har du för hur polisen arbetar där du bor?",
        by_wave(
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
        by_wave(
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
        by_wave((0.945, 0.042, 0.013), (0.897, 0.079, 0.024), (0.860, 0.107, 0.033)),
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
    by_wave((0.61, 0.39), (0.62, 0.38), (0.63, 0.37)),
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
    split_shares((0.13, 0.14, 0.15), (0.45, 0.55), (0.7, 0.3)),
    0.6,
    {"kvinna": 0.2},
    0.0,
    Measure("otrygg_skola", "Otrygg i skolan", "trygghet", (3, 4), (1, 2, 3, 4)),
    streams=("elev",),
)
