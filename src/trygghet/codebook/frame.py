"""The file of everyone who was drawn: what its columns mean, in terms of the survey's own variables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field, model_validator

from trygghet._typing import Outcome
from trygghet.codebook.columns import DesignColumnsSpec
from trygghet.codebook.declared import Code, Declared
from trygghet.codebook.file_spec import FileSpec
from trygghet.codebook.names import nearest
from trygghet.codebook.streams import Streams
from trygghet.codebook.variable import Variable
from trygghet.errors import CodebookError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trygghet.codebook.book import Codebook

OUTCOME = "_utfall"
"""Our name of the column that says what became of each person who was drawn."""


class Frame(Declared):
    """Columns of the frame file: one row a person who was drawn, whether she answered or not.

    Parameters
    ----------
    stream : str
        The stream that was drawn from it.
    outcome : str
        Column that says what became of each person.
    outcomes : dict of code to outcome
        What each code in that column means: answered, partial, refused, not_reached, other, unknown or ineligible
        (naturligt bortfall). A code that is not declared stops the run.
    id : str, optional
        Column with the number that the survey file has too; the survey's own column name when left out.
    variables : dict of name to column
        Variables of this codebook that the frame knows of everyone, and their columns in it; codes, labels, aliases and
        bands are those of the survey.
    strata, population, weight : str, optional
        Columns of the stratum, of the stratum's inhabitants, or of the design weight of everyone who was drawn.
    file : FileSpec
        Layout of a delimited file or a workbook.
    """

    stream: str
    outcome: str
    outcomes: dict[Code, Outcome] = Field(min_length=1)
    id: str | None = None
    variables: dict[str, str] = Field(default_factory=dict)
    strata: str | None = None
    population: str | None = None
    weight: str | None = None
    file: FileSpec = FileSpec()

    @model_validator(mode="after")
    def _somebody_answered(self) -> Frame:
        if "answered" not in self.outcomes.values():
            raise ValueError("no code means answered")
        if self.weight and (self.strata or self.population):
            raise ValueError("give either weight, or strata and population")
        return self


def frame_problems(book: Codebook) -> Iterator[Problem]:
    """List what the frame's columns refer to and the codebook does not have.

    Parameters
    ----------
    book : Codebook
        A codebook whose parts are valid one by one.

    Yields
    ------
    Problem
        KOD-05 for an unknown variable.
    """
    if book.frame is None:
        return
    known = {**book.variables, **book.derived}
    for name in (name for name in book.frame.variables if name not in known):
        guess = nearest(name, known)
        yield Problem(
            code="KOD-05",
            what=f"frame > variables: there is no variable called {name}.",
            remedy=f"Did you mean {guess}?" if guess else "Declare it under variables.",
            facts={"place": "frame > variables", "name": name, "guess": guess or "–"},
        )


def frame_codebook(book: Codebook) -> Codebook:
    """The codebook by which the frame file is read: the survey's variables under the frame's column names.

    Parameters
    ----------
    book : Codebook
        The survey's codebook, with ``frame``.

    Returns
    -------
    Codebook
        Variables that the frame has, what can be derived from them, the outcome as ``OUTCOME``, one stream, the design.

    Raises
    ------
    CodebookError
        When the codebook declares no frame, or one of a stream that is unknown or was not drawn by chance.
    """
    spec = book.declared_frame
    drawn = {stream.name: stream for stream in book.declared_streams if stream.probability}
    if spec.stream not in drawn:
        raise CodebookError(
            Problem(
                code="KOD-20",
                what=f"frame > stream: {spec.stream} is no stream that was drawn by chance.",
                why="A frame file lists those who were drawn.",
                remedy="Name a stream with sampling: persons or households.",
                facts={"name": spec.stream, "known": ", ".join(drawn) or "–"},
            )
        )
    every: dict[str, Variable] = dict(book.variables) | {
        name: derived.variable for name, derived in book.derived.items()
    }
    variables = {
        name: every[name].model_copy(update={"column": column}) for name, column in spec.variables.items()
    }
    derived = {}
    for name, rule in book.derived.items():
        if name not in variables and (rule.from_ in variables or rule.from_ in derived):
            derived[name] = rule
    labels: dict[Code, str] = {code: str(code) for code in spec.outcomes}
    variables[OUTCOME] = Variable(column=spec.outcome, kind="nominal", labels=labels)
    plain = drawn[spec.stream].model_copy(update={"household_size": None, "who_answers": None})
    areas = book.areas
    return type(book)(
        survey=book.survey,
        wave=book.wave,
        id=spec.id or book.id,
        file=spec.file,
        population=book.population,
        streams=Streams(whole_file=plain),
        design=DesignColumnsSpec(
            strata=spec.strata,
            population=(spec.population,) if spec.population else (),
            weight=spec.weight,
            weight_scale="population" if spec.weight else "unknown",
        ),
        areas=areas if areas and (areas.variable in variables or areas.variable in derived) else None,
        variables=variables,
        derived=derived,
    )
