"""How a result is drawn: width, language, and what stands in the place of withheld numbers."""

from dataclasses import dataclass
from typing import Literal

from trygghet._typing import IntervalMethod
from trygghet.report.wording import SWEDISH, Wording

Width = Literal["wide", "narrow"]


@dataclass(frozen=True, slots=True)
class Look:
    """How a result is drawn.

    Parameters
    ----------
    width : {"wide", "narrow"}, default "wide"
        Word's text width with labels beside the drawing, or a telephone's with labels above.
    words : Wording
        Language.
    marks : tuple of str, default ()
        Mark of each cell as the screen gave it; without them withheld cells show "..".
    level : float, default 0.95
        Level of the intervals.
    interval : str, default "wilson-korn-graubard"
        Method of the intervals.
    order : tuple of str, default ()
        Item keys in the order that another figure has, for the heat table.
    jointly : float, optional
        Level at which marks say that differences are established, all marks of a figure together; ``level`` when left out.
    """

    width: Width = "wide"
    words: Wording = SWEDISH
    marks: tuple[str, ...] = ()
    level: float = 0.95
    interval: IntervalMethod = "wilson-korn-graubard"
    order: tuple[str, ...] = ()
    jointly: float | None = None


PLAIN = Look()
