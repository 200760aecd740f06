"""The order among those who answered a self-selected stream: a list without intervals and without sets."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from trygghet._typing import FloatArray, IntArray
from trygghet.design import OpenSample
from trygghet.errors import Problem, RankingError
from trygghet.estimate import Estimates, RespondentShares

AMONG_RESPONDENTS = "bland de svarande"


@dataclass(frozen=True, slots=True, eq=False)
class RespondentOrder:
    """Options in order of their share among those who answered.

    Parameters
    ----------
    shares : RespondentShares
        The description; it has no standard errors.
    labels : tuple of str
        Reader's name of each option.
    place : ndarray of int, shape (k,)
        Place among the respondents; ties share the best place; 0 where nobody was asked or the cell is withheld.
    heading : str
        What every table and figure of the order must be headed with.
    """

    shares: RespondentShares
    labels: tuple[str, ...]
    place: IntArray
    heading: str = AMONG_RESPONDENTS

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def values(self) -> FloatArray:
        """Shares among the respondents, shape (k,)."""
        return self.shares.values

    @property
    def order(self) -> IntArray:
        """Positions from place 1 downwards, ties as they came; options without a place last."""
        return np.argsort(np.where(self.place > 0, self.place, len(self) + 1), kind="stable")

    def first(self, m: int) -> tuple[str, ...]:
        """Labels of the options with a place up to m, in order; more than m if tied.

        Parameters
        ----------
        m : int
            Number of first places.

        Returns
        -------
        tuple of str
            Labels.
        """
        return tuple(self.labels[j] for j in self.order if 0 < self.place[j] <= m)

    def to_frame(self) -> pd.DataFrame:
        """Lay the order out as a table, in order.

        Returns
        -------
        DataFrame
            Columns label, place, share, n, status; no interval and no rank set.
        """
        place = pd.array(self.place, dtype="Int64")
        place[self.place == 0] = pd.NA
        frame = pd.DataFrame(
            {
                "label": list(self.labels),
                "place": place,
                "share": self.values,
                "n": self.shares.n,
                "status": self.shares.status,
            }
        )
        return frame.iloc[self.order].reset_index(drop=True)

    def __repr__(self) -> str:
        stream = self.shares.about.stream or "?"
        return f"<RespondentOrder {self.heading}: {int((self.place > 0).sum())} options, stream {stream}, no interval>"

    def _repr_html_(self) -> str:
        table = self.to_frame().to_html(index=False, float_format="{:.3f}".format, na_rep="")
        return f"<p>{repr(self).strip('<>')}</p>{table}"


@dataclass(frozen=True, slots=True)
class SelectionToSwap:
    """How much more willing to answer the friends of one option would have to be for the order to be an artefact.

    Parameters
    ----------
    inside, outside : str
        Labels of the options at place m and at the next place.
    inside_only : float
        Weighted number of respondents who chose the inside option and not the outside one.
    outside_only : float
        Weighted number of respondents who chose the outside option and not the inside one.
    """

    inside: str
    outside: str
    inside_only: float
    outside_only: float

    @property
    def ratio(self) -> float:
        """Relative willingness that would swap the two: 1.1 means that a tenth is enough; infinite if nothing would."""
        return self.inside_only / self.outside_only if self.outside_only else float("inf")


def describe_order(shares: RespondentShares) -> RespondentOrder:
    """Order the options by their share among those who answered.

    Parameters
    ----------
    shares : RespondentShares
        Items of one domain.

    Returns
    -------
    RespondentOrder
        Places without sets.

    Raises
    ------
    RankingError
        ``RANG-15`` for anything but the shares of one self-selected stream in one domain.
    """
    if not isinstance(shares, RespondentShares) or len(shares.cells[["by", "domain"]].drop_duplicates()) > 1:
        raise RankingError(
            Problem(
                code="RANG-15",
                what=f"The order among respondents was asked for of a {type(shares).__name__}.",
                why="It describes the options of one self-selected stream in one domain.",
                remedy="Give the RespondentShares of an OpenSample; rank Estimates with rank().",
                facts={"kind": type(shares).__name__},
            )
        )
    return RespondentOrder(shares, option_labels(shares), places_of(shares.values))


def option_labels(shares: RespondentShares | Estimates) -> tuple[str, ...]:
    """Reader's name of each option.

    Parameters
    ----------
    shares : RespondentShares or Estimates
        Items or categories of one domain.

    Returns
    -------
    tuple of str
        The item's label; the category where one item has several.
    """
    cells = shares.cells
    if len(set(cells["item"])) == 1 and len(cells) > 1:
        return tuple(cells["category"].astype(str))
    return tuple(shares.about.label(str(item)) for item in cells["item"])


def places_of(values: FloatArray) -> IntArray:
    """Places from the highest value down.

    Parameters
    ----------
    values : ndarray, shape (k,)
        Values; NaN has no place.

    Returns
    -------
    ndarray of int, shape (k,)
        1 for the highest; ties share the best place; 0 for NaN.
    """
    known = np.isfinite(values)
    places = 1 + (values[None, :] > values[:, None]).sum(axis=1)
    return np.where(known, places, 0).astype(np.int64)


def exclusive_weights(sample: OpenSample, order: RespondentOrder) -> FloatArray:
    """Weighted number of respondents who chose one option and not another.

    Parameters
    ----------
    sample : OpenSample
        The answers that the order was made from.
    order : RespondentOrder
        Options named as the sample's columns (``block.option``).

    Returns
    -------
    ndarray, shape (k, k)
        Entry (j, i): chose j and not i.
    """
    chosen = np.stack([sample.columns.numeric(str(item)) for item in order.shares.cells["item"]], axis=1)
    with_it, without = (chosen == 1).astype(np.float64), (chosen == 0).astype(np.float64)
    return np.asarray((with_it * sample.weights[:, None]).T @ without, dtype=np.float64)
