"""A variable's card: its question, codes, missing kinds and counts."""

import html
from dataclasses import dataclass

import numpy as np
import pandas as pd

from trygghet.codebook import Codebook, MissingKind


@dataclass(frozen=True, slots=True)
class VariableCard:
    """What a variable, an indicator's source or a block holds, with counts of answers.

    Parameters
    ----------
    name, label, question, kind : str
        From the codebook.
    counts : tuple of (code, label, number)
        Valid answers by code, in their declared order.
    missing : tuple of (kind, number)
        Missing answers by kind, those that occur.
    """

    name: str
    label: str
    question: str
    kind: str
    counts: tuple[tuple[str, str, int], ...]
    missing: tuple[tuple[str, int], ...]

    def __repr__(self) -> str:
        lines = [f"{self.name}: {self.label} ({self.kind})"]
        if self.question:
            lines.append(f"  {self.question}")
        lines += [f"  {code:>4}  {label:<45} {number:>7}" for code, label, number in self.counts]
        lines += [f"     –  {kind:<45} {number:>7}" for kind, number in self.missing]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        rows = [(code, label, str(number)) for code, label, number in self.counts]
        rows += [("–", kind, str(number)) for kind, number in self.missing]
        body = "".join(
            f"<tr><th scope='row'>{html.escape(code)}</th><td>{html.escape(text)}</td><td>{number}</td></tr>"
            for code, text, number in rows
        )
        return (
            f"<table><caption><b>{html.escape(self.name)}</b> {html.escape(self.label)}<br>{html.escape(self.question)}"
            f"</caption><thead><tr><th scope='col'>Kod</th><th scope='col'>Svar</th><th scope='col'>Antal</th></tr></thead>"
            f"<tbody>{body}</tbody></table>"
        )


def card_of(codebook: Codebook, name: str, *, frame: pd.DataFrame, missing: pd.DataFrame) -> VariableCard:
    """Count a variable's answers.

    Parameters
    ----------
    codebook : Codebook
        What the columns mean.
    name : str
        A variable, an indicator or a balance (its source is shown), or a multi-response block.
    frame, missing : DataFrame
        The survey's values and kinds of missing values.

    Returns
    -------
    VariableCard
        The card.

    Raises
    ------
    CodebookError
        When there is no such name.
    """
    source = codebook.indicators.get(name) or codebook.balance.get(name)
    name = source.from_ if source else name
    if name in codebook.multi_response:
        return _block_card(codebook, name, frame=frame, missing=missing)
    variable = codebook.variable(name)
    if variable.kind == "continuous":
        low, high = frame[name].min(), frame[name].max()
        counts: tuple[tuple[str, str, int], ...] = (
            (f"{low:g}–{high:g}", "värden", int(frame[name].notna().sum())),
        )
    else:
        found = frame[name].value_counts()
        counts = tuple(
            (str(code), label, int(found.get(number, 0)))
            for (code, label), number in zip(variable.labels.items(), variable.codes, strict=True)
        )
    return VariableCard(
        name, codebook.label_of(name), variable.question, variable.kind, counts, _kinds(missing[name])
    )


def _block_card(codebook: Codebook, name: str, *, frame: pd.DataFrame, missing: pd.DataFrame) -> VariableCard:
    block = codebook.block(name)
    counts = tuple(
        (option, block.label_of(option), int((frame[f"{name}.{option}"] == 1).sum()))
        for option in block.options
    )
    kinds = _kinds(missing[f"{name}.{block.options[0]}"])
    return VariableCard(name, codebook.label_of(name), block.question, "multi_response", counts, kinds)


def _kinds(column: pd.Series) -> tuple[tuple[str, int], ...]:
    numbers = np.bincount(column.to_numpy(dtype=np.int64), minlength=len(MissingKind))
    return tuple((kind.name.lower(), int(numbers[kind])) for kind in MissingKind if kind and numbers[kind])
