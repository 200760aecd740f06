"""The page that says how often the default intervals hold the truth, made from the simulation's own results."""

import numpy as np
from interval_coverage import DESIGNS, FIGURES, ROUNDS, SEED, SHARES, SIZES, exact, worst

LEVEL = 0.95
HEAD = f"""# Coverage of the default intervals
Made by `make coverage` (`tests/estimate/test_coverage.py`); do not edit. {ROUNDS} samples a row from one population of 40,000 with
shares of 0.01, 0.05 and 0.3, seed {SEED}; nominal {LEVEL:.0%}. Stratified: four strata sampled equally. Clustered: 10, 30 and 100 blocks of 50
persons, of which 4, 6 and 11 answer; population sizes at both stages. Raked to sex and age. Shares: Wilson, and Korn and
Graubard where `n_eff min(p, 1 - p) < 10` or `n_eff < 30` ([why](../decisions/0004-default-interval-of-shares.md)); differences (between the
sexes, `difference(..., limits="newcombe")` by choice) and means: t; persons (totals): a share of everyone, times everyone; median: Woodruff. Also by choice.
"""


def least(rounds):
    """Smallest coverage that three standard errors of the simulation allow at the nominal level."""
    return LEVEL - 3 * np.sqrt(LEVEL * (1 - LEVEL) / rounds)


CHOICES = ("smoothed", "Kish", "Wilson", "Korn-Graubard", "Newcombe", "t")
EXACT = ("wilson-korn-graubard", "wilson", "korn-graubard", "logit", "t")


def is_choice(figure):
    """Whether a figure is not by the default method."""
    return figure.partition(", ")[2] in CHOICES


def below(results, *, by_choice=False):
    """Figures whose coverage is below the nominal level by more than the simulation's error: the default ones, or those by choice."""
    return [
        (design, n, figure, coverage[figure])
        for (design, n), (coverage, rounds) in results.items()
        for figure in FIGURES
        if is_choice(figure) == by_choice and coverage[figure] < least(rounds)
    ]


def told(found):
    """Cases one after another."""
    cases = (f"{figure}, {design}, n = {n:,} ({value:.3f})" for design, n, figure, value in found)
    return "; ".join(cases) or "none"


def page(results):
    """Text of the page."""
    found = below(results)
    cases = len(results) * sum(not is_choice(figure) for figure in FIGURES)
    shares = min(coverage[f"share {share}"] for coverage, _ in results.values() for share in SHARES)
    simple = {
        method: min((worst(method, n), n) for n in SIZES) for method in ("wilson-korn-graubard", "wilson")
    }
    parts = [
        HEAD,
        (
            f"In {cases - len(found)} of {cases} cases the coverage of the default interval is at least {least(ROUNDS):.3f}, the nominal "
            f"level less three standard errors of the simulation; the smallest coverage of any share is {shares:.3f}."
        ),
        f"**Below nominal:** {told(found)}. By choice: {told(below(results, by_choice=True))}.",
        (
            f"In simple random samples (exact, last table) the smallest coverage at any share is "
            f"{simple['wilson-korn-graubard'][0]:.3f} (n = {simple['wilson-korn-graubard'][1]:,}); Wilson's alone would be "
            f"{simple['wilson'][0]:.3f}, at shares of which less than one person is expected in the sample."
        ),
        "",
        *table("Default intervals", results, ""),
    ]
    titles = {
        "smoothed": "Shares, design effect smoothed",
        "Kish": "Shares, design effect Kish",
        "Wilson": "Shares, Wilson alone",
        "Korn-Graubard": "Shares, Korn and Graubard alone",
        "Newcombe": "Differences, Newcombe",
        "t": "Persons, t",
    }
    for choice, title in titles.items():
        parts += ["", *table(title, results, f", {choice}")]
    refused = sum(ROUNDS - rounds for _, rounds in results.values())
    parts += ["", f"Samples that lacked a margin category and were refused: {refused}.", "", *exact_table()]
    return "\n".join(parts) + "\n"


def table(title, results, ending):
    """Rows of coverage, one a design and size."""
    names = [figure for figure in FIGURES if (figure.endswith(ending) if ending else not is_choice(figure))]
    yield f"## {title}"
    yield ""
    yield "| design | n | " + " | ".join(name.removesuffix(ending) for name in names) + " |"
    yield "|" + "---|" * (len(names) + 2)
    for design in DESIGNS:
        for n in SIZES:
            coverage = results[design, n][0]
            yield f"| {design} | {n:,} | " + " | ".join(f"{coverage[name]:.3f}" for name in names) + " |"


def exact_table():
    """Exact coverage in simple random samples."""
    yield "## Simple random samples, exact"
    yield "Sums of binomial probabilities; no simulation."
    yield ""
    yield "| n | share | " + " | ".join(EXACT) + " |"
    yield "|" + "---|" * (len(EXACT) + 2)
    for n in SIZES:
        for share in SHARES:
            yield f"| {n:,} | {share} | " + " | ".join(f"{exact(m, n, share):.3f}" for m in EXACT) + " |"
        yield f"| {n:,} | any | " + " | ".join(f"{worst(m, n):.3f}" for m in EXACT) + " |"
