"""Pieces of HTML for Jupyter."""

from collections.abc import Sequence
from html import escape


def told_html(title: str, lines: Sequence[str]) -> str:
    """Lay a description out as a heading with a list under it.

    Parameters
    ----------
    title : str
        What it is about.
    lines : sequence of str
        What there is to know.

    Returns
    -------
    str
        HTML; every sign of the texts stands for itself.

    Examples
    --------
    >>> told_html("Population", ["N < 100"])
    '<div><p><strong>Population</strong></p><ul><li>N &lt; 100</li></ul></div>'
    """
    items = "".join(f"<li>{escape(line.strip())}</li>" for line in lines)
    return f"<div><p><strong>{escape(title)}</strong></p><ul>{items}</ul></div>"
