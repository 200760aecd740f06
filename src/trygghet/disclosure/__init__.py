"""Disclosure control: the last gate before anything leaves.

Names are loaded when they are first used: the parameters of a project need the rules alone.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from trygghet.disclosure.gate import Screening, screen, screening
    from trygghet.disclosure.publishable import Cell, Publishable, WithheldCell
    from trygghet.disclosure.released import Released, read_released, write_released
    from trygghet.disclosure.rules import DisclosureRules
    from trygghet.disclosure.secondary import Exposure
    from trygghet.disclosure.storage import read_publishable, write_publishable
    from trygghet.disclosure.structure import Structure
    from trygghet.disclosure.tables import Table

_HOMES = {
    "Cell": "publishable",
    "Publishable": "publishable",
    "WithheldCell": "publishable",
    "Released": "released",
    "read_released": "released",
    "write_released": "released",
    "DisclosureRules": "rules",
    "Screening": "gate",
    "screen": "gate",
    "screening": "gate",
    "Exposure": "secondary",
    "read_publishable": "storage",
    "write_publishable": "storage",
    "Structure": "structure",
    "Table": "tables",
}

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


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
