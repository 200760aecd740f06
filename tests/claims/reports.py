"""Whole reports of simulated municipalities, through the very functions of the pipeline: from answers to sentences and marks."""

from dataclasses import dataclass, field
from functools import cache, partial

import numpy as np
import pandas as pd
from scipy import stats

from trygghet.claims import Claim, Context, tried
from trygghet.codebook import Codebook
from trygghet.design import SurveyDesign
from trygghet.estimate import difference, multi_response, proportion
from trygghet.ingest import Microdata
from trygghet.ingest.provenance import Provenance
from trygghet.pipeline.analyses import stream_results
from trygghet.pipeline.comparisons import changes_between
from trygghet.pipeline.declared import declared
from trygghet.pipeline.params import Params
from trygghet.pipeline.rankings import wave_rankings
from trygghet.pipeline.results import ResultName
from trygghet.pipeline.statements import assembled
from trygghet.pipeline.weighting import stream_weights
from trygghet.report.contrast_marks import marks_of
from trygghet.weighting import Margins

AREAS = tuple(f"O{k}" for k in range(7))
SIZES = np.array([8000, 5000, 4000, 6000, 5000, 5000, 2000])
HEADLINE = ("otrygg_kvall", "kann_lofte", "oro_vald")
PROBLEMS = tuple(f"problem_{k}" for k in range(6))
ITEMS = (*HEADLINE, *PROBLEMS)
OPTIONS = tuple(f"p{k}" for k in range(12))
MARGIN = 0.08


def params(draws=1000):
    """The parameters of a project that declares every kind of statement."""
    return Params.model_validate(
        {
            "waves": {"2024": {"survey": "a.sav"}, "2026": {"survey": "a.sav", "previous": "2024"}},
            "weighting": {"mode": "own", "method": "raking", "bounds": [0.2, 5.0]},
            "estimate": {
                "domains": ["omrade"],
                "items": {"problem": ["problem_*"], "trygghet": ["otrygg_*", "kann_*", "oro_*"]},
            },
            "ranking": {"priorities": "prio", "items": "problem", "draws": draws, "seed": 1, "top": 4},
            "claims": {
                "families": {"headline": HEADLINE},
                "thresholds": {"kann_lofte": {"low": 0.20, "high": 0.20}},
                "meanings": {"oro_vald": {"många": {"at_least": 0.15}}},
                "margins": {"otrygg_kvall": MARGIN},
            },
            "report": {"municipality": "Ort", "date": "2026-11-22"},
        }
    )


@cache
def book(wave):
    yes = "{kind: nominal, labels: {0: Nej, 1: Ja}}"
    variables = ", ".join(f"v_{item}: {yes}" for item in ITEMS)
    areas = ", ".join(f"{code}: {name}" for code, name in enumerate(AREAS, start=1))
    indicators = ", ".join(
        f"{item}: {{from: v_{item}, label: {item}, concept: trygghet, counts: [1], base: [0, 1], worse: high}}"
        for item in ITEMS
    )
    columns = ", ".join(f"{option}: {option}" for option in OPTIONS)
    return Codebook.from_text(
        f"""
survey: Trygghet
wave: "{wave}"
id: lopnr
streams: {{whole_file: {{name: brev, sampling: persons}}}}
design: {{strata: omrade, population: size, lonely_psu: fail}}
areas: {{variable: omrade}}
variables: {{omrade: {{kind: nominal, role: background, labels: {{{areas}}}}},
  kon: {{kind: nominal, role: background, labels: {{1: Kvinna, 2: Man}}}}, {variables}}}
indicators: {{{indicators}}}
multi_response:
  prio: {{columns: {{{columns}}}, selected: 1, choose: 3}}
"""
    )


@dataclass(frozen=True)
class Truth:
    """Shares of a municipality: of the indicators by area and wave, and how often options are chosen."""

    shares: dict[str, float] = field(
        default_factory=lambda: {
            "otrygg_kvall": 0.30,
            "kann_lofte": 0.20,
            "oro_vald": 0.15,
            **dict.fromkeys(PROBLEMS, 0.25),
        }
    )
    by_area: dict[str, float] = field(default_factory=dict)
    rise: float = 0.0
    appeal: tuple[float, ...] = (1.0,) * 12

    def says_falsely(self, claim: Claim) -> bool:
        """Whether a statement is supported though it does not hold; for municipalities that are alike in areas and options."""
        if claim.verdict != "supported" or claim.statement == "level":
            return False
        risen = self.rise > 0 and "otrygg_kvall" in {key.item for key in claim.uses}
        if claim.statement == "increased":
            return not risen
        if claim.statement == "unchanged":
            return abs(self.rise) >= MARGIN
        return True  # every threshold and every meaning lies exactly at its share


def answers(truth, rng, *, n, wave):
    """Equal numbers from every area, three options each, a leaning that the answers share."""
    each = n // len(AREAS)
    area = np.repeat(np.arange(len(AREAS)), each)
    size = len(area)
    leaning = rng.standard_normal(size)
    columns = {
        "_id": np.arange(size),
        "_stream": "brev",
        "omrade": area + 1.0,
        "kon": rng.integers(1, 3, size).astype(float),
        "size": SIZES[area].astype(float),
    }
    for item in ITEMS:
        extra = np.array([truth.by_area.get(name, 0.0) for name in AREAS])[area]
        p = truth.shares[item] + (
            extra + truth.rise * (wave == "2026") if item == "otrygg_kvall" else np.zeros(size)
        )
        latent = (leaning + rng.standard_normal(size)) / np.sqrt(2)  # one person's answers hang together
        columns[f"v_{item}"] = (latent > stats.norm.isf(p)).astype(float)
    tickets = np.log(truth.appeal) + rng.gumbel(size=(size, len(OPTIONS)))
    ticks = np.zeros((size, len(OPTIONS)))
    np.put_along_axis(ticks, np.argsort(-tickets, axis=1)[:, :3], 1.0, axis=1)
    columns |= {f"prio.{option}": ticks[:, place] for place, option in enumerate(OPTIONS)}
    frame = pd.DataFrame(columns)
    missing = pd.DataFrame(0, index=frame.index, columns=list(frame.columns[2:]), dtype=np.uint8)
    return Microdata(frame, missing, book(wave), Provenance("a.sav", "", size, "utf-8", "sav", "simulation"))


MARGINS = Margins.from_dict(
    {
        "omrade": dict(zip(AREAS, SIZES.astype(float), strict=True)),
        "kon": {"Kvinna": SIZES.sum() / 2, "Man": SIZES.sum() / 2},
    }
)


def everything(data, weights, asked, *, wave):
    """All results of a wave, as the pipeline's own stage makes them."""
    return dict(stream_results(data, weights, asked.estimate))


class ReadOnce(Microdata):
    """Answers whose columns are made of their codes once, however often they are asked for."""

    def numeric(self, name):
        known = self.__dict__.setdefault("known", {})
        if name not in known:
            known[name] = super().numeric(name)
        return known[name]


def judged(data, weights, asked, *, wave):
    """Only the results of a wave that statements and marks are judged by: less than half the time of ``everything``."""
    name = partial(ResultName, "brev")
    data = ReadOnce(data.frame, data.missing, data.codebook, data.provenance)
    compared = SurveyDesign.from_data(data, weights=weights, finite_population=False)
    found = {name("trygghet", kind="trend"): proportion(compared, HEADLINE)}
    if wave == "2024":
        return found
    whole = SurveyDesign.from_data(data, weights=weights, finite_population=asked.estimate.finite_population)
    found |= {
        name("trygghet"): proportion(whole, HEADLINE),
        name("trygghet", "omrade"): proportion(whole, HEADLINE, by="omrade"),
        name("prio"): multi_response(whole, "prio"),
    }
    for what, items in (("trygghet", HEADLINE), ("problem", PROBLEMS)):
        areas = proportion(compared, items, by="omrade")
        found[name(what, "omrade", "rest")] = difference(areas, variance="larger")
    return found


def results(truth, rng, *, n, wave, asked, made=everything):
    survey = answers(truth, rng, n=n, wave=wave)
    ((_, data, weights),) = stream_weights(survey, MARGINS, asked.weighting)
    return made(data, weights, asked, wave=wave)


def report(truth, rng, *, n=700, draws=1000, made=judged):
    """Every claim of one report, and the marks of its table of areas."""
    asked = params(draws)
    old, new = (results(truth, rng, n=n, wave=wave, asked=asked, made=made) for wave in ("2024", "2026"))
    rankings = wave_rankings(new, book("2026"), asked)
    changes = dict(changes_between(new, old, ()))
    found = assembled(new, rankings, area="omrade", former=old, changes=changes)
    settled = declared(asked, book("2026"))
    context = Context.from_codebooks(book("2026"), book("2024"), level=asked.estimate.level)
    (table,) = (name for name in new if (name.what, name.kind) == ("problem", "rest"))
    marks = marks_of(new[table], level=settled.families.family_level)
    return list(tried(found, settled, context)), [mark for mark in marks.values() if mark]


def false_things(truth, rng, *, n=700):
    """What a report says that is false, by statement; every mark is, where the problems are alike in all areas."""
    claims, marks = report(truth, rng, n=n)
    return [claim.statement for claim in claims if truth.says_falsely(claim)] + ["mark"] * len(marks)
