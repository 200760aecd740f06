"""The items that Swedish safety surveys ask, shipped with the package and referred to by id."""

from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal

from pydantic import Field

from trygghet.codebook.declared import Declared
from trygghet.codebook.names import folded
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
    indicator, says : str
        Name and label of the share that is shown; ``says`` holds ``{}`` where the question's own words go in.
    counts : tuple of str
        Answers that count in that share; the worse ones when left out.
    base_missing : tuple of str
        Kinds of missing answers that belong in its base.
    spellings : tuple of str
        What the item is about, in the words that questions use; only in families.
    sensitive : bool
        Whether small bases are screened by the stricter floor.
    published : bool
        Whether somebody else publishes it as a figure: it is never computed from answers, and gets no interval.
    """

    label: str
    scale: str = ""
    worse: tuple[str, ...] = ()
    concept: Literal["trygghet", "sakerhet"] = "trygghet"
    words: Words = ()
    indicator: str = ""
    says: str = ""
    counts: tuple[str, ...] = ()
    base_missing: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()
    sensitive: bool = False
    published: bool = False

    @property
    def counted(self) -> tuple[str, ...]:
        """Answers that count in the share that is shown."""
        return self.counts or self.worse

    @property
    def worse_direction(self) -> Literal["high", "low"]:
        """Which direction of that share is worse."""
        return "high" if set(self.counted) <= set(self.worse) else "low"


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
    not_words : tuple of str
        Words of questions that are about something or somebody else.
    answers : tuple of tuple of str
        Groups of answers; all of a group give it away, and a question with answers but none of these is another one.
    sensitive : bool
        Whether it is a special category of personal data.
    kept : bool
        Whether a draft uses such a column; times and dates of answers are recognised and left out.
    """

    label: str
    words: Words = ()
    columns: tuple[str, ...] = ()
    not_words: tuple[str, ...] = ()
    answers: Words = ()
    sensitive: bool = False
    kept: bool = True


class _Family(Declared):
    """Items that differ by one matter, such as the problem of each kind."""

    label: str
    scale: str
    worse: tuple[str, ...]
    concept: Literal["trygghet", "sakerhet"]
    words: tuple[str, ...]
    other_words: Words = ()
    indicator: str
    says: str
    counts: tuple[str, ...] = ()
    sensitive: tuple[str, ...] = ()
    published: bool = False
    members: dict[str, tuple[str, ...]]


class _File(Declared):
    """The catalogue's file."""

    scales: dict[str, tuple[str, ...]]
    synonyms: dict[str, str] = Field(default_factory=dict)
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
    items = {
        name: item if item.indicator else item.model_copy(update={"indicator": name})
        for name, item in _file().items.items()
    }
    for prefix, family in _file().families.items():
        groups = (family.words, *family.other_words)
        for member, spellings in family.members.items():
            items[f"{prefix}_{member}"] = CatalogueItem(
                label=family.label.format(spellings[0]),
                scale=family.scale,
                worse=family.worse,
                concept=family.concept,
                words=tuple((*group, spelling) for group in groups for spelling in spellings),
                indicator=family.indicator.format(member),
                says=family.says,
                counts=family.counts,
                spellings=spellings,
                sensitive=member in family.sensitive,
                published=family.published,
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


def standard_answer(text: str) -> str:
    """Return the catalogue's answer that a text means, folded.

    Parameters
    ----------
    text : str
        An answer as it stands in a file, in Swedish or in another language.

    Returns
    -------
    str
        The catalogue's answer in lower case, or the text itself.

    Examples
    --------
    >>> from trygghet.codebook import standard_answer
    >>> standard_answer("Very  unsafe")
    'mycket otrygg'
    """
    return _synonyms().get(folded(text), folded(text))


@cache
def _synonyms() -> dict[str, str]:
    return {folded(text): folded(answer) for text, answer in _file().synonyms.items()}
