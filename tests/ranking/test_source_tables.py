"""Declared tables of other sources, as a municipality writes them."""

import pytest

from trygghet.errors import RankingError
from trygghet.ranking.composite import read_source_table

HEAD = "area,value,unit,period,population,coverage,source,inhabitants\n"
ROW = "{area},{value},anmälda brott,2025,{population},det som inte anmäls,Polisen,36010\n"


def written(folder, *rows, head=HEAD):
    path = folder / "anmälda brott.csv"
    lines = [ROW.format(**{"population": "alla", "value": "1"} | row) for row in rows]
    path.write_text(head + "".join(lines), encoding="utf-8-sig", newline="\r\n")
    return path


def test_a_table_is_read_with_what_it_says_about_itself(tmp_path):
    table = read_source_table(
        written(tmp_path, {"area": "Narkotika", "value": "284"}, {"area": "Inbrott", "value": "97"})
    )
    assert table.values == {"Narkotika": 284.0, "Inbrott": 97.0}
    assert (table.unit, table.period, table.coverage) == ("anmälda brott", "2025", "det som inte anmäls")
    assert table.inhabitants == 36010.0


def test_everything_that_is_wrong_is_told_at_once(tmp_path):
    path = written(
        tmp_path,
        {"area": "Narkotika", "value": "många"},
        {"area": "Narkotika", "value": "2", "population": "vuxna"},
    )
    with pytest.raises(RankingError) as told:
        read_source_table(path)
    assert {problem.code for problem in told.value.problems} == {"RANG-24"}
    assert len(told.value.problems) == 3


def test_a_table_without_its_columns_says_which(tmp_path):
    (tmp_path / "anmälda brott.csv").write_text("area,value\nNarkotika,1\n", encoding="utf-8")
    with pytest.raises(RankingError, match="period"):
        read_source_table(tmp_path / "anmälda brott.csv")
