"""Coverage of the default intervals: exact in simple random samples, simulated in raked and clustered ones."""

from pathlib import Path

import numpy as np
import pytest
from coverage_page import below, least, page
from interval_coverage import DESIGNS, FIGURES, SEED, SHARES, SIZES, Population, exact, simulate, worst

PAGE = Path(__file__).parents[2] / "docs/methods/coverage.md"
EACH = pytest.mark.parametrize("case", [(design, n) for design in DESIGNS for n in SIZES], ids=str)
FEW_A_MARGIN = 0.90  # differences of 20 persons a sex, raked to five margins


@pytest.mark.parametrize("n", SIZES)
@pytest.mark.parametrize(
    ("method", "smallest"),
    [("wilson-korn-graubard", 0.935), ("wilson", 0.935), ("korn-graubard", 0.95), ("logit", 0.935)],
)
def test_exact_coverage_in_simple_random_samples(n, method, smallest):
    assert min(exact(method, n, share) for share in SHARES) >= smallest


@pytest.mark.parametrize("n", [20, *SIZES])
def test_the_default_covers_at_every_share_where_wilsons_alone_does_not(n):
    assert worst("wilson-korn-graubard", n) >= 0.935
    assert worst("wilson", n) < 0.86


@pytest.fixture(scope="module")
def results():
    population = Population.made(np.random.default_rng(SEED))
    return {(design, n): simulate(population, design, n) for design in DESIGNS for n in SIZES}


@pytest.mark.slow
@EACH
def test_default_intervals_of_shares_cover(results, case):
    coverage, rounds = results[case]
    for share in SHARES:
        assert coverage[f"share {share}"] >= least(rounds)


@pytest.mark.slow
@EACH
def test_default_intervals_of_means_medians_and_differences_cover(results, case):
    coverage, rounds = results[case]
    for figure in FIGURES:
        if figure.startswith(("mean", "median", "difference")):
            few = case == ("stratified, raked", 40) and not figure.endswith("Newcombe")
            assert coverage[figure] >= (FEW_A_MARGIN if few else least(rounds)), figure


@pytest.mark.slow
@EACH
def test_default_intervals_of_numbers_of_people_cover_like_those_of_shares(results, case):
    coverage, rounds = results[case]
    assert min(coverage[f"persons {share}"] for share in SHARES) >= least(rounds)


@pytest.mark.slow
@EACH
def test_kishs_design_effect_never_covers_less(results, case):
    coverage, _ = results[case]
    for share in SHARES:
        assert coverage[f"share {share}, Kish"] >= coverage[f"share {share}"]


@pytest.mark.slow
def test_the_page_says_what_was_found(results):
    text = page(results)
    for design, n, figure, value in below(results):
        assert f"{figure}, {design}, n = {n:,} ({value:.3f})" in text
    assert text.count("| clustered, raked |") == 21
    PAGE.write_text(text, encoding="utf-8")
