"""A share that is built from a variable: which codes count, and out of which base."""

from typing import Literal

from pydantic import Field, model_validator

from trygghet.codebook.declared import Code, Declared


class Indicator(Declared):
    """Which codes of a variable count, out of which codes.

    Parameters
    ----------
    from_ : str
        Source variable (``from`` in YAML).
    label : str
        Label for figures and tables.
    concept : {"trygghet", "sakerhet"}
        Felt safety, or actual exposure to crime; the two are never mixed.
    counts : tuple of code
        Codes in the numerator.
    base : tuple of code, optional
        Codes in the denominator; names of missing kinds may stand among them. All valid codes when left out.
    worse : {"high", "low"}
        Which direction is worse.
    reference_period : str
        The period that the answer is about.
    version : str
        Version of the question's wording and scale.
    sensitive : bool
        Whether small bases are screened by the stricter floor.
    """

    from_: str = Field(alias="from")
    label: str = ""
    concept: Literal["trygghet", "sakerhet"] = "trygghet"
    counts: tuple[Code, ...] = Field(min_length=1)
    base: tuple[Code, ...] | None = None
    worse: Literal["high", "low"] = "high"
    reference_period: str = ""
    version: str = "1"
    sensitive: bool = False

    @model_validator(mode="after")
    def _numerator_within_base(self) -> "Indicator":
        if self.base is not None:
            outside = [code for code in self.counts if code not in self.base]
            if outside:
                raise ValueError(f"codes {outside} count but are not in the base")
        return self
