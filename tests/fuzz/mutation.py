"""Damaged survey files, each made from a seed alone."""

import random
import struct

LENGTHS = (
    b"\xff\xff\xff\x7f",
    b"\xff\xff\xff\xff",
    b"\x00\x00\x00\x00",
    b"\x00\x00\x00\x40",
    b"\x00\x00\x00\x80",
)
TEXTS = (
    "å".encode("cp1252"),
    "ÅÄÖ".encode("utf-16-le"),
    b"\xef\xbb\xbf",
    b"\x00",
    b'"',
    b'""',
    b"\r",
    b"\n\n",
    b";;;;",
    b",",
    b"\xc3",
    b"=cmd()",
    b"9" * 400,
)


def mutated(content: bytes, seed: int) -> bytes:
    """Flip bits, cut, repeat, insert odd bytes or write a huge length."""
    choice = random.Random(seed)  # noqa: S311 - damage, not secrets
    damaged = bytearray(content)
    for _ in range(choice.choice((1, 1, 2, 5))):
        if not damaged:
            break
        place = choice.randrange(len(damaged))
        how = choice.randrange(6)
        if how == 0:
            for _flip in range(choice.choice((1, 3, 30, 300))):
                damaged[choice.randrange(len(damaged))] ^= 1 << choice.randrange(8)
        elif how == 1:
            del damaged[place:]
        elif how == 2:
            damaged[place : place + 4] = choice.choice(LENGTHS)
        elif how == 3:
            damaged[place:place] = choice.choice(TEXTS)
        elif how == 4:
            end = min(len(damaged), place + choice.randrange(1, 200))
            damaged[place:place] = damaged[place:end] * choice.choice((1, 2, 20))
        else:
            damaged[place : place + 8] = struct.pack(
                "<d", choice.choice((float("nan"), float("inf"), 1e300, -1.0))
            )
    return bytes(damaged)
