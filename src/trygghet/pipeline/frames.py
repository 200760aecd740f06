"""The frame file in the pipeline: who was drawn, who answered, and the response table."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from trygghet._files import atomic_path, write_json
from trygghet.codebook import OUTCOME
from trygghet.ingest import Microdata, read_frame
from trygghet.weighting import InvitedSample, ResponseRates, invited_sample, r_indicators, response_frame

RESPONSE = "response"
_OUTCOMES = "outcomes.json"


@dataclass(frozen=True, slots=True)
class Drawn:
    """Everyone who was drawn to one stream.

    Parameters
    ----------
    stream : str
        The stream.
    frame : Microdata
        The frame file.
    sample : InvitedSample
        The same persons with their outcomes and design weights.
    """

    stream: str
    frame: Microdata
    sample: InvitedSample


def read_drawn(survey: Microdata, file: Path) -> Drawn:
    """Read who was drawn.

    Parameters
    ----------
    survey : Microdata
        A wave's answers.
    file : Path
        The wave's frame file.

    Returns
    -------
    Drawn
        Everyone who was drawn.

    Raises
    ------
    IngestError
        With every problem of the file.
    DesignError
        When the frame and the answers do not name the same respondents.
    """
    frame = read_frame(file, survey=survey)
    stream = survey.codebook.declared_frame.stream
    return Drawn(stream, frame, invited_sample(frame, survey.stream(stream)))


def write_response(drawn: Drawn, folder: Path) -> None:
    """Write the outcomes, and who answered of those who were drawn by every variable of the frame that has categories.

    Parameters
    ----------
    drawn : Drawn
        Everyone who was drawn.
    folder : Path
        Folder of the weights.
    """
    names = _grouping(drawn)
    with atomic_path(folder / f"{drawn.stream}.{RESPONSE}.parquet") as temporary:
        response_frame(drawn.sample, drawn.frame, names).to_parquet(temporary, index=False)
    write_json(
        folder / f"{drawn.stream}.{_OUTCOMES}",
        {str(kind): number for kind, number in drawn.sample.rates().counts.items()},
    )


def read_rates(folder: Path, stream: str) -> ResponseRates | None:
    """Read the outcomes of a stream.

    Parameters
    ----------
    folder : Path
        Folder of the weights.
    stream : str
        Name of the stream.

    Returns
    -------
    ResponseRates or None
        None where nobody knows who was drawn.
    """
    path = folder / f"{stream}.{_OUTCOMES}"
    return ResponseRates(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else None


def response_metrics(drawn: Drawn) -> Mapping[str, float | int]:
    """Flatten the response rates.

    Parameters
    ----------
    drawn : Drawn
        Everyone who was drawn.

    Returns
    -------
    mapping of str to number
        Gross and net sample, the net response rate, and how evenly the groups of each variable answered.
    """
    rates = drawn.sample.rates()
    even = r_indicators(drawn.sample, _grouping(drawn))
    return {
        f"{drawn.stream}.gross_sample": rates.gross,
        f"{drawn.stream}.net_sample": rates.net,
        f"{drawn.stream}.net_response_rate": rates.net_response_rate,
    } | {f"{drawn.stream}.r_indicator.{name}": value for name, value in even.items()}


def _grouping(drawn: Drawn) -> list[str]:
    """Variables of the frame that have categories."""
    return [
        name
        for name, variable in drawn.frame.codebook.all_variables.items()
        if name != OUTCOME and variable.kind in {"nominal", "ordinal"}
    ]
