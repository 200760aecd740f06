"""How an item is spoken of in running text, read off its label unless the survey's owner says otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from trygghet.claims.said import Both

_VERBS = ("känner", "avstår", "har", "litar", "tycker", "instämmer", "ser", "oroar")
_UNREST = {"otrygg": ("otrygga", "otryggheten"), "trygg": ("trygga", "tryggheten")}


@dataclass(frozen=True, slots=True)
class Phrase:
    """An item in words.

    Parameters
    ----------
    share : str
        The share as a noun, such as "andelen otrygga kvällstid".
    verb, rest : str
        The same as a predicate in two parts, so that the subject can stand between them: "känner sig", "otrygga kvällstid".
        Both empty when the item has no natural predicate.
    quality : str
        What increases or decreases, such as "otryggheten"; the share when left out.
    share_en : str
        The share in English.
    rest_one : str
        ``rest`` of one person, "otrygg kvällstid"; without it no sentence says "var tredje invånare".
    """

    share: str
    verb: str = ""
    rest: str = ""
    quality: str = ""
    share_en: str = ""
    rest_one: str = ""

    @property
    def noun(self) -> Both:
        """The share as a noun in both languages."""
        return Both(
            self.share, self.share_en or f"the share “{self.share.removeprefix('andelen ').strip('”')}”"
        )

    @property
    def what(self) -> Both:
        """What increases or decreases."""
        return Both(self.quality or self.share, self.noun.en)


def lower_first(text: str) -> str:
    """Write a label as it stands inside a sentence: small first letter, unless the first word is an abbreviation.

    Parameters
    ----------
    text : str
        A label.

    Returns
    -------
    str
        The label for running text.

    Examples
    --------
    >>> lower_first("Grov organiserad brottslighet"), lower_first("IT-brott")
    ('grov organiserad brottslighet', 'IT-brott')
    """
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def phrase_of(item: str, label: str, given: Mapping[str, Phrase] | None = None) -> Phrase:
    """Find the words for an item.

    Parameters
    ----------
    item : str
        Name of the item; ``problem_…`` follows the item catalogue, ``block.option`` is an option of a block.
    label : str
        Its label in the codebook.
    given : mapping of str to Phrase, optional
        Words that the survey's owner gave; they go before everything else.

    Returns
    -------
    Phrase
        The words. A label whose form is not recognised is quoted.

    Examples
    --------
    >>> phrase_of("otrygg_kvall", "Otrygg ute sent på kvällen").share
    'andelen otrygga ute sent på kvällen'
    >>> phrase_of("tid", "Mest otrygg på natten").share
    'andelen ”Mest otrygg på natten”'
    """
    if given and item in given:
        return given[item]
    words = lower_first(label)
    read = (
        _option(item, words)
        or _problem(item, words)
        or _unrest(words)
        or _worry(words)
        or _predicate(words)
        or Phrase(f"andelen ”{label}”")
    )
    return replace(read, share_en=f"the share “{label}”")


def _option(item: str, words: str) -> Phrase | None:
    return Phrase(f"andelen som valde {words}", "valde", words) if "." in item else None


def _problem(item: str, words: str) -> Phrase | None:
    told = f"{words} som ett stort problem där de bor"
    return Phrase(f"andelen som ser {told}", "ser", told) if item.startswith("problem_") else None


def _unrest(words: str) -> Phrase | None:
    first, _, rest = words.partition(" ")
    if first not in _UNREST or not rest:
        return None
    plural, quality = _UNREST[first]
    return Phrase(
        f"andelen {plural} {rest}", "känner sig", f"{plural} {rest}", f"{quality} {rest}", rest_one=words
    )


def _worry(words: str) -> Phrase | None:
    subject = words.removeprefix("oro ")
    if subject == words:
        return None
    return Phrase(
        f"andelen som ofta känner {words}",
        "känner",
        f"ofta {words}",
        f"oron {subject}",
        rest_one=f"ofta {words}",
    )


def _predicate(words: str) -> Phrase | None:
    first, _, rest = words.partition(" ")
    if words.startswith("utsatt för "):
        return Phrase(
            f"andelen som har utsatts {rest}",
            "har",
            f"utsatts {rest}",
            f"utsattheten {rest}",
            rest_one=f"utsatts {rest}",
        )
    if words.startswith(("stort förtroende ", "litet förtroende ")):
        return Phrase(f"andelen med {words}", "har", words)
    if first not in _VERBS or not rest:
        return None
    many = rest.replace("sig otrygg ", "sig otrygga ")
    return Phrase(f"andelen som {first} {many}", first, many, rest_one=rest)


@dataclass(frozen=True, slots=True)
class Ranked:
    """How a list of ranked things is spoken of.

    Parameters
    ----------
    many, one : Both
        The things: "områden", "område". Neuter in Swedish, as områden, problem and brott are.
    wanted, wanted_one : Both
        What people do with them, after "som flest": "vill prioritera"; of many things and of one.
    prefix : str
        Beginning of every label that is left out in a sentence, such as "Oro för ".
    """

    many: Both
    one: Both
    wanted: Both
    wanted_one: Both
    prefix: str = ""


PRIORITIES = Ranked(
    Both("områden", "areas"),
    Both("område", "area"),
    Both("vill prioritera", "want prioritised"),
    Both("vill prioritera", "want prioritised"),
)
PROBLEMS = Ranked(
    Both("problem", "problems"),
    Both("problem", "problem"),
    Both("ser som stora", "see as large"),
    Both("ser som stort", "see as large"),
)
WORRIES = Ranked(
    Both("brott", "crimes"),
    Both("brott", "crime"),
    Both("ofta oroar sig för", "often worry about"),
    Both("ofta oroar sig för", "often worry about"),
    "Oro för ",
)
