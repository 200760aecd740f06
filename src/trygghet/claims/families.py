"""What readers are told of how several statements were judged together."""

from typing import Literal

from trygghet.claims.said import Both
from trygghet.estimate.families import Adjustment as AnyAdjustment

Adjustment = Literal["max-t", "holm", "none"]
"""How claims are judged: a claim promises the risk of any false one, which a false-discovery rate does not."""

METHODS: dict[AnyAdjustment, Both] = {
    "max-t": Both("största gemensamma t-värdet, stegvis", "largest joint t value, stepwise"),
    "holm": Both("Holms metod", "Holm's method"),
    "bh": Both("Benjamini och Hochbergs metod, utforskande", "method of Benjamini and Hochberg, exploratory"),
    "none": Both("en enda jämförelse", "a single comparison"),
}
