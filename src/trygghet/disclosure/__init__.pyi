from .gate import Screening, screen, screening
from .publishable import Cell, Publishable, WithheldCell
from .released import Released, read_released, write_released
from .rules import DisclosureRules
from .secondary import Exposure
from .storage import read_publishable, write_publishable
from .structure import Structure
from .tables import Table

__all__ = [
    "Cell",
    "DisclosureRules",
    "Exposure",
    "Publishable",
    "Released",
    "Screening",
    "Structure",
    "Table",
    "WithheldCell",
    "read_publishable",
    "read_released",
    "screen",
    "screening",
    "write_publishable",
    "write_released",
]
