"""Ranking of estimates: what may be ranked, by which covariance, under which names."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from trygghet._typing import FloatArray
from trygghet.design import OpenSample, SurveyDesign
from trygghet.errors import Problem, RankingError
from trygghet.estimate import Estimates, RespondentShares
from trygghet.ranking.bounds import bounds_from
from trygghet.ranking.draws import BaseDraws, fresh_seed
from trygghet.ranking.options import RankOptions
from trygghet.ranking.sets import RankSets

UNITS = ("item", "category", "by", "domain")


def rank(estimates: Estimates, options: RankOptions | None = None) -> RankSets:
    """Rank items of one domain, or domains by one item, with the set of places that each may have.

    Parameters
    ----------
    estimates : Estimates
        Estimates of one probability stream with their joint covariance.
    options : RankOptions or None
        Direction, level, family, draws, seed; None takes the defaults.

    Returns
    -------
    RankSets
        One unit a cell. A cell without an estimate, a standard error or degrees of freedom is not ranked, and the others are
        ranked without it.

    Raises
    ------
    RankingError
        ``RANG-02`` for anything but one probability stream's estimates, ``RANG-03`` where items and domains both vary, and the
        errors of :func:`rank_bounds`.

    Notes
    -----
    Items answered by the same people are correlated; the joint covariance is always used. Degrees of freedom: the smallest for
    items of one domain; each area's own where areas are ranked and nearly independent. A share of exactly 0 or 1 has an
    estimated variance of 0, which says nothing about it; it gets ``q (1 - q) d / n`` with ``q = (x + 2) / (n + 4)`` and d the
    mean design effect of the other cells (Agresti and Coull's adjustment).

    References
    ----------
    Mogstad, M., Romano, J. P., Shaikh, A. M. and Wilhelm, D. (2024). Inference for ranks with applications to mobility across
    neighbourhoods and academic achievement across countries. Review of Economic Studies. doi:10.1093/restud/rdad006.

    Agresti, A. and Coull, B. A. (1998). Approximate is better than "exact" for interval estimation of binomial proportions.
    American Statistician 52, 119-126. doi:10.1080/00031305.1998.10480550.
    """
    require_estimates(estimates)
    _require_one_dimension(estimates.cells)
    return _rank(estimates, options or RankOptions(), base=None)


def rank_each(
    estimates: Estimates, options: RankOptions | None = None, *, within: str = "domain"
) -> dict[str, RankSets]:
    """Rank the items within each domain, or the domains by each item; the level holds within each ranking.

    Parameters
    ----------
    estimates : Estimates
        Several items in several domains.
    options : RankOptions or None
        As for :func:`rank`.
    within : {"domain", "item"}
        ``domain``: one ranking of the items for each domain. ``item``: one ranking of the domains for each item.

    Returns
    -------
    dict of str to RankSets
        Rankings by the name of the domain or of the item, in the order in which they came.

    Raises
    ------
    RankingError
        ``RANG-01`` for another ``within``; the errors of :func:`rank`.
    """
    require_estimates(estimates)
    if within not in ("domain", "item"):
        raise RankingError(
            Problem(
                code="RANG-01",
                what=f"within is {within!r}.",
                why="Rankings are made within each domain or within each item.",
                remedy="Use within='domain' or within='item'.",
                facts={"name": "within", "value": within, "allowed": "domain, item"},
            )
        )
    options = options or RankOptions()
    names = estimates.cells[within].to_numpy()
    parts = {str(name): np.flatnonzero(names == name) for name in dict.fromkeys(names)}
    seed = fresh_seed() if options.seed is None else options.seed
    base = BaseDraws.make(max(len(index) for index in parts.values()), options.draws, seed)
    found = {}
    for name, index in parts.items():
        part = estimates.take(index)
        _require_one_dimension(part.cells)
        found[name] = _rank(part, options, base=base)
    return found


def _rank(estimates: Estimates, options: RankOptions, *, base: BaseDraws | None) -> RankSets:
    """Rank estimates that are known to vary in one dimension."""
    over_domains = len(set(estimates.cells["domain"])) > 1
    known = np.isfinite(estimates.values) & (estimates.dof > 0)
    dof: FloatArray | float = np.where(known, estimates.dof, 0.0)
    if not over_domains:
        smallest = float(estimates.dof[known].min()) if known.any() else np.inf
        dof = np.where(known, smallest, 0.0)
    bounds = bounds_from(
        np.where(known, estimates.values, np.nan), ranking_covariance(estimates), options, dof=dof, base=base
    )
    return RankSets(estimates, unit_labels(estimates), bounds)


def ranking_covariance(estimates: Estimates) -> FloatArray:
    """Joint covariance for ranking: that of the estimates, with a variance for shares of exactly 0 or 1.

    Parameters
    ----------
    estimates : Estimates
        Any estimates.

    Returns
    -------
    ndarray, shape (k, k)
        Covariance; see the notes of :func:`rank`.
    """
    V = np.array(estimates.covariance(), dtype=np.float64)
    values, n = estimates.values, estimates.n.astype(np.float64)
    bare = (estimates.numerator >= 0) & np.isin(values, (0.0, 1.0)) & (np.diag(V) <= 0) & (n > 0)
    if bare.any():
        usual = estimates.design_effect[np.isfinite(estimates.design_effect) & (estimates.design_effect > 0)]
        effect = float(usual.mean()) if usual.size else 1.0
        share = (values * n + 2) / (n + 4)
        V[bare, bare] = (share * (1 - share) * effect)[bare] / n[bare]
    return V


def unit_labels(estimates: Estimates) -> tuple[str, ...]:
    """Reader's name of each unit: the domain where domains vary, else the item, else the category.

    Parameters
    ----------
    estimates : Estimates
        Cells that vary in one dimension.

    Returns
    -------
    tuple of str
        Names.
    """
    cells = estimates.cells
    if len(set(cells["domain"])) > 1:
        return tuple(cells["domain"].astype(str))
    items = [estimates.about.label(str(item)) for item in cells["item"]]
    if len(set(items)) == len(items):
        return tuple(items)
    if len(set(cells["item"])) == 1:
        return tuple(cells["category"].astype(str))
    return tuple(
        f"{item}: {category}" if category else item
        for item, category in zip(items, cells["category"].astype(str), strict=True)
    )


def require_estimates(estimates: object) -> None:
    """Refuse what has no joint covariance of one probability stream.

    Parameters
    ----------
    estimates : object
        What a ranking was asked for of.

    Raises
    ------
    RankingError
        ``RANG-02`` for anything but Estimates, by type.
    """
    if isinstance(estimates, Estimates):
        return
    if isinstance(estimates, RespondentShares | OpenSample):
        stream = _stream_of(estimates)
        found = f"the answers of the self-selected stream {stream!r}"
        why = "People who chose themselves say nothing certain about the order in the population."
        remedy = "Describe the order among the respondents with describe_order()."
    elif isinstance(estimates, Sequence) and not isinstance(estimates, str):
        streams = sorted({str(part.about.stream) for part in estimates if hasattr(part, "about")})
        found = f"{len(estimates)} results of the streams {', '.join(streams) or '?'}"
        why = "Streams answer for different people and are never ranked together."
        remedy = "Rank each stream by itself and lay the rankings side by side with by_stream()."
        stream = ", ".join(streams)
    else:
        found, stream = f"a {type(estimates).__name__}", ""
        why = "Only Estimates carry the joint covariance that a ranking needs."
        remedy = "Give the Estimates of one call of an estimator."
    raise RankingError(
        Problem(
            code="RANG-02",
            what=f"A ranking was asked for of {found}.",
            why=why,
            remedy=remedy,
            facts={"stream": stream or "okänd", "kind": type(estimates).__name__},
        )
    )


def require_design(sample: object) -> None:
    """Refuse a sample that has no probability design.

    Parameters
    ----------
    sample : object
        What a ranking was asked for of.

    Raises
    ------
    RankingError
        ``RANG-02`` for anything but a SurveyDesign, by type.
    """
    if not isinstance(sample, SurveyDesign):
        require_estimates(sample)


def _stream_of(described: RespondentShares | OpenSample) -> str:
    """Name of the stream that chose itself."""
    if isinstance(described, RespondentShares):
        return described.about.stream
    return "" if described.stream is None else described.stream.name


def _require_one_dimension(cells: pd.DataFrame) -> None:
    """Refuse cells where both the items and the domains vary, or where a cell stands twice."""
    items = len(cells[["item", "category"]].drop_duplicates())
    domains = len(cells[["by", "domain"]].drop_duplicates())
    if len(set(cells["by"])) <= 1 and min(items, domains) <= 1 and not cells[list(UNITS)].duplicated().any():
        return
    raise RankingError(
        Problem(
            code="RANG-03",
            what=f"{items} items in {domains} domains were given to one ranking.",
            why="A ranking orders items in one domain, or the domains of one division by one item; each once.",
            remedy="Select an item or a domain first, or use rank_each().",
            facts={"items": items, "domains": domains},
        )
    )
