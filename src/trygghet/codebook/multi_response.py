"""Blocks where several options may be chosen."""

from typing import Literal

from pydantic import Field, field_validator, model_validator

from trygghet.codebook.declared import Code, Declared
from trygghet.codebook.variable import MissingName


class MultiResponse(Declared):
    """A block of options: one column each, some columns with the chosen codes, or one cell with all answers.

    A person is in the block's base when at least one option or "none of these" is chosen; a person who chose nothing has
    not answered, and is never counted as a row of zeros.

    Parameters
    ----------
    columns : dict of option to column
        The file's column for each option.
    categories : tuple of str
        Instead of ``columns``: columns that each hold one chosen code; needs ``codes``.
    cell : str, optional
        Instead of ``columns``: one column with all chosen answers; needs ``codes``, or the answers' texts in ``labels``.
    codes : dict of option to code
        Code or text of each option in ``categories`` or ``cell``.
    separator : str
        Between the answers in ``cell``; a text of an option may hold it too.
    other : str, optional
        Option that people chose by writing a text of their own ("annat, nämligen"): an answer in ``cell`` that is not declared, or any
        text in the option's own column; the text itself is dropped.
    labels : dict of option to str
        Texts of the options and unions; the name where left out.
    selected : tuple of code
        Values of a chosen option in ``columns``.
    unselected : tuple of code
        Values of an option that was not chosen, beside an empty cell.
    missing : dict of code to kind
        Values that are no answers.
    choose : int, optional
        Highest number of options that may be chosen.
    none : code, optional
        "None of these": its column when options have columns, else its code or text.
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
    check : str
        What a draft was unsure of; reading refuses the codebook until the mark is removed.
    """

    columns: dict[str, str] = Field(default_factory=dict)
    categories: tuple[str, ...] = ()
    cell: str | None = None
    codes: dict[str, Code] = Field(default_factory=dict)
    separator: str = Field(default=";", min_length=1)
    other: str | None = None
    labels: dict[str, str] = Field(default_factory=dict)
    selected: tuple[Code, ...] = (1,)
    unselected: tuple[Code, ...] = (0,)
    missing: dict[Code, MissingName] = Field(default_factory=dict)
    choose: int | None = Field(default=None, ge=1)
    none: Code | None = None
    unions: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    over_choosers: Literal["keep", "drop", "flag"] = "flag"
    question: str = ""
    label: str = ""
    system_missing: MissingName = "no_answer"
    version: str = "1"
    worse: Literal["high", "low"] = "high"
    sensitive: bool = False
    check: str = ""

    @field_validator("selected", "unselected", mode="before")
    @classmethod
    def _one_or_many(cls, value: object) -> object:
        return (value,) if isinstance(value, (int, float, str)) else value

    @model_validator(mode="after")
    def _consistent(self) -> "MultiResponse":
        if sum((bool(self.columns), bool(self.categories), self.cell is not None)) != 1:
            raise ValueError("give exactly one of columns, categories and cell")
        if self.columns and self.codes:
            raise ValueError("codes belong to categories or cell")
        if self.categories and not self.codes:
            raise ValueError("categories need codes")
        if len(self.options) < 2:
            raise ValueError("a block needs two or more options")
        if self.other is not None and (self.categories or self.other not in self.options):
            raise ValueError("other must name an option of a block with cell or columns")
        self._named_parts()
        if set(self.selected) & set(self.unselected):
            raise ValueError("the same value means chosen and not chosen")
        return self

    def _named_parts(self) -> None:
        taken = [name for name in self.unions if name in self.options]
        if taken:
            raise ValueError(f"unions {taken} have the name of an option")
        for name, options in self.unions.items():
            unknown = [option for option in options if option not in self.options]
            if unknown or len(options) < 2:
                raise ValueError(f"union {name} needs two or more options of the block; unknown: {unknown}")
        unknown = [name for name in self.labels if name not in self.options and name not in self.unions]
        if unknown:
            raise ValueError(f"labels for {unknown}, which are neither options nor unions")

    @property
    def options(self) -> tuple[str, ...]:
        """The options in their declared order, without unions."""
        if self.cell is not None and not self.codes:
            return tuple(name for name in self.labels if name not in self.unions)
        return tuple(self.columns) or tuple(self.codes)

    @property
    def items(self) -> tuple[str, ...]:
        """Options and unions in their declared order."""
        return (*self.options, *self.unions)

    @property
    def file_columns(self) -> tuple[str, ...]:
        """The file's columns that the block is read from."""
        if self.cell is not None:
            return (self.cell,)
        none = (str(self.none),) if self.columns and self.none is not None else ()
        return (*self.columns.values(), *self.categories, *none)

    def code_of(self, option: str) -> Code:
        """Return the code or text of an option in ``categories`` or ``cell``.

        Parameters
        ----------
        option : str
            Name of the option.

        Returns
        -------
        int, float or str
            Its code; its label where no codes are declared.
        """
        return self.codes[option] if self.codes else self.labels[option]

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
