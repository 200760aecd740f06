"""Figures, tables and pages for readers; everything that leaves has been screened."""

from trygghet.report.composite_figures import composite_table, plot_composite
from trygghet.report.export import export_figure, figure_of
from trygghet.report.heat import plot_heat
from trygghet.report.inputs import (
    ReportSources,
    Stamp,
    StreamFacts,
    WaveFacts,
    WaveReport,
    WeightFacts,
)
from trygghet.report.look import Look
from trygghet.report.manifest import write_manifest
from trygghet.report.priorities import plot_top_set
from trygghet.report.problems import plot_problems
from trygghet.report.promise_draft import promise_book, promise_document, write_promise_seed
from trygghet.report.rank_figures import plot_pairs, plot_rank_sets
from trygghet.report.response import plot_response
from trygghet.report.sheet import Caption
from trygghet.report.trend import plot_trend
from trygghet.report.wording import Wording
from trygghet.report.write import write_report

__all__ = [
    "Caption",
    "Look",
    "ReportSources",
    "Stamp",
    "StreamFacts",
    "WaveFacts",
    "WaveReport",
    "WeightFacts",
    "Wording",
    "composite_table",
    "export_figure",
    "figure_of",
    "plot_composite",
    "plot_heat",
    "plot_pairs",
    "plot_problems",
    "plot_rank_sets",
    "plot_response",
    "plot_top_set",
    "plot_trend",
    "promise_book",
    "promise_document",
    "write_manifest",
    "write_promise_seed",
    "write_report",
]
