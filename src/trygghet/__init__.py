"""Survey analytics for the Swedish lägesbild and medborgarlöfte.

Names are loaded when they are first used, so that ``import trygghet`` costs next to nothing.

Examples
--------
>>> import trygghet as tg
>>> tg.rank_bounds([0.9, 0.5, 0.1], [0.001, 0.001, 0.001], seed=1).rank.tolist()
[1, 2, 3]
"""

from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from trygghet import claims, datasets, errors
    from trygghet.codebook import Codebook
    from trygghet.design import DesignColumns, OpenSample, SurveyDesign, linearised_covariance
    from trygghet.disclosure import DisclosureRules, Publishable, Table, read_publishable, screen
    from trygghet.estimate import (
        Estimates,
        RespondentShares,
        difference,
        mean,
        multi_response,
        proportion,
        ratio,
        read_estimates,
        total,
        write_estimates,
    )
    from trygghet.ingest import Microdata, read_microdata, read_survey, write_microdata
    from trygghet.ranking import (
        RankOptions,
        RankSets,
        TopSet,
        multinomial_rank_bounds,
        rank,
        rank_bounds,
        top_set,
    )
    from trygghet.report import (
        Stamp,
        export_figure,
        plot_heat,
        plot_problems,
        plot_response,
        plot_top_set,
        write_report,
    )
    from trygghet.waves import change, detectable_change
    from trygghet.weighting import Margins, Weights, base_weights, calibrate, poststratify, rake

__version__ = version("trygghet")

_ROOMS: dict[str, tuple[str, ...]] = {
    "codebook": ("Codebook",),
    "design": ("DesignColumns", "OpenSample", "SurveyDesign", "linearised_covariance"),
    "disclosure": ("DisclosureRules", "Publishable", "Table", "read_publishable", "screen"),
    "estimate": (
        "Estimates",
        "RespondentShares",
        "difference",
        "mean",
        "multi_response",
        "proportion",
        "ratio",
        "read_estimates",
        "total",
        "write_estimates",
    ),
    "ingest": ("Microdata", "read_microdata", "read_survey", "write_microdata"),
    "ranking": (
        "RankOptions",
        "RankSets",
        "TopSet",
        "multinomial_rank_bounds",
        "rank",
        "rank_bounds",
        "top_set",
    ),
    "report": (
        "Stamp",
        "export_figure",
        "plot_heat",
        "plot_problems",
        "plot_response",
        "plot_top_set",
        "write_report",
    ),
    "waves": ("change", "detectable_change"),
    "weighting": ("Margins", "Weights", "base_weights", "calibrate", "poststratify", "rake"),
}
_MODULES = ("claims", "datasets", "errors")
_HOMES = {name: room for room, names in _ROOMS.items() for name in names}

__all__ = [
    "Codebook",
    "DesignColumns",
    "DisclosureRules",
    "Estimates",
    "Margins",
    "Microdata",
    "OpenSample",
    "Publishable",
    "RankOptions",
    "RankSets",
    "RespondentShares",
    "Stamp",
    "SurveyDesign",
    "Table",
    "TopSet",
    "Weights",
    "__version__",
    "base_weights",
    "calibrate",
    "change",
    "claims",
    "datasets",
    "detectable_change",
    "difference",
    "errors",
    "export_figure",
    "linearised_covariance",
    "mean",
    "multi_response",
    "multinomial_rank_bounds",
    "plot_heat",
    "plot_problems",
    "plot_response",
    "plot_top_set",
    "poststratify",
    "proportion",
    "rake",
    "rank",
    "rank_bounds",
    "ratio",
    "read_estimates",
    "read_microdata",
    "read_publishable",
    "read_survey",
    "screen",
    "top_set",
    "total",
    "write_estimates",
    "write_microdata",
    "write_report",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"trygghet.{_HOMES[name]}"), name)
    if name in _MODULES:
        return import_module(f"trygghet.{name}")
    raise AttributeError(f"module 'trygghet' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
