"""Bytes to tables and back: survey files, the microdata they hold, and where they came from."""

from trygghet.ingest.card import VariableCard
from trygghet.ingest.microdata import GroupColumn, Microdata
from trygghet.ingest.provenance import Provenance

__all__ = ["GroupColumn", "Microdata", "Provenance", "VariableCard"]
