"""What makes a distance function one: factor 1 without a shift, a potential whose slope is the factor, a factor that is inverted."""

import numpy as np
import pytest
from scipy import integrate

from trygghet.weighting.distance import distance_of

METHODS = [
    ("linear", (-np.inf, np.inf)),
    ("linear", (0.3, 4.0)),
    ("raking", (-np.inf, np.inf)),
    ("raking", (0.3, 4.0)),
    ("logit", (0.3, 4.0)),
    ("sinh", (-np.inf, np.inf)),
    ("sinh", (0.3, 4.0)),
]
EVERY = pytest.mark.parametrize(("method", "bounds"), METHODS)


@EVERY
def test_the_factor_is_the_slope_of_the_potential(method, bounds):
    distance = distance_of(method, *bounds)
    for low, high in ((-0.9, -0.2), (-0.2, 0.5), (0.5, 0.9)):
        grown = np.diff(distance.potential(np.array([low, high])))[0]
        area = integrate.quad(lambda u, d=distance: d.factor(np.array([u]))[0], low, high, epsabs=1e-13)[0]
        assert grown == pytest.approx(area, rel=1e-9)


@EVERY
def test_the_slope_is_the_derivative_of_the_factor(method, bounds):
    distance = distance_of(method, *bounds)
    u, step = np.array([-0.4, -0.1, 0.0, 0.3, 0.8]), 1e-6
    numeric = (distance.factor(u + step) - distance.factor(u - step)) / (2 * step)
    assert distance.slope(u) == pytest.approx(numeric, rel=1e-7)
    assert distance.factor(np.zeros(1)) == pytest.approx(1.0)
    assert distance.slope(np.zeros(1)) == pytest.approx(1.0)


def test_the_hyperbolic_sine_undoes_its_definition_from_tiny_to_large_factors():
    g = np.array([1e-2, 0.2, 0.9999, 1.0, 1.0001, 5.0, 30.0])
    u = np.sinh(g - 1 / g) / 2
    distance = distance_of("sinh", -np.inf, np.inf)
    assert distance.factor(u) == pytest.approx(g, rel=1e-12)
    assert distance.factor(-u) == pytest.approx(1 / g, rel=1e-12)
