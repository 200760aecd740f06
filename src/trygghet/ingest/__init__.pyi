from .area_changes import areas_as
from .card import VariableCard
from .checking import violations
from .draft import draft_codebook
from .frame_file import read_frame
from .kodbok import read_kodbok, write_kodbok
from .microdata import GroupColumn, Microdata
from .parquet import read_codebook, read_microdata, write_microdata
from .provenance import Provenance
from .reader import prepare_reading
from .spss_writer import SpssDictionary, write_spss
from .survey import read_survey

__all__ = [
    "GroupColumn",
    "Microdata",
    "Provenance",
    "SpssDictionary",
    "VariableCard",
    "areas_as",
    "draft_codebook",
    "prepare_reading",
    "read_codebook",
    "read_frame",
    "read_kodbok",
    "read_microdata",
    "read_survey",
    "violations",
    "write_kodbok",
    "write_microdata",
    "write_spss",
]
