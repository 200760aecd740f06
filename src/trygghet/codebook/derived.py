"""Variables that are made from other variables: age, bands and groups of codes."""

from functools import cached_property
from itertools import pairwise

from pydantic import Field, model_validator

from trygghet.codebook.declared import Code, Declared
from trygghet.codebook.variable import MissingName, Variable


class Derived(Declared):
    """An age from a year of birth, bands of a number, or groups of codes; exactly one of the three.

    Parameters
    ----------
    from_ : str
        Source variable (``from`` in YAML); may itself be derived, if declared above.
    label : str
        Label for figures and tables.
    age_in : int, optional
        Year: the value is the age reached during that year, from a year of birth.
    bands : dict of label to (low, high), optional
        Bands of a number, both ends included; an end may be null.
    groups : dict of label to codes, optional
        Groups of the source's codes.
    outside : str, optional
        Missing kind of values in no band or group; without it they stop the run.
    """

    from_: str = Field(alias="from")
    label: str = ""
    age_in: int | None = None
    bands: dict[str, tuple[float | None, float | None]] = Field(default_factory=dict)
    groups: dict[str, tuple[Code, ...]] = Field(default_factory=dict)
    outside: MissingName | None = None

    @model_validator(mode="after")
    def _one_rule(self) -> "Derived":
        if sum((self.age_in is not None, bool(self.bands), bool(self.groups))) != 1:
            raise ValueError("give exactly one of age_in, bands and groups")
        ordered = sorted(
            (-float("inf") if low is None else low, float("inf") if high is None else high)
            for low, high in self.bands.values()
        )
        if any(low > high for low, high in ordered):
            raise ValueError("a band ends before it starts")
        if any(later[0] <= earlier[1] for earlier, later in pairwise(ordered)):
            raise ValueError("two bands overlap")
        codes = [code for members in self.groups.values() for code in members]
        if len(set(codes)) < len(codes):
            raise ValueError("a code stands in two groups")
        return self

    @cached_property
    def variable(self) -> Variable:
        """What the derived column is, as a variable: codes 1, 2, … for bands and groups."""
        texts = tuple(self.bands) or tuple(self.groups)
        if not texts:
            return Variable(kind="continuous", label=self.label, role="background")
        labels: dict[Code, str] = dict(enumerate(texts, start=1))
        return Variable(
            kind="ordinal" if self.bands else "nominal", label=self.label, labels=labels, role="background"
        )
