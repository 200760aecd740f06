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
    from trygghet.claims.drafts import check_text
    from trygghet.codebook import Codebook, crosswalk
    from trygghet.design import DesignColumns, OpenSample, SurveyDesign, linearised_covariance
    from trygghet.disclosure import DisclosureRules, Publishable, Table, read_publishable, screen
    from trygghet.estimate import (
        Estimates,
        RespondentShares,
        balance,
        contrast,
        count,
        cross_table,
        design_effects,
        difference,
        index,
        mean,
        multi_response,
        paired_difference,
        proportion,
        quantile,
        ratio,
        read_estimates,
        standardised,
        total,
        write_estimates,
    )
    from trygghet.estimate.association import association
    from trygghet.estimate.regression import mean_difference_test, regression
    from trygghet.estimate.small_area import fay_herriot
    from trygghet.ingest import Microdata, draft_codebook, read_microdata, read_survey, write_microdata
    from trygghet.ranking import (
        RankOptions,
        RankSets,
        TopSet,
        bayes_ranks,
        by_stream,
        describe_order,
        multinomial_rank_bounds,
        order_stability,
        priorities,
        rank,
        rank_bounds,
        rank_choices,
        rank_each,
        top_set,
    )
    from trygghet.report import (
        Stamp,
        export_figure,
        plot_heat,
        plot_problems,
        plot_response,
        plot_top_set,
        plot_trend,
        write_report,
    )
    from trygghet.waves import (
        breaks_between,
        change,
        detectable_change,
        detectable_next_change,
        read_published,
        required_answers,
        write_published_template,
    )
    from trygghet.weighting import (
        Margins,
        Weights,
        base_weights,
        calibrate,
        calibrate_households,
        poststratify,
        rake,
        trim_weights,
        weight_stream,
    )

__version__ = version("trygghet")

_ROOMS: dict[str, tuple[str, ...]] = {
    "claims.drafts": ("check_text",),
    "codebook": ("Codebook", "crosswalk"),
    "design": ("DesignColumns", "OpenSample", "SurveyDesign", "linearised_covariance"),
    "disclosure": ("DisclosureRules", "Publishable", "Table", "read_publishable", "screen"),
    "estimate": (
        "Estimates",
        "RespondentShares",
        "balance",
        "contrast",
        "count",
        "cross_table",
        "design_effects",
        "difference",
        "index",
        "mean",
        "multi_response",
        "paired_difference",
        "proportion",
        "quantile",
        "ratio",
        "read_estimates",
        "standardised",
        "total",
        "write_estimates",
    ),
    "estimate.association": ("association",),
    "estimate.regression": ("mean_difference_test", "regression"),
    "estimate.small_area": ("fay_herriot",),
    "ingest": ("Microdata", "draft_codebook", "read_microdata", "read_survey", "write_microdata"),
    "ranking": (
        "RankOptions",
        "RankSets",
        "TopSet",
        "bayes_ranks",
        "by_stream",
        "describe_order",
        "multinomial_rank_bounds",
        "order_stability",
        "priorities",
        "rank",
        "rank_bounds",
        "rank_choices",
        "rank_each",
        "top_set",
    ),
    "report": (
        "Stamp",
        "export_figure",
        "plot_heat",
        "plot_problems",
        "plot_response",
        "plot_top_set",
        "plot_trend",
        "write_report",
    ),
    "waves": (
        "breaks_between",
        "change",
        "detectable_change",
        "detectable_next_change",
        "read_published",
        "required_answers",
        "write_published_template",
    ),
    "weighting": (
        "Margins",
        "Weights",
        "base_weights",
        "calibrate",
        "calibrate_households",
        "poststratify",
        "rake",
        "trim_weights",
        "weight_stream",
    ),
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
    "association",
    "balance",
    "base_weights",
    "bayes_ranks",
    "breaks_between",
    "by_stream",
    "calibrate",
    "calibrate_households",
    "change",
    "check_text",
    "claims",
    "contrast",
    "count",
    "cross_table",
    "crosswalk",
    "datasets",
    "describe_order",
    "design_effects",
    "detectable_change",
    "detectable_next_change",
    "difference",
    "draft_codebook",
    "errors",
    "export_figure",
    "fay_herriot",
    "index",
    "linearised_covariance",
    "mean",
    "mean_difference_test",
    "multi_response",
    "multinomial_rank_bounds",
    "order_stability",
    "paired_difference",
    "plot_heat",
    "plot_problems",
    "plot_response",
    "plot_top_set",
    "plot_trend",
    "poststratify",
    "priorities",
    "proportion",
    "quantile",
    "rake",
    "rank",
    "rank_bounds",
    "rank_choices",
    "rank_each",
    "ratio",
    "read_estimates",
    "read_microdata",
    "read_publishable",
    "read_published",
    "read_survey",
    "regression",
    "required_answers",
    "screen",
    "standardised",
    "top_set",
    "total",
    "trim_weights",
    "weight_stream",
    "write_estimates",
    "write_microdata",
    "write_published_template",
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
