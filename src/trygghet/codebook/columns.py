"""Sampling-design columns, areas, residents and the population that a survey speaks about."""

from pydantic import Field, field_validator, model_validator

from trygghet._typing import LonelyPsu, WeightScale
from trygghet.codebook.declared import Code, Declared


class DesignColumnsSpec(Declared):
    """Which columns of the file hold the sampling design.

    Parameters
    ----------
    strata : str, optional
        Column of the stratum.
    psu : tuple of str
        Columns of the sampling units, outermost stage first; none for a sample of persons.
    population : tuple of str
        Columns with the population size of each stage's stratum.
    weight : str, optional
        Column of the supplied weight.
    weight_scale : {"population", "mean_one", "unknown"}
        What the supplied weights sum to.
    lonely_psu : {"fail", "certainty", "adjust", "average"}
        What happens to a stratum with a single sampling unit.
    nest : bool
        Whether unit labels are unique only within their stratum.
    collapse : dict of str to str
        Strata that are merged with another for the variance: label to the label they join.
    """

    strata: str | None = None
    psu: tuple[str, ...] = ()
    population: tuple[str, ...] = ()
    weight: str | None = None
    weight_scale: WeightScale = "unknown"
    lonely_psu: LonelyPsu = "fail"
    nest: bool = False
    collapse: dict[str, str] = Field(default_factory=dict)

    @field_validator("collapse", mode="before")
    @classmethod
    def _labels(cls, value: object) -> object:
        return {str(old): str(new) for old, new in value.items()} if isinstance(value, dict) else value

    @field_validator("psu", "population", mode="before")
    @classmethod
    def _one_or_many(cls, value: object) -> object:
        return (value,) if isinstance(value, str) else value

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that is named, each once."""
        named = (self.strata, *self.psu, *self.population, self.weight)
        return tuple(dict.fromkeys(column for column in named if column))


class Areas(Declared):
    """The area variable, its groups of areas and other spellings of their names.

    Parameters
    ----------
    variable : str
        The variable whose labels are the areas.
    groups : dict of name to labels
        Named groups of areas, such as the police-designated ones.
    aliases : dict of spelling to label
        Other spellings that stand in the file.
    changes : dict of wave to dict of old label to label
        What an earlier wave's areas became; null for an area that was divided and cannot be placed.
    """

    variable: str
    groups: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    aliases: dict[str, str] = Field(default_factory=dict)
    changes: dict[str, dict[str, str | None]] = Field(default_factory=dict)


class Relation(Declared):
    """How a person relates to the municipality; only residents are weighted to the population.

    Parameters
    ----------
    variable : str
        The variable (bor, verkar, vistas).
    resident : tuple of code
        Codes that mean living there.
    """

    variable: str
    resident: tuple[Code, ...] = Field(min_length=1)


class Population(Declared):
    """Whom the survey speaks about.

    Parameters
    ----------
    text : str
        In words, for the report.
    ages : pair of int, optional
        Lowest and highest age; the highest may be null.
    children : dict of variable to labels
        Groups of children that answers are divided by; bands of an age that end below 18 are so by themselves.
    """

    text: str = ""
    ages: tuple[int, int | None] | None = None
    children: dict[str, tuple[str, ...]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _ordered(self) -> "Population":
        if self.ages and self.ages[1] is not None and self.ages[1] < self.ages[0]:
            raise ValueError("the highest age is below the lowest")
        return self
