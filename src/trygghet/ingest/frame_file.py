"""Read the file of everyone who was drawn, by the same codebook and through the same gate as the answers."""

from dataclasses import replace
from pathlib import Path

from trygghet.codebook import frame_codebook
from trygghet.errors import PersonalDataError, Problem
from trygghet.ingest.microdata import Microdata
from trygghet.ingest.survey import read_survey

_PSEUDONYMISED = "INL-43"
_SINGLED_OUT = "INL-41"  # a warning about what is kept; of the frame only counts are


def read_frame(path: str | Path, *, survey: Microdata) -> Microdata:
    """Read the frame file of a survey: one row a person who was drawn, with what became of her.

    Parameters
    ----------
    path : str or Path
        A file of any format that :func:`read_survey` reads.
    survey : Microdata
        The survey; its codebook says what the frame's columns mean.

    Returns
    -------
    Microdata
        Everyone who was drawn, sorted by id, with the outcome as ``codebook.OUTCOME``.

    Raises
    ------
    CodebookError
        When the codebook declares no frame.
    IngestError
        With every problem of the file, an undeclared outcome among them: nobody becomes a respondent by default.
    PersonalDataError
        When the identities are personal data: the pseudonyms of two files have nothing to do with each other.
    """
    frame = read_survey(path, codebook=frame_codebook(survey.codebook))
    if any(notice.code == _PSEUDONYMISED for notice in (*survey.notices, *frame.notices)):
        raise PersonalDataError(
            Problem(
                code="INL-45",
                what=f"The identities of {Path(path).name} or of the survey file are personal data.",
                why="They are replaced by numbers without meaning, so the two files cannot be matched.",
                remedy="Ask for a running number in both files.",
                facts={"file": Path(path).name},
            )
        )
    return replace(frame, notices=tuple(notice for notice in frame.notices if notice.code != _SINGLED_OUT))
