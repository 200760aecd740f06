"""Synthetic surveys of an invented municipality, with the truth known."""

from trygghet.datasets.exempelstad import Synthetic, exempelstad
from trygghet.datasets.sampling import Fieldwork
from trygghet.datasets.truth import Truth
from trygghet.datasets.writing import write_survey, write_wave

__all__ = ["Fieldwork", "Synthetic", "Truth", "exempelstad", "write_survey", "write_wave"]
