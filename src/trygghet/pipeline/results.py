"""Names of results, and where the stages keep them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

Kind = Literal["level", "rest", "trend", "unweighted", "among"]
COMPOSITE = "sammanvagd"
_JOIN = "--"


@dataclass(frozen=True, slots=True)
class ResultName:
    """What a result is about.

    Parameters
    ----------
    stream : str
        Who answered.
    what : str
        A set of items of ``params.yaml``, or a multi-response block of the codebook.
    by : str
        Variable whose groups are shown; empty for everybody together.
    kind : {"level", "rest", "trend", "unweighted", "among"}
        Shares as they are; each group against the rest; shares as they enter a comparison between waves
        (without the finite-population correction); shares of those who answered, before weighting; shares among the people whom the
        indicator ``by`` does not count.
    """

    stream: str
    what: str
    by: str = ""
    kind: Kind = "level"

    def __str__(self) -> str:
        return _JOIN.join((self.stream, self.what, self.by, self.kind))

    @classmethod
    def parse(cls, text: str) -> "ResultName":
        """Read a name back from its text.

        Parameters
        ----------
        text : str
            What ``str(name)`` gave.

        Returns
        -------
        ResultName
            The name.

        Raises
        ------
        ValueError
            When the text is no such name.
        """
        stream, what, by, kind = text.split(_JOIN)
        for known in get_args(Kind):
            if kind == known:
                return cls(stream, what, by, known)
        raise ValueError(f"{text!r} is no result name")


def stored(folder: Path, suffix: str) -> Iterator[tuple[ResultName, Path]]:
    """List the results in a folder.

    Parameters
    ----------
    folder : Path
        Folder of a stage.
    suffix : str
        File ending, with its dot.

    Yields
    ------
    tuple of ResultName and Path
        Each result's name and the path without the ending.
    """
    for path in sorted(folder.glob(f"*{_JOIN}*{suffix}")):
        stem = path.name.removesuffix(suffix)
        yield ResultName.parse(stem), path.with_name(stem)
