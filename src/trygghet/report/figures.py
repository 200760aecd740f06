"""The figures of a wave: which there are, with their captions, and each drawn for the page and for files."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from trygghet.disclosure import Publishable, Table
from trygghet.ranking import TopSet
from trygghet.report.balance import balance_rows, plot_balance
from trygghet.report.captions import items_kind
from trygghet.report.composite_figures import plot_composite
from trygghet.report.export import Rendered, alternative_of, figure_of, marked, render_figure, svg_text
from trygghet.report.heat import grid_of, plot_heat
from trygghet.report.inputs import WaveReport
from trygghet.report.kinds import Plot, kind_of
from trygghet.report.look import Look, foreseen
from trygghet.report.priorities import by_share, plot_top_set
from trygghet.report.problems import plot_problems
from trygghet.report.rank_figures import plot_pairs, plot_rank_sets
from trygghet.report.reading import readings
from trygghet.report.response import plot_response
from trygghet.report.sheet import Caption
from trygghet.report.side_by_side import side_by_side
from trygghet.report.tables import Sheet
from trygghet.report.trend import plot_trend

STACKED = ("prioritering", "problem", "svar_och_vikter", "viktning")


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
        "utveckling": (plot_trend, report.trend or (None,)),
        "svar_och_vikter": (plot_response, (_grouped(report),)),
        "viktning": (plot_balance, (_weighted(report, look),)),
        "sammanvagd": (plot_composite, (report.composite,)),
        "placeringar": (plot_rank_sets, (_ranked(report),)),
        "par": (plot_pairs, (_ranked(report),)),
    }
    families = report.facts.families
    ordered = replace(
        foreseen(look, families),
        order=tuple(dict.fromkeys((*_problem_order(report), *report.facts.headline))),
        jointly=families.family_level if families is not None else look.jointly,
    )
    planned = {}
    for name, (plot, results) in wanted.items():
        if results[0] is None:
            continue
        given = tuple(each for each in results if each is not None)
        caption = kind_of(plot).caption(given[0].result, report.facts, marked(ordered, given[0]))
        planned[name] = Planned(given, plot, caption, ordered)
    return planned


def _grouped(report: WaveReport) -> Publishable[Table] | None:
    """The table of who answered, where it tells of any group."""
    found = report.response
    return found if found is not None and len(found.result.frame) else None


def _ranked(report: WaveReport) -> Publishable[Any] | None:
    """Priorities that have rank sets: those of a random sample."""
    found = report.priorities
    return found if found is not None and isinstance(found.result, TopSet) else None


def rendered_figures(report: WaveReport, planned: Mapping[str, Planned]) -> dict[str, Rendered]:
    """Draw every planned figure in Word's width.

    Parameters
    ----------
    report : WaveReport
        Screened results and facts.
    planned : mapping of str to Planned
        Figures by name.

    Returns
    -------
    dict of str to Rendered
        Drawn figures by name.
    """
    return dict(zip(planned, side_by_side(_wide(report, planned)), strict=True))


def drawn_figures(
    report: WaveReport, planned: Mapping[str, Planned]
) -> tuple[dict[str, Rendered], dict[str, str]]:
    """Draw every planned figure in Word's width, and those that can be stacked for a telephone too.

    Parameters
    ----------
    report : WaveReport
        Screened results and facts.
    planned : mapping of str to Planned
        Figures by name.

    Returns
    -------
    tuple of dict
        Drawn figures by name, and SVG elements for a telephone by name.
    """
    tasks: list[Callable[[], Any]] = [*_wide(report, planned), *_narrow(report, planned)]
    made = side_by_side(tasks)
    rest = made[len(planned) :]
    return (
        dict(zip(planned, made[: len(planned)], strict=True)),
        dict(zip(_stacked(planned), rest, strict=True)),
    )


def drawn_for_page(
    planned: Mapping[str, Planned], rendered: Mapping[str, Rendered], narrow: Mapping[str, str]
) -> dict[str, Drawn]:
    """Give the page its figures, in two widths where they can be stacked.

    Parameters
    ----------
    planned : mapping of str to Planned
        Figures by name.
    rendered : mapping of str to Rendered
        The same figures drawn in Word's width.
    narrow : mapping of str to str
        SVG elements for a telephone.

    Returns
    -------
    dict of str to Drawn
        The same figures as SVG elements with their tables.
    """
    drawn = {}
    for name, plan in planned.items():
        made = rendered[name]
        cross = None
        if name == "omraden":
            results = [each.result for each in plan.publishables]
            cross = _cross(results, marked(plan.look, plan.publishables[0]))
        drawn[name] = Drawn(
            name, _element(made.svg), narrow.get(name, ""), made.table, plan.caption.notes, cross
        )
    return drawn


def _stacked(planned: Mapping[str, Planned]) -> list[str]:
    return [name for name in planned if name in STACKED]


def _wide(report: WaveReport, planned: Mapping[str, Planned]) -> list[Callable[[], Rendered]]:
    return [
        partial(
            render_figure,
            plan.publishables,
            plan.plot,
            name,
            stamp=report.stamp,
            caption=plan.caption,
            look=plan.look,
        )
        for name, plan in planned.items()
    ]


def _narrow(report: WaveReport, planned: Mapping[str, Planned]) -> list[Callable[[], str]]:
    return [partial(_for_telephone, report, planned[name], f"{name}-smal") for name in _stacked(planned)]


def _for_telephone(report: WaveReport, plan: Planned, name: str) -> str:
    """Draw a figure for a telephone, with its labels above the bars."""
    look = replace(plan.look, width="narrow")
    figure = figure_of(plan.publishables, plan.plot, stamp=report.stamp, caption=plan.caption, look=look)
    alt = alternative_of(plan.publishables, plan.plot, plan.caption, stamp=report.stamp, look=plan.look)
    return _element(svg_text(figure, name, title=plan.caption.title, description=alt))


def _element(svg: str) -> str:
    """Cut the SVG element out of its document."""
    return svg[svg.index("<svg") :]


def _weighted(report: WaveReport, look: Look) -> Publishable[Table] | None:
    """The table of who answered, where weights were set against a known population."""
    found = report.response
    return found if found is not None and balance_rows(found.result, look.words) else None


def _problem_order(report: WaveReport) -> tuple[str, ...]:
    """Items in the order of the problem bars."""
    if report.problems is None:
        return ()
    return tuple(cell.item for cell in by_share(list(readings(report.problems.result))))


def _cross(results: list[Any], look: Look) -> Sheet:
    """Problems down, districts across, each cell as the figure writes it."""
    grid = grid_of(*results, look=look)
    heads = tuple(
        f"{domain}\n(n\N{NO-BREAK SPACE}{look.words.base(grid.bases(domain))})" for domain in grid.domains
    )
    rows = tuple(
        (label, *(grid.told(item, domain, look.words) for domain in grid.domains))
        for item, label in zip(grid.items, grid.labels, strict=True)
    )
    return Sheet((look.words[f"column.{items_kind(results[0])}"], *heads), rows)
