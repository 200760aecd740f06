"""The composite at the declared weights, with its sampling error and rank sets."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from trygghet._typing import BoolArray, FloatArray, IntArray, Missing, ObjectArray, ScoreScale
from trygghet.errors import Problem, RankingError
from trygghet.estimate import About, DenseKernel, Estimates
from trygghet.estimate.told import result_html
from trygghet.ranking.composite.declared import PillarWeights
from trygghet.ranking.composite.factors import MethodFactors
from trygghet.ranking.composite.scaling import outside, scaled, slope, standardised
from trygghet.ranking.composite.source import Source
from trygghet.ranking.options import RankOptions
from trygghet.ranking.sets import RankSets
from trygghet.ranking.verbs import rank

NO_SURVEY_BASIS = "ingen enkätgrund"


@dataclass(frozen=True, slots=True, eq=False)
class CompositePriority:
    """Composite scores by problem, what they add up, and their rank sets.

    Parameters
    ----------
    problems : tuple of str
        Problems, or areas, in the order of the first source.
    sources : tuple of Source
        Sources in their declared order.
    declared : PillarWeights
        Weights with who set them and when.
    values : ndarray, shape (k, s)
        Numbers as the sources have them; NaN where missing.
    normalised : ndarray, shape (k, s)
        Numbers on the common scale.
    weights : ndarray, shape (k, s)
        Weights used for each problem; after re-normalisation where a source is missing.
    scores : ndarray, shape (k,)
        Composite; NaN for a problem that is not scored.
    covariance : ndarray, shape (k, k)
        Sampling covariance of the scores.
    status : ndarray of str, shape (k,)
        ok, renormalised, excluded or no_survey_basis; withheld where the screen took the problem out.
    clipped : ndarray of bool, shape (k, s)
        Numbers beyond a goalpost.
    ranks : RankSets or None
        Rank sets at the declared weights; None if no source has sampling error.
    rules : tuple of str
        Scale and rule for missing sources.
    factors : MethodFactors
        Which choices of method it is tried under, beside its declared ones.
    """

    problems: tuple[str, ...]
    sources: tuple[Source, ...]
    declared: PillarWeights
    values: FloatArray
    normalised: FloatArray
    weights: FloatArray
    scores: FloatArray
    covariance: FloatArray
    status: ObjectArray
    clipped: BoolArray
    ranks: RankSets | None
    rules: tuple[ScoreScale, Missing]
    factors: MethodFactors = field(default_factory=MethodFactors)

    @property
    def contributions(self) -> FloatArray:
        """What each source adds to each score, shape (k, s); 0 where missing."""
        return np.nan_to_num(self.weights * self.normalised)

    @property
    def shown(self) -> BoolArray:
        """Problems that have a score and may have a place."""
        return np.isfinite(self.scores)

    @property
    def bases(self) -> IntArray:
        """Respondents behind each problem: the smallest base among its survey items; 0 where it has none, shape (k,)."""
        counts = [[s.uses[p].n for s in self.sources if p in s.uses] for p in self.problems]
        return np.array([min(found, default=0) for found in counts], dtype=np.int64)

    def correlations(self) -> pd.DataFrame:
        """Correlations of the sources over the problems.

        Returns
        -------
        DataFrame
            Sources by sources; each pair over the problems that both know.
        """
        names = [source.name for source in self.sources]
        return pd.DataFrame(self.normalised, columns=names).corr()

    def declaration(self) -> pd.DataFrame:
        """What was declared, one row a source.

        Returns
        -------
        DataFrame
            Columns source, pillar, kind, weight, unit, period, population, coverage, goalposts, reference, worse, transform,
            sampling_error, known, set_by, decided.
        """
        used = self.declared.of_sources(_pillars(self.sources), renormalise=self.rules[1] == "renormalise")
        return pd.DataFrame(
            [
                {
                    "source": source.name,
                    "pillar": source.declared.pillar,
                    "kind": source.kind,
                    "weight": used[source.name],
                    "unit": source.declared.unit,
                    "period": source.declared.period,
                    "population": source.declared.population,
                    "coverage": source.declared.coverage,
                    "goalposts": source.declared.goalposts,
                    "reference": source.declared.reference,
                    "worse": source.declared.worse,
                    "transform": source.declared.transform,
                    "sampling_error": source.has_sampling_error,
                    "known": len(source.known),
                    "set_by": self.declared.set_by,
                    "decided": self.declared.decided,
                }
                for source in self.sources
            ]
        )

    def _repr_html_(self) -> str:
        scale, missing = self.rules
        told = (
            f"weights set by {self.declared.set_by}, {self.declared.decided}",
            f"scale: {scale}",
            f"missing sources: {missing}",
            "rank sets at these weights"
            if self.ranks
            else "no source has a sampling error, so there are no rank sets",
        )
        return result_html("Composite at the declared weights", self.to_frame(), told)

    def to_frame(self) -> pd.DataFrame:
        """Lay the composite out, one row a problem.

        Returns
        -------
        DataFrame
            Columns problem, score, standard_error, rank, lower, upper, basis, and one column of contributions a source. A problem
            without survey answers has the basis "ingen enkätgrund" and no score, rank or set.
        """
        frame = pd.DataFrame({"problem": list(self.problems), "score": self.scores})
        frame["standard_error"] = np.sqrt(np.diag(self.covariance)) if self.ranks is not None else np.nan
        for name in ("rank", "lower", "upper"):
            places = np.zeros(len(self.problems), dtype=np.int64)
            if self.ranks is not None:
                places = getattr(self.ranks, name)
            column = pd.array(places, dtype="Int64")
            column[places == 0] = pd.NA
            frame[name] = column
        frame["basis"] = [
            NO_SURVEY_BASIS if status == "no_survey_basis" else status for status in self.status
        ]
        parts = np.where(self.shown[:, None], self.contributions, np.nan)
        for number, source in enumerate(self.sources):
            frame[source.name] = parts[:, number]
        return frame


def composite_priority(
    sources: Sequence[Source],
    weights: PillarWeights,
    *,
    scale: ScoreScale = "declared",
    missing: Missing = "fail",
    options: RankOptions | None = None,
    factors: MethodFactors | None = None,
) -> CompositePriority:
    """Weigh several sources into one score for each problem, with the rank sets that sampling error leaves open.

    Parameters
    ----------
    sources : sequence of Source
        Declared sources.
    weights : PillarWeights
        Declared weights.
    scale : {"declared", "zscore"}
        Fixed goalposts or references (comparable between years), or z-scores over the problems.
    missing : {"fail", "renormalise", "exclude"}
        What happens where a source has no number for a problem, or a weight has no source: an error; the weights of the others
        are scaled up and the problem flagged; or the problem is left out (and a weight without a source is an error).
    options : RankOptions or None
        How to rank.
    factors : MethodFactors or None
        Which choices of method :func:`method_uncertainty` shall vary; None takes the defaults.

    Returns
    -------
    CompositePriority
        Sets for the composite *as defined*; what other weights or scales would give is :func:`method_uncertainty`.

    Raises
    ------
    RankingError
        ``RANG-19`` for weights that do not fit, ``RANG-20`` for sources that do not belong together, ``RANG-21`` for missing numbers
        under ``fail``.

    Notes
    -----
    Scores are ``C = sum_s w_s u_s``. With all sampled numbers stacked in ``x`` with joint covariance ``V`` (items answered by the same
    people are correlated; registers have ``dispersion * count``; other sources have none), ``V_C = J V J'`` with
    ``J = dC / dx``, and the rank sets come from ``(C, V_C)``. A problem without a number from a probability survey gets no place.

    References
    ----------
    OECD and JRC (2008). Handbook on constructing composite indicators. OECD Publishing. doi:10.1787/9789264043466-en.

    Saisana, M., Saltelli, A. and Tarantola, S. (2005). Uncertainty and sensitivity analysis techniques as tools for the quality
    assessment of composite indicators. JRSS A 168, 307-323. doi:10.1111/j.1467-985X.2005.00350.x.
    """
    given = tuple(sources)
    _require_distinct(given)
    by_source = weights.of_sources(_pillars(given), renormalise=missing == "renormalise")
    problems = tuple(dict.fromkeys(problem for source in given for problem in source.values))
    values = np.array([[source.values.get(problem, np.nan) for source in given] for problem in problems])
    based = np.array([any(p in s.known for s in given if s.kind == "survey") for p in problems])
    gap = ~np.isfinite(values)
    if missing == "fail" and gap[based].any():
        raise _gaps(int(gap[based].sum()), tuple(np.array(problems)[based & gap.any(axis=1)]))
    used = np.where(gap, 0.0, np.array([by_source[source.name] for source in given]))
    totals = used.sum(axis=1, keepdims=True)
    used = np.divide(used, totals, out=np.zeros_like(used), where=totals > 0)
    status = np.where(gap.any(axis=1), "excluded" if missing == "exclude" else "renormalised", "ok").astype(
        object
    )
    status[~based] = "no_survey_basis"
    scored = based & (status != "excluded") & (totals[:, 0] > 0)
    normalised, jacobians = _normalised(values, given, scale)
    scores = np.where(scored, np.nansum(used * normalised, axis=1), np.nan)
    covariance = _covariance(given, problems, [used[:, [s]] * jacobians[s] for s in range(len(given))])
    found = CompositePriority(
        problems=problems,
        sources=given,
        declared=weights,
        values=values,
        normalised=normalised,
        weights=used,
        scores=scores,
        covariance=np.where(scored[:, None] & scored, covariance, np.nan),
        status=status,
        clipped=np.stack([outside(values[:, s], source.declared) for s, source in enumerate(given)], axis=1),
        ranks=None,
        rules=(scale, missing),
        factors=factors or MethodFactors(),
    )
    if not any(source.has_sampling_error for source in given):
        return found
    return replace(found, ranks=rank(_as_estimates(found), options))


def _normalised(
    values: FloatArray, sources: Sequence[Source], scale: ScoreScale
) -> tuple[FloatArray, list[FloatArray]]:
    """Numbers on the common scale and the Jacobian of each source's column, shape (k, k)."""
    columns, jacobians = [], []
    for number, source in enumerate(sources):
        x = values[:, number]
        if scale == "zscore":
            column, jacobian = standardised(x, source.declared)
        else:
            column, jacobian = scaled(x, source.declared), np.diag(np.nan_to_num(slope(x, source.declared)))
        columns.append(column)
        jacobians.append(jacobian)
    return np.stack(columns, axis=1), jacobians


def _covariance(
    sources: Sequence[Source], problems: tuple[str, ...], jacobians: Sequence[FloatArray]
) -> FloatArray:
    """Covariance of the scores from the sources with sampling error."""
    total = np.zeros((len(problems), len(problems)))
    estimates = list({id(s.estimates): s.estimates for s in sources if s.estimates is not None}.values())
    for sampled in estimates:
        parts = []
        cells: list[int] = []
        for source, jacobian in zip(sources, jacobians, strict=True):
            if source.estimates is sampled:
                known = [p for p in source.known if p in problems]
                parts.append(jacobian[:, [problems.index(p) for p in known]])
                cells += [source.cells[p] for p in known]
        J = np.concatenate(parts, axis=1)
        total += J @ sampled.covariance(np.array(cells, dtype=np.int64)) @ J.T
    for source, jacobian in zip(sources, jacobians, strict=True):
        if source.variances:
            variances = np.array([source.variances.get(problem, 0.0) for problem in problems])
            total += (jacobian * np.nan_to_num(variances)) @ jacobian.T
    return total


def _as_estimates(found: CompositePriority) -> Estimates:
    """The composite as estimates with a joint covariance, for ranking."""
    surveys = [source.estimates for source in found.sources if source.estimates is not None]
    size = len(found.problems)
    streams = "+".join(dict.fromkeys(e.about.stream for e in surveys))
    return Estimates(
        estimand="composite",
        cells=pd.DataFrame({"item": list(found.problems), "category": "", "by": "", "domain": "Alla"}),
        values=found.scores,
        n=np.where(found.shown, found.bases, 0).astype(np.int64),
        numerator=np.full(size, -1, dtype=np.int64),
        dof=np.where(found.shown, _dof(found), np.nan),
        design_effect=np.full(size, np.nan),
        status=np.where(found.shown, "ok", "empty").astype(object),
        kernel=DenseKernel(found.covariance),
        about=About(
            stream=streams,
            wave=surveys[0].about.wave if surveys else "",
            method="delta method at declared weights",
            approximate=any(e.about.approximate for e in surveys),
        ),
    )


def _dof(found: CompositePriority) -> FloatArray:
    """Degrees of freedom of each score: the fewest among the numbers that enter it; z-scores let all enter each, shape (k,)."""
    dof = np.full(len(found.problems), np.inf)
    for source in found.sources:
        if source.estimates is not None:
            for place, problem in enumerate(found.problems):
                if problem in source.cells:
                    dof[place] = np.fmin(dof[place], source.estimates.dof[source.cells[problem]])
    return np.full_like(dof, dof.min()) if found.rules[0] == "zscore" else dof


def _pillars(sources: Sequence[Source]) -> dict[str, str]:
    """Pillar of each source."""
    return {source.name: source.declared.pillar for source in sources}


def _require_distinct(sources: Sequence[Source]) -> None:
    """Refuse sources with the same name, and survey sources of one stream whose joint covariance is unknown."""
    names = [source.name for source in sources]
    screened = next((s.name for s in sources if s.kind == "survey" and s.estimates is None), "")
    streams: dict[tuple[str, str], Estimates] = {}
    split = ""
    for source in sources:
        if source.estimates is not None:
            about = source.estimates.about
            first = streams.setdefault((about.stream, about.wave), source.estimates)
            split = split if first is source.estimates else source.name
    doubled = next((name for name in names if names.count(name) > 1), "")
    if not names or doubled or split or screened:
        found = (
            f"the name {doubled} stands twice"
            if doubled
            else f"{screened} has been stored, and no longer knows the covariance of its numbers"
            if screened
            else f"{split} comes from another call than the other survey sources of its stream"
            if split
            else "there is none"
        )
        raise RankingError(
            Problem(
                code="RANG-20",
                what=f"The sources of the composite do not belong together: {found}.",
                why="Items answered by the same people are correlated, and only one call of an estimator knows how.",
                remedy="Estimate all items of one stream in one call, and give every source its own name.",
                facts={"source": doubled or screened or split or "-", "found": found},
            )
        )


def _gaps(count: int, problems: tuple[str, ...]) -> RankingError:
    """Tell that sources lack numbers."""
    named = ", ".join(problems[:5])
    return RankingError(
        Problem(
            code="RANG-21",
            what=f"{count} numbers are missing, for {named}.",
            why="A missing number is not 0, and none is made up here.",
            remedy="Add the numbers, or declare missing='renormalise' or missing='exclude'.",
            facts={"count": count, "problems": named},
        )
    )
