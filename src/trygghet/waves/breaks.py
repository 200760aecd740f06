"""Breaks: questions that are not the same in two waves, so that their answers cannot be compared."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from trygghet.codebook import Codebook

BreakKind = Literal["version", "counts", "base", "options", "choose", "sampling", "ages"]


@dataclass(frozen=True, slots=True)
class Break:
    """One reason why an item cannot be compared between two waves.

    Parameters
    ----------
    item : str
        Indicator or block (``"prio"``) that is broken; empty when everything in the wave is.
    kind : str
        ``"version"`` (the declared version of the question), ``"counts"`` or ``"base"`` (the answers that count, or that the
        share is taken of), ``"options"`` (the options to choose among), ``"choose"`` (how many could be chosen), ``"sampling"``
        (how people came into a stream of the same name) or ``"ages"`` (whom the survey speaks about).
    new_wave, old_wave : str
        The two waves.
    """

    item: str
    kind: BreakKind
    new_wave: str
    old_wave: str

    def concerns(self, item: str) -> bool:
        """Tell whether an estimate of an item falls under the break.

        Parameters
        ----------
        item : str
            Item name in a result's cells.

        Returns
        -------
        bool
            True for the item itself, for every option of a broken block, and for everything when the wave is broken.
        """
        return not self.item or item == self.item or item.startswith(f"{self.item}.")


def breaks_between(new: Codebook, old: Codebook) -> tuple[Break, ...]:
    """Find the indicators and blocks of two waves whose answers cannot be compared.

    Parameters
    ----------
    new, old : Codebook
        Codebooks of the later and of the earlier wave.

    Returns
    -------
    tuple of Break
        In the order of the later codebook. An indicator that only one wave has is no break: it has nothing to compare.

    Notes
    -----
    A question is broken when its declared version differs, or, whatever the version says, when the answers that count or that
    the share is taken of have other labels. Codes may differ between files: the labels decide.
    """
    waves = (new.wave, old.wave)
    return (
        *(Break("", kind, *waves) for kind in _broken_waves(new, old)),
        *(Break(item, kind, *waves) for item, kind in _broken_indicators(new, old)),
        *(Break(item, kind, *waves) for item, kind in _broken_blocks(new, old)),
    )


def _broken_waves(new: Codebook, old: Codebook) -> Iterator[BreakKind]:
    earlier = {stream.name: stream.sampling for stream in old.declared_streams}
    if any(stream.sampling != earlier.get(stream.name, stream.sampling) for stream in new.declared_streams):
        yield "sampling"
    if new.population and old.population and new.population.ages != old.population.ages:
        yield "ages"


def _broken_indicators(new: Codebook, old: Codebook) -> Iterator[tuple[str, BreakKind]]:
    for name in new.indicators:
        if name not in old.indicators:
            continue
        here, there = new.indicators[name], old.indicators[name]
        if here.version != there.version:
            yield name, "version"
        elif _answers(new, name, "counts") != _answers(old, name, "counts"):
            yield name, "counts"
        elif _answers(new, name, "base") != _answers(old, name, "base"):
            yield name, "base"


def _broken_blocks(new: Codebook, old: Codebook) -> Iterator[tuple[str, BreakKind]]:
    for name in new.multi_response:
        if name not in old.multi_response:
            continue
        here, there = new.multi_response[name], old.multi_response[name]
        if here.version != there.version:
            yield name, "version"
        elif here.choose != there.choose:
            yield name, "choose"
        elif set(here.options) != set(there.options):
            yield name, "options"


def _answers(book: Codebook, name: str, part: Literal["counts", "base"]) -> frozenset[str]:
    """Labels of the answers that count or that make up the base; names of missing kinds as they are."""
    indicator = book.indicators[name]
    codes = indicator.counts if part == "counts" else indicator.base
    labels = book.variables[indicator.from_].labels if indicator.from_ in book.variables else {}
    if codes is None:
        return frozenset(labels.values())
    return frozenset(labels.get(code, str(code)) for code in codes)
