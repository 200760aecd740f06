"""Which encoding a text file has, and the repair of texts whose bytes were taken one by one."""

import codecs
from collections.abc import Collection

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UNUSED_IN_CP1252 = frozenset(b"\x81\x8d\x8f\x90\x9d")
_C1 = frozenset(range(0x80, 0xA0))


def detected(content: bytes) -> str:
    """Return the encoding of a text file: by its byte-order mark, else UTF-8 when it is valid, else cp1252 or Latin-1.

    Parameters
    ----------
    content : bytes
        The whole file.

    Returns
    -------
    str
        ``"utf-8-sig"``, ``"utf-16"``, ``"utf-8"``, ``"cp1252"`` or ``"latin-1"``. Bytes that tell cp1252 from Latin-1 are those from 0x80 to 0x9F;
        without any of them the two are the same.
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            return name
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        present = _C1 & set(content)
        return "latin-1" if not present or present & _UNUSED_IN_CP1252 else "cp1252"
    return "utf-8"


def fits_utf8(text: str) -> bool:
    """Tell whether a text that was read byte by byte is UTF-8, perhaps cut in the middle of its last character.

    Parameters
    ----------
    text : str
        Each character is one byte.

    Returns
    -------
    bool
        True when it is.
    """
    try:
        codecs.getincrementaldecoder("utf-8")().decode(_bytes(text), final=False)
    except UnicodeDecodeError:
        return False
    return True


def encoding_of(texts: Collection[str]) -> str:
    """Return the encoding of texts that were read byte by byte.

    Parameters
    ----------
    texts : collection of str
        Each character is one byte.

    Returns
    -------
    str
        ``"utf-8"`` where every text fits it, even one that is cut, and some letter beyond ASCII is whole (or there is none at all); else
        ``"cp1252"`` or ``"latin-1"``.
    """
    beyond = [text for text in texts if not text.isascii()]
    if all(fits_utf8(text) for text in beyond) and (
        not beyond or any(not repaired(text, "utf-8").isascii() for text in beyond)
    ):
        return "utf-8"
    return detected(_bytes("\n".join(["", *beyond])))


def repaired(text: str, encoding: str) -> str:
    """Decode a text that was read byte by byte; a character that was cut at the end is left out.

    Parameters
    ----------
    text : str
        Each character is one byte.
    encoding : str
        Encoding of the bytes.

    Returns
    -------
    str
        The text.
    """
    return codecs.getincrementaldecoder(encoding)(errors="replace").decode(_bytes(text), final=False)


def _bytes(text: str) -> bytes:
    return text.encode("latin-1", errors="replace")
