"""Which background variable, weight or design column a column of an unknown file seems to be, and how sure that is."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from trygghet.codebook import BackgroundItem, background_items
from trygghet.codebook.names import folded

YOUNGEST = 10
"""Nobody younger answers a survey: bands from 0 are shares or amounts, not ages."""
OLDEST = 115
BY_NAME = -1
_BY_ANSWERS = 100


@dataclass(frozen=True, slots=True)
class BackgroundGuess:
    """A background variable that a column may be.

    Parameters
    ----------
    key : str
        Its id in the catalogue.
    distance : int
        How much else the question says: words beyond those that were recognised; the column's own name is nearest.
    reason : str
        Why, in Swedish.
    """

    key: str
    distance: int
    reason: str


def background_by_name(name: str) -> BackgroundGuess | None:
    """Recognise a column by its name.

    Parameters
    ----------
    name : str
        The file's name of the column.

    Returns
    -------
    BackgroundGuess or None
        None where the name is no usual one.
    """
    plain = folded(name)
    exact = [key for key, item in background_items().items() if plain in item.columns]
    longer = [
        key
        for key, item in background_items().items()
        if any(plain.startswith(known) for known in item.columns if len(known) > 5)
    ]
    found = next(iter([*exact, *longer]), "")
    if not found:
        return None
    return BackgroundGuess(found, BY_NAME, f"kolumnnamnet liknar {background_items()[found].label.lower()}")


def background_by_question(
    question: str, labels: Mapping[float | str, str], values: Sequence[float | str]
) -> BackgroundGuess | None:
    """Recognise a column by its question and its answers.

    Parameters
    ----------
    question : str
        Question or label.
    labels : mapping of code to str
        Valid codes with their texts.
    values : sequence
        Numbers that occur, where there are not too many.

    Returns
    -------
    BackgroundGuess or None
        The first of the catalogue that the question asks for, unless it is about something or somebody else or has answers that such
        a question cannot have.
    """
    text = folded(question)
    answers = {folded(answer) for answer in labels.values()}
    for key, item in background_items().items():
        group = _asked(item, text)
        if group and _fits(key, item, answers=answers, values=values):
            extra = len(re.findall(r"\w+", text)) - len(re.findall(r"\w+", " ".join(group)))
            return BackgroundGuess(key, extra, f"frågetexten liknar {item.label.lower()}")
        if any(set(pair) <= answers for pair in item.answers):
            return BackgroundGuess(key, _BY_ANSWERS, f"svarstexterna liknar {item.label.lower()}")
    return None


def word_in(word: str, text: str, *, whole: bool = False) -> bool:
    """Tell whether a text holds a word, or a word that begins with it.

    Parameters
    ----------
    word, text : str
        Both folded.
    whole : bool
        Whether the word must end there.

    Returns
    -------
    bool
        True when it does.
    """
    end = r"\b" if whole else ""
    return re.search(rf"\b{re.escape(word)}{end}", text) is not None


def by_number(text: str) -> tuple[int, str]:
    """Order of bands such as 16–29 år: by their first number, those below it first.

    Parameters
    ----------
    text : str
        An answer.

    Returns
    -------
    tuple of int and str
        The number, -1 where there is none, and the text.
    """
    number = re.search(r"\d+", text)
    if number is None:
        return (-1, text)
    below = re.match(r"(under|upp till|yngre)", folded(text)) is not None
    return (int(number[0]) - below, text)


def _asked(item: BackgroundItem, text: str) -> tuple[str, ...]:
    """The words by which a question asks for an item; none where it is about something else."""
    if any(word_in(word, text) for word in item.not_words):
        return ()
    return next((group for group in item.words if all(word_in(word, text, whole=True) for word in group)), ())


def _fits(key: str, item: BackgroundItem, *, answers: set[str], values: Sequence[float | str]) -> bool:
    """Whether a question with these answers can be the item."""
    if key == "alder":
        return _may_be_ages(answers, values)
    known = {answer for pair in item.answers for answer in pair}
    return not (known and answers) or bool(known & answers)


def _may_be_ages(answers: set[str], values: Sequence[float | str]) -> bool:
    if answers:
        return min(by_number(answer)[0] for answer in answers) >= YOUNGEST
    numbers = [value for value in values if not isinstance(value, str)]
    return not numbers or YOUNGEST <= float(np.median(numbers)) <= OLDEST
