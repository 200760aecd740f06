"""From predictors to the columns of a model: numbers as they are, categories against their first one, and products of both."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np
import pandas as pd

from trygghet._typing import BoolArray, FloatArray
from trygghet.codebook import Codebook
from trygghet.design import FrameColumns, SurveyDesign

CONSTANT = "(konstant)"
TOGETHER, CROSSED = ":", "*"
_BY = " × "


@dataclass(frozen=True, slots=True)
class Part:
    """One factor of a column: a number, or whether a row has a category.

    Parameters
    ----------
    variable : str
        The predictor.
    category : str
        Its category; empty for a number.
    """

    variable: str
    category: str = ""

    def __str__(self) -> str:
        return f"{self.variable}: {self.category}" if self.category else self.variable


@dataclass(frozen=True, slots=True, eq=False)
class ModelMatrix:
    """Columns of a model.

    Parameters
    ----------
    values : ndarray, shape (n, p)
        Columns; NaN where a predictor is missing.
    names, terms : tuple of str, length p
        Name of each column and the term it belongs to; the constant's term is empty.
    parts : tuple of tuple of Part, length p
        What is multiplied in each column; nothing for the constant.
    known : mapping of Part to ndarray, shape (n,)
        Values of each number and category, the reference categories among them.
    references : mapping of str to str
        First category of each categorical predictor.
    """

    values: FloatArray
    names: tuple[str, ...]
    terms: tuple[str, ...]
    parts: tuple[tuple[Part, ...], ...]
    known: Mapping[Part, FloatArray]
    references: Mapping[str, str]

    @property
    def complete(self) -> BoolArray:
        """Rows with every predictor, shape (n,)."""
        complete = np.isfinite(self.values).all(axis=1)
        for values in self.known.values():
            complete &= np.isfinite(values)
        return np.asarray(complete, dtype=np.bool_)

    @property
    def effects(self) -> tuple[Part, ...]:
        """Numbers, and categories beside the references: what has an effect of its own."""
        return tuple(part for part in self.known if self.references.get(part.variable) != part.category)

    def switched(self, X: FloatArray, part: Part) -> tuple[FloatArray, FloatArray]:
        """Give every row one category of a predictor, and its reference category, in every term.

        Parameters
        ----------
        X : ndarray, shape (n, p)
            Columns of the model; 0 outside the domain.
        part : Part
            The category.

        Returns
        -------
        tuple of ndarray, shape (n, p)
            With the category, and with the first one.
        """
        return self._with(X, part.variable, part.category), self._with(
            X, part.variable, self.references[part.variable]
        )

    def slopes(self, X: FloatArray, part: Part) -> FloatArray:
        """Derivative of every column by a number.

        Parameters
        ----------
        X : ndarray, shape (n, p)
            Columns of the model; 0 outside the domain.
        part : Part
            The number.

        Returns
        -------
        ndarray, shape (n, p)
            What the number is multiplied by; 0 in columns without it.
        """
        found = np.zeros_like(X)
        for place, parts in enumerate(self.parts):
            if part in parts:
                found[:, place] = self._product(X, [other for other in parts if other != part])
        return found

    def _with(self, X: FloatArray, variable: str, category: str) -> FloatArray:
        found = X.copy()
        for place, parts in enumerate(self.parts):
            mine = [part for part in parts if part.variable == variable]
            if mine:
                others = [part for part in parts if part.variable != variable]
                found[:, place] = self._product(X, others) if mine[0].category == category else 0.0
        return found

    def _product(self, X: FloatArray, parts: Sequence[Part]) -> FloatArray:
        """Product of some parts, 0 outside the domain as the constant is."""
        inside = X[:, 0] != 0
        found = np.where(inside, 1.0, 0.0)
        for part in parts:
            found = np.where(inside, found * self.known[part], 0.0)
        return found


def model_matrix(design: SurveyDesign, predictors: Sequence[str], counted: BoolArray) -> ModelMatrix:
    """Lay predictors out as the columns of a model.

    Parameters
    ----------
    design : SurveyDesign
        The sample.
    predictors : sequence of str
        Numeric columns, indicators or categorical variables; ``a:b`` for their products, ``a*b`` for both and their products.
    counted : ndarray of bool, shape (n,)
        Rows of the domain, with or without all predictors.

    Returns
    -------
    ModelMatrix
        With a constant first, then single predictors, pairs and so on. A category or a combination that nobody in the domain has gets no
        column; the first category that somebody has is the reference.

    Raises
    ------
    DesignError
        When there is no such column.

    Notes
    -----
    A categorical predictor of a product is coded against its reference where the product without it is in the model, and by all its
    categories where it is not, as in R's ``model.matrix``: ``x:area`` alone gives each area a slope, ``x*area`` the differences from
    the first area's.
    """
    terms = terms_of(design, predictors)
    known, references = _known(design, list(dict.fromkeys(name for term in terms for name in term)), counted)
    columns, names, labels = [np.ones(design.n)], [CONSTANT], [""]
    parts: list[tuple[Part, ...]] = [()]
    there = {frozenset[str](), *map(frozenset[str], terms)}
    for term in terms:
        for found in _combinations(term, known, references, there=there):
            column = np.prod([known[part] for part in found], axis=0)
            if len(term) > 1 and not column[counted & np.isfinite(column)].any():
                continue
            columns.append(column)
            names.append(_BY.join(map(str, found)))
            labels.append(TOGETHER.join(term))
            parts.append(found)
    return ModelMatrix(np.column_stack(columns), tuple(names), tuple(labels), tuple(parts), known, references)


def terms_of(design: SurveyDesign, predictors: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Write predictors out as products of variables, single ones first.

    Parameters
    ----------
    design : SurveyDesign
        The sample; a column whose own name holds ``:`` or ``*`` is that column.
    predictors : sequence of str
        Names, ``a:b`` and ``a*b``.

    Returns
    -------
    tuple of tuple of str
        Variables of each term, each term once.
    """
    written = [
        [[one]] if is_column(design, one) else [_pieces(piece) for piece in one.split(CROSSED)]
        for one in predictors
    ]
    order = list(dict.fromkeys(name for crossed in written for pieces in crossed for name in pieces))
    found: dict[frozenset[str], None] = {}
    for crossed in written:
        for size in range(1, len(crossed) + 1):
            for some in combinations(crossed, size):
                found.setdefault(frozenset(name for pieces in some for name in pieces))
    by_size = sorted(found, key=len)
    return tuple(tuple(sorted(term, key=order.index)) for term in by_size)


def same_term(one: str, other: str) -> bool:
    """Whether two terms are the product of the same variables.

    Parameters
    ----------
    one, other : str
        Terms such as ``a:b``.

    Returns
    -------
    bool
        True for ``a:b`` and ``b:a``.
    """
    return one == other or sorted(_pieces(one)) == sorted(_pieces(other))


def is_column(design: SurveyDesign, name: str) -> bool:
    """Whether a name is that of a column.

    Parameters
    ----------
    design : SurveyDesign
        The sample.
    name : str
        A predictor.

    Returns
    -------
    bool
        Names without ``:`` and ``*`` are taken to be.
    """
    if TOGETHER not in name and CROSSED not in name:
        return True
    columns = design.columns
    return isinstance(columns, FrameColumns) and name in columns.frame.columns


def is_categorical(design: SurveyDesign, name: str) -> bool:
    """Whether a predictor is a category and not a number.

    Parameters
    ----------
    design : SurveyDesign
        The sample.
    name : str
        The predictor.

    Returns
    -------
    bool
        True for nominal and ordinal variables of a codebook, and for texts and categories of a plain table.
    """
    book: Codebook | None = design.codebook
    if book is not None:
        return name in book.all_variables and book.all_variables[name].kind in {"nominal", "ordinal"}
    columns = design.columns
    if isinstance(columns, FrameColumns):
        return not pd.api.types.is_numeric_dtype(columns.column(name)) or isinstance(
            columns.column(name).dtype, pd.CategoricalDtype
        )
    return False


def _pieces(text: str) -> list[str]:
    return [piece.strip() for piece in text.split(TOGETHER)]


def _known(
    design: SurveyDesign, variables: Iterable[str], counted: BoolArray
) -> tuple[dict[Part, FloatArray], dict[str, str]]:
    """Values of every number and category among the rows that have all of them, and the reference of each variable."""
    numbers, groups = {}, {}
    counted = counted.copy()
    for name in variables:
        if is_categorical(design, name):
            groups[name] = design.columns.groups(name)
            counted &= groups[name].codes >= 0
        else:
            numbers[name] = design.columns.numeric(name)
            counted &= np.isfinite(numbers[name])
    known: dict[Part, FloatArray] = {}
    references: dict[str, str] = {}
    for name in variables:
        if name in numbers:
            known[Part(name)] = numbers[name]
            continue
        codes, labels = groups[name].codes, groups[name].labels
        for code in np.unique(codes[counted]):
            label = str(labels[code])
            references.setdefault(name, label)
            known[Part(name, label)] = np.where(codes < 0, np.nan, (codes == code).astype(np.float64))
    return known, references


def _combinations(
    term: tuple[str, ...],
    known: Mapping[Part, FloatArray],
    references: Mapping[str, str],
    *,
    there: set[frozenset[str]],
) -> Iterator[tuple[Part, ...]]:
    """Columns of a term; the first variable's categories change fastest."""
    choices = []
    for name in term:
        mine = [part for part in known if part.variable == name]
        against = name in references and frozenset(term) - {name} in there
        choices.append([part for part in mine if not against or part.category != references[name]])
    for found in product(*reversed(choices)):
        yield tuple(reversed(found))
