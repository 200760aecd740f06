"""Samples of Exempelstad, weighted and estimated by the library, against the population's own values, over many seeds."""

from dataclasses import dataclass

import numpy as np
import pytest
from scipy import stats

from trygghet.datasets import Fieldwork, exempelstad
from trygghet.design import SurveyDesign
from trygghet.estimate import mean, multi_response, proportion
from trygghet.ingest import Provenance
from trygghet.ingest.assemble import assemble
from trygghet.ingest.raw import FileColumns, RawTable
from trygghet.ranking import RankOptions, rank, top_set
from trygghet.weighting import Margins, rake

LETTERS_ONLY = {"web": 1, "pupils": 0.01}
IGNORABLE = Fieldwork(unsafety=0.0, **LETTERS_ONLY)
SHARES = ("otrygg_kvall", "kann_lofte", "utsatt_hot", "oro_overfall_misshandel", "anmalt")
OPTIONS = 12
ERROR = 1e-5  # chance that one of the family fails although all is right
WITHIN_BANDS = 0.003  # response varies with age inside the bands that are raked to


@dataclass(frozen=True)
class Draws:
    """Estimates of S seeds (rows) for k cells (columns)."""

    truth: np.ndarray
    values: np.ndarray
    errors: np.ndarray
    low: np.ndarray
    high: np.ndarray
    ranks_cover: np.ndarray
    top_right: np.ndarray


def design_of(wave, book, margins):
    raw = RawTable(
        wave.frame, FileColumns(tuple(wave.frame.columns)), format="sav", encoding="UTF-8", reader="memory"
    )
    source = Provenance("survey.sav", "", len(wave.frame), encoding="UTF-8", format="sav", reader="memory")
    letters = assemble(raw, book, provenance=source).stream("brev")
    return SurveyDesign.from_data(letters, weights=rake(letters, margins, start="design"))


def seeded(seeds, fieldwork, folder):
    """The design of each seed's letters; codebook and margins are the population's and stay."""
    population = exempelstad("2026", fieldwork=fieldwork)
    population.margins.to_csv(folder / "margins.csv", index=False)
    book, margins = population.codebook, Margins.read(folder / "margins.csv")
    for seed in range(seeds):
        yield design_of(exempelstad("2026", seed=seed, fieldwork=fieldwork), book, margins)


def results(design):
    items = [*SHARES, *design.codebook.indicators_like("problem_*")]
    yield proportion(design, items)
    yield proportion(design, "otrygg_kvall", by="omrade")
    yield proportion(design, "otrygg_kvall", by="omrade:utsatt_omrade")
    yield mean(design, "trygghet_betyg")
    yield multi_response(design, "prio")


def truths(estimates):
    cells = estimates.cells
    truth = exempelstad("2026").truth
    triples = zip(cells["item"], cells["by"], cells["domain"], strict=True)
    return np.array([truth.value(item, by=by, domain=domain) for item, by, domain in triples])


def ranks_are_right(options, truth):
    """The rank sets hold every true rank; the surely-in are in and the left-out are out of the true four."""
    true_rank = 1 + (truth[:, None] < truth).sum(axis=1)
    sets = rank(options, RankOptions(draws=1_000, seed=1))
    best = top_set(options, 4, RankOptions(draws=1_000, seed=1))
    inside = ((sets.lower <= true_rank) & (true_rank <= sets.upper)).all()
    return inside, not (best.surely & (true_rank > 4)).any() and not (best.out & (true_rank <= 4)).any()


def drawn(seeds, fieldwork, folder):
    rows, right, truth = [], [], np.array([])
    for design in seeded(seeds, fieldwork, folder):
        estimates = list(results(design))
        if not truth.size:
            truth = np.concatenate([truths(e) for e in estimates])
        limits = [e.interval(0.95, method="t" if e.estimand == "mean" else "wilson") for e in estimates]
        rows.append(
            [
                np.concatenate([e.values for e in estimates]),
                np.concatenate([e.standard_errors for e in estimates]),
                np.concatenate([low for low, _ in limits]),
                np.concatenate([high for _, high in limits]),
            ]
        )
        options = estimates[-1].take(np.arange(OPTIONS))
        right.append(ranks_are_right(options, truth[-len(estimates[-1].values) :][:OPTIONS]))
    values, errors, low, high = np.moveaxis(np.array(rows), 1, 0)
    covers, tops = np.array(right).T
    return Draws(truth, values, errors, low, high, covers, tops)


def check(draws):
    seeds, cells = draws.values.shape
    spread = draws.values.std(axis=0, ddof=1)
    bias = draws.values.mean(axis=0) - draws.truth
    allowed = -stats.norm.ppf(ERROR / cells) * spread / np.sqrt(seeds)
    scale = np.where(draws.truth > 1, 10.0, 1.0)
    assert (np.abs(bias) < allowed + WITHIN_BANDS * scale).all(), bias
    ratio = (draws.errors**2).mean(axis=0) / spread**2
    lowest, highest = stats.chi2.ppf([ERROR / cells, 1 - ERROR / cells], seeds - 1) / (seeds - 1)
    assert (ratio > 1 / (1.1 * highest)).all(), ratio
    assert (ratio < 1.1 / lowest).all(), ratio
    covered = ((draws.low <= draws.truth) & (draws.truth <= draws.high)).sum(axis=0)
    assert (covered >= stats.binom.ppf(ERROR / cells, seeds, 0.945)).all(), covered
    assert (covered / seeds).mean() == pytest.approx(0.95, abs=0.02 if seeds < 500 else 0.008)
    assert draws.ranks_cover.sum() >= stats.binom.ppf(ERROR, seeds, 0.95)
    assert draws.top_right.sum() >= stats.binom.ppf(ERROR, seeds, 0.95)


def test_weighted_letters_find_the_truth_with_nominal_coverage(tmp_path):
    check(drawn(60, IGNORABLE, tmp_path))


@pytest.mark.slow
def test_weighted_letters_find_the_truth_with_nominal_coverage_over_a_thousand_seeds(tmp_path):
    check(drawn(1_000, IGNORABLE, tmp_path))


def unsafe_error(fieldwork, seeds, folder):
    values = [proportion(design, "otrygg_kvall").values[0] for design in seeded(seeds, fieldwork, folder)]
    return np.mean(values) - exempelstad("2026").truth.value("otrygg_kvall")


def test_nonresponse_that_hangs_on_unsafety_leaves_a_bias_that_weighting_does_not_remove(tmp_path):
    strong = unsafe_error(Fieldwork(unsafety=-0.5, **LETTERS_ONLY), 20, tmp_path)
    mild = unsafe_error(Fieldwork(**LETTERS_ONLY), 20, tmp_path)
    assert strong < -0.05
    assert -0.02 < mild < 0.006
