"""What the reader of a report is told of how its weights were made, in the report's language and without counts of persons."""

from collections.abc import Iterator

from trygghet.codebook import Codebook
from trygghet.errors import Problem
from trygghet.report.wording import Wording
from trygghet.weighting import Weights


def weight_remarks(weights: Weights, book: Codebook, words: Wording) -> Iterator[str]:
    """Sentences for the method annex about a calibration that worked.

    The analyst sees every note with its counts and groups when the weights are made. What is published says the same without
    numbers of persons, which nobody has screened.

    Parameters
    ----------
    weights : Weights
        Weights of the stream that the report is about.
    book : Codebook
        Labels of its variables.
    words : Wording
        Language.

    Yields
    ------
    str
        One sentence a note; notes that concern the analyst alone are left out.
    """
    if weights.gap > 0:
        yield words["weights.gap"].format(gap=words.percent(weights.gap, 2))
    lacking = tuple(_within(book.label_of(name)) for name in weights.unplaced if name in book.all_variables)
    if lacking:
        rule = "as_respondents" if any(note.code == "VIKT-81" for note in weights.notes) else "unplaced"
        yield words[f"weights.{rule}"].format(variables=words.listing(lacking))
    for note in weights.notes:
        template = _TOLD.get(note.code)
        if template:
            yield words[template].format(**_facts(note, book, words))


_TOLD = {
    "VIKT-55": "weights.merged",
    "VIKT-56": "weights.thin",
    "VIKT-57": "weights.many",
    "VIKT-58": "weights.dates",
    "VIKT-59": "weights.old",
    "VIKT-65": "weights.within",
    "VIKT-66": "weights.uncrossed",
}


def _facts(note: Problem, book: Codebook, words: Wording) -> dict[str, str]:
    """Facts of a note as they are printed: numbers in the language's form, variables by their labels."""
    printed = {
        name: words.number(value) if isinstance(value, (int, float)) else str(value).replace(" * ", " × ")
        for name, value in note.facts.items()
    }
    for name in ("tabell", "omrade"):
        if name in printed:
            parts = printed[name].split(" × ")
            labels = (book.label_of(each) if each in book.all_variables else each for each in parts)
            printed[name] = " × ".join(map(_within, labels))
    return printed


def _within(label: str) -> str:
    """A label inside a sentence: a capital stays only where it is no first letter of a word."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
