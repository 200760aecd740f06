"""Bytes to tables and back: survey files, the microdata they hold, and where they came from."""

from trygghet.ingest.card import VariableCard
from trygghet.ingest.microdata import GroupColumn, Microdata
from trygghet.ingest.parquet import read_microdata, write_microdata
from trygghet.ingest.provenance import Provenance
from trygghet.ingest.spss_writer import SpssDictionary, write_spss
from trygghet.ingest.survey import read_survey

__all__ = [
    "GroupColumn",
    "Microdata",
    "Provenance",
    "SpssDictionary",
    "VariableCard",
    "read_microdata",
    "read_survey",
    "write_microdata",
    "write_spss",
]
