"""What a sentence speaks of: words of a draft to the survey's own items."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trygghet.claims.phrases import lower_first


@dataclass(frozen=True, slots=True)
class Topic:
    """Words that stand for an item.

    Parameters
    ----------
    words : str
        Regular expression, matched at the beginning of a word.
    item : str
        Item name.
    reverse : bool
        Whether the words mean the opposite of what the item counts: "trygghet" for ``otrygg_kvall``.
    """

    words: str
    item: str
    reverse: bool = False


_DAYTIME = r"(?<!\w)(?:dagtid|på dagen|om dagarna)"
TOPICS: tuple[Topic, ...] = (
    Topic(r"anmälningsbenägen|benägenhet att anmäla", "anmalt"),
    Topic(r"kännedom|känner till|känna till", "kann_lofte"),
    Topic(r"förtroende\w* för (?:polisen|hur polisen)", "fortroende_polis"),
    Topic(r"förtroende\w* för kommunen", "fortroende_kommun"),
    Topic(r"(?:mörka timmar|kvällar|kvällstid|nattetid|kväll|natt)", "otrygg_kvall"),
    Topic(rf"trygg(?:het|a\b|are\b).*{_DAYTIME}", "otrygg_dag", reverse=True),
    Topic(rf"otrygg.*{_DAYTIME}|{_DAYTIME}", "otrygg_dag"),
    Topic(rf"otrygg(?!.*{_DAYTIME})", "otrygg_kvall"),
    Topic(rf"(?:upplevda )?trygg(?:het|a\b|are\b|hets?läget)(?!.*{_DAYTIME})", "otrygg_kvall", reverse=True),
    Topic(r"avstår|undvik", "avstar_ofta"),
)
_WORRY = re.compile(r"(?<!\w)oro\w*", re.IGNORECASE)
_EXPOSED = re.compile(r"(?<!\w)utsatt\w*", re.IGNORECASE)
_PROBLEM = re.compile(r"(?<!\w)problem\w*", re.IGNORECASE)
_STEM = 5
_SHORT = 3
_COMMON = {
    "andra",
    "eller",
    "annat",
    "någon",
    "platser",
    "personer",
    "allmän",
    "plats",
    "stort",
    "ofta",
    "känner",
}


def topics_of(
    sentence: str, items: Sequence[str], labels: Sequence[str], *, extra: Iterable[Topic] = ()
) -> list[Topic]:
    """Find the items that a sentence speaks of.

    Parameters
    ----------
    sentence : str
        A sentence of the draft.
    items, labels : sequence of str
        Items that there is evidence on, and their labels.
    extra : iterable of Topic
        Words that the survey's owner gave; they go first.

    Returns
    -------
    list of Topic
        The items, the most specific first; only those that there is evidence on.
    """
    known = set(items)
    found = [topic for topic in extra if topic.item in known and _says(topic.words, sentence)]
    found += _by_label(sentence, items, labels)
    found += [topic for topic in TOPICS if topic.item in known and _says(topic.words, sentence)]
    return list({topic.item: topic for topic in reversed(found)}.values())[::-1] if found else []


def stems(label: str) -> tuple[str, ...]:
    """Stems of the telling words of a label, by which a draft may speak of it.

    Parameters
    ----------
    label : str
        A label.

    Returns
    -------
    tuple of str
        Regular expressions for the beginnings of words; short words as a whole.
    """
    every = re.findall(r"\w+", lower_first(label).lower())
    words = [word for word in every if word not in _COMMON and (len(word) > _SHORT or len(every) == 1)]
    return tuple(dict.fromkeys(_stem(word) for word in words))


def _stem(word: str) -> str:
    return word[: max(_STEM, len(word) - 2)] if len(word) >= _STEM else rf"{word}(?:et|en)?\b"


def _by_label(sentence: str, items: Sequence[str], labels: Sequence[str]) -> list[Topic]:
    """Items whose kind the sentence names and whose label shares a word with it; worry about violence, exposure to threats."""
    kinds = [
        ("oro_", _WORRY.search(sentence) is not None),
        ("utsatt_", _EXPOSED.search(sentence) is not None),
        (
            "problem_",
            _PROBLEM.search(sentence) is not None
            or not (_WORRY.search(sentence) or _EXPOSED.search(sentence)),
        ),
    ]
    found = []
    for prefix, named in kinds:
        if not named:
            continue
        for item, label in zip(items, labels, strict=True):
            told = stems(label.removeprefix("Oro för ").removeprefix("Utsatt för "))
            if item.startswith(prefix) and any(_says(stem, sentence) for stem in told):
                found.append(Topic("", item))
    return found


def _says(words: str, sentence: str) -> bool:
    return bool(words) and re.search(rf"(?<!\w)(?:{words})", sentence, re.IGNORECASE) is not None
