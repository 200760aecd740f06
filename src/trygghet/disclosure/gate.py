"""The screen: everything that is published together goes through it together."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from trygghet._typing import BoolArray, IntArray, ObjectArray
from trygghet.claims import CellKey, Claim
from trygghet.disclosure.cells import Catalogue, Screenable, collect_cells
from trygghet.disclosure.composites import hidden_problems, mask_composite
from trygghet.disclosure.masking import mask_estimates, mask_shares, mask_table
from trygghet.disclosure.orders import hidden_elsewhere, mask_order, mask_stability
from trygghet.disclosure.primary import marks_of, primary_reasons
from trygghet.disclosure.publishable import Publishable, WithheldCell, seal_result
from trygghet.disclosure.rankings import mask_bayes, mask_ranks, mask_top_set
from trygghet.disclosure.records import digest_of
from trygghet.disclosure.released import Released
from trygghet.disclosure.reliability import uncertain_cells
from trygghet.disclosure.rules import DisclosureRules
from trygghet.disclosure.secondary import Exposure, refuse_exposed, secondary_reasons
from trygghet.disclosure.statements import reveals, withheld_levels
from trygghet.disclosure.structure import Structure
from trygghet.disclosure.tables import Table
from trygghet.estimate.estimates import Estimates
from trygghet.estimate.shares import RespondentShares
from trygghet.ranking import BayesRanks, OrderStability, RankSets, RespondentOrder, TopSet, evidence_of
from trygghet.ranking.composite import CompositePriority


@dataclass(frozen=True, slots=True, eq=False)
class Screening:
    """What the screen let through, and what it cost.

    Parameters
    ----------
    publishables : mapping of str to Publishable
        Screened results by name.
    withheld : mapping of str to int
        Number of cells by why they are withheld: base, numerator, linked, derived.
    shown : int
        Number of cells that are shown.
    exposures : tuple of Exposure
        Numbers that earlier editions alone give away; the screen cannot take them back.
    """

    publishables: Mapping[str, Publishable[Any]]
    withheld: Mapping[str, int]
    shown: int
    exposures: tuple[Exposure, ...]


def screen(
    results: Mapping[str, Screenable],
    rules: DisclosureRules | None = None,
    *,
    structures: Mapping[str, Structure] | None = None,
    released: Released | None = None,
) -> dict[str, Publishable[Any]]:
    """Let through what may be shown of all results that are published together.

    Parameters
    ----------
    results : mapping of str to Estimates, RespondentShares, a ranking, Claim or Table
        Everything that will be published, all waves at once: a number that is withheld in one result is withheld in all.
    rules : DisclosureRules, optional
        Thresholds; the defaults when left out.
    structures : mapping of str to Structure, optional
        By wave, what a reader knows beside the results: groups of areas, items that make up a whole, inhabitants.
    released : Released, optional
        What earlier editions published.

    Returns
    -------
    dict of str to Publishable
        Under the same names, results of the same types without the numbers that may not be shown.

    Raises
    ------
    DisclosureError
        SEK-04 for a result of another type; SEK-08 for a claim about numbers that are not screened with it; SEK-09 when
        a withheld number can be worked out from what is published already and what would be shown.

    Notes
    -----
    A withheld cell has value NaN, status ``"withheld"``, no base, no numerator and no covariance; a comparison is withheld
    when a number that it compares is, a ranking is made anew without it, and a claim that rests on it is refused. Whether a
    shown number is uncertain is another matter, with rules of its own: it is flagged, not withheld. Further cells are withheld so that sums over
    domains, groups, answers and editions do not give the first ones away, and an attacker who solves linear programs over
    everything that is shown then has to fail.

    References
    ----------
    Hundepool, A. et al. (2012). Statistical Disclosure Control. Wiley. doi:10.1002/9781118348239.
    """
    return dict(screening(results, rules, structures=structures, released=released).publishables)


def screening(
    results: Mapping[str, Screenable],
    rules: DisclosureRules | None = None,
    *,
    structures: Mapping[str, Structure] | None = None,
    released: Released | None = None,
) -> Screening:
    """The same as :func:`screen`, with an account of what was withheld.

    Parameters
    ----------
    results : mapping of str to Estimates, RespondentShares, a ranking, Claim or Table
        Everything that will be published.
    rules : DisclosureRules, optional
        Thresholds.
    structures : mapping of str to Structure, optional
        By wave, what a reader knows beside the results.
    released : Released, optional
        What earlier editions published.

    Returns
    -------
    Screening
        Publishables and counts.

    Raises
    ------
    DisclosureError
        As :func:`screen`.
    """
    rules = rules or DisclosureRules()
    catalogue = collect_cells(results)
    reasons, exposures = secondary_reasons(
        catalogue.cells,
        primary_reasons(catalogue.cells, rules),
        rules,
        structures=structures or {},
        released=released or Released.nothing(),
    )
    refuse_exposed(exposures)
    reasons = _spread_to_composites(results, catalogue, reasons)
    names, counts = np.unique(reasons[reasons != ""].astype(str), return_counts=True)
    return Screening(
        publishables=_publishables(results, catalogue, reasons, rules=rules),
        withheld=dict(zip(names.tolist(), counts.tolist(), strict=True)),
        shown=int(np.sum(reasons == "")),
        exposures=exposures,
    )


def _spread_to_composites(
    results: Mapping[str, Screenable], catalogue: Catalogue, reasons: ObjectArray
) -> ObjectArray:
    """Withhold every score that a withheld number enters."""
    spread = reasons.copy()
    for name, result in results.items():
        if isinstance(result, CompositePriority) and name in catalogue.rows:
            rows = catalogue.rows[name][hidden_problems(result, catalogue.cells, reasons)]
            spread[rows] = np.where(spread[rows] == "", "derived", spread[rows])
    return spread


def _publishables(
    results: Mapping[str, Screenable], catalogue: Catalogue, reasons: ObjectArray, *, rules: DisclosureRules
) -> dict[str, Publishable[Any]]:
    """Mask and seal every result once it is known what is withheld."""
    gate = _Gate(catalogue, reasons, withheld_levels(catalogue.cells, reasons), rules)
    return {name: gate.let_through(name, result) for name, result in results.items()}


@dataclass(frozen=True, slots=True, eq=False)
class _Gate:
    """What is withheld, and how each type of result is made to leave without it."""

    catalogue: Catalogue
    reasons: ObjectArray
    levels: Mapping[CellKey, bool]
    rules: DisclosureRules

    def let_through(self, name: str, result: Screenable) -> Publishable[Any]:
        if isinstance(result, Claim):
            hidden = reveals(result, self.levels)
            return self._sealed(result.suppressed() if hidden else result, (), ())
        rows = self.catalogue.rows.get(name, np.zeros(0, dtype=np.int64))
        withheld: BoolArray = np.asarray(self.reasons[rows] != "", dtype=np.bool_)
        masked = self._masked(result, withheld)
        cells = self.catalogue.cells.loc[rows].assign(status=_status_of(masked))
        marks = marks_of(cells, self.reasons[rows], self.rules)
        return self._sealed(
            masked, self._withheld_cells(rows[withheld], marks[withheld]), tuple(marks.tolist())
        )

    def _masked(self, result: Screenable, withheld: BoolArray) -> Screenable:
        masked, unit = result, self.rules.rounding
        match result:
            case Estimates():
                masked = self._estimates(result, withheld)
            case RankSets():
                masked = mask_ranks(result, withheld, self._estimates(result.estimates, withheld))
            case TopSet():
                masked = mask_top_set(result, withheld, self._estimates(result.ranks.estimates, withheld))
            case BayesRanks():
                shown = self._estimates(result.sets.estimates, withheld)
                masked = mask_bayes(result, withheld, shown, unit=unit)
            case CompositePriority():
                masked = self._composite(result, withheld)
            case RespondentOrder():
                masked = mask_order(result, withheld, self._shares(result.shares, withheld))
            case OrderStability():
                shares = self._shares(result.order.shares, withheld)
                hidden = hidden_elsewhere(result, self.catalogue.cells, self.reasons)
                masked = mask_stability(result, withheld, shares, elsewhere=hidden, rules=self.rules)
            case RespondentShares():
                masked = self._shares(result, withheld)
            case Table():
                masked = mask_table(result, withheld)
        return masked

    def _composite(self, found: CompositePriority, withheld: BoolArray) -> CompositePriority:
        hidden = hidden_problems(found, self.catalogue.cells, self.reasons)
        if found.ranks is None:
            return mask_composite(found, hidden, None, unit=self.rules.rounding)
        scores = self._estimates(found.ranks.estimates, withheld)
        return mask_composite(found, hidden | withheld, scores, unit=self.rules.rounding)

    def _estimates(self, estimates: Estimates, withheld: BoolArray) -> Estimates:
        flagged = uncertain_cells(estimates, self.rules)
        return mask_estimates(estimates, withheld, uncertain=flagged, rules=self.rules)

    def _shares(self, shares: RespondentShares, withheld: BoolArray) -> RespondentShares:
        flagged = uncertain_cells(shares, self.rules)
        return mask_shares(shares, withheld, uncertain=flagged, rules=self.rules)

    def _withheld_cells(self, rows: IntArray, marks: ObjectArray) -> tuple[WithheldCell, ...]:
        names = self.catalogue.named(rows)
        return tuple(
            WithheldCell(name, str(mark), reason)
            for name, mark, reason in zip(names, marks, self.reasons[rows], strict=True)
        )

    def _sealed(
        self, result: Any, withheld: tuple[WithheldCell, ...], marks: tuple[str, ...]
    ) -> Publishable[Any]:
        digest = digest_of(result, withheld, marks, rules=self.rules)
        return seal_result(result, withheld, marks, rules=self.rules, digest=digest)


def _status_of(result: Screenable) -> ObjectArray | str:
    if isinstance(result, Claim | Table):
        return "ok"
    evidence = result if isinstance(result, Estimates | RespondentShares) else evidence_of(result)
    return "ok" if evidence is None else evidence.status
