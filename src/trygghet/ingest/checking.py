"""Every violation of a codebook and a file at once, as a list."""

from pathlib import Path

from trygghet.codebook import Codebook
from trygghet.errors import Problem, TrygghetError
from trygghet.ingest.survey import read_survey


def violations(codebook: str | Path, survey: str | Path) -> tuple[Problem, ...]:
    """List what is wrong with a codebook, or with a file by that codebook.

    Parameters
    ----------
    codebook : str or Path
        The codebook's YAML file.
    survey : str or Path
        The survey file.

    Returns
    -------
    tuple of Problem
        Every problem; empty when the file can be read. When the codebook itself is broken, its problems alone.
    """
    try:
        read_survey(survey, codebook=Codebook.read(codebook))
    except TrygghetError as error:
        return error.problems
    return ()
