"""Measures over several codes or several items: balance measures and indices."""

from typing import Literal

from pydantic import Field, model_validator

from trygghet.codebook.declared import Code, Declared


class Balance(Declared):
    """Share of positive answers minus share of negative ones; neutral answers stay in the base.

    Parameters
    ----------
    from_ : str
        Source variable (``from`` in YAML).
    label : str
        Label for figures and tables.
    positive, negative : tuple of code
        Codes that count +1 and -1.
    base : tuple of code, optional
        Codes in the base, the neutral ones included; all valid codes when left out.
    reference_period, version : str
        As for an indicator.
    """

    from_: str = Field(alias="from")
    label: str = ""
    positive: tuple[Code, ...] = Field(min_length=1)
    negative: tuple[Code, ...] = Field(min_length=1)
    base: tuple[Code, ...] | None = None
    reference_period: str = ""
    version: str = "1"

    @model_validator(mode="after")
    def _sides(self) -> "Balance":
        both = [code for code in self.positive if code in self.negative]
        if both:
            raise ValueError(f"codes {both} are both positive and negative")
        outside = [
            code
            for code in (*self.positive, *self.negative)
            if self.base is not None and code not in self.base
        ]
        if outside:
            raise ValueError(f"codes {outside} count but are not in the base")
        return self


class Index(Declared):
    """A mean of items, each scaled to 0-100 by its place on its scale.

    Parameters
    ----------
    items : dict of variable to {"as_is", "turned"}
        Ordinal variables, in the direction that the index shall have.
    minimum_items : int
        How many items a person must have answered; those with fewer are outside the base.
    label : str
        Label for figures and tables.
    worse : {"high", "low"}
        Which direction is worse.
    version : str
        Version of the composition.
    leave_out : dict of variable to codes
        Codes without a place on the scale ("går inte ut av annan orsak").
    """

    items: dict[str, Literal["as_is", "turned"]] = Field(min_length=2)
    minimum_items: int = Field(ge=1)
    label: str = ""
    worse: Literal["high", "low"] = "high"
    version: str = "1"
    leave_out: dict[str, tuple[Code, ...]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _consistent(self) -> "Index":
        if self.minimum_items > len(self.items):
            raise ValueError("minimum_items is more than there are items")
        strangers = [name for name in self.leave_out if name not in self.items]
        if strangers:
            raise ValueError(f"leave_out names {strangers}, which are no items")
        return self


class Break(Declared):
    """A change after which items can no longer be compared with earlier waves.

    Parameters
    ----------
    items : tuple of str
        Variables, indicators or blocks.
    since : str
        First wave after the change.
    text : str
        What changed, for the report.
    """

    items: tuple[str, ...] = Field(min_length=1)
    since: str
    text: str
