"""The search for badly written numbers finds each kind, and leaves the rest alone."""

import pytest
from number_forms import OFFENCES, PLAIN, offences

from trygghet.claims import numbers_sv
from trygghet.claims.wording import RULES
from trygghet.claims.wording import TEXTS as SENTENCES
from trygghet.report.texts import TEXTS

HARD = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("bland 1 101 svarande", "thousands"),
        (f"23{HARD}% och 41 %", "thousands or per cent"),
        ("47% valde", "per cent without"),
        ("23.4 procentenheter", "decimal point"),
        ("felmarginal 43-51", "range"),
        ("från -2 till 8", "minus"),
        ("andelen nan", "none"),
        ("Förändring −0", "nought"),
        ("För få har svarat.. Nästa", "full stops"),
        ("Bas: {n} svarande", "gap"),
    ],
)
def test_the_search_bites(text, what):
    (found,) = offences(text)
    assert what in found


@pytest.mark.parametrize(
    "text",
    [
        f"{numbers_sv.number(1101)} svarande, {numbers_sv.percent(0.234, 1)}, {numbers_sv.span(43, 51)}",
        f"{numbers_sv.span(-2, 8)} och {numbers_sv.signed(-0.3)}",
        "Framtagen 2026-11-22, KS 2026/00001, svar-1.xlsx",
        "0 noll · .. redovisas inte · (34) osäkert · . frågan ställdes inte",
        "mars 2026. Varje person",
        "18-åringar",
    ],
)
def test_it_leaves_the_rest_alone(text):
    assert offences(text) == []


def test_the_catalogues_write_numbers_as_readers_do():
    texts = [PLAIN.sub("¤", text.sv) for text in (*TEXTS.values(), *SENTENCES.values(), *RULES.values())]
    wanted = {what: pattern for what, pattern in OFFENCES.items() if "gap" not in what}
    assert [(what, text) for text in texts for what, found in wanted.items() if found.search(text)] == []
