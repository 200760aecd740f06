"""Guesses about one column of an unknown file, each with its reason."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from trygghet.codebook import CatalogueItem, background_items, catalogue, scales, standard_answer
from trygghet.codebook.names import folded
from trygghet.ingest.decode import as_numbers, code_text
from trygghet.ingest.guess_background import (
    background_by_name,
    background_by_question,
    by_number,
    word_in,
)
from trygghet.ingest.personal_data import findings, is_personal_name

_KINDS_BY_TEXT = {
    "dont_know": r"vet (ej|inte)|ingen uppfattning|ingen åsikt|kan inte (säga|svara)|don.t know",
    "refused": r"vill (ej|inte)|avböj|refus",
    "double_mark": r"dubbelmarker|dubbelkryss|flera (kryss|svar)|felaktigt ifylld",
    "not_asked": r"ej ställd|inte ställd|ej aktuell|ej tillämplig|frågan ej|not applicable|not asked|not coded",
    "no_answer": r"ej svar|inget svar|uppgift saknas|svar saknas|ej besvara|no answer|not available|missing|bortfall",
}
_GRADED = re.compile(
    r"\b(mycket|ganska|varken|helt|delvis|litet|inte alls|aldrig|sällan|ofta|very|fairly|often|never|flera gånger)\b"
)
_RESERVED = frozenset({8.0, 9.0, 88.0, 96.0, 97.0, 98.0, 99.0, -1.0, 998.0, 999.0, 9999.0})
_FEW = 12
_OFTEN = 3
_OWN_WORDS = re.compile(
    r"(?:utsatts?|utsättas|utsatt) för (.+?)\?|avstått från (.+?)(?: på grund av|\?)", re.IGNORECASE
)
_ANOTHER = "Annat, nämligen"


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """What a column seems to be.

    Parameters
    ----------
    column : str
        The file's name.
    question : str
        Its question or label.
    kind : str
        ``nominal``, ``ordinal``, ``continuous`` or ``text``.
    labels : mapping of code to str
        Valid codes.
    missing : mapping of code to kind
        Codes that are no answers.
    item : str
        Matching id in the catalogue; empty where none matches.
    background : str
        Matching background variable, weight or design column; empty where none matches.
    distance : int
        How much else the question says than what the background variable is called; see :class:`BackgroundGuess`.
    about : str
        What the question is about within its battery; empty where the catalogue's words do.
    other : code, optional
        Code of the answers that respondents wrote themselves.
    reasons : tuple of str
        Why, in Swedish.
    doubts : tuple of str
        What the analyst must look at.
    """

    column: str
    question: str
    kind: str
    labels: Mapping[float | str, str] = field(default_factory=dict)
    missing: Mapping[float | str, str] = field(default_factory=dict)
    item: str = ""
    background: str = ""
    distance: int = 0
    about: str = ""
    other: float | None = None
    reasons: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def used(self) -> bool:
        """Whether the column belongs among the used ones."""
        kept = self.background and background_items()[self.background].kept
        return bool(self.item or kept) and self.kind != "text"


def guess_column(
    column: pd.Series,
    *,
    question: str,
    labels: Mapping[float | str, str],
    user_missing: tuple[tuple[float | str, float | str], ...],
) -> ColumnGuess:
    """Guess what a column is from its name, question, labels and values.

    Parameters
    ----------
    column : Series
        Its cells; the series' name is the column's name.
    question : str
        Its question or label.
    labels : mapping of code to str
        Value labels in the file.
    user_missing : tuple of (low, high)
        What the file calls missing.

    Returns
    -------
    ColumnGuess
        Kind, codes, matches, reasons and doubts.
    """
    name = str(column.name)
    column = _untagged(column)
    reasons: list[str] = []
    doubts: list[str] = []
    values = _values(column)
    other: float | None = None
    texts = not labels
    if texts:
        labels, other = _labels_from_texts(column)
    missing = _missing(values, labels, user_missing=user_missing, reasons=reasons, doubts=doubts)
    valid = {code: text for code, text in labels.items() if code not in missing}
    if texts:
        missing = {labels.get(code, code): kind for code, kind in missing.items()}
    strange = [
        code for code in values if code not in valid and code not in missing and not isinstance(code, str)
    ]
    if len(strange) > len(valid):
        valid = {}
    elif valid:
        valid |= {code: f"Kod {code_text(code)}" for code in strange}
        doubts += [f"koden {code_text(code)} saknar svarstext i filen" for code in strange]
    kind = _kind(column, valid, reasons)
    background = background_by_name(name)
    item = (
        ""
        if background or kind in {"text", "continuous"}
        else _item(question or name, valid, reasons=reasons, doubts=doubts)
    )
    if not background and not item:
        background = background_by_question(question or name, valid, values)
    reasons += [background.reason] if background else []
    if item and kind == "nominal" and len(valid) > 2 and catalogue()[item].scale:
        kind = "ordinal"
    if kind in {"nominal", "ordinal"} and not valid:
        kind = "continuous"
    if kind == "ordinal" and not pd.api.types.is_numeric_dtype(column) and not _known_order(valid):
        doubts.append("svarstexternas ordning är okänd")
    return ColumnGuess(
        name,
        question,
        kind,
        valid if kind != "continuous" else {},
        missing,
        item=item,
        background=background.key if background else "",
        distance=background.distance if background else 0,
        about=_about(item, question or name),
        other=other,
        reasons=tuple(reasons),
        doubts=tuple(doubts),
    )


def _untagged(column: pd.Series) -> pd.Series:
    """Numbers where a column holds numbers and Stata's tagged missing values (".a"), which are read as texts."""
    if pd.api.types.is_numeric_dtype(column):
        return column
    tagged = column.astype("string").str.fullmatch(r"\.[a-z]").fillna(value=False).astype(bool)
    numbers = as_numbers(column.where(~tagged)) if tagged.any() else None
    return column if numbers is None else pd.Series(numbers, name=column.name, index=column.index)


def _values(column: pd.Series) -> list[float | str]:
    if not pd.api.types.is_numeric_dtype(column):
        return []
    found = np.unique(column.dropna().to_numpy(dtype=np.float64))
    return [float(value) for value in found] if len(found) <= 200 else []


def _labels_from_texts(column: pd.Series) -> tuple[Mapping[float | str, str], float | None]:
    """Answer texts instead of codes: few texts that recur become labels, texts of the respondents' own one code."""
    if pd.api.types.is_numeric_dtype(column) or is_personal_name(str(column.name)) or findings(column):
        return {}, None
    counts = column.dropna().map(lambda cell: " ".join(str(cell).split())).value_counts()
    known = {answer for scale in scales().values() for answer in map(folded, scale)}
    texts = [
        str(text)
        for text, rows in counts.items()
        if text and (rows > 1 or standard_answer(str(text)) in known)
    ]
    own = int(counts.sum() - counts[texts].sum())
    if own and (10 * own > counts.sum() or min(counts[texts], default=0) < _OFTEN):
        return {}, None
    if not texts or len(texts) > _FEW or max(map(len, texts)) > 80:
        return {}, None
    order = _scale_order(texts) or sorted(texts, key=by_number)
    labels: dict[float | str, str] = {float(code): text for code, text in enumerate(order, start=1)}
    if not own:
        return labels, None
    another = next((code for code, text in labels.items() if folded(text).startswith("anna")), None)
    if another is None:
        another = float(len(labels) + 1)
        labels[another] = _ANOTHER
    return labels, float(another)


def _scale_order(texts: list[str]) -> list[str] | None:
    """The order of the catalogue's scale that holds most of the texts."""
    present = {standard_answer(text): text for text in texts}
    orders = [
        [present[folded(text)] for text in scale if folded(text) in present] for scale in scales().values()
    ]
    order = max(orders, key=len)
    if len(order) >= 2 and len(order) >= len(texts) - 3:
        return [*order, *sorted(text for text in texts if text not in order)]
    return None


def _known_order(labels: Mapping[float | str, str]) -> bool:
    """Whether a scale of the catalogue holds all the answers, or each of them starts with a number."""
    answers = {standard_answer(text) for text in labels.values()}
    return _in_a_scale(answers) or all(by_number(text)[0] >= 0 for text in labels.values())


def _in_a_scale(answers: set[str]) -> bool:
    return any(answers <= {folded(text) for text in scale} for scale in scales().values())


def _missing(
    values: list[float | str],
    labels: Mapping[float | str, str],
    *,
    user_missing: tuple[tuple[float | str, float | str], ...],
    reasons: list[str],
    doubts: list[str],
) -> dict[float | str, str]:
    found: dict[float | str, str] = {}
    for code, text in labels.items():
        kind = next(
            (kind for kind, pattern in _KINDS_BY_TEXT.items() if re.search(pattern, folded(text))), None
        )
        if kind is not None:
            found[code] = kind
            if user_missing and not _declared(code, user_missing) and not str(code).startswith("."):
                doubts.append(f"”{text}” ({_shown(code)}) räknas som bortfall, men filen säger inte det")
    for code in {*labels, *values}:
        if code not in found and _declared(code, user_missing):
            found[code] = "no_answer"
            doubts.append(f"filen anger {_shown(code)} som bortfall, men inte av vilket slag")
    found |= _above_scale(values, labels, found=found, doubts=doubts)
    for low, _high in user_missing:
        if isinstance(low, str) and low not in found:
            found[low] = "no_answer"
            doubts.append(f"{low} är märkt som bortfall, men inte av vilket slag")
    if found:
        reasons.append("bortfallskoder ur svarstexter och filens märkning")
    return dict(sorted(found.items(), key=lambda pair: str(pair[0])))


def _above_scale(
    values: list[float | str],
    labels: Mapping[float | str, str],
    *,
    found: Mapping[float | str, str],
    doubts: list[str],
) -> dict[float | str, str]:
    """Reserved codes such as 96-99 without a text above a labelled scale."""
    scale = [code for code in labels if not isinstance(code, str) and code not in found]
    strange = [
        code
        for code in values
        if scale
        and not isinstance(code, str)
        and code not in labels
        and code not in found
        and code in _RESERVED
        and not min(scale) <= code <= max(scale)
    ]
    doubts += [f"koden {_shown(code)} ligger utanför skalan och saknar svarstext" for code in strange]
    return dict.fromkeys(strange, "no_answer")


def _declared(code: float | str, user_missing: tuple[tuple[float | str, float | str], ...]) -> bool:
    return any(
        low == code
        or (
            not isinstance(code, str)
            and not isinstance(low, str)
            and not isinstance(high, str)
            and low <= code <= high
        )
        for low, high in user_missing
    )


def _kind(column: pd.Series, labels: Mapping[float | str, str], reasons: list[str]) -> str:
    if labels:
        graded = sum(bool(_GRADED.search(folded(text))) for text in labels.values())
        if len(labels) > 2 and 2 * graded >= len(labels):
            reasons.append("svarsskala med grader")
            return "ordinal"
        bands = len(labels) > 2 and all(by_number(text)[0] >= 0 for text in labels.values())
        return "ordinal" if bands else "nominal"
    if pd.api.types.is_numeric_dtype(column):
        reasons.append("tal utan svarstexter")
        return "continuous"
    reasons.append("fritext eller texter som inte återkommer")
    return "text"


def _item(question: str, labels: Mapping[float | str, str], *, reasons: list[str], doubts: list[str]) -> str:
    text = folded(question)
    answers = {standard_answer(answer) for answer in labels.values()}
    best, length = "", 0
    for key, item in catalogue().items():
        for group in () if item.published else item.words:
            if all(word_in(word, text) for word in group) and sum(map(len, group)) > length:
                best, length = key, sum(map(len, group))
    if best:
        reasons.append(f"frågetexten liknar frågan {best}")
        if catalogue()[best].scale and not _in_a_scale(answers):
            doubts.append(f"svarsskalan är en annan än frågeformulärets för {best}")
        return best
    best = _statement(text, answers)
    if best:
        reasons.append(f"påståendet och svarsskalan liknar frågan {best}")
    return best


def _statement(text: str, answers: set[str]) -> str:
    """A battery's statement alone, as web forms name its columns: the scale tells which battery it belongs to."""
    best, length = "", 0
    for key, item in catalogue().items():
        fits = (
            item.scale and answers <= {folded(answer) for answer in scales()[item.scale]} and len(answers) > 2
        )
        for spelling in item.spellings if fits else ():
            if word_in(spelling, text) and len(spelling) > length:
                best, length = key, len(spelling)
    return best


def _about(item: str, question: str) -> str:
    """What a battery's question is about in its own words: what stands after the question mark, or the bare statement."""
    if not item or not catalogue()[item].spellings:
        return ""
    own = _OWN_WORDS.search(question)
    if own:
        return str(own[1] or own[2])
    after = question.rpartition("?")[2].strip(" :.–-[]")
    if after or "?" in question:
        return after
    known: CatalogueItem = catalogue()[item]
    whole = any(all(word_in(word, folded(question)) for word in group) for group in known.words)
    return "" if whole else question.strip(" :.–-[]0123456789")


def _shown(code: float | str) -> str:
    return code if isinstance(code, str) else code_text(code)
