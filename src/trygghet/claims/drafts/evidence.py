"""What a draft is held against: results of the survey, and what was declared beforehand."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from trygghet.claims.claim import Claim
from trygghet.claims.context import Context
from trygghet.claims.described import Meaning
from trygghet.claims.drafts.topics import Topic, stems, topics_of
from trygghet.claims.phrases import Ranked
from trygghet.claims.reference import Reference
from trygghet.estimate.estimates import Estimates
from trygghet.estimate.kernels import LinearKernel
from trygghet.estimate.shares import RespondentShares
from trygghet.ranking import RankSets, TopSet
from trygghet.waves import Break


@dataclass(frozen=True, slots=True, eq=False)
class Order:
    """A ranking that a draft may speak of.

    Parameters
    ----------
    about : str
        Regular expression for the words that name it, such as ``"priorit|fokusområd"``.
    top : TopSet or RankSets
        The ranking.
    words : Ranked
        What is ranked.
    """

    about: str
    top: TopSet | RankSets
    words: Ranked

    @property
    def ranks(self) -> RankSets:
        """The rank sets."""
        return self.top.ranks if isinstance(self.top, TopSet) else self.top

    def item_in(self, sentence: str) -> str:
        """Find the ranked thing that a sentence names.

        Parameters
        ----------
        sentence : str
            A sentence.

        Returns
        -------
        str
            Its label; empty when none is named.
        """
        for label in self.ranks.labels:
            told = stems(label.removeprefix("Oro för "))
            if any(re.search(rf"(?<!\w){stem}", sentence, re.IGNORECASE) for stem in told):
                return label
        return ""


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """Everything that a draft is held against; what is left out does not exist.

    Parameters
    ----------
    context : Context
        Streams, words, level.
    levels : sequence of Estimates
        Shares of everybody in the random sample, newest wave.
    previous : sequence of Estimates
        The same for the wave before.
    changes : sequence of Estimates
        Changes since the wave before, everybody.
    area_changes : sequence of Estimates
        The same by area.
    areas : sequence of Estimates
        Shares by area.
    contrasts : sequence of Estimates
        Each area minus the rest.
    orders : sequence of Order
        Rankings.
    respondents : sequence of RespondentShares
        Streams that are no random sample.
    breaks : sequence of Break
        Breaks between the two waves.
    thresholds, highs : mapping of str to float
        What counts as low, and what counts as high, by item.
    meanings : sequence of Meaning
        What words mean.
    together : mapping of pair of str to Claim
        Tried statements that two items hold at once.
    references : mapping of str to Reference
        Published changes, by item.
    comparison : str
        Area that effects are judged against; empty when none is stated.
    margin : float or None
        Largest change that counts as none.
    margins : mapping of str to float
        The same by item, where it differs.
    answered : mapping of str to int
        Answers by stream.
    topics : sequence of Topic
        Words for items beyond the usual ones.
    """

    context: Context
    levels: Sequence[Estimates] = ()
    previous: Sequence[Estimates] = ()
    changes: Sequence[Estimates] = ()
    area_changes: Sequence[Estimates] = ()
    areas: Sequence[Estimates] = ()
    contrasts: Sequence[Estimates] = ()
    orders: Sequence[Order] = ()
    respondents: Sequence[RespondentShares] = ()
    breaks: Sequence[Break] = ()
    thresholds: Mapping[str, float] = field(default_factory=dict)
    highs: Mapping[str, float] = field(default_factory=dict)
    meanings: Sequence[Meaning] = ()
    together: Mapping[tuple[str, str], Claim] = field(default_factory=dict)
    references: Mapping[str, Reference] = field(default_factory=dict)
    comparison: str = ""
    margin: float | None = None
    margins: Mapping[str, float] = field(default_factory=dict)
    answered: Mapping[str, int] = field(default_factory=dict)
    topics: Sequence[Topic] = ()

    def topic(self, sentence: str) -> list[Topic]:
        """Find the items that a sentence speaks of, among those that there is evidence on.

        Parameters
        ----------
        sentence : str
            A sentence.

        Returns
        -------
        list of Topic
            The items, the most specific first.
        """
        labels: dict[str, str] = {}
        results: list[Estimates | RespondentShares] = [
            *self.levels,
            *self.areas,
            *self.changes,
            *self.respondents,
        ]
        for result in results:
            for item in result.cells["item"]:
                labels.setdefault(str(item), result.about.label(str(item)))
        return topics_of(sentence, list(labels), list(labels.values()), extra=self.topics)

    def level(self, topic: Topic) -> Estimates | None:
        """Give the share of everybody for an item, turned round when the words mean the opposite.

        Parameters
        ----------
        topic : Topic
            The item.

        Returns
        -------
        Estimates or None
            One cell; None when there is none.
        """
        found = next(_cells(self.levels, topic.item), None)
        return complement(found) if found is not None and topic.reverse else found

    def change(self, topic: Topic) -> Estimates | None:
        """Give the change of an item, turned round when the words mean the opposite.

        Parameters
        ----------
        topic : Topic
            The item.

        Returns
        -------
        Estimates or None
            One cell; None when there is none.
        """
        found = next(_cells(self.changes, topic.item), None)
        return complement(found) if found is not None and topic.reverse else found

    def family(self, topic: Topic) -> tuple[Estimates, int] | None:
        """Give all changes that are judged together with that of an item, turned round when the words mean the opposite.

        Parameters
        ----------
        topic : Topic
            The item.

        Returns
        -------
        tuple of Estimates and int, or None
            The changes of everybody in the same result, and the position of the item's.
        """
        for result in self.changes:
            everyone = result.take(np.flatnonzero(result.cells["by"].to_numpy() == ""))
            at = np.flatnonzero(everyone.cells["item"].to_numpy() == topic.item)
            if len(at):
                return complement(everyone) if topic.reverse else everyone, int(at[0])
        return None

    def margin_of(self, item: str) -> float | None:
        """Give the largest change of an item that counts as none.

        Parameters
        ----------
        item : str
            Item name.

        Returns
        -------
        float or None
            None when nobody declared it.
        """
        return self.margins.get(item, self.margin)

    def meaning(self, words: str, topic: Topic) -> Meaning | None:
        """Find what a word means of an item, turned round when the words mean the opposite of the item.

        Parameters
        ----------
        words : str
            Words of a draft.
        topic : Topic
            The item.

        Returns
        -------
        Meaning or None
            The meaning declared of the item, else the one declared of anything; None when there is none.
        """
        said = [each for each in self.meanings if each.word.lower() in words.lower()]
        own = next((each for each in said if each.item == topic.item), None)
        if own is not None:
            return own.turned() if topic.reverse else own
        return next((each for each in said if not each.item), None)

    def places(self, sentence: str) -> list[str]:
        """Find the areas that a sentence names: "norr" for "Norr", "tätort" for "Tätorten".

        Parameters
        ----------
        sentence : str
            A sentence.

        Returns
        -------
        list of str
            Names as in the results.
        """
        names = dict.fromkeys(
            str(domain) for result in (*self.contrasts, *self.areas) for domain in result.cells["domain"]
        )
        return [
            name
            for name in names
            if re.search(rf"(?<!\w){re.escape(_indefinite(name))}", sentence, re.IGNORECASE)
        ]

    def contrast(self, item: str) -> tuple[Estimates, Estimates | None] | None:
        """Give the contrasts of an item by area, and its shares by area.

        Parameters
        ----------
        item : str
            Item name.

        Returns
        -------
        tuple or None
            Contrasts of all areas, and shares when there are any.
        """
        found = next(_cells(self.contrasts, item, everyone=False), None)
        return (found, next(_cells(self.areas, item, everyone=False), None)) if found is not None else None


def complement(estimates: Estimates) -> Estimates:
    """Turn shares into the shares of everybody else, and changes into the opposite changes.

    Parameters
    ----------
    estimates : Estimates
        Shares, or changes and differences of shares.

    Returns
    -------
    Estimates
        ``1 - p`` for shares, ``-d`` for differences; the same covariance. Items are renamed ``not_…`` and labelled by the opposite.
    """
    names = {str(item): f"not_{item}" for item in estimates.cells["item"]}
    labels = {new: _opposite(estimates.about.label(old)) for old, new in names.items()}
    turned = replace(
        estimates,
        cells=estimates.cells.assign(item=[names[str(item)] for item in estimates.cells["item"]]),
        about=replace(estimates.about, labels=labels),
    )
    if estimates.is_share:
        return replace(turned, values=1 - estimates.values, numerator=estimates.n - estimates.numerator)
    return replace(
        turned, values=-estimates.values, kernel=LinearKernel(estimates.kernel, -np.eye(len(estimates)))
    )


def _indefinite(name: str) -> str:
    return re.sub(r"(?<=\w{5})(?:en|et)$", "", name)


def _opposite(label: str) -> str:
    return f"Trygg{label.removeprefix('Otrygg')}" if label.startswith("Otrygg ") else f"Inte: {label}"


def _cells(results: Sequence[Estimates], item: str, *, everyone: bool = True) -> Iterator[Estimates]:
    for result in results:
        keep = result.cells["item"].to_numpy() == item
        if everyone:
            keep &= result.cells["by"].to_numpy() == ""
        if keep.any():
            yield result.take(np.flatnonzero(keep))
