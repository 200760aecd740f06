import json
from dataclasses import replace

import numpy as np
import pytest
from made import by_area, counts, estimates, shares

from trygghet.claims import Claim
from trygghet.claims.claim import CellKey
from trygghet.disclosure import DisclosureRules, read_publishable, screen, write_publishable
from trygghet.errors import DisclosureError
from trygghet.ranking import RankOptions, rank, top_set

AREAS = ["Centrum", "Lunden", "Höjden", "Sjöstaden"]


class Limits:
    def limits(self, of, *, level, method):  # noqa: ARG002 -- the protocol
        return np.array([40.0, 34.0, 43.0, 49.0]) - level, np.array([42.0, 36.0, 45.0, 51.0]) + level


def with_limits(found):
    return replace(found, estimand="quantile", limit_rule=Limits())


def everything():
    items = estimates([(f"prio.{i}", "", "Alla") for i in range(4)], [400] * 4, [200, 150, 2, 100])
    uses = (CellKey("hot", "", "omrade", "Centrum", "2026", "brev"),)
    return {
        "omraden": estimates(by_area("hot", AREAS), [100, 20, 150, 0], [31, 7, 40, 0]),
        "median": with_limits(
            estimates(by_area("alder", AREAS), [100, 20, 150, 90], [-1] * 4, values=[41, 35, 44, 50])
        ),
        "webb": shares(by_area("hot", AREAS), [100, 20, 150, 60], [31, 7, 40, 30]),
        "rang": rank(items, RankOptions(seed=1)),
        "prio": top_set(items, 2, RankOptions(seed=1)),
        "svar": counts([120, 12, 80, 25]),
        "lag": Claim("low", "supported", {"p": 0.31}, "regel", "Text.", uses),
    }


@pytest.fixture(scope="module")
def kept():
    return screen(everything(), DisclosureRules(uncertain_below=120))


@pytest.mark.parametrize("name", ["omraden", "median", "webb", "rang", "prio", "svar", "lag"])
def test_a_screened_result_comes_back_as_it_was(kept, name, tmp_path):
    path = write_publishable(tmp_path, name, kept[name])
    back = read_publishable(path)
    assert type(back.result) is type(kept[name].result)
    assert back.digest == kept[name].digest
    assert (back.marks, back.withheld, back.rules) == (
        kept[name].marks,
        kept[name].withheld,
        kept[name].rules,
    )
    if hasattr(back.result, "to_frame"):
        left, right = back.result.to_frame(), kept[name].result.to_frame()
        assert list(left.columns) == list(right.columns)
        for column in left:
            assert (
                left[column].tolist() == pytest.approx(right[column].tolist(), nan_ok=True, rel=0, abs=0)
                if (left[column].dtype.kind == "f")
                else left[column].tolist() == right[column].tolist()
            )


def test_covariance_comes_back_and_stays_closed(kept, tmp_path):
    back = read_publishable(write_publishable(tmp_path, "x", kept["omraden"])).result
    shown = np.array([0, 2])
    np.testing.assert_array_equal(back.covariance(shown), kept["omraden"].result.covariance(shown))
    with pytest.raises(DisclosureError):
        back.covariance(np.array([1]))


def test_the_same_bytes_again(kept, tmp_path):
    for folder in ("a", "b"):
        write_publishable(tmp_path / folder, "prio", kept["prio"])
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_withheld_numbers_are_not_in_the_files(kept, tmp_path):
    write_publishable(tmp_path, "omraden", kept["omraden"])
    written = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert np.float64(7 / 20).tobytes() not in written
    assert b"0.35" not in written


@pytest.mark.parametrize("change", ["digest", "marks", "withheld", "rules", "head"])
def test_a_changed_file_is_refused(kept, tmp_path, change):
    path = write_publishable(tmp_path, "rang", kept["rang"])
    content = json.loads(path.read_text(encoding="utf-8"))
    match change:
        case "digest":
            content["digest"] = "0" * 64
        case "marks":
            content["marks"][0] = ".."
        case "withheld":
            content["withheld"] = []
        case "rules":
            content["rules"]["base_floor"] = 10
        case _:
            content["head"]["rank"][0] = 2
            content["head"]["upper"][0] = 4
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(DisclosureError) as refused:
        read_publishable(path)
    assert refused.value.code == "SEK-07"


def test_a_changed_table_is_refused(kept, tmp_path):
    path = write_publishable(tmp_path, "omraden", kept["omraden"])
    other = write_publishable(tmp_path / "other", "omraden", screen(everything())["omraden"])
    for part in ("cells", "covariance"):
        other.with_name(f"omraden.{part}.parquet").replace(path.with_name(f"omraden.{part}.parquet"))
    with pytest.raises(DisclosureError) as refused:
        read_publishable(path)
    assert refused.value.code == "SEK-07"


def test_a_missing_table_is_told(kept, tmp_path):
    path = write_publishable(tmp_path, "omraden", kept["omraden"])
    path.with_name("omraden.cells.parquet").unlink()
    with pytest.raises(DisclosureError) as refused:
        read_publishable(path)
    assert refused.value.code == "SEK-06"


@pytest.mark.parametrize("name", ["../ute", "a/b", "", ".hidden", "a\\b", "C:x"])
def test_a_name_cannot_lead_out_of_the_folder(kept, tmp_path, name):
    with pytest.raises(DisclosureError) as refused:
        write_publishable(tmp_path, name, kept["lag"])
    assert refused.value.code == "SEK-05"


def test_limits_of_withheld_cells_are_gone_and_other_levels_refused(kept):
    found = kept["median"].result
    low, high = found.interval(0.95)
    assert np.isnan([low[1], high[1]]).all()
    assert (low[0], high[0]) == (40 - 0.95, 42 + 0.95)
    with pytest.raises(DisclosureError) as refused:
        found.interval(0.5)
    assert refused.value.code == "SEK-12"
