"""Exports of web forms, with the header lines and cells that their tools write in public exports."""

import csv
import datetime as dt

import numpy as np
import pytest
import xlsxwriter

from trygghet.codebook import Codebook
from trygghet.ingest import draft_codebook, read_survey
from trygghet.ingest.header import find_header

SAFE = "Hur trygg känner du dig när du går ut ensam sent på kvällen?"
ASKED = "Vad ska kommunen och polisen prioritera?"
OPTIONS = ("Narkotika", "Nedskräpning", "Trafik", "Inget av dessa")
SCALE = ("Mycket trygg", "Ganska trygg", "Ganska otrygg", "Mycket otrygg")
CHOSEN = [
    ("Narkotika",),
    ("Narkotika", "Trafik"),
    ("Nedskräpning", "Trafik"),
    ("Inget av dessa",),
    (),
    None,
] * 5


def write(path, rows, **how):
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        csv.writer(file, **how).writerows(rows)
    return path


def settled(draft):
    """A draft whose questions have been answered: every mark is taken away."""
    lines = iter(draft.splitlines())
    kept = []
    for line in lines:
        if line.startswith("check:"):
            break
        kept.append(line)
    kept += [line for line in _after_head(lines) if not line.strip().startswith("check:")]
    return Codebook.from_text("\n".join(kept))


def _after_head(lines):
    started = False
    for line in lines:
        started = started or line.startswith("variables:")
        if started:
            yield line


def limesurvey_rows(*, yes="Ja", no="Nej", unseen="N/A"):
    """Multiple choice in a column an option; whoever did not come to the question has N/A, and the other answer is a text of its own."""
    for n, chosen in enumerate(CHOSEN, start=1):
        seen = chosen is not None
        ticks = [(yes if option in chosen else no) if seen else unseen for option in OPTIONS]
        own = "hundbajs" if chosen == () and n < 7 else ""
        time = f"2026-09-{n:02d} 10:00:00" if seen else ""
        yield [n, time, 3, "sv", 1_000_000 + n, "192.0.2.7", SCALE[n % 4] if seen else "", *ticks, own]


CODES = ["id", "submitdate", "lastpage", "startlanguage", "seed", "ipaddr", "trygg"]
CODES += [f"prio[SQ00{n}]" for n in range(1, 5)] + ["prio[other]"]
TEXTS = ["Svars-ID", "Inskickad", "Sista sidan", "Startspråk", "Frö", "IP-adress", SAFE]
TEXTS += [f"{ASKED} [{option}]" for option in (*OPTIONS, "Annat")]
LIMESURVEY = {
    "codes and texts": ([f"{code}. {text}" for code, text in zip(CODES, TEXTS, strict=True)], "id", ","),
    "codes and texts, semicolons": (
        [f"{code}. {text}" for code, text in zip(CODES, TEXTS, strict=True)],
        "id",
        ";",
    ),
    "full question texts": (TEXTS, "Svars-ID", ","),
}


@pytest.mark.parametrize(("header", "number", "separator"), LIMESURVEY.values(), ids=LIMESURVEY)
def test_limesurvey(tmp_path, *, header, number, separator):
    rows = [header, *limesurvey_rows()]
    path = write(tmp_path / "svar.csv", rows, delimiter=separator, quoting=csv.QUOTE_ALL)
    draft = draft_codebook(path)
    assert "hundbajs" not in draft
    book = settled(draft)
    assert book.id == number
    block = book.multi_response["prio"]
    assert list(block.labels.values()) == ["Narkotika", "Nedskräpning", "Trafik", "Annat"]
    assert block.question == ASKED
    survey = read_survey(path, codebook=book)
    np.testing.assert_array_equal(survey.numeric("prio.narkotika")[:6], [1, 1, 0, 0, 0, np.nan])
    np.testing.assert_array_equal(survey.numeric("prio.annat")[:6], [0, 0, 0, 0, 1, np.nan])
    # asked, without a tick and without a text of her own: no answer
    assert np.isnan(survey.numeric("prio.annat")[10])
    assert survey.numeric("trygg_kvall")[0] == 2


def test_limesurvey_with_codes_for_answers(tmp_path):
    path = write(
        tmp_path / "svar.csv", [CODES, *limesurvey_rows(yes="Y", no="", unseen="")], quoting=csv.QUOTE_ALL
    )
    book = settled(draft_codebook(path))
    survey = read_survey(path, codebook=book)
    np.testing.assert_array_equal(survey.numeric("prio.prio_sq003")[:6], [0, 1, 1, 0, 0, np.nan])
    np.testing.assert_array_equal(survey.numeric("prio.annat")[:6], [0, 0, 0, 0, 1, np.nan])


HEADERS = {
    "code and text": (
        ["id. Response ID", "submitdate. Date submitted", "kon. Är du", "n08Time. Question time: n08"],
        ("id", "submitdate", "kon", "n08Time"),
    ),
    "subquestions": (
        [
            "id. Svars-ID",
            "Q02[other]. Är du [Annat]",
            "Q7[SQ001_SQ002]. Var? [Hem][Kväll]",
            "likert[a1].  [Hur?]",
        ],
        ("id", "Q02[other]", "Q7[SQ001_SQ002]", "likert[a1]"),
    ),
    "one header without a code": (["trygg. Hur trygg är du?", "Är du kvinna eller man"], None),
}


@pytest.mark.parametrize(("heads", "names"), HEADERS.values(), ids=HEADERS)
def test_headers_of_code_and_text(heads, names):
    header = find_header([heads, ["1"] * len(heads)])
    assert header.names == (names or tuple(heads))
    assert [header.place(head) for head in heads] == list(range(len(heads)))


def forms_rows(separator, *, end=""):
    for n, chosen in enumerate(CHOSEN, start=1):
        cell = separator.join(chosen or ()) + (end if chosen else "")
        yield n, SCALE[n % 4] if chosen is not None else "", cell


def test_microsoft_forms_in_swedish(tmp_path):
    """A workbook; titles end with hard spaces, lists with a semicolon, the anonymous have no name."""
    header = [
        "ID",
        "Starttid",
        "Slutförandetid",
        "E-post",
        "Namn",
        "Senast ändrad",
        f"{SAFE}\xa0",
        f"{ASKED} Välj högst två.\xa0",
    ]
    with xlsxwriter.Workbook(tmp_path / "svar.xlsx") as workbook:
        sheet, date = workbook.add_worksheet("Sheet1"), workbook.add_format({"num_format": "m/d/yy h:mm:ss"})
        sheet.write_row(0, 0, header)
        for n, safe, cell in forms_rows(";", end=";"):
            sheet.write_number(n, 0, n)
            sheet.write_datetime(n, 1, dt.date(2026, 9, n), date)
            sheet.write_datetime(n, 2, dt.date(2026, 9, n), date)
            sheet.write_row(n, 3, ["anna@example.se", "Anna Test", "", safe, cell])
    check_form(tmp_path / "svar.xlsx", number="ID", wave="2026", separator=";")


def test_microsoft_forms_as_text(tmp_path):
    header = [
        "ID",
        "Start time",
        "Completion time",
        "Email",
        "Name",
        "Last modified time",
        SAFE,
        f"{ASKED} Välj högst två.",
    ]
    rows = [
        [n, "9/1/26 9:01:00", "9/1/2026 9:02:00", "anonymous", "", "", safe, cell]
        for n, safe, cell in forms_rows(";", end=";")
    ]
    check_form(write(tmp_path / "svar.csv", [header, *rows]), number="ID", wave="2026", separator=";")


@pytest.mark.parametrize(
    ("stamp", "mail", "time"),
    [
        ("Tidstämpel", "E-postadress", "2026/09/{day:02d} 9:14:05 fm CET"),
        ("Timestamp", "Email Address", "9/{day}/2026 19:08:16"),
    ],
)
def test_google_forms(tmp_path, *, stamp, mail, time):
    header = [stamp, mail, SAFE, f"{ASKED} Välj högst två."]
    rows = [[time.format(day=n), "anna@example.se", safe, cell] for n, safe, cell in forms_rows(", ")]
    path = write(tmp_path / "svar.csv", [header, *rows], quoting=csv.QUOTE_ALL)
    check_form(path, number=stamp, wave="2026", separator=", ")


def check_form(path, *, number, wave, separator):
    draft = draft_codebook(path)
    assert "anna" not in draft.casefold()
    book = settled(draft)
    assert (book.id, book.wave, book.multi_response["prio"].separator) == (number, wave, separator)
    survey = read_survey(path, codebook=book)
    traffic = survey.numeric("prio.trafik")
    assert survey.frame["_id"].is_unique
    assert (np.nansum(traffic), np.isnan(traffic).sum()) == (10, 10)
    assert not {"E-post", "Namn", "Email", "Name"} & set(survey.frame.columns)
    assert "example.se" not in survey.frame.to_csv()
