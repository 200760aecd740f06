"""What readers are told of how several statements were judged together."""

from typing import Literal

from trygghet.estimate.families import Adjustment as AnyAdjustment

Adjustment = Literal["max-t", "holm", "none"]
"""How claims are judged: a claim promises the risk of any false one, which a false-discovery rate does not."""

METHODS: dict[AnyAdjustment, str] = {
    "max-t": "största gemensamma t-värdet, stegvis",
    "holm": "Holms metod",
    "bh": "Benjamini och Hochbergs metod, utforskande",
    "none": "en enda jämförelse",
}
