"""Exact rank sets straight from the answers of an unweighted simple random sample."""

from collections.abc import Sequence

import numpy as np

from trygghet._typing import FloatArray
from trygghet.design import SurveyDesign
from trygghet.errors import Problem, RankingError
from trygghet.estimate import Estimates, multi_response, proportion
from trygghet.ingest import Microdata
from trygghet.ranking.exact import bounds_of_counts, bounds_of_exclusive, exclusive_counts
from trygghet.ranking.options import RankOptions
from trygghet.ranking.priorities import alternatives
from trygghet.ranking.sets import RankSets
from trygghet.ranking.verbs import require_design, unit_labels

SAME_WEIGHT = 1e-9


def rank_choices(
    design: SurveyDesign, question: str | Sequence[str], options: RankOptions | None = None
) -> RankSets:
    """Rank the answers to one question by exact tests, valid for any sample size.

    Parameters
    ----------
    design : SurveyDesign
        A simple random sample of persons with equal weights.
    question : str or sequence of str
        A multi-response block, a nominal variable, or columns of 0, 1 and missing.
    options : RankOptions or None
        ``method`` is ``multinomial`` (one choice each) or ``mcnemar`` (any number; taken when None).

    Returns
    -------
    RankSets
        Sets from McNemar's or binomial tests with Holm's correction; no draws and no critical value.

    Raises
    ------
    RankingError
        ``RANG-02`` for a self-selected stream, ``RANG-11`` if the sample is weighted, stratified or clustered, if the method is
        not exact, or if ``multinomial`` meets persons who did not choose exactly one.

    References
    ----------
    Bazylik, S., Mogstad, M., Romano, J. P., Shaikh, A. M. and Wilhelm, D. (2024). Finite- and large-sample inference for ranks using
    multinomial data with an application to ranking political parties. arXiv:2402.00192. doi:10.48550/arXiv.2402.00192.
    """
    require_design(design)
    options = options or RankOptions(method="mcnemar")
    _require_plain(design, options)
    estimates = _shares(design, question)
    chosen = _chosen(design, estimates)
    if options.method == "multinomial":
        if np.any(chosen.sum(axis=1) != 1):
            raise _not_exact("persons did not choose exactly one option", "method")
        bounds = bounds_of_counts(chosen.sum(axis=0), options)
    else:
        bounds = bounds_of_exclusive(exclusive_counts(chosen), options)
    return RankSets(estimates, unit_labels(estimates), bounds)


def _require_plain(design: SurveyDesign, options: RankOptions) -> None:
    """Refuse a design or a method for which the tests are not exact."""
    if options.method not in ("multinomial", "mcnemar"):
        raise _not_exact(f"the method {options.method} is not exact", "method")
    weights = design.weights
    if np.ptp(weights) > SAME_WEIGHT * weights.max():
        raise _not_exact("the answers have unequal weights", "weights")
    first = design.stages[0]
    if first.strata > 1:
        raise _not_exact(f"the sample has {first.strata} strata", "strata")
    if first.cluster is not None and first.clusters < design.n:
        raise _not_exact(f"the sample has {first.clusters} clusters of persons", "psu")


def _shares(design: SurveyDesign, question: str | Sequence[str]) -> Estimates:
    """Shares of the answers that compete."""
    columns = design.columns
    if not isinstance(question, str):
        return multi_response(design, question)
    if isinstance(columns, Microdata) and question in columns.codebook.multi_response:
        return alternatives(multi_response(design, question), columns.codebook, question)
    return proportion(design, question)


def _chosen(design: SurveyDesign, estimates: Estimates) -> FloatArray:
    """One row a person in the base of every option, one column an option."""
    columns = []
    for item, category in estimates.cells[["item", "category"]].itertuples(index=False):
        if category:
            groups = design.columns.groups(item)
            codes = np.asarray(groups.codes)
            here = [str(label) for label in groups.labels].index(str(category))
            columns.append(np.where(codes < 0, np.nan, (codes == here).astype(np.float64)))
        else:
            columns.append(design.columns.numeric(item))
    table: FloatArray = np.stack(columns, axis=1)
    answered: FloatArray = table[~np.isnan(table).any(axis=1)]
    return answered


def _not_exact(found: str, setting: str) -> RankingError:
    """Tell why exact tests do not fit the sample."""
    return RankingError(
        Problem(
            code="RANG-11",
            what=f"An exact ranking was asked for, but {found}.",
            why="The tests count persons of one simple random sample, each as much as the others.",
            remedy="Rank the estimates with rank(), which knows weights, strata and clusters.",
            facts={"found": found, "setting": setting},
        )
    )
