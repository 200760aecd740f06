import numpy as np
import pandas as pd
import pytest

from trygghet.errors import MarginError
from trygghet.weighting import Margins, calibrate, calibrate_households

TABLES = {"kon": {"Kvinna": 5200.0, "Man": 4800.0}, "alder": {"16-49": 6100.0, "50+": 3900.0}}


@pytest.fixture
def homes(drawn):
    rng = np.random.default_rng(2)
    sizes = rng.integers(1, 5, 90)
    house = np.repeat(np.arange(90.0), sizes)
    n = len(house)
    frame = pd.DataFrame(
        {"hushall": house, "kon": rng.choice(["Kvinna", "Man"], n), "alder": rng.choice(["16-49", "50+"], n)}
    )
    return drawn(frame, rng.uniform(30, 60, 90)[house.astype(int)])


@pytest.mark.parametrize("how", [("raking", None), ("linear", (0.2, 5.0)), ("logit", (0.2, 5.0))], ids=str)
def test_a_household_has_one_weight_and_persons_meet_the_margins(homes, how):
    method, bounds = how
    weights = calibrate_households(
        homes, Margins.from_dict(TABLES), household="hushall", method=method, bounds=bounds
    )
    frame = homes.columns.frame.assign(w=weights.values)
    assert frame.groupby("hushall")["w"].nunique().max() == 1
    for name, totals in TABLES.items():
        for label, total in totals.items():
            assert frame.loc[frame[name] == label, "w"].sum() == pytest.approx(total, rel=1e-8)
    matrix = weights.calibration[0].dense()
    np.testing.assert_allclose(weights.values @ matrix, weights.targets, rtol=1e-8)


def test_households_of_one_are_ordinary_calibration(people, drawn):
    frame = people.columns.frame.assign(hushall=np.arange(240.0))
    sample = drawn(frame, people.weights)
    margins = Margins.from_dict({"kon": TABLES["kon"], "omrade": {"Centrum": 5500.0, "Lunden": 4500.0}})
    ours = calibrate_households(sample, margins, household="hushall", method="linear")
    np.testing.assert_allclose(ours.values, calibrate(sample, margins).values, rtol=1e-9)


def test_missing_households_and_unequal_starts_are_told(homes, drawn):
    frame = homes.columns.frame.copy()
    frame.loc[0, "hushall"] = np.nan
    start = homes.weights.copy()
    start[np.flatnonzero(frame["hushall"].duplicated(keep=False))[-1]] += 5
    with pytest.raises(MarginError) as error:
        calibrate_households(drawn(frame, start), Margins.from_dict(TABLES), household="hushall")
    facts = error.value.problems[0].facts
    assert facts["utan"] == 1
    assert facts["olika"] >= 2
