"""Disclosure control: the last gate before anything leaves."""

from trygghet.disclosure.publishable import Cell, Publishable, WithheldCell
from trygghet.disclosure.rules import DisclosureRules
from trygghet.disclosure.screening import screen
from trygghet.disclosure.storage import read_publishable, write_publishable
from trygghet.disclosure.tables import Table

__all__ = [
    "Cell",
    "DisclosureRules",
    "Publishable",
    "Table",
    "WithheldCell",
    "read_publishable",
    "screen",
    "write_publishable",
]
