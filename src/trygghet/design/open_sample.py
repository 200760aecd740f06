"""A self-selected stream: answers that describe those who answered, and nobody else."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from trygghet._html import told_html
from trygghet._typing import Columns, FloatArray
from trygghet.codebook import Codebook, Stream
from trygghet.design.frame_columns import FrameColumns
from trygghet.errors import DesignError, Problem
from trygghet.ingest import Microdata


@dataclass(frozen=True, slots=True, eq=False)
class OpenSample:
    """Answers without a probability design; the same verbs give :class:`RespondentShares`.

    Parameters
    ----------
    columns : Columns
        The answers.
    weights : array of float, shape (n,)
        One each, unless the answers were raked, which changes shares but never gives an interval.
    stream : Stream or None
        The stream that answered.
    codebook : Codebook or None
        What the columns mean.
    """

    columns: Columns
    weights: FloatArray
    stream: Stream | None = None
    codebook: Codebook | None = None

    def __repr__(self) -> str:
        named = " ".join(
            (self.stream.name if self.stream else "", self.codebook.wave if self.codebook else "")
        ).strip()
        return f"<OpenSample{f' {named}' if named else ''}: {len(self.weights):,} respondents, described without errors>"

    def _repr_html_(self) -> str:
        return told_html(repr(self).strip("<>"), ("shares of those who answered; no margin of error",))

    @classmethod
    def from_data(cls, microdata: Microdata) -> "OpenSample":
        """Describe the answers of one stream, whatever its sampling.

        Parameters
        ----------
        microdata : Microdata
            Answers of one stream.

        Returns
        -------
        OpenSample
            Every answer counts once.

        Raises
        ------
        DesignError
            URV-12 when the answers come from several streams.
        """
        streams = microdata.streams
        if len(streams) > 1:
            named = ", ".join(stream.name for stream in streams)
            raise DesignError(
                Problem(
                    code="URV-12",
                    what=f"the answers come from several streams: {named}",
                    why="streams are never pooled silently",
                    remedy="take one with microdata.stream(name)",
                    facts={"strommar": named},
                )
            )
        return cls(
            columns=microdata,
            weights=np.ones(len(microdata)),
            stream=streams[0] if streams else None,
            codebook=microdata.codebook,
        )

    @classmethod
    def from_frame(cls, frame: pd.DataFrame) -> "OpenSample":
        """Describe the answers of a plain table.

        Parameters
        ----------
        frame : DataFrame
            One row a respondent.

        Returns
        -------
        OpenSample
            Every answer counts once.
        """
        return cls(
            columns=FrameColumns(frame.copy(deep=False).reset_index(drop=True)), weights=np.ones(len(frame))
        )

    @property
    def n(self) -> int:
        """Number of respondents."""
        return len(self.weights)

    @property
    def wave(self) -> str:
        """Wave of the survey; empty for a plain table."""
        return "" if self.codebook is None else self.codebook.wave
