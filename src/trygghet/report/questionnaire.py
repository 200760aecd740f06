"""The questionnaire of a first survey as a Word file: what respondents see, and what the institute delivers."""

from collections.abc import Sequence

from docx.document import Document

from trygghet._signs import legible
from trygghet.codebook import Question, Questionnaire
from trygghet.report.inputs import Stamp
from trygghet.report.word_parts import (
    BASE,
    PROGRAM,
    answer_grid,
    data_table,
    docx_bytes,
    heading,
    new_document,
    written,
)
from trygghet.report.wording import Wording

_BOX = "☐"
_LINES = 4


def questionnaire_docx(form: Questionnaire, stamp: Stamp, words: Wording) -> bytes:
    """Write a questionnaire as a Word file.

    Parameters
    ----------
    form : Questionnaire
        The questions.
    stamp : Stamp
        Whose survey it is.
    words : Wording
        Language of what stands around the questions.

    Returns
    -------
    bytes
        Word file: the form, then a table of columns and codes for the institute.
    """
    title = form.title.format(municipality=stamp.municipality)
    document = new_document(stamp, words, title=title, status=words["form.status"])
    heading(document, title, 0)
    written(document, form.intro)
    number = 0
    for section in form.sections:
        heading(document, section.title, 1)
        for question in section.questions:
            number += 1
            _question(document, form, question, number=number)
    heading(document, words["form.to_institute"], 1, new_page=True)
    written(document, words["form.delivery"])
    rows = [
        (
            column,
            text,
            "; ".join(f"{code} = {answer}" for code, answer in codes.items()) or words["form.free"],
        )
        for column, text, codes in form.columns()
    ]
    columns = tuple(words[f"form.{name}"] for name in ("column", "question", "codes"))
    data_table(document, columns, rows, caption=words["form.caption"], widths=(1.4, 2.2, 2.2))
    return docx_bytes(document)


def _question(document: Document, form: Questionnaire, question: Question, *, number: int) -> None:
    asked = written(document, "", PROGRAM)
    asked.add_run(legible(f"{number}. {question.text}")).bold = True
    asked.paragraph_format.keep_with_next = True
    ways = {"dont_know": form.dont_know} if question.dont_know else {}
    ways |= {"refused": question.refused} if question.refused else {}
    if question.kind == "battery":
        answers = [*question.codes.values(), *ways.values()]
        answer_grid(document, answers, list(question.rows.values()), mark=_BOX)
    elif question.kind == "year":
        written(document, "|__|__|__|__|")
    elif question.kind == "open":
        for _ in range(_LINES):
            written(document, "_" * 60)
    else:
        options = question.rows.values() if question.kind == "choose" else question.codes.values()
        none = [question.none] if question.none else []
        _ticks(document, [*options, *none, *ways.values()])
    document.add_paragraph(style=BASE)


def _ticks(document: Document, answers: Sequence[str]) -> None:
    for place, answer in enumerate(answers):
        line = written(document, f"{_BOX}  {answer}")
        line.paragraph_format.space_after = 0
        line.paragraph_format.keep_with_next = place + 1 < len(answers)
