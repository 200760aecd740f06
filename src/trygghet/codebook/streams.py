"""How the answers came in: streams are never pooled silently."""

import datetime as dt
from collections.abc import Sequence
from typing import Literal

from pydantic import Field, model_validator

from trygghet.codebook.declared import Code, Declared

Sampling = Literal["persons", "households", "census", "self_selected", "invited"]


class Stream(Declared):
    """One way in which answers came in.

    Parameters
    ----------
    name : str
        Name, for example ``"brev"``.
    sampling : {"persons", "households", "census", "self_selected", "invited"}
        Random sample of persons or of households; everyone in a group, with nonresponse; whoever came; named groups
        that were asked.
    drawn_by, frame : str
        Who drew the sample, and from which frame.
    start, end : date, optional
        First and last day of collection.
    invited : int, optional
        Number who were asked, where it is known and there is no frame file: the whole class, group or sample. Where several values
        of the column are one stream, each value's own number.
    household_size : str, optional
        Column with the number of eligible adults, for a sample of households.
    who_answers : {"one_random", "anyone", "all"}, optional
        Rule for who answers in a sampled household.
    children : bool, optional
        Whether those who answer are children, such as pupils; their figures need more answers to be shown. Left out, the
        population's ages decide.
    """

    name: str = Field(min_length=1)
    sampling: Sampling
    drawn_by: str = ""
    frame: str = ""
    start: dt.date | None = None
    end: dt.date | None = None
    invited: int | None = Field(default=None, ge=1)
    household_size: str | None = None
    who_answers: Literal["one_random", "anyone", "all"] | None = None
    children: bool | None = None

    @model_validator(mode="after")
    def _consistent(self) -> "Stream":
        if self.start and self.end and self.end < self.start:
            raise ValueError("the collection ends before it starts")
        if self.sampling != "households" and (self.household_size or self.who_answers):
            raise ValueError("household_size and who_answers belong to sampling: households")
        if self.invited is not None and self.sampling == "self_selected":
            raise ValueError("invited belongs to streams that were asked, not to self_selected")
        return self

    @property
    def probability(self) -> bool:
        """Whether chance alone decided who was asked; only then is there a confidence interval."""
        return self.sampling in {"persons", "households"}


UNKNOWN_STREAM = Stream(name="okänd", sampling="self_selected")


class Streams(Declared):
    """The streams of a file: a column that tells them apart, or one for the whole file.

    Parameters
    ----------
    column : str, optional
        The file's column that tells the streams apart.
    by_code : dict of code to Stream
        Under ``values`` in YAML: the stream of each value of ``column``.
    whole_file : Stream, optional
        The only stream of the file.
    """

    column: str | None = None
    by_code: dict[Code, Stream] = Field(default_factory=dict, alias="values")
    whole_file: Stream | None = None

    @model_validator(mode="after")
    def _one_way(self) -> "Streams":
        if (self.whole_file is None) == (self.column is None):
            raise ValueError("give either column with values, or whole_file")
        if (self.column is None) == bool(self.by_code):
            raise ValueError("column needs values, and whole_file has none")
        names = [stream.name for stream in self.by_code.values()]
        samplings = {(stream.name, stream.sampling) for stream in self.by_code.values()}
        if len(samplings) > len(set(names)):
            raise ValueError("one stream name stands for two kinds of sampling")
        return self

    @property
    def declared(self) -> tuple[Stream, ...]:
        """The streams, each name once, in their declared order."""
        if self.whole_file is not None:
            return (self.whole_file,)
        named: dict[str, list[Stream]] = {}
        for stream in self.by_code.values():
            named.setdefault(stream.name, []).append(stream)
        return tuple(_joined(parts) for parts in named.values())


def _joined(parts: Sequence[Stream]) -> Stream:
    """One stream of several values: everyone who was asked, where that is known of each; children where any are."""
    asked = [part.invited for part in parts if part.invited is not None]
    declared = [part.children for part in parts if part.children is not None]
    return parts[-1].model_copy(
        update={
            "invited": sum(asked) if len(asked) == len(parts) else None,
            "children": any(declared) if declared else None,
        }
    )
