"""Blocks where several options may be chosen."""

from typing import Literal

from pydantic import Field, model_validator

from trygghet.codebook.declared import Code, Declared
from trygghet.codebook.variable import MissingName


class MultiResponse(Declared):
    """A block of options, one column each.

    A person is in the block's base when at least one option or "none of these" is chosen; a person who chose nothing has
    not answered, and is never counted as a row of zeros.

    Parameters
    ----------
    columns : dict of option to column
        The file's column for each option.
    labels : dict of option to str
        Texts of the options and unions; the name where left out.
    selected : code
        Value of a chosen option.
    unselected : tuple of code
        Values of an option that was not chosen, beside an empty cell.
    missing : dict of code to kind
        Values that are no answers.
    choose : int, optional
        Highest number of options that may be chosen.
    none : str, optional
        Column of "none of these".
    unions : dict of name to options
        Persons who chose at least one of the options.
    over_choosers : {"keep", "drop", "flag"}
        What happens to persons who chose more than ``choose``: kept; taken out as invalid; kept and counted in a notice.
    question, label : str
        Wording as asked, and a short label.
    system_missing : str
        Kind of a block without any answer.
    version : str
        Version of the question's wording and options.
    worse : {"high", "low"}
        Which direction is worse.
    sensitive : bool
        Whether small bases are screened by the stricter floor.
    """

    columns: dict[str, str] = Field(min_length=2)
    labels: dict[str, str] = Field(default_factory=dict)
    selected: Code = 1
    unselected: tuple[Code, ...] = (0,)
    missing: dict[Code, MissingName] = Field(default_factory=dict)
    choose: int | None = Field(default=None, ge=1)
    none: str | None = None
    unions: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    over_choosers: Literal["keep", "drop", "flag"] = "flag"
    question: str = ""
    label: str = ""
    system_missing: MissingName = "no_answer"
    version: str = "1"
    worse: Literal["high", "low"] = "high"
    sensitive: bool = False

    @model_validator(mode="after")
    def _consistent(self) -> "MultiResponse":
        taken = [name for name in self.unions if name in self.columns]
        if taken:
            raise ValueError(f"unions {taken} have the name of an option")
        for name, options in self.unions.items():
            unknown = [option for option in options if option not in self.columns]
            if unknown or len(options) < 2:
                raise ValueError(f"union {name} needs two or more options of the block; unknown: {unknown}")
        unknown = [name for name in self.labels if name not in self.columns and name not in self.unions]
        if unknown:
            raise ValueError(f"labels for {unknown}, which are neither options nor unions")
        if self.selected in self.unselected:
            raise ValueError("the same value means chosen and not chosen")
        return self

    @property
    def options(self) -> tuple[str, ...]:
        """The options in their declared order, without unions."""
        return tuple(self.columns)

    @property
    def items(self) -> tuple[str, ...]:
        """Options and unions in their declared order."""
        return (*self.columns, *self.unions)

    def label_of(self, item: str) -> str:
        """Return the text of an option or a union.

        Parameters
        ----------
        item : str
            Name of the option or union.

        Returns
        -------
        str
            Its label, or its name.
        """
        return self.labels.get(item, item)
