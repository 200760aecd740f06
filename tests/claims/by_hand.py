"""Results written by hand, with the numbers of the key sentences that the texts give as examples."""

import datetime as dt

import numpy as np
import pandas as pd

from trygghet.claims import Context, Phrase, Source, numbers_sv
from trygghet.estimate import About, DenseKernel, Estimates, RespondentShares
from trygghet.ranking import RankBounds, RankOptions, RankSets, TopSet

MARS = numbers_sv.period(dt.date(2026, 3, 2), dt.date(2026, 3, 30))
CONTEXT = Context(
    sources={
        ("2026", "brev"): Source("persons", MARS),
        ("2024", "brev"): Source("persons", "mars 2024"),
        ("2026", "webb"): Source("self_selected", MARS),
    },
    phrases={
        "otrygg_kvall": Phrase(
            "andelen otrygga kvällstid",
            "känner sig",
            "otrygga kvällstid",
            "otryggheten",
            "the share unsafe in the evening",
        )
    },
    choose=3,
    dont_know=frozenset({"kann_lofte"}),
)
LABELS = {
    "otrygg_kvall": "Otrygg ute sent på kvällen",
    "kann_lofte": "Känner till medborgarlöftet",
    "prio.narkotika": "Narkotika",
    "prio.grov": "Grov organiserad brottslighet",
    "prio.ordning": "Ordningsstörningar",
    "prio.sexualbrott": "Sexualbrott",
    "prio.nedskrapning": "Nedskräpning",
    "prio.trafik": "Trafik",
    "prio.inbrott": "Inbrott",
}
PRIORITIES = tuple(item for item in LABELS if item.startswith("prio."))


def frame(items, by="", domains=("Alla",)):
    rows = [(item, "", by, domain) for item in items for domain in domains]
    return pd.DataFrame(rows, columns=["item", "category", "by", "domain"], dtype=str)


def estimates(values, *, items=("otrygg_kvall",), by="", domains=("Alla",), n=1101, se=None, estimand="proportion",
              wave="2026", dof=1e9, covariance=None, status="ok", stream="brev", approximate=False):  # fmt: skip
    values = np.asarray(values, dtype=float)
    k = len(values)
    bases = np.broadcast_to(np.asarray(n), k).astype(np.int64).copy()
    share = estimand == "proportion"
    errors = (
        np.sqrt(values * (1 - values) / bases)
        if se is None
        else np.broadcast_to(np.asarray(se, dtype=float), k)
    )
    return Estimates(
        estimand=estimand,
        cells=frame(items, by, domains),
        values=values,
        n=bases,
        numerator=np.rint(np.nan_to_num(values) * bases).astype(np.int64) if share else np.full(k, -1),
        dof=np.broadcast_to(np.asarray(dof, dtype=float), k).copy(),
        design_effect=np.ones(k),
        status=np.full(k, status, dtype=object),
        kernel=DenseKernel(np.diag(errors**2) if covariance is None else covariance),
        about=About(stream=stream, wave=wave, labels=LABELS, approximate=approximate),
    )


def shares(values, *, items=("otrygg_kvall",), n=1101, by="", domains=("Alla",), wave="2026"):
    values = np.asarray(values, dtype=float)
    return RespondentShares(
        estimand="proportion",
        cells=frame(items, by, domains),
        values=values,
        n=np.full(len(values), n),
        numerator=np.rint(values * n).astype(np.int64),
        status=np.full(len(values), "ok", dtype=object),
        about=About(stream="webb", wave=wave, labels=LABELS),
    )


def ranking(lower, upper, values=(0.47, 0.41, 0.38, 0.36, 0.34, 0.33, 0.22), *, joint=True, n=612):
    k = len(values)
    lower, upper = np.asarray(lower), np.asarray(upper)
    ahead = np.array([[upper[j] < lower[i] for i in range(k)] for j in range(k)])
    bounds = RankBounds(
        rank=np.arange(1, k + 1),
        lower=lower,
        upper=upper,
        ahead=ahead,
        behind=ahead.T.copy(),
        ranked=np.ones(k, dtype=bool),
        critical_values=np.full(k, 3.0),
        borderline=(),
        inseparable=(),
        options=RankOptions(seed=1, joint=joint),
    )
    items = PRIORITIES[:k]
    return RankSets(estimates(values, items=items, n=n), tuple(LABELS[item] for item in items), bounds)


def top(lower, upper, m=4, **others):
    return TopSet(ranking(lower, upper, **others), m)
