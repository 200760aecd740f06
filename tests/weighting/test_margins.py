import numpy as np
import pytest

from trygghet.errors import MarginError
from trygghet.weighting import Margins, rake

CSV = """table,variables,categories,total,reference_date,source
befolkning,kon,Kvinna,520,2025-12-31,SCB
befolkning,kon,Man,480,2025-12-31,SCB
befolkning,kon,Annat,proportionell,,
befolkning,kon * alder,Kvinna * 16-64,400,2025-12-31,SCB
befolkning,kon * alder,Kvinna * 65+,120,2025-12-31,SCB
befolkning,kon * alder,Man * 16-64,380,2025-12-31,SCB
befolkning,kon * alder,Man * 65+,100,2025-12-31,SCB
kontroll,alder,16-64,780,2025-12-31,SCB
kontroll,alder,65+,220,2025-12-31,SCB
"""


def written(tmp_path, text, *, encoding="utf-8"):
    path = tmp_path / "margins.csv"
    path.write_text(text, encoding=encoding)
    return path


def codes(error):
    return [problem.code for problem in error.value.problems]


def test_the_csv_form(tmp_path):
    margins = Margins.read(written(tmp_path, CSV))
    assert [table.name for table in margins.tables] == ["kon", "kon * alder"]
    assert margins.tables[1].categories[1] == ("Kvinna", "65+")
    assert margins.tables[0].reference_date == "2025-12-31"
    assert (margins.total, margins.gap) == (1000.0, 0.0)
    assert margins.proportional == {"kon": ("Annat",)}
    assert [table.name for table in margins.checks] == ["alder"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_swedish_spreadsheets_csv(tmp_path, encoding):
    text = CSV.replace(",", ";").replace("520", "5\u00a0200,00").replace("480", "4 800")
    text = (
        text.replace(";400;", ";4000;")
        .replace(";120;", ";1200;")
        .replace(";380;", ";3800;")
        .replace(";100;", ";1000;")
    )
    assert Margins.read(written(tmp_path, text, encoding=encoding)).total == 10_000.0


def test_every_problem_of_a_file_is_told_at_once(tmp_path):
    text = (
        CSV.replace(",480,", ",fyra,")
        .replace("Kvinna * 65+,120", "Kvinna,120")
        .replace("alder,65+,220", "alder,65+,-1")
    )
    with pytest.raises(MarginError) as error:
        Margins.read(written(tmp_path, text))
    assert codes(error) == ["VIKT-09", "VIKT-04", "VIKT-02"]
    assert error.value.problems[0].facts["rader"] == "3"


@pytest.mark.parametrize("text", ["", "variables,total\nkon,3\n"])
def test_missing_columns_are_named(tmp_path, text):
    with pytest.raises(MarginError) as error:
        Margins.read(written(tmp_path, text))
    assert codes(error) == ["VIKT-01"]
    assert "categories" in error.value.problems[0].facts["kolumner"]


def test_a_file_in_another_encoding_is_refused(tmp_path):
    with pytest.raises(MarginError) as error:
        Margins.read(written(tmp_path, CSV.replace("SCB", "Statistikmyndigheten å"), encoding="latin-1"))
    assert codes(error) == ["VIKT-10"]


def test_a_category_twice_is_refused():
    with pytest.raises(MarginError) as error:
        Margins.from_dict({"kon": {"1": 5.0, 1: 6.0}})
    assert codes(error) == ["VIKT-03"]


@pytest.mark.trap(29)
def test_trap_29_tables_that_sum_differently_are_reconciled_and_the_gap_told(people):
    tables = {
        "kon": {"Kvinna": 5000.0, "Man": 5000.0},
        "alder": {"16-29": 2020.0, "30-64": 4040.0, "65+": 4040.0},
    }
    margins = Margins.from_dict(tables)
    assert margins.total == 10_000.0
    assert margins.gap == pytest.approx(0.01)
    np.testing.assert_allclose(margins.tables[1].totals, [2000.0, 4000.0, 4000.0])
    weights = rake(people, margins)
    assert weights.worst_margin_error < 1e-9
    assert "VIKT-53" in [note.code for note in weights.notes]


def test_noise_in_the_parts_of_a_crossing_is_reconciled():
    crossing = {("K", "a"): 301.0, ("K", "b"): 202.0, ("M", "a"): 297.0, ("M", "b"): 203.0}
    margins = Margins.from_dict(
        {"kon": {"K": 500.0, "M": 500.0}, ("kon", "alder"): crossing, "alder": {"a": 600.0, "b": 400.0}}
    )
    fitted = margins.tables[1]
    assert fitted.collapsed(("kon",)) == pytest.approx({("K",): 500.0, ("M",): 500.0}, rel=1e-11)
    assert fitted.collapsed(("alder",)) == pytest.approx({("a",): 600.0, ("b",): 400.0}, rel=1e-11)
    assert 0.005 < margins.gap < 0.01


def test_a_population_size_of_its_own_leads():
    margins = Margins.from_dict({"kon": {"K": 500.0, "M": 500.0}, (): 1010.0})
    assert margins.total == 1010.0
    assert margins.tables[0].totals.sum() == pytest.approx(1010.0)


def test_tables_of_another_population_are_refused():
    with pytest.raises(MarginError) as error:
        Margins.from_dict({"kon": {"K": 500.0, "M": 500.0}, "alder": {"a": 600.0, "b": 700.0}})
    assert codes(error) == ["VIKT-06"]
    assert error.value.problems[0].facts["annan_summa"] == 1000


def test_contradicting_parts_are_refused():
    crossing = {("K", "a"): 400.0, ("K", "b"): 200.0, ("M", "a"): 200.0, ("M", "b"): 200.0}
    with pytest.raises(MarginError) as error:
        Margins.from_dict({"kon": {"K": 500.0, "M": 500.0}, ("kon", "alder"): crossing})
    assert codes(error) == ["VIKT-07"]


def test_a_shared_variable_must_be_cut_alike():
    crossing = {("Kvinna", "a"): 500.0, ("M", "a"): 500.0}
    with pytest.raises(MarginError) as error:
        Margins.from_dict({"kon": {"K": 500.0, "M": 500.0}, ("kon", "alder"): crossing})
    assert codes(error) == ["VIKT-08"]


def test_all_unknown_names_and_empty_categories_are_told_at_once(people):
    tables = {
        "kon": {"Kvinnor": 500.0, "Man": 500.0},
        "omrade": {"Centrum": 400.0, "Lunden": 300.0, "Höjden": 300.0},
    }
    with pytest.raises(MarginError) as error:
        rake(people, Margins.from_dict(tables))
    assert codes(error) == ["VIKT-11", "VIKT-12", "VIKT-12"]
    facts = [problem.facts for problem in error.value.problems]
    assert facts[0]["etiketter"] == "Kvinna"
    assert [each["kategorier"] for each in facts[1:]] == ["Kvinnor", "Höjden"]


def test_a_category_without_inhabitants_is_left_out_unless_somebody_is_in_it(people):
    weights = rake(people, Margins.from_dict({"omrade": {"Centrum": 400.0, "Lunden": 300.0, "Höjden": 0.0}}))
    assert weights.margin_names == ("omrade: Centrum", "omrade: Lunden")
    with pytest.raises(MarginError) as error:
        rake(people, Margins.from_dict({"omrade": {"Centrum": 400.0, "Lunden": 0.0}}))
    assert codes(error) == ["VIKT-11"]


@pytest.mark.trap(31)
def test_trap_31_thin_categories_are_merged_only_by_a_declared_table(people):
    tables = {
        "alder": {"16-29": 2000.0, "30-64": 4000.0, "65+": 4000.0},
        "kon": {"Kvinna": 5000.0, "Man": 5000.0},
    }
    coarse = Margins.from_dict(tables).collapse("alder", {"16-29": "16-64", "30-64": "16-64"})
    weights = rake(people, coarse)
    assert weights.margin_names[:2] == ("alder: 16-64", "alder: 65+")
    young = np.isin(people.columns.frame["alder"], ["16-29", "30-64"])
    assert weights.values[young].sum() == pytest.approx(6000.0)
    assert "VIKT-55" in [note.code for note in weights.notes]
    assert len(rake(people, Margins.from_dict(tables)).margin_names) == 5


def test_cells_of_a_crossing_are_merged_one_by_one(people):
    cells = {(o, a): 1000.0 for o in ("Centrum", "Lunden") for a in ("16-29", "30-64", "65+")}
    margins = Margins.from_dict({("omrade", "alder"): cells})
    merged = {("Lunden", "16-29"): ("Lunden", "16-64"), ("Lunden", "30-64"): ("Lunden", "16-64")}
    weights = rake(people, margins.collapse(("omrade", "alder"), merged))
    frame = people.columns.frame
    inside = (frame["omrade"] == "Lunden") & (frame["alder"] != "65+")
    assert weights.values[inside].sum() == pytest.approx(2000.0)
    assert weights.values[
        (frame["omrade"] == "Centrum") & (frame["alder"] == "16-29")
    ].sum() == pytest.approx(1000.0)


def test_merging_what_does_not_exist_is_refused():
    with pytest.raises(MarginError) as error:
        Margins.from_dict({"kon": {"K": 1.0}}).collapse("kon", {"X": "K"})
    assert codes(error) == ["VIKT-05"]


def test_merges_may_stand_in_the_file(tmp_path, people):
    text = (
        "variables,categories,total,collapse\n"
        "alder,16-29,2000,16-64\nalder,30-64,4000,16-64\nalder,65+,4000,\nkon,Kvinna,5000,\nkon,Man,5000,\n"
    )
    weights = rake(people, Margins.read(written(tmp_path, text)))
    assert weights.margin_names == ("alder: 16-64", "alder: 65+", "kon: Kvinna", "kon: Man")
