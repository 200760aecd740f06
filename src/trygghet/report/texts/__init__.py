"""The catalogue of everything the report writes, in Swedish and English; placeholders are filled by :meth:`str.format`."""

from typing import Final

from trygghet.claims.wording.shown import SHOWN
from trygghet.claims.wording.text import Text
from trygghet.report.texts.figures import FIGURE_TEXTS
from trygghet.report.texts.form import FORM_TEXTS
from trygghet.report.texts.method import METHOD_TEXTS
from trygghet.report.texts.notes import NOTE_TEXTS
from trygghet.report.texts.page import PAGE_TEXTS
from trygghet.report.texts.promise import PROMISE_TEXTS
from trygghet.report.texts.ranks import RANK_TEXTS
from trygghet.report.texts.word import WORD_TEXTS

_PARTS = (
    SHOWN,
    FIGURE_TEXTS,
    FORM_TEXTS,
    METHOD_TEXTS,
    NOTE_TEXTS,
    PAGE_TEXTS,
    PROMISE_TEXTS,
    RANK_TEXTS,
    WORD_TEXTS,
)
TEXTS: Final[dict[str, Text]] = {key: text for part in _PARTS for key, text in part.items()}

__all__ = ["TEXTS", "Text"]
