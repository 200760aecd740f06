"""Looking for numbers in files: every part of them, unpacked, in every spelling that a number has there."""

import io
import re
import struct
import zipfile
import zlib

import numpy as np

GEOMETRY = re.compile(
    rb'\s(?:d|x|y|x1|x2|y1|y2|cx|cy|r|rx|ry|width|height|points|transform|viewBox|gradientTransform)="[^"]*"'
)


def files(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def unpacked(name, content):
    """The bytes of a file and, where it is a package or a picture, of every part of it."""
    yield name, content
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for part in package.namelist():
                yield from unpacked(f"{name}/{part}", package.read(part))
    if content.startswith(b"\x89PNG"):
        yield from ((f"{name}/{number}.chunk", chunk) for number, chunk in enumerate(texts_of_png(content)))
    if content.startswith(b"%PDF"):
        for number, stream in enumerate(re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL)):
            yield f"{name}/{number}.stream", inflated(stream)


def inflated(stream):
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return stream


def texts_of_png(content):
    """All chunks of a picture but its pixels; compressed ones opened."""
    at = 8
    while at < len(content):
        size, kind = struct.unpack(">I4s", content[at : at + 8])
        body = content[at + 8 : at + 8 + size]
        if kind == b"zTXt":
            yield zlib.decompress(body.split(b"\0", 1)[1][1:])
        elif kind not in {b"IDAT", b"IHDR", b"IEND", b"PLTE"}:
            yield body
        at += 12 + size


def spellings(number):
    """A number as text and as bytes, in the ways in which files hold numbers; rounder ones stand there by chance."""
    for digits in range(2, 7):
        for value in (number, 100 * number):
            text = f"{value:.{digits}f}"
            if len(text.replace(".", "").lstrip("-0")) >= 4:
                yield text.encode()
                yield text.replace(".", ",").encode()
    for kind in ("<f8", ">f8", "<f4"):
        yield np.array(number, dtype=kind).tobytes()


def told(name, content):
    """What a file says: of drawings all but the coordinates, whose bytes are compared between the worlds."""
    return GEOMETRY.sub(b"", content) if name.endswith((".svg", ".html")) else content
