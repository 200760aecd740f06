"""What one column of a survey file means."""

from enum import IntEnum
from functools import cached_property
from typing import Literal

from pydantic import Field, model_validator

from trygghet.codebook.declared import Code, Declared

VariableKind = Literal["nominal", "ordinal", "continuous", "text"]
MissingName = Literal["dont_know", "no_answer", "not_asked", "refused", "invalid", "double_mark"]


class MissingKind(IntEnum):
    """Why a cell holds no value; the kinds are never mixed."""

    VALID = 0
    DONT_KNOW = 1
    NO_ANSWER = 2
    NOT_ASKED = 3
    REFUSED = 4
    INVALID = 5
    DOUBLE_MARK = 6

    @classmethod
    def named(cls, name: str) -> "MissingKind":
        """Return the kind that the codebook calls ``name``.

        Parameters
        ----------
        name : str
            A name such as ``"dont_know"``.

        Returns
        -------
        MissingKind
            The kind.

        Raises
        ------
        KeyError
            When there is no such kind.
        """
        return cls[name.upper()]


class Variable(Declared):
    """A column of the file: its question, its codes and why values may be missing.

    Parameters
    ----------
    column : str
        The column's name in the file; the variable's own name when left out.
    kind : {"nominal", "ordinal", "continuous", "text"}
        Scale; a text is never kept.
    question, label : str
        Wording as asked, and a short label for figures.
    labels : dict of code to str
        Valid codes in their order, with texts. Codes that are texts get the numbers 1, 2, … in the data.
    missing : dict of code to kind
        Codes (or, for files that hold texts, the texts) that are no answers.
    system_missing : str
        Kind of an empty cell.
    range : pair of float, optional
        Lowest and highest possible value of a continuous variable; either may be null.
    other : code, optional
        Code of "annat, nämligen": a text in the column that is no label means this code, and is itself dropped.
    item : str, optional
        Id of the matching item in the catalogue; gives the label where none is declared.
    role : {"item", "background"}
        A background variable is watched for combinations that single people out.
    sensitive : bool
        Whether the variable is a special category of personal data (GDPR art. 9); then it is off until ``allowed``.
    allowed : bool
        Whether a sensitive variable may be used; needs ``reason``.
    reason : str
        Why it is allowed.
    check : str
        What a draft was unsure of; reading refuses the codebook until the mark is removed.
    """

    column: str = ""
    kind: VariableKind = "nominal"
    question: str = ""
    label: str = ""
    labels: dict[Code, str] = Field(default_factory=dict)
    missing: dict[Code, MissingName] = Field(default_factory=dict)
    system_missing: MissingName = "no_answer"
    range: tuple[float | None, float | None] | None = None
    other: Code | None = None
    item: str | None = None
    role: Literal["item", "background"] = "item"
    sensitive: bool = False
    allowed: bool = False
    reason: str = ""
    check: str = ""

    @model_validator(mode="after")
    def _consistent(self) -> "Variable":
        both = [code for code in self.labels if code in self.missing]
        if both:
            raise ValueError(f"codes {both} stand in both labels and missing")
        if self.kind in {"nominal", "ordinal"} and not self.labels:
            raise ValueError(f"a {self.kind} variable needs labels")
        if self.kind == "continuous" and self.labels:
            raise ValueError("a continuous variable has no labels; use kind: ordinal, or bands under derived")
        if len(set(self.labels.values())) < len(self.labels):
            raise ValueError("two codes have the same label")
        if self.other is not None and self.other not in self.labels:
            raise ValueError("other must be one of the labels' codes")
        if self.allowed and not self.reason:
            raise ValueError("allowed: true needs a reason")
        return self

    @property
    def on(self) -> bool:
        """Whether the variable is read: not a text, and not sensitive without leave."""
        return self.kind != "text" and (not self.sensitive or self.allowed)

    @property
    def coded(self) -> bool:
        """Whether the codes are numbers, so that the data hold the codes themselves."""
        return all(not isinstance(code, str) for code in self.labels)

    @cached_property
    def codes(self) -> tuple[float, ...]:
        """The numbers that stand in the data, in the order of ``labels``."""
        if self.coded:
            return tuple(float(code) for code in self.labels)
        return tuple(float(position) for position in range(1, len(self.labels) + 1))

    @cached_property
    def categories(self) -> tuple[str, ...]:
        """The labels' texts in their declared order."""
        return tuple(self.labels.values())

    @cached_property
    def _numbers(self) -> dict[Code, float]:
        return dict(zip(self.labels, self.codes, strict=True))

    def number(self, code: Code) -> float:
        """Return the number that stands in the data for a declared code.

        Parameters
        ----------
        code : int, float or str
            A key of ``labels``.

        Returns
        -------
        float
            The number in the data.

        Raises
        ------
        KeyError
            When the code is not declared.
        """
        return self._numbers[code]
