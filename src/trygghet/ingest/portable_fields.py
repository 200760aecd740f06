"""Fields of a portable SPSS file (.por): lines joined, characters translated, base-30 numbers, texts with their length."""

import re
from dataclasses import dataclass, field

_LINE = 80
_GREETINGS = 200
_TABLE = 256
_FIRST = 64
_TAG = "SPSSPORT"
_CHARACTERS = (
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz .<(+|&[]!$*);^-/|,%_>?`:#@'=\""
    "\0\0\0\0\0\0~" + "\0" * 21 + "{}\\"
)
_NEEDED = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ .*+-/")
_NUMBER = re.compile(r" *(?:\*.|(-?)([0-9A-T]*)(?:\.([0-9A-T]*))?(?:([+-])([0-9A-T]{1,2}))?/)", re.DOTALL)
_PADDING = 4
_LONGEST_NUMBER = 100


class BrokenPortableError(ValueError):
    """The file does not hold what a portable file holds at this place."""


@dataclass(slots=True)
class Fields:
    """A portable file from one field to the next.

    Parameters
    ----------
    text : str
        The file without line breaks; each character is one byte.
    place : int
        Where the next field begins.
    """

    text: str
    place: int = 0
    _known: dict[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, content: bytes) -> "Fields":
        """Open a file: join its lines and translate its characters by its own table.

        Parameters
        ----------
        content : bytes
            The whole file.

        Returns
        -------
        Fields
            At the record of the version.

        Raises
        ------
        BrokenPortableError
            When it is no portable file.
        """
        body = _joined(content)
        table = body[_GREETINGS : _GREETINGS + _TABLE]
        if len(table) < _TABLE:
            raise BrokenPortableError("no table of characters")
        fields = cls(body.translate(_translation(table)).decode("latin-1"), _GREETINGS + _TABLE)
        if fields.take(len(_TAG)) != _TAG:
            raise BrokenPortableError("no mark of a portable file")
        return fields

    def take(self, length: int) -> str:
        """Take characters.

        Parameters
        ----------
        length : int
            How many.

        Returns
        -------
        str
            The characters.

        Raises
        ------
        BrokenPortableError
            When the file ends before.
        """
        end = self.place + length
        if length < 0 or end > len(self.text):
            raise BrokenPortableError("ends within a field")
        taken, self.place = self.text[self.place : end], end
        return taken

    def number(self) -> float:
        """Take a number.

        Returns
        -------
        float
            The nearest double to the base-30 fraction; NaN for a system-missing value.

        Raises
        ------
        BrokenPortableError
            When no number stands here.
        """
        found = _NUMBER.match(self.text, self.place)
        if found is None:
            raise BrokenPortableError("no number")
        self.place = found.end()
        written = found[0]
        value = self._known.get(written)
        if value is None:
            value = self._known[written] = _value(found)
        return value

    def integer(self) -> int:
        """Take a count, width or length.

        Returns
        -------
        int
            A whole number, not negative.

        Raises
        ------
        BrokenPortableError
            When none stands here.
        """
        value = self.number()
        if not value >= 0 or not value.is_integer():
            raise BrokenPortableError("no whole number")
        return int(value)

    def string(self) -> str:
        """Take a text.

        Returns
        -------
        str
            Without the spaces at its end; each character is one byte.

        Raises
        ------
        BrokenPortableError
            When the file ends before it does.
        """
        return self.take(self.integer()).rstrip(" ")

    def tag(self) -> str:
        """Look at the next record's letter without taking it.

        Returns
        -------
        str
            The letter.

        Raises
        ------
        BrokenPortableError
            At the end of the file.
        """
        if self.place >= len(self.text):
            raise BrokenPortableError("ends before its data")
        return self.text[self.place]


def _joined(content: bytes) -> bytes:
    """Lines end where the transport wanted it; spaces at their ends may have been lost on the way."""
    lines = re.split(rb"\r\n?|\n", content)
    last = lines.pop()
    if _LINE * len(lines) > _PADDING * len(content) + _TABLE * _LINE:
        raise BrokenPortableError("hardly anything but line breaks")
    return b"".join(line.ljust(_LINE) for line in lines) + last


def _translation(table: bytes) -> bytes:
    """The file's bytes to ASCII; what the file's character set lacks is written as its zero."""
    zero = table[_FIRST]
    to_ascii = bytearray(range(256))
    seen: dict[str, int] = {}
    for byte, character in zip(table[_FIRST:], _CHARACTERS, strict=False):
        if character == "\0" or (byte == zero and character != "0"):
            continue
        if character in _NEEDED and byte in seen.values():
            raise BrokenPortableError("two characters are written alike")
        seen[character] = byte
        to_ascii[byte] = ord(character)
    if seen.keys() < _NEEDED:
        raise BrokenPortableError("characters are missing")
    return bytes(to_ascii)


def _value(found: re.Match[str]) -> float:
    sign, whole, fraction, direction, power = found.groups()
    if found[0].lstrip(" ").startswith("*"):
        return float("nan")
    digits = f"{whole}{fraction or ''}"
    if not 0 < len(digits) <= _LONGEST_NUMBER:
        raise BrokenPortableError("a number without digits, or with too many")
    exponent = (int(power, 30) if power else 0) * (-1 if direction == "-" else 1) - len(fraction or "")
    mantissa = int(digits, 30)
    try:
        size = mantissa * 30**exponent if exponent >= 0 else mantissa / 30**-exponent
        value = float(size)
    except OverflowError:
        raise BrokenPortableError("a number beyond all measure") from None
    return -value if sign else value
