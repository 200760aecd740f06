"""The codebook of one wave: what every column means, and where it is used."""

import fnmatch
import html
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any, Self, TypeVar

from pydantic import Field, model_validator

from trygghet.codebook.catalogue import catalogue
from trygghet.codebook.checks import broken_references
from trygghet.codebook.children import children_groups, children_streams
from trygghet.codebook.columns import Areas, DesignColumnsSpec, Population, Relation
from trygghet.codebook.composite import Balance, Break, Index
from trygghet.codebook.crosswalk import ItemChange, crosswalk
from trygghet.codebook.declared import Declared
from trygghet.codebook.derived import Derived
from trygghet.codebook.file_spec import FileSpec
from trygghet.codebook.frame import Frame
from trygghet.codebook.indicator import Indicator
from trygghet.codebook.multi_response import MultiResponse
from trygghet.codebook.names import nearest
from trygghet.codebook.reading import read_text, read_yaml, validated, write_yaml
from trygghet.codebook.streams import UNKNOWN_STREAM, Stream, Streams
from trygghet.codebook.variable import Variable
from trygghet.errors import CodebookError, Problem

Item = TypeVar("Item")


class Codebook(Declared):
    """What a survey file's columns mean; lookups by an unknown name suggest the nearest known one.

    Parameters
    ----------
    survey, wave : str
        Name of the survey and of this wave.
    id : str
        The file's column with a unique number for each answer.
    file : FileSpec
        Layout of a delimited file or a workbook.
    population : Population, optional
        Whom the survey speaks about.
    streams : Streams, optional
        How the answers came in; undeclared means self-selected.
    relation : Relation, optional
        Who is a resident; everyone when left out.
    design : DesignColumnsSpec
        Columns of the sampling design.
    areas : Areas, optional
        The area variable and groups of areas.
    frame : Frame, optional
        Columns of the file of everyone who was drawn, where the project has one.
    variables, derived, indicators, multi_response, balance, indices : dict
        By our own names.
    notes : tuple of str
        Remarks that follow the results into the report.
    breaks : tuple of Break
        Changes after which items cannot be compared with earlier waves.
    was : dict of name to str
        What an item was called in the wave before, where it had another name.
    check : dict of place to str
        What a draft was unsure of; reading refuses the codebook until the marks are removed.

    Examples
    --------
    >>> from trygghet.codebook import Codebook
    >>> book = Codebook.from_text('''
    ... survey: Exempel
    ... wave: "2026"
    ... id: lopnr
    ... variables:
    ...   trygg: {column: f1, kind: ordinal, labels: {1: Trygg, 2: Otrygg}, missing: {9: no_answer}}
    ... indicators:
    ...   otrygg: {from: trygg, label: Otryggt, counts: [2]}
    ... ''')
    >>> book.label_of("otrygg")
    'Otryggt'
    """

    survey: str
    wave: str
    id: str
    file: FileSpec = FileSpec()
    population: Population | None = None
    streams: Streams | None = None
    relation: Relation | None = None
    design: DesignColumnsSpec = DesignColumnsSpec()
    areas: Areas | None = None
    frame: Frame | None = None
    variables: dict[str, Variable]
    derived: dict[str, Derived] = Field(default_factory=dict)
    indicators: dict[str, Indicator] = Field(default_factory=dict)
    multi_response: dict[str, MultiResponse] = Field(default_factory=dict)
    balance: dict[str, Balance] = Field(default_factory=dict)
    indices: dict[str, Index] = Field(default_factory=dict)
    notes: tuple[str, ...] = ()
    breaks: tuple[Break, ...] = ()
    was: dict[str, str] = Field(default_factory=dict)
    check: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _columns_by_name(cls, document: Any) -> Any:
        """A variable without ``column`` has its own name in the file."""
        if (
            isinstance(document, dict) and document.get("check", "") is None
        ):  # every mark below it was removed
            document = {key: value for key, value in document.items() if key != "check"}
        if not isinstance(document, dict) or not isinstance(document.get("variables"), dict):
            return document
        variables = {
            name: {"column": str(name), **value} if isinstance(value, dict) else value
            for name, value in document["variables"].items()
        }
        return {**document, "variables": variables}

    @model_validator(mode="after")
    def _references(self) -> Self:
        problems = broken_references(self)
        if problems:
            raise CodebookError(*problems)
        return self

    @classmethod
    def read(cls, path: str | Path) -> Self:
        """Read a codebook from a YAML file.

        Parameters
        ----------
        path : str or Path
            The file.

        Returns
        -------
        Codebook
            The checked codebook.

        Raises
        ------
        CodebookError
            With every problem of the file.
        """
        return cls.from_text(read_text(Path(path)), name=Path(path).name)

    @classmethod
    def from_text(cls, text: str, *, name: str = "codebook.yaml") -> Self:
        """Read a codebook from YAML text.

        Parameters
        ----------
        text : str
            YAML 1.2.
        name : str
            What to call it in an error.

        Returns
        -------
        Codebook
            The checked codebook.

        Raises
        ------
        CodebookError
            With every problem of the text.
        """
        return validated(cls, read_yaml(text, name=name), name=name)

    def to_text(self) -> str:
        """Write the codebook as YAML that :meth:`from_text` reads back to an equal codebook.

        Returns
        -------
        str
            YAML 1.2, without the defaults.
        """
        return write_yaml(self.model_dump(by_alias=True, exclude_defaults=True))

    @cached_property
    def switched_off(self) -> frozenset[str]:
        """Variables that are not read, and what is derived from them."""
        off = {name for name, variable in self.variables.items() if not variable.on}
        for name, derived in self.derived.items():
            if derived.from_ in off:
                off.add(name)
        return frozenset(off)

    @cached_property
    def all_variables(self) -> dict[str, Variable]:
        """Declared variables that are read, then derived ones."""
        every = dict(self.variables) | {name: derived.variable for name, derived in self.derived.items()}
        return {name: variable for name, variable in every.items() if name not in self.switched_off}

    @property
    def marks(self) -> dict[str, str]:
        """Marks of uncertain guesses that are left, by their place."""
        found = {f"variables > {name}": entry.check for name, entry in self.variables.items()}
        found |= {f"multi_response > {name}": entry.check for name, entry in self.multi_response.items()}
        return {place: text for place, text in {**self.check, **found}.items() if text}

    @property
    def declared_streams(self) -> tuple[Stream, ...]:
        """The streams of the file; one unknown, self-selected stream when none is declared."""
        return self.streams.declared if self.streams else (UNKNOWN_STREAM,)

    @property
    def children_streams(self) -> tuple[str, ...]:
        """Names of the streams in which children answer."""
        return children_streams(self)

    @property
    def children_groups(self) -> tuple[tuple[str, str], ...]:
        """Groups of children that answers are divided by, as (variable, label)."""
        return children_groups(self)

    @property
    def declared_frame(self) -> Frame:
        """Columns of the frame file.

        Raises
        ------
        CodebookError
            When none are declared.
        """
        if self.frame is None:
            raise CodebookError(
                Problem(
                    code="KOD-21",
                    what="The codebook does not say what the columns of the frame file mean.",
                    why="Without outcome codes nobody can tell who answered.",
                    remedy="Declare frame: stream, outcome, outcomes and variables in the codebook.",
                    facts={"file": "codebook.yaml"},
                )
            )
        return self.frame

    def variable(self, name: str) -> Variable:
        """Return a variable, declared or derived.

        Parameters
        ----------
        name : str
            Our name.

        Returns
        -------
        Variable
            The variable.

        Raises
        ------
        CodebookError
            When there is none, or it is switched off.
        """
        if name in self.switched_off:
            raise CodebookError(
                Problem(
                    code="KOD-07",
                    what=f"The variable {name} is not read: it is a text, or sensitive and not allowed.",
                    why="Texts and special categories of personal data stay out unless there is leave.",
                    remedy="Set allowed: true with a reason in the codebook, or do without it.",
                    facts={"name": name},
                )
            )
        return self._found(name, self.all_variables, "variable")

    def indicator(self, name: str) -> Indicator:
        """Return an indicator.

        Parameters
        ----------
        name : str
            Our name.

        Returns
        -------
        Indicator
            The indicator.

        Raises
        ------
        CodebookError
            When there is none; the nearest is named.
        """
        return self._found(name, self.indicators, "indicator")

    def block(self, name: str) -> MultiResponse:
        """Return a multi-response block.

        Parameters
        ----------
        name : str
            Our name.

        Returns
        -------
        MultiResponse
            The block.

        Raises
        ------
        CodebookError
            When there is none; the nearest is named.
        """
        return self._found(name, self.multi_response, "multi-response block")

    def indicators_like(self, pattern: str) -> tuple[str, ...]:
        """Return the names of the indicators that match a pattern, in their declared order.

        Parameters
        ----------
        pattern : str
            With ``*`` and ``?``, for example ``"problem_*"``.

        Returns
        -------
        tuple of str
            The names.

        Raises
        ------
        CodebookError
            When none matches.
        """
        names = tuple(name for name in self.indicators if fnmatch.fnmatchcase(name, pattern))
        if not names:
            raise CodebookError(_unknown(pattern, self.indicators, "indicator"))
        return names

    def label_of(self, name: str) -> str:
        """Return the label of an indicator, a variable, a block or an option such as ``"prio.narkotika"``.

        Parameters
        ----------
        name : str
            Our name.

        Returns
        -------
        str
            Its label; the question or the name where it has none.

        Raises
        ------
        CodebookError
            When there is no such name; the nearest is named.
        """
        block, _, option = name.partition(".")
        if option and block in self.multi_response:
            items = self.multi_response[block].items
            return self.multi_response[block].label_of(self._found(option, {i: i for i in items}, "option"))
        if name in self.indicators:
            return self.indicators[name].label or name
        if name in self.multi_response:
            return self.multi_response[name].label or self.multi_response[name].question or name
        if name in self.balance or name in self.indices:
            return (self.balance.get(name) or self.indices[name]).label or name
        variable = self._found(name, {**self.all_variables, **self.variables}, "name")
        item = catalogue()[variable.item].label if variable.item else ""
        return variable.label or item or variable.question or name

    def diff(self, older: "Codebook") -> tuple[ItemChange, ...]:
        """Compare with an earlier wave's codebook, item by item.

        Parameters
        ----------
        older : Codebook
            The earlier wave.

        Returns
        -------
        tuple of ItemChange
            What is the same, changed, new and closed, and what a comparison is worth.
        """
        return crosswalk(older, self)

    def _repr_html_(self) -> str:
        rows: list[tuple[str, str, str, str]] = [
            (name, entry.column, entry.kind, self.label_of(name))
            for name, entry in self.variables.items()
            if entry.on
        ]
        rows += [(name, "", "derived", self.label_of(name)) for name in self.derived]
        rows += [
            (name, entry.from_, "indicator", self.label_of(name)) for name, entry in self.indicators.items()
        ]
        rows += [(name, "", "multi_response", self.label_of(name)) for name in self.multi_response]
        body = "".join(f"<tr>{''.join(f'<td>{html.escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
        head = "".join(f"<th scope='col'>{title}</th>" for title in ("Namn", "Kolumn", "Sort", "Text"))
        title = html.escape(f"{self.survey} {self.wave}")
        return f"<table><caption><b>{title}</b></caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

    def _found(self, name: str, known: dict[str, Item], kind: str) -> Item:
        if name not in known:
            raise CodebookError(_unknown(name, known, kind))
        return known[name]


def _unknown(name: str, known: Iterable[str], kind: str) -> Problem:
    guess = nearest(name, known)
    return Problem(
        code="KOD-06",
        what=f"There is no {kind} called {name}.",
        remedy=f"Did you mean {guess}?" if guess else "See the names in the codebook.",
        facts={"name": name, "guess": guess or "–"},
    )
