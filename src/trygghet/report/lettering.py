"""Measuring and breaking text so that nothing on a figure is clipped or overlaps."""

from functools import lru_cache

from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ft2font import LoadFlags

from trygghet.report.palette import FONT, TEXT_SIZE

POINTS_PER_INCH = 72.0
LINE_SPACING = 1.25
_MEASURED_AT = 100


@lru_cache(maxsize=4096)
def width_of(text: str, size: float = TEXT_SIZE, weight: str = "normal") -> float:
    """Width of one line of text in inches.

    Parameters
    ----------
    text : str
        One line.
    size : float, default 9
        Type size in points.
    weight : str, default "normal"
        Weight of the type.

    Returns
    -------
    float
        Inches.
    """
    em = sum(_advance(sign, weight) for sign in text)
    return em * size / POINTS_PER_INCH


@lru_cache(maxsize=1024)
def _advance(sign: str, weight: str) -> float:
    """Room that a sign takes, in units of the type size; pairs that stand closer are not counted on."""
    font = get_font(findfont(FontProperties(family=FONT, weight=weight)))
    font.set_size(_MEASURED_AT, POINTS_PER_INCH)
    glyph = font.get_char_index(
        ord(sign)
    )  # 0, the box for what is missing, where the typeface lacks the sign
    return float(font.load_glyph(glyph, flags=LoadFlags.NO_HINTING).linearHoriAdvance) / 65536 / _MEASURED_AT


def figure_font() -> tuple[str, bool]:
    """Name the typeface of the figures, and tell whether it is there.

    Returns
    -------
    tuple of str and bool
        Name, and whether no other typeface has to stand in for it.
    """
    try:
        findfont(FontProperties(family=FONT), fallback_to_default=False)
    except ValueError:
        return FONT, False
    return FONT, True


def line_height(size: float = TEXT_SIZE) -> float:
    """Height of one line of text in inches.

    Parameters
    ----------
    size : float, default 9
        Type size in points.

    Returns
    -------
    float
        Inches.
    """
    return size * LINE_SPACING / POINTS_PER_INCH


def broken(text: str, width: float, *, size: float = TEXT_SIZE, weight: str = "normal") -> tuple[str, ...]:
    """Text broken into lines that fit; hard spaces hold, and a word that is too long is divided with a hyphen.

    Parameters
    ----------
    text : str
        Text to break.
    width : float
        Room in inches.
    size : float, default 9
        Type size in points.
    weight : str, default "normal"
        Weight of the type.

    Returns
    -------
    tuple of str
        Lines, at least one.
    """
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        parts = _divided(word, width, size=size, weight=weight)
        for part in parts:
            longer = f"{line} {part}".strip(" ")
            if line and (width_of(longer, size, weight) > width or part is not parts[0]):
                lines.append(line)
                longer = part
            line = longer
    return (*lines, line)


def _divided(word: str, width: float, *, size: float, weight: str) -> tuple[str, ...]:
    """Divide a word that is wider than the room."""
    parts: list[str] = []
    rest = word
    while width_of(rest, size, weight) > width and len(rest) > 2:
        fits = max(
            (cut for cut in range(2, len(rest) - 1) if width_of(rest[:cut] + "-", size, weight) <= width),
            default=2,
        )
        parts.append(rest[:fits] + "-")
        rest = rest[fits:]
    return (*parts, rest)
