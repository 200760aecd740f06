"""The exception tree and the record that every error carries.

::

    TrygghetError
    ├── CodebookError         the codebook is wrong, or does not fit the file
    ├── IngestError           a survey file cannot be read rightly
    ├── PersonalDataError     personal data would pass the gate
    ├── MarginError           population margins do not fit the sample or each other
    ├── ConvergenceError      calibration did not reach its targets
    ├── DesignError           the sampling design is inconsistent
    │   └── LonelyPsuError    a stratum with one PSU has no variance
    ├── EstimateError         an estimate was asked for that the data cannot give
    ├── RankingError          a ranking was asked for that has no meaning
    ├── ChangeError           two waves cannot be compared
    ├── ClaimError            a statement was asked for outside the grammar
    ├── DisclosureError       something unscreened would leave, or a released file was altered
    ├── PromiseError          a promise cannot be seeded, or its file is wrong
    ├── ReportError           an output cannot be written
    └── ProjectError          params.yaml or the project folder is wrong

Every error carries one or more :class:`Problem` records, so that all problems of a file are told at once. ``code`` is stable:
the command line renders it in plain Swedish from ``facts`` (see ``pipeline/messages.py``); the English text is for developers and the log.
No text and no fact may hold a person's value.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

Fact = str | int | float


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: what was found, why it stops the work, what to do.

    Parameters
    ----------
    code : str
        Stable code such as ``"KOD-03"``; key of the Swedish catalogue.
    what : str
        What was found, with counts and at most five examples; never a person's value.
    why : str
        Why the work cannot go on.
    remedy : str
        What to do about it.
    facts : mapping of str to str, int or float
        The values that the Swedish text of ``code`` names.
    """

    code: str
    what: str
    why: str = ""
    remedy: str = ""
    facts: Mapping[str, Fact] = field(default_factory=dict)

    def __str__(self) -> str:
        return " ".join(part for part in (self.what, self.why, self.remedy, f"({self.code})") if part)


class TrygghetError(Exception):
    """Base of every error that trygghet raises on purpose.

    Parameters
    ----------
    *problems : Problem
        At least one problem.
    """

    def __init__(self, *problems: Problem) -> None:
        if not problems:
            raise ValueError("an error needs at least one Problem")
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))

    @property
    def code(self) -> str:
        """Code of the first problem."""
        return self.problems[0].code


class CodebookError(TrygghetError):
    """The codebook is wrong, or does not fit the file."""


class IngestError(TrygghetError):
    """A survey file cannot be read rightly."""


class PersonalDataError(TrygghetError):
    """Personal data would pass the gate."""


class MarginError(TrygghetError):
    """Population margins do not fit the sample or each other."""


class ConvergenceError(TrygghetError):
    """Calibration did not reach its targets."""


class DesignError(TrygghetError):
    """The sampling design is inconsistent."""


class LonelyPsuError(DesignError):
    """A stratum with a single PSU has no variance."""


class EstimateError(TrygghetError):
    """An estimate was asked for that the data cannot give."""


class RankingError(TrygghetError):
    """A ranking was asked for that has no meaning."""


class ChangeError(TrygghetError):
    """Two waves cannot be compared."""


class ClaimError(TrygghetError):
    """A statement was asked for outside the grammar."""


class DisclosureError(TrygghetError):
    """Something unscreened would leave, or a released file was altered."""


class PromiseError(TrygghetError):
    """A promise cannot be seeded, or its file is wrong."""


class ReportError(TrygghetError):
    """An output cannot be written."""


class ProjectError(TrygghetError):
    """The parameters or the project folder are wrong."""
