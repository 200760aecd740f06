"""Synthetic waves with exact shares, put through the real estimators: built to support a draft, to contradict it, or to say nothing."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from trygghet.claims import Context, Meaning, both
from trygghet.claims.drafts import Evidence, Order, Topic
from trygghet.claims.phrases import PRIORITIES, WORRIES
from trygghet.design import SurveyDesign
from trygghet.estimate import difference, proportion
from trygghet.ranking import RankOptions, rank, top_set
from trygghet.waves import change

AREAS = ("Centrum", "Norr", "Nävertorp", "Tätorten", "Öster", "Söder", "Väster", "Byn")
LABELS = {
    "otrygg_kvall": "Otrygg ute sent på kvällen",
    "otrygg_dag": "Otrygg ute dagtid",
    "kann_lofte": "Känner till medborgarlöftet",
    "anmalt": "Polisanmälde den senaste händelsen",
    "oro_vald": "Oro för våldsbrott",
    "oro_inbrott": "Oro för inbrott",
    "oro_bedrageri": "Oro för bedrägeri",
    "utsatt_vald": "Utsatt för våldsbrott",
    "utpekar_platser": "Pekar ut en otrygg plats",
    "prio.narkotika": "Narkotika",
    "prio.grov": "Grov organiserad brottslighet",
    "prio.ordning": "Grupper som stör ordningen",
    "prio.sexualbrott": "Sexualbrott",
    "prio.inbrott": "Inbrott",
    "prio.trafik": "Trafik",
}
PRIO = [item for item in LABELS if item.startswith("prio.")]
ORO = ["oro_vald", "oro_inbrott", "oro_bedrageri"]
MAIN = [item for item in LABELS if not item.startswith("prio.")]
CONTEXT = Context(choose=3, dont_know=frozenset({"kann_lofte"}))
OPTIONS = RankOptions(seed=7, draws=2000)
MEANINGS = (
    Meaning("många", "at_least", 0.20),
    Meaning("relativt trygga", "at_least", 0.60),
    Meaning("positiv bild", "at_least", 0.60),
    Meaning("förhållandevis få", "at_most", 0.25),
)
TOPICS = (Topic(r"platser .{0,20}pekas ut", "utpekar_platser"),)


@dataclass(frozen=True)
class Wave:
    name: str
    design: SurveyDesign

    def shares(self, items, **options):
        result = proportion(self.design, items, **options)
        return replace(
            result,
            about=replace(result.about, stream="brev", wave=self.name, labels=LABELS, approximate=False),
        )


def wave(name, shares, *, n=300, seed=1):
    """A wave with ``n`` answers an area and exactly the given shares; a share may be given by area."""
    rng = np.random.default_rng(seed)
    columns = {"omrade": np.repeat(AREAS, n)}
    for item in LABELS:
        given = shares[item]
        by_area = [
            given.get(area, given.get("", 0.0)) if isinstance(given, dict) else given for area in AREAS
        ]
        parts = [rng.permutation(np.arange(n) < round(p * n)) for p in by_area]
        columns[item] = np.concatenate(parts).astype(float)
    return Wave(name, SurveyDesign.from_frame(pd.DataFrame(columns).assign(w=1.0), weights="w"))


def evidence(new, old=None, **declared):
    """Everything that the two waves can say."""
    levels, areas = new.shares(MAIN), new.shares(["otrygg_kvall"], by="omrade")
    calm = 1 - new.design.columns.numeric("otrygg_kvall") > 0
    trygg = replace_not(new.shares(["otrygg_kvall"]))
    worried = new.shares(["oro_vald"], where=calm)
    pairs = {("otrygg_kvall", "oro_vald"): both(trygg, worried, CONTEXT)}
    orders = (
        Order(r"prioriter|fokusområd", top_set(new.shares(PRIO), 4, OPTIONS), PRIORITIES),
        Order(r"(?<!\w)oro\w*", rank(new.shares(ORO), OPTIONS), WORRIES),
    )
    waves = {}
    if old is not None:
        before = old.shares(MAIN)
        waves = {
            "previous": (before,),
            "changes": (change(levels, before),),
            "area_changes": (change(areas, old.shares(["otrygg_kvall"], by="omrade")),),
        }
    return Evidence(
        context=CONTEXT,
        levels=(levels,),
        areas=(areas,),
        contrasts=(difference(areas),),
        orders=orders,
        together=pairs,
        topics=TOPICS,
        **waves,
        **declared,
    )


def replace_not(estimates):
    from trygghet.claims.drafts.evidence import complement

    return complement(estimates)


PLAIN = {
    "otrygg_kvall": 0.30,
    "otrygg_dag": 0.30,
    "kann_lofte": 0.25,
    "anmalt": 0.5,
    "oro_vald": 0.2,
    "oro_inbrott": 0.2,
    "oro_bedrageri": 0.2,
    "utsatt_vald": 0.05,
    "utpekar_platser": 0.25,
    **dict.fromkeys(PRIO, 0.3),
}
BEFORE = wave("2024", {**PLAIN, "otrygg_kvall": 0.25, "anmalt": 0.65}, seed=2)
SUPPORTING = wave(
    "2026",
    {
        **PLAIN,
        "otrygg_kvall": {"": 0.20, "Centrum": 0.44, "Norr": 0.44, "Nävertorp": 0.44, "Tätorten": 0.44},
        "otrygg_dag": 0.10,
        "kann_lofte": 0.12,
        "oro_vald": 0.45,
        "utpekar_platser": 0.12,
        "prio.narkotika": 0.55,
        "prio.grov": 0.50,
        "prio.ordning": 0.46,
        "prio.sexualbrott": 0.42,
        "prio.inbrott": 0.15,
        "prio.trafik": 0.10,
    },
)
CONTRADICTING = wave(
    "2026",
    {
        **PLAIN,
        "otrygg_kvall": {"": 0.85, "Centrum": 0.15, "Norr": 0.15, "Nävertorp": 0.15, "Tätorten": 0.15},
        "otrygg_dag": 0.70,
        "kann_lofte": 0.45,
        "anmalt": 0.80,
        "oro_vald": 0.0,
        "oro_inbrott": 0.5,
        "utpekar_platser": 0.6,
    },
)
