"""The questionnaire of a first survey: the catalogue's questions in the order in which they are asked."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from pydantic import Field

from trygghet.codebook.catalogue import catalogue, scales
from trygghet.codebook.declared import Declared
from trygghet.codebook.entries import age_entries, share_entry
from trygghet.codebook.reading import read_yaml, validated, write_yaml

DONT_KNOW, NO_ANSWER, REFUSED = 98, 99, 97
_HEAD = """# Mall: kodbok till formuläret i mappen enkat. Kopiera den till codebook.yaml om enkäten görs med det formuläret
# och svaren levereras med de kolumnnamn och koder som står sist i formuläret. Ta bort varje check: när uppgiften stämmer.
"""
_CHECKS = {
    "streams": "hur drogs urvalet, och när kom svaren in? Öppen länk för alla: self_selected",
    "areas": "skriv in kommunens områden under variables > omrade > labels",
}


class Question(Declared):
    """A question of the questionnaire.

    Parameters
    ----------
    id : str
        The catalogue's id, and the column in the file; a prefix where the question has several rows.
    kind : {"one", "battery", "choose", "year", "open"}
        One answer; one answer a row; several options; a year; a text.
    text : str
        The wording.
    scale : str
        The catalogue's scale.
    answers : tuple of str
        Answers where no scale is named.
    rows : dict of id to str
        Statements of a battery, or options of a choice.
    choose : int, optional
        Highest number of options.
    none : str
        The option that means none of the others.
    dont_know : bool
        Whether "don't know" is offered.
    refused : str
        The answer that declines to answer.
    background : bool
        Whether it describes the respondent.
    """

    id: str
    kind: Literal["one", "battery", "choose", "year", "open"]
    text: str
    scale: str = ""
    answers: tuple[str, ...] = ()
    rows: dict[str, str] = Field(default_factory=dict)
    choose: int | None = None
    none: str = ""
    dont_know: bool = False
    refused: str = ""
    background: bool = False

    @property
    def codes(self) -> dict[int, str]:
        """Codes and texts of the answers that are opinions."""
        return dict(enumerate(self.answers or scales().get(self.scale, ()), start=1))


class Section(Declared):
    """Questions under a heading.

    Parameters
    ----------
    title : str
        The heading.
    questions : tuple of Question
        The questions.
    """

    title: str
    questions: tuple[Question, ...]


class Questionnaire(Declared):
    """A questionnaire that a municipality can give to its institute.

    Parameters
    ----------
    title, intro : str
        Title, with ``{municipality}``, and what the respondent reads first.
    dont_know : str
        The text of the answer "don't know".
    sections : tuple of Section
        The questions.
    """

    title: str
    intro: str
    dont_know: str
    sections: tuple[Section, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions in their order."""
        return tuple(question for section in self.sections for question in section.questions)

    def columns(self) -> Iterator[tuple[str, str, dict[int, str]]]:
        """Tell the institute which columns the file shall have.

        Yields
        ------
        tuple of str, str and dict
            Column, question, and codes with their texts; no codes for a number or a text.
        """
        yield "lopnr", "Löpnummer utan innebörd", {}
        for question in self.questions:
            missing = self._missing_texts(question)
            if question.kind == "battery":
                for name, text in question.rows.items():
                    yield name, text, question.codes | missing
            elif question.kind == "choose":
                for name, text in [*question.rows.items(), ("inget", question.none)]:
                    yield f"{question.id}_{name}", text, {0: "Ej vald", 1: "Vald"}
            else:
                yield question.id, question.text, question.codes | missing if question.codes else {}

    def codebook_text(self, *, municipality: str, wave: str) -> str:
        """Write the codebook of a survey that was made with this questionnaire.

        Parameters
        ----------
        municipality : str
            Whose survey it is.
        wave : str
            Name of the wave.

        Returns
        -------
        str
            YAML with marks where the municipality must fill in.
        """
        year = int(wave[:4]) if wave[:4].isdigit() else None
        document: dict[str, Any] = {
            "survey": self.title.format(municipality=municipality),
            "wave": wave,
            "id": "lopnr",
            "population": {"text": f"Invånare i {municipality} från 16 år", "ages": [16, None]},
            "streams": {"whole_file": {"name": "enkät", "sampling": "self_selected"}},
            "relation": {"variable": "relation", "resident": [1]},
            "areas": {"variable": "omrade"},
            "check": _CHECKS,
            "variables": {},
            "derived": age_entries("fodelsear", born_until=year) if year else {},
            "indicators": {},
            "multi_response": {},
        }
        for question in self.questions:
            self._enter(document, question)
        return _HEAD + write_yaml(document)

    def _enter(self, document: dict[str, Any], question: Question) -> None:
        if question.kind == "choose":
            document["multi_response"][question.id] = {
                "label": "Vill prioritera",
                "question": question.text,
                "columns": {name: f"{question.id}_{name}" for name in question.rows},
                "labels": question.rows,
                "selected": 1,
                "unselected": 0,
                "none": f"{question.id}_inget",
                "choose": question.choose,
            }
            return
        rows = question.rows if question.kind == "battery" else {question.id: ""}
        for column, row in rows.items():
            item = catalogue().get(column)
            name = f"fraga_{column}" if item and item.indicator == column else column
            document["variables"][name] = self._variable(
                question, column, text=f"{question.text} {row}".strip()
            )
            share = (
                share_entry(item, name, question.codes, about=row, missing=("dont_know",)) if item else None
            )
            if item and share:
                document["indicators"][item.indicator] = share

    def _variable(self, question: Question, column: str, *, text: str) -> dict[str, Any]:
        if question.kind == "open":
            return {"column": column, "kind": "text", "question": text}
        entry: dict[str, Any] = {"column": column, "question": text}
        if question.kind == "year":
            entry |= {"kind": "continuous", "missing": {9999: "no_answer"}}
        else:
            missing = {NO_ANSWER: "no_answer"}
            missing |= {DONT_KNOW: "dont_know"} if question.dont_know else {}
            missing |= {REFUSED: "refused"} if question.refused else {}
            kind = "nominal" if question.background else "ordinal"
            entry |= {"kind": kind, "labels": question.codes, "missing": missing}
        entry |= {"item": column} if column in catalogue() else {}
        return entry | ({"role": "background"} if question.background else {})

    def _missing_texts(self, question: Question) -> dict[int, str]:
        texts = {REFUSED: question.refused} if question.refused else {}
        texts |= {DONT_KNOW: self.dont_know} if question.dont_know else {}
        return texts | {NO_ANSWER: "Ej svar"}


@cache
def questionnaire() -> Questionnaire:
    """Return the questionnaire that is shipped with the package.

    Returns
    -------
    Questionnaire
        The questionnaire.

    Examples
    --------
    >>> from trygghet.codebook import questionnaire
    >>> next(q.choose for q in questionnaire().questions if q.kind == "choose")
    3
    """
    text = (files("trygghet.codebook") / "questionnaire.yaml").read_text(encoding="utf-8")
    return validated(Questionnaire, read_yaml(text, name="questionnaire.yaml"), name="questionnaire.yaml")
