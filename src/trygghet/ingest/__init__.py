"""Bytes to tables and back: survey files, the microdata they hold, and where they came from."""

from trygghet.ingest.area_changes import areas_as
from trygghet.ingest.card import VariableCard
from trygghet.ingest.draft import draft_codebook
from trygghet.ingest.kodbok import read_kodbok, write_kodbok
from trygghet.ingest.microdata import GroupColumn, Microdata
from trygghet.ingest.parquet import read_codebook, read_microdata, write_microdata
from trygghet.ingest.provenance import Provenance
from trygghet.ingest.spss_writer import SpssDictionary, write_spss
from trygghet.ingest.survey import read_survey
from trygghet.ingest.violations import violations

__all__ = [
    "GroupColumn",
    "Microdata",
    "Provenance",
    "SpssDictionary",
    "VariableCard",
    "areas_as",
    "draft_codebook",
    "read_codebook",
    "read_kodbok",
    "read_microdata",
    "read_survey",
    "violations",
    "write_kodbok",
    "write_microdata",
    "write_spss",
]
