"""The one type that may leave: a result that went through the disclosure rules."""

import html
from dataclasses import InitVar, dataclass
from typing import Final, Generic, Literal, TypeVar

from trygghet.disclosure.rules import DisclosureRules
from trygghet.errors import DisclosureError, Problem

T_co = TypeVar("T_co", covariant=True)

Reason = Literal["base", "numerator", "linked", "derived"]

_SEAL: Final = object()


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """What a number is about, whichever result it stands in.

    Parameters
    ----------
    wave, stream : str
        Which answers.
    quantity : str
        ``"level"`` for a share, mean or total, which add up over domains; ``"count"`` for a count of a table; else the
        estimand, such as ``"difference"``, ``"change"`` or ``"quantile"``.
    item, category, by, domain : str
        The cell.
    """

    wave: str
    stream: str
    quantity: str
    item: str
    category: str
    by: str
    domain: str


@dataclass(frozen=True, slots=True)
class WithheldCell:
    """A cell that is not shown.

    Parameters
    ----------
    cell : Cell
        The cell.
    mark : str
        What stands in its place: ``".."``, or ``"<8 %"`` and ``">92 %"`` where 0, 1 and 2 share a mark.
    reason : {"base", "numerator", "linked", "derived"}
        Why. For the analyst's own log only: it is never published, since it would help whoever tries to find the number.
    """

    cell: Cell
    mark: str
    reason: Reason


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Publishable(Generic[T_co]):
    """A screened result; made by :func:`~trygghet.disclosure.screen` and read back by ``read_publishable``, by nothing else.

    Parameters
    ----------
    result : T
        The result, of the same type as before, without the numbers that may not be shown.
    withheld : tuple of WithheldCell
        Cells that are not shown.
    marks : tuple of str
        For every cell of the result, what stands in its place: empty where the number is shown as it is, ``".."`` withheld,
        ``"<8 %"`` a shared mark of small numerators, ``"()"`` shown within parentheses because it is uncertain,
        ``"."`` not asked or nobody asked.
    rules : DisclosureRules
        Rules that were used.
    digest : str
        SHA-256 of everything above.
    seal : object
        Proof that the screen made it.

    Raises
    ------
    DisclosureError
        SEK-01 when it is made by anything but the screen.
    """

    result: T_co
    withheld: tuple[WithheldCell, ...]
    marks: tuple[str, ...]
    rules: DisclosureRules
    digest: str
    seal: InitVar[object]

    def __post_init__(self, seal: object) -> None:
        if seal is not _SEAL:
            raise DisclosureError(
                Problem(
                    code="SEK-01",
                    what="A Publishable was about to be made outside the screen.",
                    why="Only screened results may leave.",
                    remedy="Call screen({name: result, ...}, rules) with everything that will be published together.",
                )
            )

    def __repr__(self) -> str:
        shown = len(self.marks) - len(self.withheld)
        return f"Publishable[{type(self.result).__name__}]({shown} shown, {len(self.withheld)} withheld)"

    def _repr_html_(self) -> str:
        """In Jupyter: how much is withheld, and what is left of the result."""
        told = html.escape(repr(self), quote=False)
        inner = getattr(self.result, "_repr_html_", None)
        body = f"<pre>{html.escape(repr(self.result), quote=False)}</pre>" if inner is None else inner()
        return f"<p>{told}</p>\n{body}"


def refuse_unscreened(given: object) -> None:
    """Stop whatever is about to leave and has not been screened; at the entry of everything that writes or gathers.

    Parameters
    ----------
    given : object
        One thing, or a sequence of them.

    Raises
    ------
    DisclosureError
        SEK-15 when any of it is no Publishable.
    """
    wrong = unscreened_types(given)
    if wrong:
        raise DisclosureError(
            Problem(
                code="SEK-15",
                what=f"{' and '.join(wrong)}: not screened, and about to leave.",
                why="Only screened results may leave.",
                remedy="Screen it first: screen({name: result, ...}, rules).",
                facts={"typ": ", ".join(wrong)},
            )
        )


def unscreened_types(given: object) -> tuple[str, ...]:
    """Name the types of what has not been screened.

    Parameters
    ----------
    given : object
        One thing, or a list or tuple of things at any depth.

    Returns
    -------
    tuple of str
        Names of types, each once; empty where everything is a Publishable.
    """
    if isinstance(given, Publishable):
        return ()
    if isinstance(given, list | tuple):
        return tuple(dict.fromkeys(name for each in given for name in unscreened_types(each)))
    return (type(given).__name__,)


def seal_result(
    result: T_co,  # type: ignore[misc]
    withheld: tuple[WithheldCell, ...],
    marks: tuple[str, ...],
    *,
    rules: DisclosureRules,
    digest: str,
) -> Publishable[T_co]:
    """Close a masked result; for the modules of this room only.

    Parameters
    ----------
    result : T
        Masked result.
    withheld : tuple of WithheldCell
        Cells that are not shown.
    marks : tuple of str
        Mark of every cell.
    rules : DisclosureRules
        Rules that were used.
    digest : str
        SHA-256 of the content.

    Returns
    -------
    Publishable
        The sealed result.
    """
    return Publishable(result, withheld, marks, rules, digest, _SEAL)
