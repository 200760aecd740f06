"""Writing a figure: SVG and PNG with alternative text inside, the text and a table beside; only what has been screened."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import Any

from matplotlib import style
from matplotlib.figure import Figure

from trygghet._files import write_bytes, write_text
from trygghet._signs import legible
from trygghet.disclosure import Publishable
from trygghet.report.inputs import Stamp
from trygghet.report.kinds import Plot, kind_of, plain_facts
from trygghet.report.look import PLAIN, Look
from trygghet.report.palette import FONT
from trygghet.report.screened import screened
from trygghet.report.sheet import Caption, framed
from trygghet.report.tables import Sheet, csv_bytes

PNG_DPI = 200
PNG_EFFORT = 3  # of 9: more makes these files no smaller
FIGURE_ENDINGS = (".svg", ".png", ".csv", ".alt.txt")
_STYLE: Sequence[Any] = (
    "default",
    {"font.family": FONT, "svg.hashsalt": "trygghet", "svg.fonttype": "path", "hatch.linewidth": 0.5},
)
_NO_METADATA = {"Date": None, "Creator": None, "Format": None, "Type": None}
_OPENING = re.compile(r"<svg\b[^>]*>")
_METADATA = re.compile(r"\s*<metadata>.*?</metadata>", re.DOTALL)
_NAMED = re.compile(r'(\bid="|\bhref="#|url\(#)')


def figure_of(
    publishable: "Publishable[Any] | Sequence[Publishable[Any]]",
    plot: Plot,
    *,
    stamp: Stamp,
    caption: Caption | None = None,
    look: Look = PLAIN,
) -> Figure:
    """Draw a screened result with its texts and its stamp.

    Parameters
    ----------
    publishable : Publishable or sequence of Publishable
        What the plot shows; the second of a heat table is the contrasts.
    plot : callable
        One of the plot functions of this room.
    stamp : Stamp
        What every output carries.
    caption : Caption, optional
        Texts around the figure; made from the result alone when left out.
    look : Look
        Width, language, level.

    Returns
    -------
    Figure
        A figure without any global state.

    Raises
    ------
    ReportError
        RAPP-01 for an unknown plot, RAPP-03 for something that has not been screened.
    """
    given = screened(publishable)
    results = [each.result for each in given]
    dressed = marked(look, given[0])
    texts = caption or kind_of(plot).caption(results[0], plain_facts(results[0]), dressed)
    with style.context(list(_STYLE)):
        axes = plot(*results, look=dressed)
        return framed(axes, texts, stamp, words=look.words)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A figure ready to be written.

    Parameters
    ----------
    svg : str
        Drawing with title and description.
    png : bytes
        The same as pixels.
    csv : bytes
        Its numbers.
    alt : str
        Alternative text.
    table : Sheet
        Its numbers as a table.
    """

    svg: str
    png: bytes
    csv: bytes
    alt: str
    table: Sheet


def render_figure(
    publishable: "Publishable[Any] | Sequence[Publishable[Any]]",
    plot: Plot,
    name: str,
    *,
    stamp: Stamp,
    caption: Caption | None = None,
    look: Look = PLAIN,
) -> Rendered:
    """Draw a screened result and put its table and alternative text together.

    Parameters
    ----------
    publishable : Publishable or sequence of Publishable
        What the plot shows; the second of a heat table is the contrasts.
    plot : callable
        One of the plot functions of this room.
    name : str
        Name of the figure, also of the parts inside the SVG.
    stamp : Stamp
        What every output carries.
    caption : Caption, optional
        Texts around the figure; made from the result alone when left out.
    look : Look
        Width, language, level.

    Returns
    -------
    Rendered
        Everything that belongs to the figure.

    Raises
    ------
    ReportError
        RAPP-01 for an unknown plot, RAPP-03 for something that has not been screened.
    """
    given = screened(publishable)
    results = [each.result for each in given]
    dressed = marked(look, given[0])
    kind = kind_of(plot)
    texts = caption or kind.caption(results[0], plain_facts(results[0]), dressed)
    figure = figure_of(given, plot, stamp=stamp, caption=texts, look=look)
    alt = alternative_of(given, plot, texts, stamp=stamp, look=look)
    table = kind.table(*results, look=dressed)
    return Rendered(
        svg=svg_text(figure, name, title=texts.title, description=alt),
        png=png_bytes(figure, title=texts.title, description=alt),
        csv=csv_bytes(table, stamp, look.words),
        alt=alt,
        table=table,
    )


def write_rendered(rendered: Rendered, stem: Path) -> tuple[Path, ...]:
    """Write a rendered figure as SVG, PNG, CSV and alternative text.

    Parameters
    ----------
    rendered : Rendered
        The figure.
    stem : Path
        Path without suffix.

    Returns
    -------
    tuple of Path
        The four files.
    """
    targets = tuple(stem.with_name(stem.name + suffix) for suffix in FIGURE_ENDINGS)
    write_text(targets[0], rendered.svg)
    write_bytes(targets[1], rendered.png)
    write_bytes(targets[2], rendered.csv)
    write_text(targets[3], rendered.alt + "\n")
    return targets


def export_figure(
    publishable: "Publishable[Any] | Sequence[Publishable[Any]]",
    plot: Plot,
    path_stem: str | Path,
    *,
    stamp: Stamp,
    caption: Caption | None = None,
    look: Look = PLAIN,
) -> tuple[Path, ...]:
    """Write a screened result as SVG, PNG, CSV and alternative text.

    Parameters
    ----------
    publishable : Publishable or sequence of Publishable
        What the plot shows; the second of a heat table is the contrasts.
    plot : callable
        One of the plot functions of this room.
    path_stem : str or Path
        Path without suffix; its last part also names the parts inside the SVG.
    stamp : Stamp
        What every output carries.
    caption : Caption, optional
        Texts around the figure; made from the result alone when left out.
    look : Look
        Width, language, level.

    Returns
    -------
    tuple of Path
        The four files.

    Raises
    ------
    ReportError
        RAPP-01 for an unknown plot, RAPP-03 for something that has not been screened.
    """
    stem = Path(path_stem)
    rendered = render_figure(publishable, plot, stem.name, stamp=stamp, caption=caption, look=look)
    return write_rendered(rendered, stem)


def alternative_of(
    publishables: Sequence[Publishable[Any]], plot: Plot, caption: Caption, *, stamp: Stamp, look: Look
) -> str:
    """Put together title, description, base and stamp of a figure as one text.

    Parameters
    ----------
    publishables : sequence of Publishable
        What the plot shows.
    plot : callable
        One of the plot functions of this room.
    caption : Caption
        Texts around the figure.
    stamp : Stamp
        What every output carries.
    look : Look
        Language, level.

    Returns
    -------
    str
        One paragraph.
    """
    results = [each.result for each in publishables]
    described = kind_of(plot).describe(*results, look=marked(look, publishables[0]))
    base = caption.notes[0] if caption.notes else ""
    origin = ", ".join(part for part in (stamp.municipality, stamp.diarienummer, stamp.watermark) if part)
    return " ".join(part for part in (caption.title, described, base, f"{origin}.") if part)


def svg_text(figure: Figure, name: str, *, title: str, description: str) -> str:
    """Save a figure as SVG with title and description, names that are unique on a page, and no metadata.

    Parameters
    ----------
    figure : Figure
        Figure.
    name : str
        Prefix of every name inside.
    title, description : str
        What assistive technology reads.

    Returns
    -------
    str
        SVG document.

    Raises
    ------
    AssertionError
        When matplotlib has written no SVG element.
    """
    buffer = io.StringIO()
    with style.context(list(_STYLE)):
        figure.savefig(buffer, format="svg", metadata=_NO_METADATA)
    text = legible(_METADATA.sub("", buffer.getvalue()))  # comments hold the drawn texts as they are
    text = _NAMED.sub(rf"\g<1>{name}-", text)
    text = "\n".join(line.rstrip() for line in text.splitlines()) + "\n"
    opening = _OPENING.search(text)
    if opening is None:
        raise AssertionError("matplotlib wrote no svg element")
    labelled = opening.group()[:-1] + f' role="img" aria-labelledby="{name}-title {name}-desc">'
    told = f'\n <title id="{name}-title">{escape(legible(title))}</title>'
    told += f'\n <desc id="{name}-desc">{escape(legible(description))}</desc>'
    return text[: opening.start()] + labelled + told + text[opening.end() :]


def png_bytes(figure: Figure, *, title: str, description: str) -> bytes:
    """Save a figure as PNG with title and description inside, and nothing about when or by what.

    Parameters
    ----------
    figure : Figure
        Figure.
    title, description : str
        Texts that image viewers and word processors read.

    Returns
    -------
    bytes
        PNG file.
    """
    buffer = io.BytesIO()
    texts = {"Software": None, "Title": legible(title), "Description": legible(description)}
    with style.context(list(_STYLE)):
        figure.savefig(
            buffer, format="png", dpi=PNG_DPI, metadata=texts, pil_kwargs={"compress_level": PNG_EFFORT}
        )
    return buffer.getvalue()


def marked(look: Look, publishable: Publishable[Any]) -> Look:
    """Give the look the marks that the screen set.

    Parameters
    ----------
    look : Look
        Width, language, level.
    publishable : Publishable
        Screened result.

    Returns
    -------
    Look
        The same with marks.
    """
    return replace(look, marks=publishable.marks)
