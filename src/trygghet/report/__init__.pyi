from .balance import plot_balance
from .composite_figures import plot_composite
from .export import export_figure, figure_of
from .heat import plot_heat
from .inputs import (
    ReportSources,
    Stamp,
    StreamFacts,
    WaveFacts,
    WaveReport,
    WeightFacts,
)
from .lettering import figure_font
from .look import Look
from .manifest import write_manifest
from .priorities import plot_top_set
from .problems import plot_problems
from .promise_draft import promise_book, promise_document, write_promise_seed
from .rank_figures import plot_pairs, plot_rank_sets
from .response import plot_response
from .sheet import Caption
from .trend import plot_trend
from .wording import Wording
from .write import write_report

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
    "export_figure",
    "figure_font",
    "figure_of",
    "plot_balance",
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
