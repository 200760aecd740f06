"""The items that Swedish safety surveys ask, shipped with the package and referred to by id."""

from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal

from pydantic import Field

from trygghet.codebook.declared import Declared
from trygghet.codebook.reading import read_yaml, validated

Words = tuple[tuple[str, ...], ...]


class CatalogueItem(Declared):
    """A survey item: what it asks, on which scale, and which answers are worse.

    Parameters
    ----------
    label : str
        What it asks, paraphrased.
    scale : str
        Name of the scale; empty where there is none.
    worse : tuple of str
        Answers on the worse side.
    concept : {"trygghet", "sakerhet"}
        Felt safety, or actual exposure.
    words : tuple of tuple of str
        Groups of words; a question with every word of a group may be the item.
    """

    label: str
    scale: str = ""
    worse: tuple[str, ...] = ()
    concept: Literal["trygghet", "sakerhet"] = "trygghet"
    words: Words = ()


class BackgroundItem(Declared):
    """A background variable, a weight or a design column.

    Parameters
    ----------
    label : str
        What it is.
    words : tuple of tuple of str
        Groups of words in its question.
    columns : tuple of str
        How such columns are often called.
    answers : tuple of str
        Answers that give it away.
    sensitive : bool
        Whether it is a special category of personal data.
    """

    label: str
    words: Words = ()
    columns: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    sensitive: bool = False


class _Family(Declared):
    """Items that differ by one matter, such as the problem of each kind."""

    label: str
    scale: str
    worse: tuple[str, ...]
    concept: Literal["trygghet", "sakerhet"]
    words: tuple[str, ...]
    members: dict[str, tuple[str, ...]]


class _File(Declared):
    """The catalogue's file."""

    scales: dict[str, tuple[str, ...]]
    items: dict[str, CatalogueItem]
    families: dict[str, _Family] = Field(default_factory=dict)
    background: dict[str, BackgroundItem] = Field(default_factory=dict)


@cache
def _file() -> _File:
    text = (files("trygghet.codebook") / "catalogue.yaml").read_text(encoding="utf-8")
    return validated(_File, read_yaml(text, name="catalogue.yaml"), name="catalogue.yaml")


@cache
def catalogue() -> MappingProxyType[str, CatalogueItem]:
    """Return the items by id, with families such as ``prob_nedskrapning`` written out.

    Returns
    -------
    mapping of str to CatalogueItem
        The catalogue.

    Examples
    --------
    >>> from trygghet.codebook import catalogue
    >>> catalogue()["prob_nedskrapning"].label
    'Problem i området: nedskräpning'
    """
    items = dict(_file().items)
    for prefix, family in _file().families.items():
        for member, spellings in family.members.items():
            items[f"{prefix}_{member}"] = CatalogueItem(
                label=family.label.format(spellings[0]),
                scale=family.scale,
                worse=family.worse,
                concept=family.concept,
                words=tuple((*family.words, spelling) for spelling in spellings),
            )
    return MappingProxyType(items)


def background_items() -> MappingProxyType[str, BackgroundItem]:
    """Return the background variables, weights and design columns by id.

    Returns
    -------
    mapping of str to BackgroundItem
        The items.
    """
    return MappingProxyType(_file().background)


def scales() -> MappingProxyType[str, tuple[str, ...]]:
    """Return the answer scales by name.

    Returns
    -------
    mapping of str to tuple of str
        Answers in their order.
    """
    return MappingProxyType(_file().scales)
