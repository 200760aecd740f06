"""Breaks: questions that are not the same in two waves, so that their answers cannot be compared."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from trygghet.codebook import Codebook
from trygghet.codebook.crosswalk import crosswalk

BreakKind = Literal["version", "source", "counts", "base", "options", "choose", "break", "sampling", "ages"]

_KINDS: tuple[BreakKind, ...] = ("break", "version", "source", "counts", "base", "options", "choose")


@dataclass(frozen=True, slots=True)
class Break:
    """One reason why an item cannot be compared between two waves.

    Parameters
    ----------
    item : str
        Indicator or block (``"prio"``) that is broken; empty when everything in the wave is.
    kind : str
        ``"break"`` (declared in the codebook), ``"version"`` (the declared version of the question), ``"source"`` (another question),
        ``"counts"`` or ``"base"`` (the answers that count, or that the share is taken of), ``"options"`` (the options to choose
        among), ``"choose"`` (how many could be chosen), ``"sampling"`` (how people came into a stream of the same name) or ``"ages"``
        (whom the survey speaks about).
    new_wave, old_wave : str
        The two waves.
    text : str
        What the codebook says about it.
    """

    item: str
    kind: BreakKind
    new_wave: str
    old_wave: str
    text: str = ""

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


def breaks_between(new: Codebook, old: Codebook, *, order: Sequence[str] = ()) -> tuple[Break, ...]:
    """Find the indicators and blocks of two waves whose answers cannot be compared.

    Parameters
    ----------
    new, old : Codebook
        Codebooks of the later and of the earlier wave.
    order : sequence of str
        Names of all waves, oldest first; needed where names tell no year.

    Returns
    -------
    tuple of Break
        In the order of the later codebook. An indicator that only one wave has is no break: it has nothing to compare.

    Notes
    -----
    A question is broken when the codebook declares a break, when its declared version differs, or, whatever the version says, when
    the answers that count or that the share is taken of have other labels. Codes may differ between files: the labels decide. See
    :func:`~trygghet.codebook.crosswalk.crosswalk`; what it calls ``with_caution`` is no break.
    """
    waves = (new.wave, old.wave)
    return (
        *(Break("", kind, *waves) for kind in _broken_waves(new, old)),
        *(Break(item, kind, *waves, text) for item, kind, text in _broken_items(new, old, order)),
    )


def _broken_waves(new: Codebook, old: Codebook) -> Iterator[BreakKind]:
    earlier = {stream.name: stream.sampling for stream in old.declared_streams}
    if any(stream.sampling != earlier.get(stream.name, stream.sampling) for stream in new.declared_streams):
        yield "sampling"
    if new.population and old.population and new.population.ages != old.population.ages:
        yield "ages"


def _broken_items(new: Codebook, old: Codebook, order: Sequence[str]) -> Iterator[tuple[str, BreakKind, str]]:
    texts = {name: found.text for found in new.breaks for name in found.items}
    for found in crosswalk(old, new, order=order):
        if found.part == "variable" or found.comparability != "not_comparable":
            continue
        declared = new.indicators[found.name].from_ if found.part == "indicator" else found.name
        text = texts.get(found.name, texts.get(declared, "")) if "break" in found.changes else ""
        kind: BreakKind = next((kind for kind in _KINDS if kind in found.changes), "break")
        yield found.name, kind, text
