import numpy as np
import pytest

from trygghet.errors import ConvergenceError, MarginError
from trygghet.weighting import Margins, rake, raking_factors

TARGETS = [np.array([5200.0, 4800.0]), np.array([2500.0, 4500.0, 3000.0])]


def codes_of(people):
    frame = people.columns.frame
    return [
        (frame["kon"] == "Man").to_numpy().astype(np.int64),
        frame["alder"].map({"16-29": 0, "30-64": 1, "65+": 2}).to_numpy(),
    ]


def test_arrays_give_the_same_weights_as_columns(people):
    margins = Margins.from_dict(
        {"kon": {"Kvinna": 5200, "Man": 4800}, "alder": {"16-29": 2500, "30-64": 4500, "65+": 3000}}
    )
    found = raking_factors(people.weights, codes_of(people), TARGETS, tolerance=1e-12)
    np.testing.assert_allclose(
        people.weights * found.factors, rake(people, margins, tolerance=1e-12).values, rtol=1e-10
    )


def test_what_cannot_be_raked_is_told(people):
    codes = codes_of(people)
    for start, targets in [
        (people.weights, [TARGETS[0], TARGETS[1] * 1.01]),
        (people.weights, [TARGETS[0], np.array([2500.0, 4500.0, 2000.0, 1000.0])]),
        (-people.weights, TARGETS),
    ]:
        with pytest.raises(MarginError) as error:
            raking_factors(start, codes, targets)
        assert error.value.code == "VIKT-67"
    with pytest.raises(ConvergenceError):
        raking_factors(people.weights, codes, TARGETS, max_iterations=1)
