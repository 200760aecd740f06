"""Whole reports of simulated municipalities: sampled, estimated and judged by the real verbs."""

from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
from scipy import stats

from trygghet import claims
from trygghet.claims import Context
from trygghet.design import SurveyDesign
from trygghet.estimate import difference, multi_response, proportion
from trygghet.ranking import RankOptions, top_set
from trygghet.waves import change

AREAS = tuple(f"O{k}" for k in range(7))
SIZES = np.array([8000, 5000, 4000, 6000, 5000, 5000, 2000])
HEADLINE = ["otrygg_kvall", "kann_lofte", "oro_vald"]
OPTIONS = [f"p{k}" for k in range(12)]


@dataclass(frozen=True)
class Truth:
    """Shares of a municipality: of the headline indicators by area and wave, and how often options are chosen."""

    shares: dict[str, float] = field(
        default_factory=lambda: {"otrygg_kvall": 0.30, "kann_lofte": 0.20, "oro_vald": 0.15}
    )
    by_area: dict[str, float] = field(default_factory=dict)
    rise: float = 0.0
    appeal: tuple[float, ...] = (1.0,) * 12
    threshold: float = 0.20


def sample(truth, rng, *, n, new):
    """Equal numbers from every area, three options each, a leaning that the answers share."""
    each = n // len(AREAS)
    area = np.repeat(np.arange(len(AREAS)), each)
    leaning = rng.standard_normal(len(area))
    frame = pd.DataFrame({"omrade": np.array(AREAS)[area], "size": SIZES[area], "w": SIZES[area] / each})
    for item in HEADLINE:
        extra = (
            np.array([truth.by_area.get(name, 0.0) for name in AREAS])[area]
            if item == "otrygg_kvall"
            else 0.0
        )
        p = truth.shares[item] + extra + (truth.rise if new and item == "otrygg_kvall" else 0.0)
        latent = (leaning + rng.standard_normal(len(area))) / np.sqrt(2)  # one person's answers hang together
        frame[item] = (latent > stats.norm.isf(p)).astype(float)
    tickets = np.log(truth.appeal) + rng.gumbel(size=(len(area), len(OPTIONS)))
    chosen = np.argsort(-tickets, axis=1)[:, :3]
    ticks = np.zeros((len(area), len(OPTIONS)))
    np.put_along_axis(ticks, chosen, 1.0, axis=1)
    frame[OPTIONS] = ticks
    return SurveyDesign.from_frame(frame, weights="w", strata="omrade")


def report(truth, rng, *, n=700, draws=1000, seed=1):
    """Every claim of one report: priorities, districts, changes and a threshold, four families that share the risk."""
    context = Context(families=4)
    new, old = (sample(truth, rng, n=n, new=first) for first in (True, False))
    now, then = (named(proportion(design, HEADLINE), wave) for design, wave in ((new, "2026"), (old, "2024")))
    areas = named(proportion(new, ["otrygg_kvall"], by="omrade"), "2026")
    options = RankOptions(level=context.family_level, draws=draws, seed=seed)
    top = top_set(named(multi_response(new, OPTIONS), "2026"), 4, options)
    return [
        claims.among_largest(top, context),
        claims.cut_off(top, context),
        claims.largest(top.ranks, context),
        *claims.above_rest(difference(areas), context, levels=areas, direction="either"),
        *claims.changed(change(now, then), context, levels=(now, then)),
        *claims.low(now.select(item="kann_lofte"), truth.threshold, context),
        *claims.high(now.select(item="kann_lofte"), truth.threshold, context),
    ]


def named(estimates, wave):
    return replace(estimates, about=replace(estimates.about, wave=wave, stream="brev"))
