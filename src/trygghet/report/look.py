"""How a result is drawn: width, language, and what stands in the place of withheld numbers."""

from dataclasses import dataclass, replace
from typing import Literal

from trygghet._typing import IntervalMethod
from trygghet.claims import Families
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
    foreseen : float, optional
        Level of one comparison when the report judges a development: what the smallest detectable changes are for; ``level`` when
        left out.
    """

    width: Width = "wide"
    words: Wording = SWEDISH
    marks: tuple[str, ...] = ()
    level: float = 0.95
    interval: IntervalMethod = "wilson-korn-graubard"
    order: tuple[str, ...] = ()
    jointly: float | None = None
    foreseen: float | None = None

    @property
    def change_level(self) -> float:
        """Level that the smallest detectable changes are for."""
        return self.level if self.foreseen is None else self.foreseen

    def of_changes(self, key: str) -> str:
        """Read a text about detectable changes, and what certainty they are for.

        Parameters
        ----------
        key : str
            Key of the text.

        Returns
        -------
        str
            One paragraph.
        """
        told = self.words[key]
        return told if self.foreseen is None else f"{told} {self.words['detectable.jointly']}"


PLAIN = Look()


def foreseen(look: Look, families: Families | None) -> Look:
    """Let the smallest detectable changes be for the level at which the report judges a development.

    Parameters
    ----------
    look : Look
        How results are drawn.
    families : Families or None
        Families of statements that the report declares.

    Returns
    -------
    Look
        With the level of one comparison, where a development is judged at all.
    """
    level = families.comparison_level("follow_up") if families is not None else None
    return look if level is None else replace(look, foreseen=level)
