import numpy as np
import pytest
import xlsxwriter
from waves_by_hand import wave

from trygghet.claims import Context, increased
from trygghet.errors import ChangeError
from trygghet.waves import change, read_published, write_published_template
from trygghet.waves.published import COLUMNS, SHEET

ROWS = [
    ("otrygg_kvall", "Otrygg ute sent på kvällen", "", 31, 1101, 3.5, "post", 12),
    ("kann_lofte", "Känner till löftet", "", "12,4", 980, "", "post", 14),
    ("otrygg_kvall", "", "Lunden", 44, 150, "", "post", 13),
    ("otrygg_dag", "", "", "", "", "", "", ""),
]


def filled(path, rows=ROWS, columns=COLUMNS):
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet(SHEET)
        for place, row in enumerate([columns, *rows]):
            sheet.write_row(place, 0, row)
    return path


def test_a_stated_margin_gives_the_standard_error(tmp_path):
    result = read_published(filled(tmp_path / "2024.xlsx"), wave="2024").estimates(
        stream="brev", design_effect=1.5
    )
    rounding = 0.01**2 / 12
    assert result.values == pytest.approx([0.31, 0.124, 0.44])
    assert result.standard_errors[0] ** 2 == pytest.approx((0.035 / 1.959964) ** 2 + rounding, rel=1e-5)
    assert result.standard_errors[1] ** 2 == pytest.approx(1.5 * 0.124 * 0.876 / 980 + 0.001**2 / 12)
    assert result.cells["domain"].tolist() == ["Alla", "Alla", "Lunden"]
    assert result.cells["by"].tolist() == ["", "", "omrade"]
    assert result.about.wave == "2024"


def test_a_change_against_print_says_so(tmp_path):
    old = read_published(filled(tmp_path / "2024.xlsx"), wave="2024").estimates(stream="brev")
    new = wave(0.45)
    (claim, *_) = increased(change(new, old), Context(), levels=(new, old), adjustment="holm")
    assert claim.verdict == "supported"
    assert claim.base.endswith("Det äldre årets siffra är beräknad från publicerade tal.")


def test_another_mode_is_a_break(tmp_path):
    published = read_published(filled(tmp_path / "2024.xlsx"), wave="2024")
    assert published.breaks("2026", "Post") == ()
    broken = published.breaks("2026", "webb")
    assert [b.item for b in broken] == ["otrygg_kvall", "kann_lofte"]
    with pytest.raises(ChangeError) as caught:
        change(wave(0.4), published.estimates(), breaks=broken)
    assert caught.value.code == "JMF-04"


def test_every_wrong_row_is_told_at_once(tmp_path):
    rows = [
        ("a", "", "", 131, 100, "", "", ""),
        ("", "", "", 31, 100, "", "", ""),
        ("b", "", "", 31, "många", "", "", ""),
        ("c", "", "", 31, 100, -2, "", ""),
        ("d", "", "", 31, 100, "", "", ""),
        ("d", "", "", 32, 100, "", "", ""),
    ]
    with pytest.raises(ChangeError) as caught:
        read_published(filled(tmp_path / "x.xlsx", rows), wave="2024")
    assert sorted(problem.facts["rad"] for problem in caught.value.problems) == [2, 3, 4, 5, 7]
    assert {problem.code for problem in caught.value.problems} == {"JMF-08"}


def test_a_missing_column_is_named(tmp_path):
    with pytest.raises(ChangeError) as caught:
        read_published(filled(tmp_path / "x.xlsx", [("a", 3)], ("namn", "procent")), wave="2024")
    assert caught.value.code == "JMF-07"
    assert "antal_svar" in str(caught.value)


def test_the_template_can_be_read_back_empty(tmp_path):
    path = tmp_path / "mall.xlsx"
    write_published_template(
        path, {"otrygg_kvall": "Otrygg ute sent på kvällen", "kann_lofte": "Känner till löftet"}
    )
    published = read_published(path, wave="2024")
    assert len(published.rows) == 0
    assert len(published.estimates()) == 0
    assert np.isnan(published.rows["procent"]).sum() == 0
