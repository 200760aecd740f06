"""Two worlds that differ only in what the rules withhold, for everything that a report can hold.

In each, the last item was chosen by one or two persons, Sjöstaden has few answers, and Höjden is withheld with it since the two make
up what is left of the municipality. Values, variances, bases, numerators, design effects and degrees of freedom of all that differ.
"""

import datetime as dt
import pprint
import re
from dataclasses import fields
from typing import NamedTuple

import numpy as np
import pandas as pd
from made import cells

from trygghet.claims import CellKey, Claim
from trygghet.claims.declared import Families, Family
from trygghet.disclosure import Released, Table, screening, write_publishable, write_released
from trygghet.estimate.estimates import About, Estimates
from trygghet.estimate.kernels import DenseKernel
from trygghet.estimate.shares import RespondentShares
from trygghet.ranking import (
    OrderCheck,
    OrderStability,
    RankOptions,
    bayes_ranks,
    describe_order,
    rank,
    top_set,
)
from trygghet.ranking.composite import (
    MethodFactors,
    PillarWeights,
    Source,
    SourceDeclaration,
    composite_priority,
)
from trygghet.ranking.respondents import places_of
from trygghet.report import ReportSources, Stamp, StreamFacts, WaveFacts, WaveReport, WeightFacts
from trygghet.waves import change

NAMES = {
    "narkotika": "Narkotika",
    "trafik": "Trafik",
    "inbrott": "Inbrott",
    "klotter": "Klotter",
    "hot": "Hot",
}
ITEMS = tuple(f"problem_{name}" for name in NAMES)
CHOICES = tuple(f"prio.{name}" for name in NAMES)
LEVELS = ("otrygg_kvall", "oro_inbrott", "utsatt_hot")
LABELS = dict(zip((*ITEMS, *CHOICES), (*NAMES.values(), *NAMES.values()), strict=True)) | dict(
    zip(LEVELS, ("Otrygg på kvällen", "Oro för inbrott", "Utsatt för hot"), strict=True)
)
SHARES = (0.44, 0.31, 0.38, 0.27)
DISTRICTS = {
    "Centrum": 110, "Lunden": 95, "Höjden": 60, "Sjöstaden": 23, "Brovallen": 100, "Ekbacken": 70, "Åsbyn": 142,
}  # fmt: skip
FEW, COVER = "Sjöstaden", "Höjden"
ANSWERED = sum(DISTRICTS.values())
SEED = RankOptions(seed=1, draws=1000)


class Secret(NamedTuple):
    """What one world withholds: a share, its standard error, the base of Sjöstaden, and how many chose the last item."""

    value: float
    spread: float
    base: int = 23
    chose: int = 2

    @property
    def planted(self):
        """Numbers that no output may hold."""
        return (self.value, self.spread, self.value - 0.4)


SECRETS = (Secret(0.73519, 0.018263, 23, 2), Secret(0.21847, 0.047391, 17, 1))


def bases(secret):
    """Answers by district: always 600 together."""
    return DISTRICTS | {FEW: secret.base, COVER: ANSWERED - 517 - secret.base}


def counted(secret, items):
    """Shares and how many gave each answer, for everybody together; the last item is the secret one."""
    shown = list(zip(SHARES, np.round(ANSWERED * np.array(SHARES)).astype(int), strict=False))[
        : len(items) - 1
    ]
    return [*shown, (secret.value, secret.chose)]


def made(frame, values, n, *, numerator, hidden, secret, wave="2026", estimand="proportion"):
    """Estimates whose hidden cells have their own value, error, design effect and degrees of freedom."""
    values, n, hidden = (
        np.array(values, dtype=float),
        np.array(n, dtype=np.int64),
        np.array(hidden, dtype=bool),
    )
    values[hidden] = secret.value - (0.4 if estimand == "difference" else 0.0)
    variance = 1.3 * np.clip(np.abs(values) * (1 - np.abs(values)), 0.02, None) / n
    variance[hidden] = secret.spread**2
    error = np.sqrt(variance)
    return Estimates(
        estimand=estimand,
        cells=frame,
        values=values,
        n=n,
        numerator=np.array(numerator, dtype=np.int64),
        dof=np.where(hidden, 200.0 + 1000 * secret.spread, 300.0),
        design_effect=np.where(hidden, 1.0 + 10 * secret.spread, 1.3),
        status=np.full(len(n), "ok", dtype=object),
        kernel=DenseKernel(-0.02 * np.outer(error, error) + np.diag(1.02 * variance)),
        about=About(stream="brev", wave=wave, labels=LABELS),
    )


def whole(secret, items, *, wave="2026", hidden=None):
    """Shares for everybody together; the last item is withheld, or another."""
    told = counted(secret, items)
    if hidden is not None:
        told = [*told[:hidden], told[-1], *told[hidden:-1]]
    away = [place == (len(items) - 1 if hidden is None else hidden) for place in range(len(items))]
    frame = cells([(item, "", "Alla") for item in items])
    values, numerator = zip(*told, strict=True)
    return made(
        frame, values, [ANSWERED] * len(items), numerator=numerator, hidden=away, secret=secret, wave=wave
    )


def crossed(secret, items, *, estimand="proportion"):
    """The same by district."""
    rows = [
        row
        for item, told in zip(items, counted(secret, items), strict=True)
        for row in by_district(secret, item, told)
    ]
    names, values, n, numerator, hidden = zip(*rows, strict=True)
    if estimand == "difference":
        values, numerator = [value - 0.35 for value in values], [-1] * len(rows)
    return made(cells(names), values, n, numerator=numerator, hidden=hidden, secret=secret, estimand=estimand)


def by_district(secret, item, told):
    """Cells of an item; what Sjöstaden and Höjden have, they have together in both worlds."""
    value, total = told
    if value == secret.value:
        chose = dict.fromkeys(DISTRICTS, 0) | {"Centrum": 1, "Lunden": total - 1}
    else:
        chose = {
            name: round(n * (value + 0.02 * place - 0.06))
            for place, (name, n) in enumerate(DISTRICTS.items())
        }
        chose[FEW] = 9 if secret.base == 23 else 7
        chose[COVER] = total - sum(count for name, count in chose.items() if name != COVER)
    for name, n in bases(secret).items():
        few = value == secret.value and not (chose[name] == 0 and n >= 100)
        yield (item, "omrade", name), chose[name] / n, n, chose[name], few or name in {FEW, COVER}


def respondents(secret, items, *, stream, n=400):
    """Shares among those who answered an open form, or unweighted ones of the sample."""
    told = counted(secret, items)
    numerator = [round(n * value) for value, _ in told[:-1]] + [secret.chose]
    values = np.array([count / n for count in numerator])
    values[-1] = secret.value
    frame, count = cells([(item, "", "Alla") for item in items]), len(items)
    return RespondentShares(
        "proportion",
        frame,
        values,
        np.full(count, n),
        np.array(numerator, dtype=np.int64),
        np.full(count, "ok", dtype=object),
        About(stream=stream, wave="2026", labels=LABELS),
    )


def order(secret):
    """The order of the choices in the open form, and in other ways to count; the secret one is first or last."""
    found = describe_order(respondents(secret, CHOICES, stream="webb"))
    ways = (
        ("raked", "", 360, "webb"),
        ("without", "affisch", 250, "webb"),
        ("stream", "brev", ANSWERED, "brev"),
    )
    values = [0.45, 0.46, 0.2, 0.21, secret.value]
    checks = tuple(
        OrderCheck(kind, said, n, places_of(np.array(values)), "2026", stream)
        for kind, said, n, stream in ways
    )
    alone = np.full((5, 5), 90.0)
    alone[4], alone[:, 4] = 400 * secret.value, 400 * secret.spread
    return OrderStability(found, 2, checks, alone)


def composite(secret):
    """The priorities weighed together with reports to the police."""
    told = {"unit": "andel", "period": "2026", "population": "alla", "coverage": "svarande"}
    survey = SourceDeclaration("enkät", goalposts=(0.0, 0.6), **told)
    register = SourceDeclaration("register", goalposts=(0.0, 8.0), **told)
    labels = NAMES.values()
    return composite_priority(
        [
            Source.from_survey("enkäten", whole(secret, CHOICES), dict(zip(labels, CHOICES, strict=True)), declared=survey),
            Source.from_register(
                "anmälda", dict(zip(labels, (90, 30, 200, 10, 60), strict=True)), population=36_000, dispersion=1, declared=register
            ),
        ],
        PillarWeights.equal(["enkät", "register"], set_by="styrgruppen", decided="2026-01-15"),
        missing="renormalise",
        options=SEED,
        factors=MethodFactors(seed=1, scenarios=100),
    )  # fmt: skip


def tables(secret):
    """Who answered, and who answered of those who were drawn."""
    n = bases(secret)
    groups = ["Kön"] * 2 + ["Stadsdel"] * len(n)
    share = np.array([300, 300, *n.values()]) / ANSWERED
    frame = pd.DataFrame(
        {"grupp_av": groups, "grupp": ["Kvinna", "Man", *n], "svarande": [300, 300, *n.values()]}
    )
    weighted = np.where(np.isin(frame["grupp"], [FEW, COVER]), secret.value, share)
    frame = frame.assign(
        andel_ovagd=share,
        andel_vagd=weighted,
        andel_befolkning=[0.5, 0.5, *[0.14] * len(n)],
        designeffekt=np.where(np.isin(frame["grupp"], [FEW, COVER]), 1 + secret.value, 1.25),
    )
    follow = {"svarande": ("andel_ovagd", "andel_vagd", "designeffekt")}
    answered = Table(frame, ("svarande",), follow, "grupp_av", "2026", "brev")
    asked = pd.DataFrame(
        {
            "grupp_av": "Stadsdel",
            "grupp": list(n),
            "netto": [2 * x for x in DISTRICTS.values()],
            "svar": list(n.values()),
        }
    )
    asked = asked.assign(svarsandel=asked["svar"] / asked["netto"])
    return answered, Table(asked, ("svar",), {"svar": ("svarsandel",)}, "grupp_av", "2026", "brev")


def statement(secret, item, *, by="", domain="Alla"):
    """A statement about one number, which it tells in its text, its numbers, its base and what it would have needed."""
    text = f"Andelen är {100 * secret.value:.3f} %".replace(".", ",")
    use = CellKey(item, "", by, domain, "2026", "brev")
    told = {"p": secret.value}
    return Claim(
        "low", "supported", told, "regel", text, (use,), base=f"felmarginal {secret.spread}", needed=text
    )


def world(*secret):
    """Everything that can stand in a report, and what a notebook can hold beside, before the screen."""
    secret = Secret(*secret)
    new, old = whole(secret, LEVELS), whole(secret, LEVELS, wave="2024", hidden=1)
    problems, safety = crossed(secret, ITEMS), crossed(secret, LEVELS)
    response, drawn = tables(secret)
    choices = whole(secret, CHOICES)
    return {
        "problems": whole(secret, ITEMS),
        "priorities": top_set(choices, 2, SEED),
        "areas": problems,
        "contrasts": crossed(secret, ITEMS, estimand="difference"),
        "response": response,
        "claim": statement(secret, ITEMS[0], by="omrade", domain=FEW),
        "claim of an item": statement(secret, LEVELS[2]),
        "levels": new,
        "changes": change(new, old),
        "former": old,
        "level_areas": safety,
        "other_priorities": respondents(secret, CHOICES, stream="webb"),
        "orders": order(secret),
        "area_ranks": bayes_ranks(of_item(safety, LEVELS[0]), options=SEED),
        "area_sets": rank(of_item(safety, LEVELS[1]), SEED),
        "composite": composite(secret),
        "drawn": drawn,
        "unweighted": respondents(secret, ITEMS, stream="brev", n=ANSWERED),
        "ranks": rank(whole(secret, ITEMS), SEED),
        "order": describe_order(respondents(secret, CHOICES, stream="webb")),
    }


def of_item(estimates, item):
    return estimates.take(np.flatnonzero((estimates.cells["item"] == item).to_numpy()))


def facts():
    """The facts of both worlds: those of the survey as a whole."""
    outcomes = {"answered": ANSWERED, "refused": 100, "not_reached": 480, "ineligible": 20}
    letters = StreamFacts("brev", "persons", ANSWERED, 1200, "kommunen", "folkbokföringen", outcomes=outcomes)
    families = Families(
        (
            Family("headline", "headline", LEVELS),
            Family("follow_up", "follow_up", LEVELS),
            Family("priorities", "priorities", CHOICES),
            Family("district_table", "district_table", tuple(DISTRICTS), items=len(ITEMS)),
        )
    )
    return WaveFacts(
        "2026",
        "Trygghet",
        (letters, StreamFacts("webb", "self_selected", 400)),
        "brev",
        weights=WeightFacts("own", "raking", 1.3, 461.5, (0.4, 2.7), 1e-10),
        headline=LEVELS,
        families=families,
    )


def reported(kept):
    """A report with everything planted."""
    stamp = Stamp("Exempelstad", "KS 2026/00001", dt.date(2026, 11, 22), "SYNTETISKA DATA")
    named = {name: kept[name] for name in (part.name for part in fields(WaveReport)) if name in kept}
    several = ("changes", "other_priorities", "orders")
    return WaveReport(
        facts(),
        stamp,
        ReportSources({}, {}),
        **{
            name: (each,) if name in several else each for name, each in named.items() if name != "area_ranks"
        },
        claims=(kept["claim"], kept["claim of an item"]),
        trend=(kept["levels"], kept["changes"], kept["former"]),
        area_ranks=(kept["area_ranks"], kept["area_sets"]),
        moves=((kept["problems"], kept["unweighted"]),),
    )


def shown_in_a_notebook(thing):
    """Every way in which a notebook, a console and a message may show a thing."""
    from IPython.core.formatters import DisplayFormatter

    told = [repr(thing), str(thing), f"{thing}", pprint.pformat(thing), repr([thing])]
    told += [str(part) for bundle in DisplayFormatter().format(thing) for part in bundle.items()]
    own = [
        name for name in dir(type(thing)) if re.fullmatch(r"_repr_\w+_|to_frame|summary|declaration", name)
    ]
    for name in own:
        made = getattr(thing, name)()
        told.append(made.to_csv() if isinstance(made, pd.DataFrame) else str(made))
    return told


def save_as_pdf(report, name, path):
    """Save a drawn figure as PDF, as somebody may in a notebook: the library itself writes none."""
    from trygghet.report import figure_of
    from trygghet.report.figures import planned_figures
    from trygghet.report.look import PLAIN

    plan = planned_figures(report, PLAIN)[name]
    figure = figure_of(plan.publishables, plan.plot, stamp=report.stamp, caption=plan.caption, look=plan.look)
    figure.savefig(path, format="pdf", metadata={"CreationDate": None})


def written(results, folder):
    """Write everything that leaves: report, promises, screened files, registry, PDF of figures, and what a notebook shows."""
    from trygghet.report import write_promise_seed, write_report

    account = screening(results)
    kept = dict(account.publishables)
    report = reported(kept)
    write_report(report, folder / "report")
    write_promise_seed(report, folder / "promise", declared={"narkotika": ("oro_inbrott", "utsatt_hot")})
    for name in ("omraden", "utveckling"):
        save_as_pdf(report, name, folder / f"{name}.pdf")
    for name, publishable in kept.items():
        write_publishable(folder / "screened", name.replace(" ", "_"), publishable)
    write_released(folder / "released.json", Released.nothing().with_edition("1", kept))
    told = [str(dict(account.withheld)), str(account.shown), str(account.exposures)]
    for thing in (*kept.values(), *(each.result for each in kept.values()), report):
        told += shown_in_a_notebook(thing)
    (folder / "notebook.txt").write_text("\n".join(told), encoding="utf-8")
    return kept
