"""What the columns of a survey file mean."""

from trygghet.codebook.book import Codebook
from trygghet.codebook.catalogue import (
    BackgroundItem,
    CatalogueItem,
    background_items,
    catalogue,
    scales,
    standard_answer,
)
from trygghet.codebook.columns import Areas, DesignColumnsSpec, Population, Relation
from trygghet.codebook.composite import Balance, Break, Index
from trygghet.codebook.crosswalk import Comparability, ItemChange, crosswalk
from trygghet.codebook.declared import Code
from trygghet.codebook.derived import Derived
from trygghet.codebook.entries import age_entries, share_entry
from trygghet.codebook.file_spec import FileSpec
from trygghet.codebook.frame import OUTCOME, Frame, frame_codebook
from trygghet.codebook.indicator import Indicator
from trygghet.codebook.multi_response import MultiResponse
from trygghet.codebook.questionnaire import Question, Questionnaire, questionnaire
from trygghet.codebook.streams import UNKNOWN_STREAM, Stream, Streams
from trygghet.codebook.variable import MissingKind, Variable

__all__ = [
    "OUTCOME",
    "UNKNOWN_STREAM",
    "Areas",
    "BackgroundItem",
    "Balance",
    "Break",
    "CatalogueItem",
    "Code",
    "Codebook",
    "Comparability",
    "Derived",
    "DesignColumnsSpec",
    "FileSpec",
    "Frame",
    "Index",
    "Indicator",
    "ItemChange",
    "MissingKind",
    "MultiResponse",
    "Population",
    "Question",
    "Questionnaire",
    "Relation",
    "Stream",
    "Streams",
    "Variable",
    "age_entries",
    "background_items",
    "catalogue",
    "crosswalk",
    "frame_codebook",
    "questionnaire",
    "scales",
    "share_entry",
    "standard_answer",
]
