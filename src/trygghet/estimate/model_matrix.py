"""From predictors to the columns of a model: numbers as they are, categories against their first one."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from trygghet._typing import BoolArray, FloatArray
from trygghet.codebook import Codebook
from trygghet.design import FrameColumns, SurveyDesign

CONSTANT = "(konstant)"


@dataclass(frozen=True, slots=True, eq=False)
class ModelMatrix:
    """Columns of a model.

    Parameters
    ----------
    values : ndarray, shape (n, p)
        Columns; NaN where a predictor is missing.
    names, terms, categories : tuple of str, length p
        Name of each column, the predictor it belongs to, and its category; empty for the constant and for numbers.
    """

    values: FloatArray
    names: tuple[str, ...]
    terms: tuple[str, ...]
    categories: tuple[str, ...]

    @property
    def complete(self) -> BoolArray:
        """Rows with every predictor, shape (n,)."""
        return np.asarray(np.isfinite(self.values).all(axis=1), dtype=np.bool_)

    def switched(self, X: FloatArray, place: int) -> tuple[FloatArray, FloatArray]:
        """Give every row one category of a predictor, and its reference category.

        Parameters
        ----------
        X : ndarray, shape (n, p)
            Columns of the model.
        place : int
            Column of the category.

        Returns
        -------
        tuple of ndarray, shape (n, p)
            With the category, and with the first one.
        """
        same = [other for other, term in enumerate(self.terms) if term == self.terms[place]]
        this, none = X.copy(), X.copy()
        none[:, same], this[:, same] = 0.0, 0.0
        this[:, place] = 1.0
        return this, none


def model_matrix(design: SurveyDesign, predictors: Sequence[str]) -> ModelMatrix:
    """Lay predictors out as the columns of a model.

    Parameters
    ----------
    design : SurveyDesign
        The sample.
    predictors : sequence of str
        Numeric columns, indicators, or categorical variables.

    Returns
    -------
    ModelMatrix
        With a constant first. A category that nobody has gets no column; the first one that somebody has is the reference.

    Raises
    ------
    DesignError
        When there is no such column.
    """
    columns: list[FloatArray] = [np.ones(design.n)]
    names, terms, categories = [CONSTANT], [""], [""]
    for predictor in predictors:
        if not is_categorical(design, predictor):
            columns.append(design.columns.numeric(predictor))
            names, terms, categories = [*names, predictor], [*terms, predictor], [*categories, ""]
            continue
        group = design.columns.groups(predictor)
        present = np.unique(group.codes[group.codes >= 0])
        for code in present[1:]:
            columns.append(np.where(group.codes < 0, np.nan, (group.codes == code).astype(np.float64)))
            names.append(f"{predictor}: {group.labels[code]}")
            terms.append(predictor)
            categories.append(str(group.labels[code]))
    return ModelMatrix(np.column_stack(columns), tuple(names), tuple(terms), tuple(categories))


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
