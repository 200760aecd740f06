"""Realistic invented results, screened for real, from which the report's tests draw."""

import datetime as dt

import numpy as np
import pandas as pd

from trygghet.claims import CellKey, Claim
from trygghet.disclosure import DisclosureRules, Table, screen
from trygghet.estimate import About, Estimates, RespondentShares
from trygghet.estimate.kernels import DenseKernel
from trygghet.ranking import RankOptions, top_set
from trygghet.report import ReportSources, Stamp, StreamFacts, WaveFacts, WaveReport, WeightFacts

AREAS = {
    "narkotika": "Narkotika",
    "grov": "Grov organiserad brottslighet",
    "ordning": "Ordningsstörningar",
    "sexualbrott": "Sexualbrott",
    "nedskrapning": "Nedskräpning",
    "trafik": "Trafik och buskörning",
    "inbrott": "Inbrott",
    "skadegorelse": "Skadegörelse och klotter",
    "vald": "Våld och misshandel",
    "bedrageri": "Bedrägerier mot äldre på nätet",
}
PRIORITIES = (0.47, 0.41, 0.38, 0.36, 0.34, 0.33, 0.22, 0.17, 0.20, 0.13)
PROBLEMS = (0.44, 0.31, 0.28, 0.12, 0.38, 0.35, 0.22, 0.29, 0.15, 0.26)
DISTRICTS = {
    "Centrum": 240,
    "Norra staden": 190,
    "Lunden": 95,
    "Höjden": 140,
    "Sjöstaden": 22,
    "Västra Ängarna": 205,
}
SHIFTS = (0.16, -0.15, 0.0, 0.02, 0.05, 0.0)
ITEMS = tuple(f"problem_{name}" for name in AREAS)
LABELS = dict(zip(ITEMS, AREAS.values(), strict=True))
STAMP = Stamp("Exempelstad", "KS 2026/00001", dt.date(2026, 11, 22), "SYNTETISKA DATA")


def estimates(values, n, items, *, domains=None, estimand="proportion", spread=None, stream="brev"):
    """Make estimates as a survey of persons would give them, with a slightly negative covariance between items."""
    values = np.asarray(values, dtype=np.float64)
    n = np.broadcast_to(np.asarray(n, dtype=np.int64), values.shape).copy()
    variance = 1.4 * values * (1 - values) / n if spread is None else np.asarray(spread) ** 2
    error = np.sqrt(variance)
    covariance = np.diag(variance)
    if domains is None:
        covariance = -0.05 * np.outer(error, error) + np.diag(1.05 * variance)
    share = estimand == "proportion"
    return Estimates(
        estimand=estimand,
        cells=cells(items, domains),
        values=values,
        n=n,
        numerator=np.round(values * n).astype(np.int64) if share else np.full(len(values), -1),
        dof=np.full(len(values), 400.0),
        design_effect=np.full(len(values), 1.4),
        status=np.full(len(values), "ok", dtype=object),
        kernel=DenseKernel(covariance),
        about=About(stream=stream, wave="2026", labels=LABELS),
    )


def respondents(values, n, items, *, domains=None, stream="webb"):
    """Make shares among those who filled in an open form."""
    values = np.asarray(values, dtype=np.float64)
    n = np.broadcast_to(np.asarray(n, dtype=np.int64), values.shape).copy()
    return RespondentShares(
        estimand="proportion",
        cells=cells(items, domains),
        values=values,
        n=n,
        numerator=np.round(values * n).astype(np.int64),
        status=np.full(len(values), "ok", dtype=object),
        about=About(stream=stream, wave="2026", labels=LABELS),
    )


def cells(items, domains):
    domain = ["Alla"] * len(items) if domains is None else list(domains)
    by = "" if domains is None else "omrade"
    return pd.DataFrame({"item": list(items), "category": "", "by": by, "domain": domain})


def crossed():
    """Items, domains, values, bases, differences and their errors of problems by district."""
    rows = [
        (item, district, value + shift, n, shift)
        for item, value in zip(ITEMS, PROBLEMS, strict=True)
        for (district, n), shift in zip(DISTRICTS.items(), SHIFTS, strict=True)
    ]
    items, domains, values, ns, shifts = zip(*rows, strict=True)
    return items, domains, np.clip(values, 0.03, 0.9), ns, shifts, [np.sqrt(0.22 * 1.4 / n) for n in ns]


def priorities(m=4):
    return top_set(estimates(PRIORITIES, 612, ITEMS), m, RankOptions(seed=2026))


def problems():
    return estimates(PROBLEMS, [1080 - 7 * place for place in range(len(ITEMS))], ITEMS)


def areas():
    items, domains, values, ns, _, _ = crossed()
    return estimates(values, ns, items, domains=domains)


def contrasts():
    items, domains, _, ns, shifts, errors = crossed()
    return estimates(shifts, ns, items, domains=domains, estimand="difference", spread=errors)


def open_areas():
    items, domains, values, ns, _, _ = crossed()
    return respondents(values, ns, items, domains=domains)


def response():
    rows = [
        ("Kön", "Kvinna", 590, 0.536, 0.50, 0.498, 1.25),
        ("Kön", "Man", 511, 0.464, 0.50, 0.502, 1.4),
        ("Ålder", "16–29 år", 120, 0.109, 0.22, 0.221, 1.2),
        ("Ålder", "30–49 år", 270, 0.245, 0.31, 0.311, 1.08),
        ("Ålder", "50–84 år", 711, 0.646, 0.47, 0.468, 1.06),
    ]
    columns = [
        "grupp_av",
        "grupp",
        "svarande",
        "andel_ovagd",
        "andel_vagd",
        "andel_befolkning",
        "designeffekt",
    ]
    frame = pd.DataFrame(rows, columns=columns)
    return Table(
        frame,
        ("svarande",),
        {"svarande": ("andel_ovagd", "andel_vagd", "designeffekt")},
        "grupp_av",
        "2026",
        "brev",
    )


def drawn():
    rows = [
        ("Område", "Centrum", 800, 420),
        ("Område", "Norra staden", 520, 109),
        ("Område", "Lunden", 700, 300),
        ("Område", "Höjden", 600, 250),
        ("Område", "Åsbyn", 60, 22),
    ]
    frame = pd.DataFrame(rows, columns=["grupp_av", "grupp", "netto", "svar"])
    frame = frame.assign(svarsandel=frame["svar"] / frame["netto"])
    return Table(frame, ("svar",), {"svar": ("svarsandel",)}, "grupp_av", "2026", "brev")


def unweighted():
    moved = np.array(PROBLEMS) + np.array([0.05, -0.04, 0.01, 0.0, -0.01, 0.02, 0.003, -0.02, 0.01, 0.0])
    return respondents(moved, [1080 - 7 * place for place in range(len(ITEMS))], ITEMS, stream="brev")


def claim(verdict, text, **more):
    uses = (CellKey("problem_narkotika", "", "", "Alla", "2026", more.pop("stream", "brev")),)
    base = "Bas: 612 svarande i det slumpmässiga urvalet, mars 2026."
    return Claim("among_largest", verdict, {}, "övre ranggräns högst 4", text, uses, base=base, **more)


def facts():
    return WaveFacts(
        wave="2026",
        survey="Trygghet i Exempelstad",
        streams=(
            StreamFacts(
                "brev",
                "persons",
                1101,
                2700,
                "kommunen",
                "folkbokföringen",
                dt.date(2026, 3, 2),
                dt.date(2026, 3, 30),
                {"answered": 1101, "refused": 400, "not_reached": 1179, "ineligible": 20},
            ),
            StreamFacts("webb", "self_selected", 874),
        ),
        focus="brev",
        ages="16–84 år",
        area_word="stadsdel",
        priority_question="Vilka områden tycker du att polisen och kommunen ska prioritera?",
        choose=3,
        problem_question="Hur stort problem är följande där du bor?",
        weights=WeightFacts("own", "raking", 1.42, 775.0, (0.41, 2.73), 1e-10),
    )


def open_facts():
    return WaveFacts(
        wave="2026",
        survey="Trygghet i Exempelstad",
        streams=(StreamFacts("webb", "self_selected", 874, start=dt.date(2026, 3, 1)),),
        focus="webb",
        choose=3,
    )


def sources():
    return ReportSources({"survey.sav": "ab" * 32, "codebook.yaml": "cd" * 32}, {"ranking": {"top": 4}})


def report():
    """Make the report of a wave with a random sample."""
    kept = screen(
        {
            "priorities": priorities(),
            "problems": problems(),
            "areas": areas(),
            "contrasts": contrasts(),
            "response": response(),
            "drawn": drawn(),
            "unweighted": unweighted(),
            "known": claim("supported", "Narkotika hör säkert till de fyra (47 %, felmarginal 42–52)."),
            "unknown": claim(
                "cannot_be_shown",
                "Skillnaden är för liten för att säga något.",
                needed="omkring 7 procentenheter",
            ),
        },
        DisclosureRules(),
    )
    return WaveReport(
        facts(),
        STAMP,
        sources(),
        kept["problems"],
        kept["priorities"],
        kept["areas"],
        kept["contrasts"],
        kept["response"],
        (kept["known"], kept["unknown"]),
        drawn=kept["drawn"],
        moves=((kept["problems"], kept["unweighted"]),),
    )


def open_report():
    """Make the report of a wave with an open form alone."""
    kept = screen(
        {
            "priorities": respondents(PRIORITIES, 874, ITEMS),
            "problems": respondents(PROBLEMS, 870, ITEMS),
            "areas": open_areas(),
            "claim": claim(
                "describes_respondents",
                "Bland de 874 som svarade valde flest narkotika (47 %).",
                stream="webb",
            ),
        },
        DisclosureRules(),
    )
    return WaveReport(
        open_facts(),
        STAMP,
        sources(),
        kept["problems"],
        kept["priorities"],
        kept["areas"],
        claims=(kept["claim"],),
    )
