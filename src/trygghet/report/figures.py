"""The figures of a wave: which there are, with their captions, and each drawn for the page and for files."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from trygghet.disclosure import Publishable
from trygghet.report.export import alternative_text, figure_of, marked, svg_text
from trygghet.report.heat import grid_of, plot_heat
from trygghet.report.inputs import WaveReport
from trygghet.report.kinds import Plot, kind_of
from trygghet.report.look import Look, Width
from trygghet.report.priorities import by_share, plot_top_set
from trygghet.report.problems import plot_problems
from trygghet.report.reading import readings
from trygghet.report.response import plot_response
from trygghet.report.sheet import Caption
from trygghet.report.tables import Sheet

STACKED = ("prioritering", "problem", "svar_och_vikter")


@dataclass(frozen=True, slots=True)
class Planned:
    """A figure that will be made.

    Parameters
    ----------
    publishables : tuple of Publishable
        What it shows.
    plot : callable
        How it is drawn.
    caption : Caption
        Texts around it.
    look : Look
        Language and level.
    """

    publishables: tuple[Publishable[Any], ...]
    plot: Plot
    caption: Caption
    look: Look


@dataclass(frozen=True, slots=True)
class Drawn:
    """A figure on the page.

    Parameters
    ----------
    name : str
        Name of the figure and of its files.
    wide, narrow : str
        SVG for a screen and for a telephone; the latter empty where the table takes its place.
    table : Sheet
        Its numbers.
    notes : tuple of str
        Base and signs.
    cross : Sheet, optional
        The heat table's numbers as it is drawn, problems down and districts across.
    """

    name: str
    wide: str
    narrow: str
    table: Sheet
    notes: tuple[str, ...]
    cross: Sheet | None = None


def planned_figures(report: WaveReport, look: Look) -> dict[str, Planned]:
    """Decide which figures a wave gets: one for every result that it has.

    Parameters
    ----------
    report : WaveReport
        Screened results and facts.
    look : Look
        Language and level.

    Returns
    -------
    dict of str to Planned
        Figures by the name of their files.
    """
    wanted: dict[str, tuple[Plot, tuple[Publishable[Any] | None, ...]]] = {
        "prioritering": (plot_top_set, (report.priorities,)),
        "problem": (plot_problems, (report.problems,)),
        "omraden": (plot_heat, (report.areas, report.contrasts)),
        "svar_och_vikter": (plot_response, (report.response,)),
    }
    ordered = replace(look, order=_problem_order(report))
    planned = {}
    for name, (plot, results) in wanted.items():
        if results[0] is None:
            continue
        given = tuple(each for each in results if each is not None)
        caption = kind_of(plot).caption(given[0].result, report.facts, marked(ordered, given[0]))
        planned[name] = Planned(given, plot, caption, ordered)
    return planned


def drawn_for_page(report: WaveReport, planned: Mapping[str, Planned]) -> dict[str, Drawn]:
    """Draw the figures for the page, in two widths where they can be stacked.

    Parameters
    ----------
    report : WaveReport
        Screened results and facts.
    planned : mapping of str to Planned
        Figures by name.

    Returns
    -------
    dict of str to Drawn
        The same figures as SVG with their tables.
    """
    drawn = {}
    for name, plan in planned.items():
        results = [each.result for each in plan.publishables]
        dressed = marked(plan.look, plan.publishables[0])
        table = kind_of(plan.plot).table(*results, look=dressed)
        cross = _cross(results, dressed) if name == "omraden" else None
        narrow = _svg(report, plan, f"{name}-smal", width="narrow") if name in STACKED else ""
        drawn[name] = Drawn(
            name, _svg(report, plan, f"{name}-bred", width="wide"), narrow, table, plan.caption.notes, cross
        )
    return drawn


def _svg(report: WaveReport, plan: Planned, name: str, *, width: Width) -> str:
    """Draw a figure as an SVG element that scales with the page."""
    look = replace(plan.look, width=width)
    figure = figure_of(plan.publishables, plan.plot, stamp=report.stamp, caption=plan.caption, look=look)
    results = [each.result for each in plan.publishables]
    described = kind_of(plan.plot).describe(*results, look=marked(look, plan.publishables[0]))
    alt = alternative_text(described, plan.caption, report.stamp)
    text = svg_text(figure, name, title=plan.caption.title, description=alt)
    return text[text.index("<svg") :]


def _problem_order(report: WaveReport) -> tuple[str, ...]:
    """Items in the order of the problem bars."""
    if report.problems is None:
        return ()
    return tuple(cell.item for cell in by_share(list(readings(report.problems.result))))


def _cross(results: list[Any], look: Look) -> Sheet:
    """Problems down, districts across, each cell as the figure writes it."""
    grid = grid_of(*results, look=look)
    heads = tuple(f"{domain} (n {look.words.base(grid.bases(domain))})" for domain in grid.domains)
    rows = tuple(
        (label, *(grid.text(item, domain, look.words) for domain in grid.domains))
        for item, label in zip(grid.items, grid.labels, strict=True)
    )
    return Sheet((look.words["column.problem"], *heads), rows)
