"""Disclosure control: the last gate before anything leaves."""

from trygghet.disclosure.publishable import CellKey, Publishable, WithheldCell
from trygghet.disclosure.rules import DisclosureRules
from trygghet.disclosure.tables import Table

__all__ = ["CellKey", "DisclosureRules", "Publishable", "Table", "WithheldCell"]
